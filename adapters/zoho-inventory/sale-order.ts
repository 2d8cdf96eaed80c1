/** A sales order as the product sees it, and how it is read from the wire (wire/04 §6). Money is decimal text. */
import { Effect, Predicate, Schema } from 'effect';
import { toMoney } from '../zoho-oauth/exact-json.ts';
import { InventoryMalformed } from './errors.ts';
import { RecordId } from './record-id.ts';

export interface SaleOrderLine {
  /** `null`: a line without an article, for example a hand-written service. */
  readonly itemId: string | null;
  readonly sku: string | null;
  readonly name: string | null;
  readonly quantity: number;
  /** Of one piece. */
  readonly rate: string;
  readonly shipped: number;
  readonly invoiced: number;
}

export interface SaleOrderPackage {
  readonly number: string | null;
  readonly status: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  /** `yyyy-mm-dd`. */
  readonly shipmentDate: string | null;
}

export interface SaleOrderInvoice {
  readonly number: string | null;
  readonly status: string;
  readonly total: string;
  /** What is still to be paid. */
  readonly balance: string;
  readonly dueDate: string | null;
}

/** A row of a list. */
export interface SaleOrderSummary {
  readonly id: string;
  readonly number: string;
  readonly reference: string | null;
  /** Zoho's word; `orderStatus` says it plainly. */
  readonly status: string;
  readonly customerId: string;
  readonly customerName: string | null;
  /** `yyyy-mm-dd`. */
  readonly date: string | null;
  readonly shipmentDate: string | null;
  readonly deliveryMethod: string | null;
  readonly currency: string | null;
  /** With tax and delivery. */
  readonly total: string;
}

export interface SaleOrder extends SaleOrderSummary {
  readonly lines: readonly SaleOrderLine[];
  /** Lines without tax; `null` when Zoho does not say. */
  readonly subTotal: string | null;
  readonly taxTotal: string | null;
  readonly deliveryCharge: string;
  readonly packages: readonly SaleOrderPackage[];
  readonly invoices: readonly SaleOrderInvoice[];
}

/** Numbers arrive as text (exact-json), but some fields are quoted on the wire anyway. */
const Text = Schema.optionalKey(Schema.NullishOr(Schema.String));

const WireSummary = Schema.Struct({
  salesorder_id: RecordId,
  salesorder_number: Schema.NonEmptyString,
  reference_number: Text,
  status: Text,
  customer_id: RecordId,
  customer_name: Text,
  date: Text,
  shipment_date: Text,
  delivery_method: Text,
  currency_code: Text,
  total: Schema.String,
});
const WireLine = Schema.Struct({
  item_id: Text,
  sku: Text,
  name: Text,
  quantity: Schema.String,
  rate: Schema.String,
  quantity_shipped: Text,
  quantity_invoiced: Text,
});
const WirePackage = Schema.Struct({
  package_number: Text,
  status: Text,
  carrier: Text,
  tracking_number: Text,
  shipment_date: Text,
});
const WireInvoice = Schema.Struct({
  invoice_number: Text,
  status: Text,
  total: Text,
  balance: Text,
  due_date: Text,
});
const WireOrder = Schema.Struct({
  ...WireSummary.fields,
  line_items: Schema.Array(WireLine),
  sub_total: Text,
  tax_total: Text,
  shipping_charge: Text,
  packages: Schema.optionalKey(Schema.NullishOr(Schema.Array(WirePackage))),
  invoices: Schema.optionalKey(Schema.NullishOr(Schema.Array(WireInvoice))),
});

const decodeSummary = Schema.decodeUnknownEffect(WireSummary);
const decodeOrder = Schema.decodeUnknownEffect(WireOrder);

export const readSummary = (row: unknown): Effect.Effect<SaleOrderSummary, InventoryMalformed> =>
  decodeSummary(row).pipe(Effect.mapError(unknownShape), Effect.map(toSummary));

/** Reads the whole order out of an envelope: the wire says `salesorder`, the specification says `sales_order`. */
export const readOrder = (
  envelope: Readonly<Record<string, unknown>>,
): Effect.Effect<SaleOrder, InventoryMalformed> => {
  const found = ['salesorder', 'sales_order', 'saleorder']
    .map((key) => envelope[key])
    .find(Predicate.isObject);
  return decodeOrder(found).pipe(Effect.mapError(unknownShape), Effect.map(toOrder));
};

const toSummary = (wire: typeof WireSummary.Type): SaleOrderSummary => ({
  id: wire.salesorder_id,
  number: wire.salesorder_number,
  reference: orNull(wire.reference_number),
  status: (orNull(wire.status) ?? 'unknown').toLowerCase(),
  customerId: wire.customer_id,
  customerName: orNull(wire.customer_name),
  date: orNull(wire.date),
  shipmentDate: orNull(wire.shipment_date),
  deliveryMethod: orNull(wire.delivery_method),
  currency: orNull(wire.currency_code),
  total: toMoney(wire.total) ?? '0.00',
});

const toOrder = (wire: typeof WireOrder.Type): SaleOrder => ({
  ...toSummary(wire),
  lines: wire.line_items.map((line) => ({
    itemId: orNull(line.item_id),
    sku: orNull(line.sku),
    name: orNull(line.name),
    quantity: Number(line.quantity),
    rate: toMoney(line.rate) ?? '0.00',
    shipped: Number(line.quantity_shipped ?? 0),
    invoiced: Number(line.quantity_invoiced ?? 0),
  })),
  subTotal: moneyOrNull(wire.sub_total),
  taxTotal: moneyOrNull(wire.tax_total),
  deliveryCharge: moneyOrNull(wire.shipping_charge) ?? '0.00',
  packages: (wire.packages ?? []).map((parcel) => ({
    number: orNull(parcel.package_number),
    status: (orNull(parcel.status) ?? 'unknown').toLowerCase(),
    carrier: orNull(parcel.carrier),
    trackingNumber: orNull(parcel.tracking_number),
    shipmentDate: orNull(parcel.shipment_date),
  })),
  invoices: (wire.invoices ?? []).map((invoice) => ({
    number: orNull(invoice.invoice_number),
    status: (orNull(invoice.status) ?? 'unknown').toLowerCase(),
    total: moneyOrNull(invoice.total) ?? '0.00',
    // An invoice without a balance is not a paid one: all of it is open.
    balance: moneyOrNull(invoice.balance) ?? moneyOrNull(invoice.total) ?? '0.00',
    dueDate: orNull(invoice.due_date),
  })),
});

const orNull = (text: string | null | undefined): string | null => text?.trim() || null;

const moneyOrNull = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : toMoney(text);

/** Without the schema's own words: they would repeat the customer's data. */
const unknownShape = (): InventoryMalformed =>
  new InventoryMalformed({
    message: "Zoho Inventory sent a sales order in an unknown shape; compare it with the adapter's schema",
    retryable: false,
  });
