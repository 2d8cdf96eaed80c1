/**
 * Zoho Inventory as the API's routes ask for it. A sales order is decided once for its key, prices included, and then
 * made by a number that is derived from the key: neither a repeat nor a race nor a crash makes a second one.
 */
import { type Context, Effect } from 'effect';
import type { Pool } from 'pg';
import { orderNumber } from '../../adapters/zoho-inventory/order-number.ts';
import { orderStatus } from '../../adapters/zoho-inventory/order-status.ts';
import {
  type NewSaleOrder,
  type SaleOrder,
  type SaleOrderSummary,
  ZohoInventory,
} from '../../adapters/zoho-inventory/zoho-inventory.ts';
import type { InventoryApi } from '../api/deps.ts';
import { VendorRefusal } from '../api/vendor-failure.ts';
import type { NewSaleOrderBody, SaleOrderSummaryView, SaleOrderView } from '../api/vendor-schemas.ts';
import type { Clock } from '../engine/types.ts';
import { decimalOf } from './money.ts';
import { makeOrderRequests } from './order-requests.ts';
import { pageOver } from './pages.ts';

export interface InventoryApiOptions {
  readonly services: Context.Context<ZohoInventory>;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly currency: string;
}

export const makeInventoryApi = (options: InventoryApiOptions): InventoryApi => {
  const { services, clock, currency } = options;
  const run = <A, E>(program: (inventory: ZohoInventory['Service']) => Effect.Effect<A, E>): Promise<A> =>
    Effect.runPromise(Effect.flatMap(ZohoInventory, program).pipe(Effect.provideContext(services)));
  const requests = makeOrderRequests(options.pool, clock);
  const summary = summaryView(currency);
  const whole = orderView(currency);

  const make = async (key: string, body: NewSaleOrderBody): Promise<SaleOrderView> => {
    const known = await requests.begin(key, body);
    if (known.differs) {
      const message =
        'This Idempotency-Key was used with another body; use a new key for a new order, or repeat the first body.';
      throw new VendorRefusal(409, 'idempotency_key_reused', message);
    }
    if (known.answer) return known.answer;
    const wanted = known.wanted ?? (await requests.decide(key, await resolve(key, body)));
    const { order } = await run((inventory) => inventory.createSaleOrder(wanted));
    const answer = whole(order);
    await requests.answered(key, answer);
    return answer;
  };

  const resolve = async (key: string, body: NewSaleOrderBody): Promise<NewSaleOrder> => {
    try {
      return await run((inventory) => resolveOrder(inventory, key, body, currency));
    } catch (error) {
      await requests.drop(key);
      throw error;
    }
  };

  return {
    stock: async (sku) => {
      const item = await run((inventory) => inventory.itemBySku(sku));
      if (!item) return null;
      return {
        sku: item.sku,
        name: item.name,
        price: item.price === null ? null : { amount: item.price, currency: item.currency },
        available: item.stock,
        at: new Date(clock.now()).toISOString(),
      };
    },
    saleOrders: async ({ number, customer, ...query }) => {
      if (number !== undefined) {
        const order = await run((inventory) => inventory.saleOrder({ number }));
        return { items: order ? [summary(order)] : [], next: null };
      }
      const of = customer === undefined ? {} : { customerId: customer };
      return pageOver(query, (page) => run((inventory) => inventory.saleOrders({ page, ...of })), summary);
    },
    saleOrder: (id) =>
      run((inventory) => Effect.map(inventory.saleOrder({ id }), (order) => (order ? whole(order) : null))),
    createSaleOrder: make,
  };
};

/** What exactly is ordered: Inventory's ids, and a price for each line. */
const resolveOrder = Effect.fnUntraced(function* (
  inventory: ZohoInventory['Service'],
  key: string,
  body: NewSaleOrderBody,
  currency: string,
) {
  if ((body.customerId === undefined) === (body.customer === undefined)) {
    throw new VendorRefusal(422, 'customer', 'give either customerId or customer', 'customer');
  }
  const items = yield* inventory.itemsBySku(body.lines.map(({ sku }) => sku));
  const lines = body.lines.map(({ sku, quantity, price }, index) => {
    const item = items.get(sku);
    if (!item?.active) {
      throw new VendorRefusal(422, 'unknown_sku', 'is no article that is sold', `lines[${index}].sku`);
    }
    const rate = price === undefined ? item.price : decimalOf(price, currency, `lines[${index}].price`);
    if (rate === null || Number(rate) === 0) {
      const message = 'has no price in Inventory; give one above zero';
      throw new VendorRefusal(422, 'no_price', message, `lines[${index}].price`);
    }
    return { itemId: item.itemId, quantity, rate };
  });
  const delivery =
    body.deliveryCharge === undefined
      ? {}
      : { deliveryCharge: decimalOf(body.deliveryCharge, currency, 'deliveryCharge') };
  const customerId =
    body.customerId ?? (body.customer ? (yield* inventory.ensureCustomer(body.customer)).customer.id : '');
  const number = orderNumber(`api:${key}`);
  return {
    number,
    reference: body.reference ?? number,
    customerId,
    lines,
    ...(body.notes === undefined ? {} : { notes: body.notes }),
    ...delivery,
  } satisfies NewSaleOrder;
});

const summaryView =
  (currency: string) =>
  (order: SaleOrderSummary): SaleOrderSummaryView => ({
    id: order.id,
    number: order.number,
    reference: order.reference,
    status: order.status,
    customerId: order.customerId,
    customerName: order.customerName,
    date: order.date,
    shipmentDate: order.shipmentDate,
    total: { amount: order.total, currency: order.currency ?? currency },
  });

const orderView =
  (shopCurrency: string) =>
  (order: SaleOrder): SaleOrderView => {
    const currency = order.currency ?? shopCurrency;
    const money = (amount: string) => ({ amount, currency });
    const orNull = (amount: string | null) => (amount === null ? null : money(amount));
    const { stage, label, payment, trackingNumber } = orderStatus(order);
    return {
      ...summaryView(shopCurrency)(order),
      lines: order.lines.map(({ sku, name, quantity, rate }) => ({
        sku,
        name,
        quantity,
        price: money(rate),
      })),
      subtotal: orNull(order.subTotal),
      vat: orNull(order.taxTotal),
      deliveryCharge: money(order.deliveryCharge),
      stage: { key: stage, ...label },
      payment: payment === null ? null : { state: payment.state, outstanding: money(payment.outstanding) },
      trackingNumber,
    };
  };
