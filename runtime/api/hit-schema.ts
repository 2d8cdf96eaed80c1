/** What the search tells of each article it found, beside the article. */
import { Schema } from 'effect';

/** Why a hit stands where it does: shares of its score, the kind asked for and the limits of the search. */
const HitReason = Schema.Struct({
  /** 0 to 0.5 each; the kind then keeps 1, 0.75 or 0.4 of their sum. Both 0 when the article was named. */
  dense: Schema.Number,
  words: Schema.Number,
  kind: Schema.NullOr(Schema.Literals(['same', 'general', 'other'])),
  kindsAsked: Schema.Array(Schema.String),
  filters: Schema.Struct({
    maxPrice: Schema.NullOr(Schema.String),
    categories: Schema.Array(Schema.String),
    inStock: Schema.Boolean,
  }),
});

export const hitFields = {
  score: Schema.Number,
  /** Whether the customer named the article or described it. */
  match: Schema.Literals(['sku', 'text']),
  why: HitReason,
};
