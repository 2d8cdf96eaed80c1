/** What the routes to CRM and Inventory take and answer (contract 3.2). Money is decimal text with its currency. */
import { Schema } from 'effect';
import { MAX_PAGE } from './requests.ts';
import { Money } from './schemas.ts';

const nullable = Schema.NullOr;
const bounded = (max: number) => Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(max));
const written = (max: number) => bounded(max).check(Schema.isPattern(/\S/));
const VendorId = Schema.String.check(Schema.isPattern(/^\d{1,25}$/));
const Day = Schema.String.check(Schema.isPattern(/^\d{4}-\d{2}-\d{2}$/));
const Amount = Schema.String.check(Schema.isPattern(/^\d{1,11}(\.\d{1,2})?$/));
/** `"1250.00"`, or with a currency, which must be the shop's. */
const Price = Schema.Union([Amount, Schema.Struct({ amount: Amount, currency: bounded(3) })]);
export type Price = typeof Price.Type;

const Limit = Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: MAX_PAGE })));
const Cursor = Schema.optionalKey(bounded(200));
export const VendorParams = { id: VendorId };

/** `stage` is the shop's own word for it in CRM; `stageKey` ours, null for a stage that we have no word for. */
export const DealView = Schema.Struct({
  id: Schema.String,
  name: Schema.String,
  stage: Schema.String,
  stageKey: nullable(Schema.String),
  amount: nullable(Money),
  closingDate: nullable(Schema.String),
  contactId: nullable(Schema.String),
  modifiedAt: nullable(Schema.String),
});
export type DealView = typeof DealView.Type;

/** `leftOut`: API names of facts that CRM would not take. */
export const DealWrittenView = Schema.Struct({
  ...DealView.fields,
  outcome: Schema.Literals(['created', 'existing', 'updated']),
  leftOut: Schema.Array(Schema.String),
});
export type DealWrittenView = typeof DealWrittenView.Type;

export const DealsQuery = { contact: Schema.optionalKey(VendorId), limit: Limit, cursor: Cursor };

/** Of our words (`offerSent`) or of CRM's (`Offer sent`). */
const Stage = bounded(120);
const dealFacts = {
  stage: Schema.optionalKey(Stage),
  amount: Schema.optionalKey(Price),
  closingDate: Schema.optionalKey(Day),
  description: Schema.optionalKey(bounded(32_000)),
};
export const NewDealBody = Schema.Struct({ name: written(120), contactId: VendorId, ...dealFacts });
export const DealPatch = Schema.Struct(dealFacts);
/** For those who name the deal in the body. */
export const DealPatchById = Schema.Struct({ id: VendorId, ...dealFacts });
export type NewDealBody = typeof NewDealBody.Type;
export type DealPatch = typeof DealPatch.Type;

const OrderSummaryFields = {
  id: Schema.String,
  number: Schema.String,
  reference: nullable(Schema.String),
  status: Schema.String,
  customerId: Schema.String,
  customerName: nullable(Schema.String),
  date: nullable(Schema.String),
  shipmentDate: nullable(Schema.String),
  total: Money,
};
export const SaleOrderSummaryView = Schema.Struct(OrderSummaryFields);
export type SaleOrderSummaryView = typeof SaleOrderSummaryView.Type;

export const SaleOrderView = Schema.Struct({
  ...OrderSummaryFields,
  lines: Schema.Array(
    Schema.Struct({
      sku: nullable(Schema.String),
      name: nullable(Schema.String),
      quantity: Schema.Finite,
      price: Money,
    }),
  ),
  subtotal: nullable(Money),
  vat: nullable(Money),
  deliveryCharge: Money,
  /** Plain words, as a customer is told (domain 10.2). */
  stage: Schema.Struct({ key: Schema.String, en: Schema.String, ar: Schema.String }),
  payment: nullable(Schema.Struct({ state: Schema.String, outstanding: Money })),
  trackingNumber: nullable(Schema.String),
});
export type SaleOrderView = typeof SaleOrderView.Type;

export const SaleOrdersQuery = {
  customer: Schema.optionalKey(VendorId),
  number: Schema.optionalKey(bounded(100)),
  limit: Limit,
  cursor: Cursor,
};

const MAX_LINES = 100;
export const NewSaleOrderBody = Schema.Struct({
  /** Inventory's own id, or who it is: found by phone, and made when there is none. */
  customerId: Schema.optionalKey(VendorId),
  customer: Schema.optionalKey(
    Schema.Struct({
      name: written(200),
      phone: bounded(40),
      email: Schema.optionalKey(bounded(320)),
      company: Schema.optionalKey(bounded(200)),
      address: Schema.optionalKey(bounded(500)),
    }),
  ),
  lines: Schema.Array(
    Schema.Struct({
      sku: bounded(100),
      quantity: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100_000 })),
      /** Of one piece, without VAT; Inventory's price of now when absent. */
      price: Schema.optionalKey(Price),
    }),
  ).check(Schema.isMinLength(1), Schema.isMaxLength(MAX_LINES)),
  reference: Schema.optionalKey(written(100)),
  notes: Schema.optionalKey(bounded(2000)),
  deliveryCharge: Schema.optionalKey(Price),
});
export type NewSaleOrderBody = typeof NewSaleOrderBody.Type;

/** Required: a repeat with the same key makes no second order. */
export const OrderHeaders = { 'idempotency-key': bounded(200) };
