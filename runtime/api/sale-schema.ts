/** Money and the sale of a conversation, as the API says them. Times are RFC 3339, UTC. */
import { Schema } from 'effect';

const nullable = Schema.NullOr;
const Time = Schema.String;

/** Plain decimal text. */
export const Money = Schema.Struct({ amount: Schema.String, currency: Schema.String });

/** How far the sale is: the quotation the customer has or gets, those before it, and the consent (domain 9). */
export const SaleView = Schema.Struct({
  stage: Schema.String,
  quote: nullable(
    Schema.Struct({
      number: Schema.String,
      /** The Inventory order's id. */
      orderId: Schema.String,
      revision: Schema.Int,
      outcome: Schema.String,
      subtotal: Money,
      vat: Money,
      total: Money,
      /** Null: to be confirmed. */
      delivery: nullable(Money),
      /** A day of the calendar. */
      validUntil: nullable(Schema.String),
      sentAt: nullable(Time),
      /** The message that carries the file. */
      messageId: nullable(Schema.String),
    }),
  ),
  history: Schema.Array(
    Schema.Struct({
      number: Schema.String,
      revision: Schema.Int,
      outcome: Schema.String,
      total: Money,
      at: Time,
    }),
  ),
  consent: Schema.Struct({
    status: Schema.Literals(['not_asked', 'deferred', 'declined', 'granted']),
    /** Null while nobody was asked. */
    at: nullable(Time),
  }),
});
