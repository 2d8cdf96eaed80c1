/** What the tools recommend over the sandbox's catalog, by a real copy of it and Inventory's double. */
import { Effect, Layer, Logger, ManagedRuntime } from 'effect';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ZohoInventory } from '../../adapters/zoho-inventory/zoho-inventory.ts';
import { makeTestClock, tokenFor } from '../../adapters/zoho-oauth/test-support.ts';
import { startZohoDouble, type ZohoDouble } from '../../adapters/zoho-oauth/zoho-double.ts';
import { ZohoToken } from '../../adapters/zoho-oauth/zoho-token.ts';
import type { ToolResult } from '../../machines/conversation/actors.ts';
import type { EvidenceProduct } from '../../machines/conversation/context.ts';
import { DEFAULT_COMPLEMENTS } from '../../machines/recommendations/complements.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { Catalog } from '../catalog/catalog.ts';
import { DatabaseError } from '../catalog/database.ts';
import { RecommendationRules } from '../catalog/recommendation-rules.ts';
import { type Replica, startReplica } from '../catalog/test-catalog.ts';
import { evidenceOf, LiveProducts } from './live-products.ts';
import { withRecommendations } from './recommending.ts';

let db: TestDatabase;
let zoho: ZohoDouble;
let replica: Replica;
let alternatives = true;
/** Inventory's stock of now, where it is not the copy's. */
const stocks = new Map<string, number>();

const makeRuntime = () =>
  ManagedRuntime.make(
    Layer.mergeAll(
      Logger.layer([]),
      Layer.succeed(Catalog, replica.catalog),
      Layer.succeed(RecommendationRules, {
        now: Effect.sync(() => ({ alternatives, complements: DEFAULT_COMPLEMENTS })),
      }),
      Layer.succeed(LiveProducts, {
        refresh: (products) =>
          Effect.succeed(
            products.map((product) => ({
              ...evidenceOf(product),
              stock: stocks.get(product.sku) ?? product.stock,
            })),
          ),
        exact: () => Effect.die('recommendations read search hits only'),
      }),
    ),
  );
let runtime: ReturnType<typeof makeRuntime>;

beforeAll(async () => {
  db = await testDatabase();
  zoho = await startZohoDouble();
  const token = Layer.succeed(ZohoToken, tokenFor(zoho, 'inventory'));
  const layer = ZohoInventory.layer({
    baseUrl: zoho.inventoryUrl,
    organizationId: '1',
    clock: makeTestClock(),
  });
  const inventory = await Effect.runPromise(Effect.provide(ZohoInventory, layer.pipe(Layer.provide(token))));
  replica = await startReplica(db, {
    name: 'sandbox',
    page: (page) =>
      inventory
        .listItems({ page })
        .pipe(Effect.map(({ items, hasMore, rejected }) => ({ items, hasMore, rejected: rejected.length }))),
  });
  await replica.sync();
  runtime = makeRuntime();
});
afterAll(async () => {
  await runtime.dispose();
  await replica.stop();
  await zoho.close();
  await db.drop();
});
beforeEach(() => {
  alternatives = true;
  stocks.clear();
});

const product = async (sku: string): Promise<EvidenceProduct> => {
  const [row] = await replica.run(replica.catalog.bySkus([sku]));
  if (!row) throw new Error(`the sandbox has ${sku}`);
  return evidenceOf(row);
};
const recommended = async (name: string, args: Record<string, unknown>, result: ToolResult) =>
  (await runtime.runPromise(withRecommendations({ id: 'c1', name, args }, result))).recommended;
const stock = async (sku: string) =>
  recommended('check_stock', { sku }, { tool: 'stock', product: await product(sku) });
const selection = async (...items: readonly (readonly [sku: string, quantity: number])[]) => {
  const products = await Promise.all(items.map(([sku]) => product(sku)));
  const lines = products.map((found, i) => ({
    sku: found.sku,
    name: found.name,
    quantity: items[i]?.[1] ?? 0,
    unitPrice: found.price ?? '',
    lineTotal: found.price ?? '',
    currency: found.currency,
  }));
  return recommended('set_selection', {}, { tool: 'selection', lines, products });
};

describe('alternatives', () => {
  it('are named for an article without stock: two or three of its kind, with what differs (domain 13.1)', async () => {
    const found = (await stock('VC-110-RED'))?.alternatives ?? [];
    expect(found.length).toBeGreaterThanOrEqual(2);
    expect(found.length).toBeLessThanOrEqual(3);
    expect(found[0]).toMatchObject({
      for: 'VC-110-RED',
      product: { sku: 'VC-110-BLK', price: '240.00' },
      difference: { price: '-9.00', stock: 86, size: null },
      coversAll: true,
    });
    for (const { product: other } of found) {
      expect(other.category).toBe('Visitor chairs');
      expect(other.stock).toBeGreaterThan(0);
    }
  });

  it('are not named for what can be had, nor for a search without an article', async () => {
    expect(await stock('CH-616')).toBeUndefined();
    const products = [await product('VC-110-RED')];
    expect(
      await recommended('search_products', { query: 'visitor chairs' }, { tool: 'products', products }),
    ).toBe(undefined);
  });

  it('are named where the article is dearer than the customer’s limit, and keep to the limit', async () => {
    const products = [await product('9719-4')];
    const args = { query: '9719-4', max_price: 500 };
    const found = (await recommended('search_products', args, { tool: 'products', products }))?.alternatives;
    expect(found?.length).toBeGreaterThan(0);
    for (const { product: other, difference } of found ?? []) {
      expect(Number(other.price)).toBeLessThanOrEqual(500);
      expect(Number(difference.price)).toBeLessThan(0);
    }
  });

  it('are dearer ones, called so, where nothing keeps to the limit (domain 5.21)', async () => {
    const args = { query: 'visitor chairs under 50 AED' };
    const none = { tool: 'products', products: [] } as const;
    const found = (await recommended('search_products', args, none))?.alternatives ?? [];
    expect(found.length).toBeGreaterThanOrEqual(2);
    for (const { product: other, difference, overLimit } of found) {
      expect(other.category).toBe('Visitor chairs');
      expect(overLimit).toBe(true);
      expect(difference.price).toBe((Number(other.price) - 50).toFixed(2));
    }
  });

  it('are named for an article that Inventory does not sell any more', async () => {
    const refused = { tool: 'refused', reason: 'not offered', unavailable: 'DK-1000-OLD' } as const;
    const found = await recommended('check_stock', { sku: 'DK-1000-OLD' }, refused);
    expect(found?.alternatives?.map(({ product: { sku } }) => sku)).not.toContain('DK-1000-OLD');
    expect(found?.alternatives?.[0]?.product.category).toBe('Desks');
  });

  it('have Inventory’s stock of now: what is gone meanwhile is not offered', async () => {
    stocks.set('VC-110-BLK', 0);
    const found = (await stock('VC-110-RED'))?.alternatives ?? [];
    expect(found.map(({ product: { sku } }) => sku)).not.toContain('VC-110-BLK');
  });

  it('can be switched off', async () => {
    alternatives = false;
    expect(await stock('VC-110-RED')).toBeUndefined();
  });
});

describe('a selection', () => {
  it('that is larger than the stock is split, with alternatives for the whole of it (domain 12.8)', async () => {
    const found = await selection(['CH-616-GRN', 10], ['DK-1200', 10]);
    expect(found?.shortages).toEqual([{ sku: 'CH-616-GRN', asked: 10, available: 3, missing: 7 }]);
    expect(found?.alternatives?.[0]).toMatchObject({ for: 'CH-616-GRN', coversAll: true });
    expect(found?.complement).toBeUndefined();
  });

  it('gets one complement that there is enough of (domain 13.2)', async () => {
    const found = await selection(['DK-1200', 10]);
    expect(found?.complement).toMatchObject({ for: 'DK-1200', quantity: 10 });
    expect(found?.complement?.product.category).toBe('Ergonomic chairs');
    expect(found?.complement?.product.stock).toBeGreaterThanOrEqual(10);
    expect((await selection(['CH-616', 4]))?.complement?.product.sku).toBe('AX-CUSH');
  });

  it('of one exact piece is left alone (domain 13.4)', async () => {
    expect(await selection(['DK-1200', 1])).toBeUndefined();
  });
});

describe('a recommendation that fails', () => {
  it('costs the answer nothing', async () => {
    const down = new DatabaseError({ message: 'The database is away', retryable: true });
    const broken = Layer.succeed(Catalog, { ...replica.catalog, bySkus: () => Effect.fail(down) });
    const result = { tool: 'stock', product: await product('VC-110-RED') } as const;
    const call = { id: 'c1', name: 'check_stock', args: { sku: 'VC-110-RED' } };
    const given = await runtime.runPromise(withRecommendations(call, result).pipe(Effect.provide(broken)));
    expect(given).toEqual(result);
  });
});
