/** What is stored with a point, and every filter over it. Each filtered field is indexed, so strict mode passes (wire/08 §1). */
import type { Schemas } from '@qdrant/js-client-rest';
import { Result, Schema } from 'effect';
import type { VectorFilter, VectorPayload } from '../vector/vector-store.ts';

const Stored = Schema.Struct({
  /** Our id, of which the point's id is made. */
  ref: Schema.String,
  price: Schema.optionalKey(Schema.Number),
  category: Schema.optionalKey(Schema.String),
  inStock: Schema.optionalKey(Schema.Boolean),
  active: Schema.optionalKey(Schema.Boolean),
  language: Schema.optionalKey(Schema.String),
  kind: Schema.optionalKey(Schema.String),
  owner: Schema.optionalKey(Schema.String),
});

/** The payload's index of each field that a filter may name. */
export const PAYLOAD_INDEXES: Readonly<Record<string, Schemas['PayloadFieldSchema']>> = {
  price: 'float',
  category: 'keyword',
  inStock: 'bool',
  active: 'bool',
  language: 'keyword',
  kind: 'keyword',
  owner: { type: 'keyword', is_tenant: true },
};

/** The text itself is not stored: search does not need it, and it can be a customer's. */
export const toStored = (id: string, payload: VectorPayload): Record<string, unknown> => ({
  ref: id,
  ...payload,
});

export interface StoredPoint {
  readonly id: string;
  readonly payload: VectorPayload;
}

/** `null` when the point was not written by us. */
export const fromStored = (payload: unknown): StoredPoint | null => {
  const decoded = Schema.decodeUnknownResult(Stored)(payload);
  if (Result.isFailure(decoded)) return null;
  const { ref, ...rest } = decoded.success;
  return { id: ref, payload: rest };
};

const is = (key: string, value: string | boolean): Schemas['Condition'] => ({ key, match: { value } });
const anyOf = (key: string, values: readonly string[]): Schemas['Condition'] => ({
  key,
  match: { any: [...values] },
});
const unknown = (key: string): Schemas['Condition'] => ({ is_empty: { key } });

/** All conditions must hold; the owner's is always among them. */
export const toFilter = (filter: VectorFilter = {}): Schemas['Filter'] => {
  const { maxPrice, priced, categories, inStock, active, language, kinds, owner } = filter;
  const must: Schemas['Condition'][] = [owner === undefined ? unknown('owner') : is('owner', owner)];
  if (maxPrice !== undefined) must.push({ key: 'price', range: { lte: maxPrice } });
  if (priced === false) must.push(unknown('price'));
  if (categories !== undefined) must.push(anyOf('category', categories));
  if (inStock !== undefined) must.push(is('inStock', inStock));
  if (active !== undefined) must.push(is('active', active));
  if (language !== undefined) must.push(is('language', language));
  if (kinds !== undefined) must.push(anyOf('kind', kinds));
  return { must, ...(priced === true ? { must_not: [unknown('price')] } : {}) };
};
