/**
 * How the customer's own orders stand (domain 10): whose they are is decided here by the phone, never by the model
 * (lesson F-25b). Labels are plain words; what Inventory does not say stays out.
 */
import { Effect } from 'effect';
import { type OrderPayment, orderStatus as statusOf } from '../../adapters/zoho-inventory/order-status.ts';
import { type SaleOrder, ZohoInventory } from '../../adapters/zoho-inventory/zoho-inventory.ts';
import type { CustomerOrder, ToolResult, UseToolsInput } from '../../machines/conversation/actors.ts';
import type { Language, QuoteOutcome } from '../../machines/conversation/context.ts';

/** Newest orders told at once: more is a list, not an answer. */
const ORDERS = 3;

/** Reads the orders of `asker`; with a number, that one alone. An order of somebody else is as if it were not there. */
export const readOrders = Effect.fn('readOrders')(function* (
  asker: NonNullable<UseToolsInput['orders']>,
  wanted: string | null,
  language: Language,
) {
  const inventory = yield* ZohoInventory;
  const found = yield* inventory.findCustomer(asker.phone);
  if (found === null) return { tool: 'orders', orders: [] } satisfies ToolResult;
  const page = yield* inventory.saleOrders({ page: 1, customerId: found.customer.id });
  const chosen = page.items
    .filter((order) => wanted === null || plain(order.number) === plain(wanted))
    .slice(0, ORDERS);
  const orders = yield* Effect.forEach(chosen, ({ id }) => inventory.saleOrder({ id }), {
    concurrency: ORDERS,
  });
  return {
    tool: 'orders',
    orders: orders.flatMap((order) =>
      order === null ? [] : [told(order, asker.outcomes[order.number], language)],
    ),
  } satisfies ToolResult;
});

/** People leave out dashes and case. */
const plain = (number: string): string => number.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** A quotation that was refused or ran out is not active, whatever Inventory still calls it (domain 10.4). */
const INACTIVE: ReadonlySet<QuoteOutcome> = new Set(['rejected', 'expired', 'no_response']);
const NOT_ACTIVE = { en: 'not active any more', ar: 'لم يعد ساريًا' } as const;

const told = (order: SaleOrder, outcome: QuoteOutcome | undefined, language: Language): CustomerOrder => {
  const status = statusOf(order, { isApproved: outcome === 'accepted' });
  const isInactive = status.stage === 'quotation' && outcome !== undefined && INACTIVE.has(outcome);
  return {
    number: status.number,
    label: isInactive ? NOT_ACTIVE : status.label,
    stage: isInactive ? 'inactive' : status.stage,
    shipmentDate: status.shipmentDate,
    deliveryMethod: status.deliveryMethod,
    trackingNumber: status.trackingNumber,
    payment: paymentText(status.payment, language),
    total: order.total,
    currency: order.currency,
  };
};

const PAYMENT: Readonly<Record<OrderPayment['state'], Readonly<Record<Language, string>>>> = {
  paid: { en: 'paid', ar: 'مدفوع' },
  partly_paid: { en: 'partly paid', ar: 'مدفوع جزئيًا' },
  unpaid: { en: 'not paid yet', ar: 'لم يُدفع بعد' },
};
const OUTSTANDING: Readonly<Record<Language, string>> = { en: 'outstanding', ar: 'المتبقي' };

/** Domain 10.2, 10.3: in the customer's language; what is paid leaves nothing to tell. */
const paymentText = (payment: OrderPayment | null, language: Language): string | null => {
  if (payment === null) return null;
  const state = PAYMENT[payment.state][language];
  if (payment.state === 'paid') return state;
  return `${state}, ${OUTSTANDING[language]} ${payment.outstanding} ${payment.currency ?? ''}`.trim();
};
