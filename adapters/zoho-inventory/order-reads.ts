/** Reads sales orders. Lists may ignore a filter and return everything, so each row is looked at again (wire/04 §6). */
import { Effect } from 'effect';
import { type InventoryError, InventoryMalformed } from './errors.ts';
import type { InventoryCalls } from './inventory-calls.ts';
import { invalidInput } from './new-order.ts';
import { readOrder, readSummary, type SaleOrder, type SaleOrderSummary } from './sale-order.ts';

export type SaleOrderRef = { readonly id: string } | { readonly number: string };

export interface SaleOrderQuery {
  /** From 1. */
  readonly page: number;
  /** Only this customer's. */
  readonly customerId?: string;
}

export interface SaleOrderPage {
  readonly items: readonly SaleOrderSummary[];
  readonly hasMore: boolean;
  /** Rows in a shape we do not know, one reason each. */
  readonly rejected: readonly string[];
}

/** As many as one answer of our own API. */
const ORDERS_PAGE_SIZE = 200;
/** The exact one is not documented (wire/04 §6); an answer with further pages shows that it was ignored. */
const NUMBER_FILTERS = ['salesorder_number', 'search_text'] as const;
const ID = /^\d{1,25}$/;

export const makeOrderReads = (calls: InventoryCalls) => {
  const byId = Effect.fn('ZohoInventory.orderById')(function* (id: string) {
    if (!ID.test(id))
      return yield* invalidInput("reading a sales order needs Zoho's id of it, or its number");
    const envelope = yield* calls.send({ method: 'GET', path: `/salesorders/${id}` });
    return envelope === null ? null : yield* readOrder(envelope);
  });

  const idOf = Effect.fn('ZohoInventory.orderId')(function* (number: string, filter: string) {
    const query = { [filter]: number, per_page: ORDERS_PAGE_SIZE };
    const { items, hasMore } = yield* calls.rows('/salesorders', query, { key: 'salesorders' });
    const summaries = yield* Effect.forEach(items, readSummary);
    const row = summaries.find((order) => order.number === number);
    return { id: row?.id ?? null, isAnswered: row !== undefined || !hasMore };
  });

  const byNumber = Effect.fn('ZohoInventory.orderByNumber')(function* (number: string) {
    for (const filter of NUMBER_FILTERS) {
      const { id, isAnswered } = yield* idOf(number, filter);
      if (isAnswered) return id === null ? null : yield* byId(id);
    }
    return yield* ignoredFilter;
  });

  /** The order, or `null` when there is none. */
  const saleOrder = (ref: SaleOrderRef) => ('id' in ref ? byId(ref.id) : byNumber(ref.number));

  const saleOrders = Effect.fn('ZohoInventory.saleOrders')(function* (query: SaleOrderQuery) {
    const { page, customerId } = query;
    const { items, hasMore } = yield* calls.rows(
      '/salesorders',
      { page, per_page: ORDERS_PAGE_SIZE, customer_id: customerId, sort_column: 'date', sort_order: 'D' },
      { key: 'salesorders' },
    );
    const [good, rejected] = yield* Effect.partition(items, readSummary);
    const wanted = customerId === undefined ? good : good.filter((order) => order.customerId === customerId);
    return { items: wanted, hasMore, rejected: rejected.map((error) => error.message) };
  });
  return { saleOrder, saleOrders };
};

export type FindOrder = (ref: SaleOrderRef) => Effect.Effect<SaleOrder | null, InventoryError>;

/** "Not on this page" is not "not in Inventory": a false absence would lead to a second order. */
const ignoredFilter = Effect.fail(
  new InventoryMalformed({
    message:
      'Zoho Inventory ignored the filter by order number and has further pages; look in Inventory itself',
    retryable: false,
  }),
);
