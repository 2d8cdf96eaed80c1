import { Effect, Layer } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, makeTestClock, run, tokenFor } from '../zoho-oauth/test-support.ts';
import { startZohoDouble, type ZohoDouble } from '../zoho-oauth/zoho-double.ts';
import { ZohoToken } from '../zoho-oauth/zoho-token.ts';
import type { SandboxItem } from './sandbox-catalog.ts';
import {
  makeZohoInventory,
  SKUS_PER_CALL_MAX,
  ZohoInventory,
  type ZohoInventoryConfig,
} from './zoho-inventory.ts';

const ORGANIZATION = '20071100001';
let double: ZohoDouble;
let clock: ReturnType<typeof makeTestClock>;
beforeEach(async () => {
  clock = makeTestClock();
  double = await startZohoDouble({ clock, organizationId: ORGANIZATION });
});
afterEach(() => double.close());

const inventory = (more: Partial<ZohoInventoryConfig> = {}, of: ZohoDouble = double) =>
  makeZohoInventory(
    { baseUrl: of.inventoryUrl, organizationId: ORGANIZATION, clock, ...more },
    tokenFor(of, 'inventory', { clock }),
  );
const calls = (path: RegExp) => double.server.log.filter((entry) => path.test(entry.path));
const answer = (body: unknown, status = 200) => ({ path: /inventory/, respond: { status, body }, times: 1 });
const pageOf = (rows: string) =>
  `{"code":0,"message":"success","items":[${rows}],"page_context":{"has_more_page":false}}`;

describe('live price and stock of one SKU (domain 12.2)', () => {
  it('gives the item with money as text and the stock that may be promised', async () => {
    expect(await run(inventory().itemBySku('CH-616-NEW'))).toMatchObject({
      sku: 'CH-616-NEW',
      price: '429.00',
      currency: 'AED',
      stock: 28,
      unit: 'pcs',
      active: true,
      category: 'Ergonomic chairs',
      imageName: 'ch-616-new.png',
      nameAr: 'كرسي مكتب بريز موديل 2026 بمسند رأس',
      attributes: { warranty: '3 years', mechanism: 'Synchro, 4 positions' },
    });
  });

  it('prefers the stock that is not yet committed to orders (wire/04 §4)', async () => {
    double.server.addFault(
      answer(
        pageOf(
          '{"item_id":"1","sku":"A","name":"A","rate":1,"stock_on_hand":12,"available_stock":12,"actual_available_stock":9}',
        ),
      ),
    );
    expect(await run(inventory().itemBySku('A'))).toMatchObject({ stock: 9 });
  });

  it.each([
    ['"actual_available_stock":-3', 0],
    ['"actual_available_stock":"","available_stock":"4.0"', 4],
    [
      '"locations":[{"location_actual_available_stock":"2"},{"location_actual_available_stock":""},{"location_actual_available_stock":5}]',
      7,
    ],
    ['"warehouses":[{"warehouse_available_stock":"3.00"}]', 3],
  ])('reads the stock %s as %s', async (stock, pieces) => {
    double.server.addFault(answer(pageOf(`{"item_id":"1","sku":"A","name":"A","rate":1,${stock}}`)));
    expect(await run(inventory().itemBySku('A'))).toMatchObject({ stock: pieces });
  });

  it('asks for details when the list has no stock', async () => {
    double.state.inventory.stockInList = false;
    expect(await run(inventory().itemBySku('DK-1400'))).toMatchObject({ stock: 71 });
    expect(calls(/itemdetails/)).toHaveLength(1);
  });

  it('sees a change of price and stock at once', async () => {
    const service = inventory();
    double.state.inventory.setStock('DK-1400', 1);
    double.state.inventory.setPrice('DK-1400', '499.90');
    expect(await run(service.itemBySku('DK-1400'))).toMatchObject({ stock: 1, price: '499.90' });
  });

  it('has no price for an item without one, never 0.00 (lesson F-15)', async () => {
    expect(await run(inventory().itemBySku('EX-980'))).toMatchObject({ price: null });
  });

  it('never takes a neighbour: an unknown SKU is null, even when Zoho ignores the filter', async () => {
    expect(await run(inventory().itemBySku('9719-6'))).toBeNull();
    double.state.inventory.ignoreFilters = true;
    expect(await run(inventory().itemBySku('9719-6'))).toBeNull();
    expect(await run(inventory().itemBySku('9719-5'))).toMatchObject({ sku: '9719-5', price: '870.00' });
  });

  it('does not say "not in Inventory" when it saw one page of several without the filter', async () => {
    double.server.addFault(
      answer(
        '{"code":0,"items":[{"item_id":"1","sku":"A","name":"A"}],"page_context":{"has_more_page":true}}',
      ),
    );
    expect(await failureOf(inventory().itemBySku('CH-616'))).toMatchObject({ _tag: 'InventoryMalformed' });
  });

  it('keeps the digits of an id and a price that stand unquoted on the wire', async () => {
    double.state.inventory.unquotedIds = true;
    const item = await run(inventory().itemBySku('CH-616'));
    expect(item?.itemId).toBe('4815000000000100001');
    expect(Number.isSafeInteger(Number(item?.itemId))).toBe(false);
    double.server.addFault(answer(pageOf('{"item_id":1,"sku":"A","name":"A","rate":90071992547409.93}')));
    expect(await run(inventory().itemBySku('A'))).toMatchObject({ price: '90071992547409.93' });
  });

  it('of two items with one SKU it takes the active one', async () => {
    const rows =
      '{"item_id":"1","sku":"A","name":"old","status":"inactive","actual_available_stock":0},{"item_id":"2","sku":"A","name":"new","status":"active","actual_available_stock":1}';
    double.server.addFault(answer(pageOf(rows)));
    expect(await run(inventory().itemBySku('A'))).toMatchObject({ name: 'new' });
  });

  it('tells an inactive item and one that is no end product from one that may be sold (domain 12.4)', async () => {
    expect(await run(inventory().itemBySku('DK-1000-OLD'))).toMatchObject({ active: false });
    double.server.addFault(
      answer(
        pageOf(
          '{"item_id":"1","sku":"A","name":"A","status":"active","actual_available_stock":1,"cf_end_product":false}',
        ),
      ),
    );
    expect(await run(inventory().itemBySku('A'))).toMatchObject({ active: false });
  });
});

describe('several SKUs', () => {
  it('come side by side, at most five at a time (wire/04 §2)', async () => {
    double.state.inventory.latencyMs = 15;
    const skus = [...double.state.inventory.items.keys()].slice(0, 14);
    const items = await run(inventory().itemsBySku([...skus, ...skus, 'NO-SUCH']));
    expect([...items.keys()]).toEqual([...skus, 'NO-SUCH']);
    expect(items.get('NO-SUCH')).toBeNull();
    expect(items.get('9719-4')).toMatchObject({ price: '1190.00' });
    expect(double.state.inventory.maxInFlight).toBe(5);
    expect(calls(/items$/)).toHaveLength(15);
  });

  it('are bounded', async () => {
    const skus = Array.from({ length: SKUS_PER_CALL_MAX + 1 }, (_, i) => `S-${i}`);
    expect(await failureOf(inventory().itemsBySku(skus))).toMatchObject({ retryable: false });
    expect(calls(/inventory/)).toHaveLength(0);
  });
});

describe('listing items', () => {
  it('pages through the whole catalog, inactive items included', async () => {
    const items = Array.from(
      { length: 450 },
      (_, i): SandboxItem => catalogItem(`B-${String(i).padStart(4, '0')}`),
    );
    const big = await startZohoDouble({ clock, items });
    try {
      const service = inventory({}, big);
      const pages = await run(Effect.all([1, 2, 3, 4].map((page) => service.listItems({ page }))));
      expect(pages.map((page) => [page.items.length, page.hasMore])).toEqual([
        [200, true],
        [200, true],
        [50, false],
        [0, false],
      ]);
      expect(new Set(pages.flatMap((page) => page.items.map((item) => item.sku))).size).toBe(450);
    } finally {
      await big.close();
    }
  });

  it('gives only what changed since, oldest first', async () => {
    clock.advance(60_000);
    const since = clock.now();
    clock.advance(1_000);
    double.state.inventory.setPrice('SF-POUF', '270.00');
    clock.advance(1_000);
    double.state.inventory.setActive('CT-60', false);
    const page = await run(inventory().listItems({ page: 1, modifiedSince: since }));
    expect(page.items.map((item) => [item.sku, item.price, item.active])).toEqual([
      ['SF-POUF', '270.00', true],
      ['CT-60', '320.00', false],
    ]);
    expect(calls(/items/)[0]?.query).toContain('%2B0000');
  });

  it('does not let one odd row stop the others, nor vanish', async () => {
    double.server.addFault(answer(pageOf('{"item_id":"1","sku":"A","name":"A"},{"item_id":"2","sku":"B"}')));
    const page = await run(inventory().listItems({ page: 1 }));
    expect(page.items.map((item) => item.sku)).toEqual(['A']);
    expect(page.rejected).toHaveLength(1);
  });

  it('names the organisation on every call', async () => {
    const service = inventory();
    await run(service.listItems({ page: 1 }));
    await run(service.itemBySku('CH-616'));
    await run(service.itemImage('4815000000000100001'));
    for (const entry of calls(/inventory/)) expect(entry.query).toContain(`organization_id=${ORGANIZATION}`);
    const error = await failureOf(inventory({ organizationId: 'another' }).listItems({ page: 1 }));
    expect(error).toMatchObject({ _tag: 'InventoryRejected', code: '6041', retryable: false });
  });
});

describe('photos', () => {
  it('are real PNG bytes behind OAuth', async () => {
    const image = await run(inventory().itemImage('4815000000000100001'));
    expect(image?.contentType).toBe('image/png');
    expect([...(image?.bytes.subarray(0, 4) ?? [])]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    const open = await fetch(
      `${double.inventoryUrl}/items/4815000000000100001/image?organization_id=${ORGANIZATION}`,
    );
    expect(open.status).toBe(401);
  });

  it('are null when there is none: 404 or an empty body', async () => {
    const mat = await run(inventory().itemBySku('AX-MAT'));
    expect(mat?.imageName).toBeNull();
    expect(await run(inventory().itemImage(mat?.itemId ?? ''))).toBeNull();
    double.server.addFault({ path: /image/, respond: { status: 200, body: '' }, times: 1 });
    expect(await run(inventory().itemImage('1'))).toBeNull();
  });

  it('have the type of their bytes, whatever the header says', async () => {
    const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]);
    double.server.addFault({
      path: /image/,
      respond: { status: 200, headers: { 'content-type': 'image/png' }, body: jpeg },
      times: 1,
    });
    expect(await run(inventory().itemImage('1'))).toMatchObject({ contentType: 'image/jpeg' });
  });

  it('an error envelope in place of the bytes is an error', async () => {
    double.server.addFault({
      path: /image/,
      respond: { status: 200, body: { code: 4, message: 'Invalid value' } },
      times: 1,
    });
    expect(await failureOf(inventory().itemImage('1'))).toMatchObject({
      _tag: 'InventoryRejected',
      code: '4',
    });
  });
});

describe('wire/00 fact 7: one 429, three cures', () => {
  it('code 44: waits out the minute and does not call meanwhile', async () => {
    double.server.addFault(answer({ code: 44, message: 'exceeded' }, 429));
    const service = inventory();
    const error = await failureOf(service.itemBySku('CH-616'));
    expect(error).toMatchObject({
      _tag: 'InventoryThrottled',
      limit: 'minute',
      retryable: true,
      retryAfterMs: 60_000,
    });
    clock.advance(20_000);
    expect(await failureOf(service.itemBySku('CH-616'))).toMatchObject({
      limit: 'minute',
      retryAfterMs: 40_000,
    });
    expect(calls(/inventory/)).toHaveLength(1);
    clock.advance(40_000);
    await run(service.itemBySku('CH-616'));
  });

  it.each([429, 500])('code 45 with HTTP %s: nobody waits for tomorrow', async (status) => {
    double.server.addFault(answer({ code: 45, message: 'day' }, status));
    const error = await failureOf(inventory().itemBySku('CH-616'));
    expect(error).toMatchObject({ limit: 'day', retryable: false, retryAfterMs: 16 * 3_600_000 });
  });

  it('code 1070: a short pause, and the next call goes out', async () => {
    double.server.addFault(answer({ code: 1070, message: 'concurrent' }, 429));
    const service = inventory();
    expect(await failureOf(service.itemBySku('CH-616'))).toMatchObject({
      limit: 'concurrency',
      retryable: true,
      retryAfterMs: 2_000,
    });
    await run(service.itemBySku('CH-616'));
  });
});

describe('faults', () => {
  it.each([
    [
      'a code other than 0 inside 200',
      { respond: { status: 200, body: { code: 9, message: 'bad' } } },
      'InventoryRejected',
      false,
    ],
    [
      'a 500',
      { respond: { status: 500, body: { code: 1000, message: 'internal' } } },
      'InventoryUnavailable',
      true,
    ],
    ['HTML', { respond: { status: 502, body: '<html></html>' } }, 'InventoryUnavailable', true],
    [
      'a cut body',
      { respond: { status: 200, body: '{"code":0,"items":[{"item_id' } },
      'InventoryUnavailable',
      true,
    ],
    [
      'an answer without items',
      { respond: { status: 200, body: { code: 0, message: 'success' } } },
      'InventoryMalformed',
      false,
    ],
    ['a dropped connection', { dropBefore: true }, 'VendorUnreachable', true],
    ['no answer in time', { delayMs: 400 }, 'VendorTimeout', true],
    ['a slow body', { slowBodyMs: 20 }, 'VendorTimeout', true],
  ])('%s becomes a typed error whose first fork is right', async (_name, fault, tag, retryable) => {
    double.server.addFault({ path: /inventory/, ...fault });
    const error = await failureOf(inventory({ timeoutMs: 200 }).itemBySku('CH-616'));
    expect(error).toMatchObject({ _tag: tag, retryable });
  });

  it('a revoked credential comes through as terminal', async () => {
    double.state.oauth.error = 'invalid_code';
    const error = await failureOf(inventory().itemBySku('CH-616'));
    expect(error).toMatchObject({ _tag: 'ZohoAuthRevoked', retryable: false });
    expect(error.message).toContain('ZOHO_INVENTORY_REFRESH_TOKEN');
  });
});

describe('the layer', () => {
  it('is provided with its own token', async () => {
    const token = Layer.succeed(ZohoToken, tokenFor(double, 'inventory', { clock }));
    const layer = ZohoInventory.layer({ baseUrl: double.inventoryUrl, organizationId: ORGANIZATION }).pipe(
      Layer.provide(token),
    );
    const program = Effect.flatMap(ZohoInventory, (service) => service.itemBySku('PD-3'));
    expect(await run(program.pipe(Effect.provide(layer)))).toMatchObject({ price: '295.00' });
  });
});

const catalogItem = (sku: string): SandboxItem => ({
  sku,
  category: 'Test',
  name: `Item ${sku}`,
  nameAr: 'صنف',
  description: '',
  descriptionAr: '',
  price: '1.00',
  stock: 1,
  attributes: {},
  picture: null,
  active: !sku.endsWith('7'),
});
