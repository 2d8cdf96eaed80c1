/** A sales order that we want: what is checked before a call, its wire form, and whether a found order is this one. */
import { Effect } from 'effect';
import { rawNumber, toMoney } from '../zoho-oauth/exact-json.ts';
import { InventoryRejected } from './errors.ts';
import type { SaleOrder } from './sale-order.ts';

export interface NewOrderLine {
  readonly itemId: string;
  /** Whole pieces. */
  readonly quantity: number;
  /** Of one piece, without tax, after the discount; decimal text above zero (domain 9.6, lesson F-15). */
  readonly rate: string;
  readonly description?: string | undefined;
}

export interface NewSaleOrder {
  /** From `orderNumber(commandId)`. */
  readonly number: string;
  /** Ours, for example the conversation; not unique in Zoho. */
  readonly reference: string;
  readonly customerId: string;
  readonly lines: readonly NewOrderLine[];
  readonly notes?: string | undefined;
  readonly terms?: string | undefined;
  /** Zoho's id of the VAT; without it the organisation's rules decide. */
  readonly taxId?: string | undefined;
  /** Its own amount beside the lines (domain 9.12); none when absent. */
  readonly deliveryCharge?: string | undefined;
  /** The grand total the customer is told; when given, Zoho's must be the same but for the rounding of tax. */
  readonly total?: string | undefined;
}

/** Named limits (G10); a bigger order is a manager's work anyway (domain 8.1). */
export const ORDER_LINES_MAX = 100;
export const QUANTITY_MAX = 100_000;
const TEXT_MAX = 2_000;
const NUMBER_MAX = 100;
/** Zoho may round the tax of each line; we round it once (domain 9.11). Minor units a line. */
const TAX_ROUNDING_A_LINE = 1n;

const ID = /^\d{1,25}$/;
const MONEY = /^\d{1,11}(\.\d{1,2})?$/;

/** Refuses what Zoho would refuse or, worse, would misunderstand. */
export const requireOrder = (order: NewSaleOrder): Effect.Effect<void, InventoryRejected> => {
  const bad = faultOf(order);
  return bad === null ? Effect.void : Effect.fail(invalidInput(`a sales order needs ${bad}`));
};

const faultOf = (order: NewSaleOrder): string | null => {
  if (!isText(order.number)) return `a number of 1 to ${NUMBER_MAX} characters`;
  if (!isText(order.reference)) return `a reference of 1 to ${NUMBER_MAX} characters`;
  if (!ID.test(order.customerId)) return "Zoho's id of the customer";
  if (order.taxId !== undefined && !ID.test(order.taxId)) return "Zoho's id of the tax";
  if (order.lines.length === 0 || order.lines.length > ORDER_LINES_MAX)
    return `1 to ${ORDER_LINES_MAX} lines`;
  if (order.deliveryCharge !== undefined && !MONEY.test(order.deliveryCharge))
    return 'a delivery charge in decimal text';
  if (order.total !== undefined && !MONEY.test(order.total)) return 'a total in decimal text';
  for (const line of order.lines) {
    if (!ID.test(line.itemId)) return "Zoho's id of each article";
    if (!Number.isSafeInteger(line.quantity) || line.quantity < 1 || line.quantity > QUANTITY_MAX)
      return `whole quantities from 1 to ${QUANTITY_MAX}`;
    if (!MONEY.test(line.rate) || minor(line.rate) === 0n) return 'a price above zero for each line';
  }
  return null;
};

const isText = (text: string): boolean => text.trim() !== '' && text.length <= NUMBER_MAX;

export const invalidInput = (message: string): InventoryRejected =>
  new InventoryRejected({ code: 'INVALID_INPUT', status: 0, message, retryable: false });

/** The body of `POST /salesorders`. */
export const wireOrder = (order: NewSaleOrder): Readonly<Record<string, unknown>> => ({
  customer_id: order.customerId,
  salesorder_number: order.number,
  reference_number: order.reference,
  is_inclusive_tax: false,
  line_items: order.lines.map((line) => ({
    item_id: line.itemId,
    quantity: line.quantity,
    rate: rawNumber(line.rate),
    ...(line.description ? { description: line.description.slice(0, TEXT_MAX) } : {}),
    ...(order.taxId === undefined ? {} : { tax_id: order.taxId }),
  })),
  ...(order.deliveryCharge === undefined ? {} : { shipping_charge: rawNumber(order.deliveryCharge) }),
  ...(order.notes ? { notes: order.notes.slice(0, TEXT_MAX) } : {}),
  ...(order.terms ? { terms: order.terms.slice(0, TEXT_MAX) } : {}),
});

/** Which facts of a found order differ from the wanted one, by name; none when it is the same order. */
export const differencesOf = (wanted: NewSaleOrder, found: SaleOrder): readonly string[] => {
  const subTotal = wanted.lines.reduce((sum, line) => sum + minor(line.rate) * BigInt(line.quantity), 0n);
  const charge = wanted.deliveryCharge === undefined ? 0n : minor(wanted.deliveryCharge);
  const checks: readonly (readonly [fact: string, same: boolean])[] = [
    ['number', found.number === wanted.number],
    ['reference', found.reference === wanted.reference.trim()],
    ['customer', found.customerId === wanted.customerId],
    ['lines', linesOf(wanted.lines) === linesOf(found.lines)],
    ['subtotal', found.subTotal === null || minor(found.subTotal) === subTotal],
    ['delivery charge', minor(found.deliveryCharge) === charge],
    ['total', wanted.total === undefined || isNear(wanted, minor(wanted.total), minor(found.total))],
  ];
  return checks.filter(([, same]) => !same).map(([fact]) => fact);
};

const isNear = (wanted: NewSaleOrder, a: bigint, b: bigint): boolean => {
  const distance = a > b ? a - b : b - a;
  return distance <= BigInt(wanted.lines.length) * TAX_ROUNDING_A_LINE;
};

/** Lines in any order, as one text that is equal when they are. */
const linesOf = (
  lines: readonly { readonly itemId: string | null; readonly quantity: number; readonly rate: string }[],
): string =>
  lines
    .map((line) => `${line.itemId}|${line.quantity}|${toMoney(line.rate)}`)
    .sort()
    .join('\n');

/** Minor units of decimal text; callers pass text that {@link requireOrder} or the wire's reader has accepted. */
const minor = (decimal: string): bigint => BigInt((toMoney(decimal) ?? '0.00').replace('.', ''));
