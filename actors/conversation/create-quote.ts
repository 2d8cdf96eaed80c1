/**
 * Makes the order of a quotation in Inventory: live prices first, then the customer, then one draft order under our own
 * number, read back (domain 9.17-9.20, 12.2). Every step may be repeated: the number follows from the order's key, so a
 * second run finds what the first one made (lessons F-35, F-36).
 */
import { Effect } from 'effect';
import { orderNumber } from '../../adapters/zoho-inventory/order-number.ts';
import { type InventoryItem, ZohoInventory } from '../../adapters/zoho-inventory/zoho-inventory.ts';
import type { CreateQuoteInput, CreateQuoteOutput } from '../../machines/conversation/actors.ts';
import { toMinor } from '../../machines/money/money.ts';
import { BusinessSettings } from './business-settings.ts';
import { tellGone } from './gone-article.ts';

/** Zoho's limit of `reference_number`. */
const REFERENCE_CHARS = 100;

/**
 * `created` when Inventory has the order as told; `repriced` when its prices are others now; `unsellable` when it does
 * not sell an article or has no price for it. In the last two nothing was written. Fails with the adapter's errors.
 */
export const createQuote = Effect.fn('createQuote')(function* (input: CreateQuoteInput) {
  const inventory = yield* ZohoInventory;
  const items = yield* inventory.itemsBySku(input.lines.map((line) => line.sku));
  const sellable = input.lines.map((line) => ({ line, item: sellableOf(items.get(line.sku) ?? null) }));
  const missing = sellable.flatMap(({ line, item }) => (item === null ? [line.sku] : []));
  if (missing.length > 0) {
    yield* Effect.forEach(missing, tellGone, { discard: true });
    return { kind: 'unsellable', skus: missing } satisfies CreateQuoteOutput;
  }
  const lines = sellable.flatMap(({ line, item }) => (item === null ? [] : [{ line, item }]));
  if (lines.some(({ line, item }) => toMinor(line.listPrice) !== toMinor(item.price))) {
    return {
      kind: 'repriced',
      lines: lines.map(({ line, item }) => ({ sku: line.sku, listPrice: item.price })),
    } satisfies CreateQuoteOutput;
  }
  const { vatTaxId: taxId } = yield* (yield* BusinessSettings).forTurn;
  const { name, phone, email, company, address } = input.customer;
  const { customer } = yield* inventory.ensureCustomer({ name, phone, email, company, address });
  const order = yield* inventory.ensureSaleOrder({
    number: orderNumber(input.orderKey),
    reference: input.conversationId.slice(0, REFERENCE_CHARS),
    customerId: customer.id,
    lines: lines.map(({ line, item }) => ({
      itemId: item.itemId,
      quantity: line.quantity,
      rate: line.unitPrice,
    })),
    ...(taxId === null ? {} : { taxId }),
    ...(input.deliveryCharge === null ? {} : { deliveryCharge: input.deliveryCharge }),
    notes: `WhatsApp quotation R${input.revision}. Deliver to: ${address}`,
  });
  return {
    kind: 'created',
    number: order.number,
    orderId: order.id,
    customerId: customer.id,
    revision: input.revision,
  } satisfies CreateQuoteOutput;
});

type Sellable = InventoryItem & { readonly price: string };

/** Active and priced (domain 9.7, 9.8). */
const sellableOf = (item: InventoryItem | null): Sellable | null =>
  item?.active && item.price !== null ? { ...item, price: item.price } : null;
