/** Zoho Inventory: the truth about products, prices and stock (domain 12.1), and the keeper of customers and orders. */
import { Context, Effect, Layer, Predicate } from 'effect';
import type { VendorRequest } from '../http/vendor-client.ts';
import type { LimiterShape } from '../redis/limiter.ts';
import type { Clock } from '../zoho-oauth/refresh.ts';
import { ZohoToken, type ZohoTokenShape } from '../zoho-oauth/zoho-token.ts';
import type { InventoryCustomer } from './customer.ts';
import { type CustomerFound, type KnownPerson, makeCustomerSearch } from './customer-search.ts';
import { type CustomerWritten, makeCustomerWrites, type NewCustomer } from './customer-writes.ts';
import { type InventoryError, InventoryMalformed, type InventoryWriteError } from './errors.ts';
import type { ItemImage } from './image.ts';
import { CONCURRENT_CALLS_MAX, makeInventoryCalls } from './inventory-calls.ts';
import { type InventoryItem, readItem } from './item.ts';
import type { NewSaleOrder } from './new-order.ts';
import { makeOrderReads, type SaleOrderPage, type SaleOrderQuery, type SaleOrderRef } from './order-reads.ts';
import { makeOrderWrites, type SaleOrderCreated, type WriteTimes } from './order-writes.ts';
import type { SaleOrder } from './sale-order.ts';

export type { InventoryCustomer } from './customer.ts';
export type { CustomerFound } from './customer-search.ts';
export type { CustomerWritten, NewCustomer } from './customer-writes.ts';
export type { InventoryItem } from './item.ts';
export type { NewOrderLine, NewSaleOrder } from './new-order.ts';
export type { SaleOrderPage, SaleOrderQuery, SaleOrderRef } from './order-reads.ts';
export type { SaleOrderCreated } from './order-writes.ts';
export type { SaleOrder, SaleOrderSummary } from './sale-order.ts';

export interface ZohoInventoryConfig extends WriteTimes {
  /** `https://www.zohoapis.<dc>/inventory/v1`. */
  readonly baseUrl: string;
  readonly organizationId: string;
  /** The organisation's currency; `rate` is in it. `AED` by default. */
  readonly currency?: string;
  readonly clock?: Clock;
  /** Per attempt, ms; 30 s by default. */
  readonly timeoutMs?: number;
  /** Of all who share the limiter; Zoho allows 100 to an organisation (wire/04 §2). 0 or unset: no limit. */
  readonly requestsPerMinute?: number;
  /** Shared by the replicas; default: this client's own. */
  readonly limiter?: LimiterShape;
}

export interface ItemQuery {
  /** From 1. */
  readonly page: number;
  /** Only items changed since then, ms since the epoch. Overlap the window: stock may move without a new time. */
  readonly modifiedSince?: number;
}

export interface ItemPage {
  readonly items: readonly InventoryItem[];
  readonly hasMore: boolean;
  /** Rows in a shape we do not know, one reason each: they must not stop the others, nor vanish. */
  readonly rejected: readonly string[];
}

export interface ZohoInventoryShape {
  /** A page of at most 200 items, inactive ones included. */
  readonly listItems: (query: ItemQuery) => Effect.Effect<ItemPage, InventoryError>;
  /** Live price and stock of exactly this SKU; `null` when Inventory has no such item (domain 12.2, 12.7). */
  readonly itemBySku: (sku: string) => Effect.Effect<InventoryItem | null, InventoryError>;
  /** As {@link itemBySku} for several, side by side; at most {@link SKUS_PER_CALL_MAX} different ones. */
  readonly itemsBySku: (
    skus: readonly string[],
  ) => Effect.Effect<ReadonlyMap<string, InventoryItem | null>, InventoryError>;
  /** The photo's bytes, or `null` when there is none. Zoho's own link needs a token: copy it (wire/04 §4). */
  readonly itemImage: (itemId: string) => Effect.Effect<ItemImage | null, InventoryError>;
  /** The customer with this phone, else with this e-mail and name, inactive ones too; `null` when there is none (domain 9.19). */
  readonly findCustomer: (
    phone: string,
    known?: KnownPerson,
  ) => Effect.Effect<CustomerFound | null, InventoryError>;
  /** Creates once; a holder of the same name is taken when it is this customer, and a typed conflict otherwise. */
  readonly createCustomer: (customer: NewCustomer) => Effect.Effect<CustomerWritten, InventoryWriteError>;
  readonly activateCustomer: (id: string) => Effect.Effect<InventoryCustomer, InventoryWriteError>;
  /** Finds and, when asleep, wakes the customer; creates when there is none. What a quotation calls. */
  readonly ensureCustomer: (customer: NewCustomer) => Effect.Effect<CustomerWritten, InventoryWriteError>;
  /** Exactly one order for a number, whatever happens on the way (lesson F-35). Repeat the same call to retry. */
  readonly createSaleOrder: (order: NewSaleOrder) => Effect.Effect<SaleOrderCreated, InventoryWriteError>;
  /**
   * The order of this number as wanted: created, left as it is, or changed while it is a draft (domain 9.16). Repeat
   * the same call to retry; an order that was confirmed meanwhile is a conflict.
   */
  readonly ensureSaleOrder: (order: NewSaleOrder) => Effect.Effect<SaleOrder, InventoryWriteError>;
  /** One order whole, with parcels and invoices; `null` when there is none. */
  readonly saleOrder: (ref: SaleOrderRef) => Effect.Effect<SaleOrder | null, InventoryError>;
  /** A page of at most 200 orders, newest first. */
  readonly saleOrders: (query: SaleOrderQuery) => Effect.Effect<SaleOrderPage, InventoryError>;
  /** The order as it is afterwards; one that is confirmed already is left alone. */
  readonly confirmSaleOrder: (id: string) => Effect.Effect<SaleOrder, InventoryWriteError>;
  /** The order as it is afterwards. Zoho refuses to void what is invoiced or shipped. */
  readonly voidSaleOrder: (id: string) => Effect.Effect<SaleOrder, InventoryWriteError>;
}

export class ZohoInventory extends Context.Service<ZohoInventory, ZohoInventoryShape>()(
  'treejar/adapters/ZohoInventory',
) {
  /** Needs the Inventory product's {@link ZohoToken}. */
  static readonly layer = (config: ZohoInventoryConfig): Layer.Layer<ZohoInventory, never, ZohoToken> =>
    Layer.effect(
      ZohoInventory,
      Effect.map(ZohoToken, (token) => makeZohoInventory(config, token)),
    );
}

/** Zoho's own cap of a page. */
export const PAGE_SIZE = 200;
/** More lines than any order has; a caller that needs more wants {@link ZohoInventoryShape.listItems}. */
export const SKUS_PER_CALL_MAX = 100;

/** Builds the service; nothing is asked until the first call. */
export const makeZohoInventory = (config: ZohoInventoryConfig, token: ZohoTokenShape): ZohoInventoryShape => {
  const clock = config.clock ?? { now: () => Date.now() };
  const currency = config.currency ?? 'AED';
  const calls = makeInventoryCalls({ ...config, clock }, token);
  const { rows, image } = calls;

  const listItems = Effect.fn('ZohoInventory.listItems')(function* (query: ItemQuery) {
    const { items, hasMore } = yield* rows('/items', listQuery(query), { lane: 'background' });
    const [good, rejected] = yield* Effect.partition(items, (row) => readItem(row, currency));
    return { items: good, hasMore, rejected: rejected.map((error) => error.message) };
  });

  const details = Effect.fn('ZohoInventory.details')(function* (itemId: string) {
    const { items } = yield* rows('/itemdetails', { item_ids: itemId });
    const row = items.find((candidate) => fieldOf(candidate, 'item_id') === itemId);
    return row === undefined ? null : yield* readItem(row, currency);
  });

  const itemBySku = Effect.fn('ZohoInventory.itemBySku')(function* (sku: string) {
    const { items, hasMore } = yield* rows('/items', { sku });
    // Zoho is known to ignore filters it does not like and to return everything (wire/04 §6): look again.
    const matching = items.filter((row) => fieldOf(row, 'sku')?.trim() === sku.trim());
    const item = preferred(yield* Effect.forEach(matching, (row) => readItem(row, currency)));
    if (item === null && hasMore) return yield* ignoredFilter;
    if (item === null || item.stock !== null) return item;
    return (yield* details(item.itemId)) ?? item;
  });

  const itemsBySku = Effect.fn('ZohoInventory.itemsBySku')(function* (skus: readonly string[]) {
    const different = [...new Set(skus)];
    if (different.length > SKUS_PER_CALL_MAX) {
      const message = `${different.length} SKUs at once; ask for at most ${SKUS_PER_CALL_MAX}, or list the items`;
      return yield* new InventoryMalformed({ message, retryable: false });
    }
    const pairs = yield* Effect.forEach(
      different,
      (sku) => Effect.map(itemBySku(sku), (item) => [sku, item] as const),
      { concurrency: CONCURRENT_CALLS_MAX },
    );
    return new Map(pairs);
  });

  const customers = makeCustomerSearch(calls);
  const orders = makeOrderReads(calls);
  return {
    listItems,
    itemBySku,
    itemsBySku,
    itemImage: image,
    findCustomer: customers.findCustomer,
    ...makeCustomerWrites(calls, customers, config),
    ...orders,
    ...makeOrderWrites(calls, orders.saleOrder, config),
  };
};

/** A full pass keeps Zoho's default order, by name: an order by time would move rows between pages while we read. */
const listQuery = (query: ItemQuery): NonNullable<VendorRequest['query']> => ({
  page: query.page,
  per_page: PAGE_SIZE,
  ...(query.modifiedSince === undefined
    ? {}
    : {
        last_modified_time: zohoTime(query.modifiedSince),
        sort_column: 'last_modified_time',
        sort_order: 'A',
      }),
});

/** `2026-01-15T10:20:30+0000`: Zoho's zone has no colon (wire/04 §1). */
const zohoTime = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}+0000`;

/** Of several items with one SKU: an active one first, then the smallest id, so that the choice is always the same. */
const preferred = (items: readonly InventoryItem[]): InventoryItem | null =>
  [...items].sort(
    (a, b) =>
      Number(b.active) - Number(a.active) ||
      a.itemId.length - b.itemId.length ||
      (a.itemId < b.itemId ? -1 : 1),
  )[0] ?? null;

const fieldOf = (row: unknown, key: string): string | null => {
  const value = Predicate.isObject(row) ? (row as Record<string, unknown>)[key] : null;
  return typeof value === 'string' ? value : null;
};

/** "Not on this page" is not "not in Inventory": a false absence would take a product off sale. */
const ignoredFilter = Effect.fail(
  new InventoryMalformed({
    message: 'Zoho Inventory ignored the sku filter and has further pages; list the items instead',
    retryable: false,
  }),
);
