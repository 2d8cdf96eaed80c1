/** Reads the tools' results (JSON strings from the actor); the only source of a price, a stock figure or a policy. */
import { Result, Schema } from 'effect';

const Maybe = <S extends Schema.Constraint>(schema: S) => Schema.optionalKey(Schema.NullishOr(schema));

export const Product = Schema.Struct({
  sku: Schema.String,
  name: Schema.String,
  nameAr: Maybe(Schema.String),
  price: Maybe(Schema.String),
  currency: Maybe(Schema.String),
  stock: Maybe(Schema.Number),
});
export type Product = typeof Product.Type;

const Article = Schema.Struct({ title: Schema.String, body: Schema.String });
export type Article = typeof Article.Type;

const Line = Schema.Struct({
  sku: Schema.String,
  name: Schema.String,
  quantity: Schema.Number,
  unitPrice: Maybe(Schema.String),
  lineTotal: Maybe(Schema.String),
});
export type Line = typeof Line.Type;

export const Selection = Schema.Struct({
  lines: Schema.Array(Line),
  subtotal: Maybe(Schema.String),
  currency: Maybe(Schema.String),
  /** The article whose quantity is asked next. */
  ask_quantity_of: Maybe(Schema.String),
});
export type Selection = typeof Selection.Type;

const Refusal = Schema.Struct({
  reason: Maybe(Schema.String),
  ambiguous: Maybe(Schema.Array(Schema.Struct({ sku: Schema.String, name: Schema.String }))),
  unknown: Maybe(Schema.Array(Schema.String)),
});
export type Refusal = typeof Refusal.Type;

/** One tool call of this turn and what came of it. */
export interface Outcome {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly ok: boolean;
  readonly data: unknown;
}

const Okay = Schema.Struct({ ok: Schema.Boolean });

/** A result that is no JSON, or has no `ok`, counts as a failure: nothing may be claimed from it. */
export const readOutcome = (
  name: string,
  args: Readonly<Record<string, unknown>>,
  content: string,
): Outcome => {
  let data: unknown;
  try {
    data = JSON.parse(content);
  } catch {
    data = undefined;
  }
  const okay = Schema.decodeUnknownResult(Okay)(data);
  return { name, args, ok: Result.isSuccess(okay) && okay.success.ok, data };
};

const reader =
  <A>(schema: Schema.Codec<A, unknown>) =>
  (data: unknown): A | undefined => {
    const decoded = Schema.decodeUnknownResult(schema)(data);
    return Result.isSuccess(decoded) ? decoded.success : undefined;
  };

const readProducts = reader(Schema.Struct({ products: Schema.Array(Product) }));
const readArticles = reader(Schema.Struct({ articles: Schema.Array(Article) }));
const readRefusal = reader(Refusal);

export const productsOf = (outcome: Outcome): readonly Product[] =>
  readProducts(outcome.data)?.products ?? [];
export const articlesOf = (outcome: Outcome): readonly Article[] =>
  readArticles(outcome.data)?.articles ?? [];
export const productOf = reader(Product);
export const selectionOf = reader(Selection);
export const refusalOf = (outcome: Outcome): Refusal => readRefusal(outcome.data) ?? {};

/** Whether a refusal means "no such item", as opposed to "could not look". */
export const saysUnknown = (refusal: Refusal): boolean =>
  (refusal.unknown?.length ?? 0) > 0 ||
  /not found|unknown|no (such|item|product|match)|does not exist/i.test(refusal.reason ?? '');
