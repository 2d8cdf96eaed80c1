/** CRM and Inventory through our API: each only where its service is given. Writes are audited by the record's id. */
import { Effect } from 'effect';
import { HttpApiBuilder } from 'effect/http-api';
import { CurrentPrincipal } from '../access.ts';
import type { TreejarApi } from '../api.ts';
import { type ApiContext, attempt, badCursor } from '../context.ts';
import type { CrmApi, InventoryApi } from '../deps.ts';
import { notFound } from '../errors.ts';
import { DEFAULT_PAGE } from '../requests.ts';
import { vendor } from '../vendor-failure.ts';
import type { DealPatch } from '../vendor-schemas.ts';

const audited = Effect.fnUntraced(function* (ctx: ApiContext, action: string, target: string) {
  const principal = yield* CurrentPrincipal;
  yield* attempt(() => ctx.audit.record(principal, { action, target }));
});

/** A page, or a 422 when the cursor is not one of the list. */
const page = <A>(work: () => Promise<A | 'bad_cursor'>) =>
  vendor(work).pipe(
    Effect.flatMap((found) => (found === 'bad_cursor' ? Effect.fail(badCursor()) : Effect.succeed(found))),
  );

export const crmHandlers = (api: TreejarApi, ctx: ApiContext, crm: CrmApi) => {
  const change = Effect.fnUntraced(function* (id: string, patch: DealPatch) {
    const deal = yield* vendor(() => crm.changeDeal(id, patch));
    if (!deal) return yield* Effect.fail(notFound('such deal'));
    yield* audited(ctx, 'deal.change', id);
    return deal;
  });
  return HttpApiBuilder.group(api, 'crm', (handlers) =>
    handlers
      .handle('contacts', ({ query }) =>
        vendor(() => crm.contactsByPhone(query.phone)).pipe(Effect.map((items) => ({ items, next: null }))),
      )
      .handle('deals', ({ query }) => page(() => crm.deals({ ...query, limit: query.limit ?? DEFAULT_PAGE })))
      .handle('deal', ({ params }) =>
        vendor(() => crm.deal(params.id)).pipe(
          Effect.flatMap((deal) => (deal ? Effect.succeed(deal) : Effect.fail(notFound('such deal')))),
        ),
      )
      .handle(
        'createDeal',
        Effect.fnUntraced(function* ({ payload, headers }) {
          const principal = yield* CurrentPrincipal;
          const key = headers['idempotency-key'] ?? crypto.randomUUID();
          const deal = yield* vendor(() => crm.createDeal(`${principal.id}:${key}`, payload));
          yield* audited(ctx, 'deal.create', deal.id);
          return deal;
        }),
      )
      .handle('changeDeal', ({ params, payload }) => change(params.id, payload))
      .handle('changeDealById', ({ payload: { id, ...patch } }) => change(id, patch)),
  );
};

export const inventoryHandlers = (api: TreejarApi, ctx: ApiContext, inventory: InventoryApi) =>
  HttpApiBuilder.group(api, 'inventory', (handlers) =>
    handlers
      .handle('stock', ({ query }) =>
        vendor(() => inventory.stock(query.sku)).pipe(
          Effect.flatMap((found) => (found ? Effect.succeed(found) : Effect.fail(notFound('such SKU')))),
        ),
      )
      .handle('saleOrders', ({ query }) =>
        page(() => inventory.saleOrders({ ...query, limit: query.limit ?? DEFAULT_PAGE })),
      )
      .handle('saleOrder', ({ params }) =>
        vendor(() => inventory.saleOrder(params.id)).pipe(
          Effect.flatMap((order) =>
            order ? Effect.succeed(order) : Effect.fail(notFound('such sales order')),
          ),
        ),
      )
      .handle(
        'createSaleOrder',
        Effect.fnUntraced(function* ({ headers, payload }) {
          const principal = yield* CurrentPrincipal;
          const key = `${principal.id}:${headers['idempotency-key']}`;
          const order = yield* vendor(() => inventory.createSaleOrder(key, payload));
          yield* audited(ctx, 'sale_order.create', order.number);
          return order;
        }),
      ),
  );
