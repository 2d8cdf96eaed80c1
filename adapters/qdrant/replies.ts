/** What of Qdrant's answers is read, checked: the client's types are promises that nobody keeps at run time (wire/08 §2). */
import { Effect, Schema } from 'effect';
import type { VectorStoreError } from '../vector/vector-store.ts';
import { badReply } from './failure.ts';

/** Ours are UUIDs. A number beyond a float comes out of the client as a bigint. */
const PointId = Schema.Union([Schema.String, Schema.Number, Schema.BigInt]);

const ScoredPoint = Schema.Struct({
  id: PointId,
  score: Schema.Finite,
  payload: Schema.optionalKey(Schema.Unknown),
});
export type ScoredPoint = typeof ScoredPoint.Type;

const reading = <A>(schema: Schema.ConstraintDecoder<A>) => {
  const decode = Schema.decodeUnknownEffect(schema);
  return (answer: unknown): Effect.Effect<A, VectorStoreError> =>
    Effect.mapError(decode(answer), () => badReply('has another shape than documented'));
};

/** The answers of one batch of searches. */
export const readBatch = reading(Schema.Array(Schema.Struct({ points: Schema.Array(ScoredPoint) })));
export const readUpdate = reading(Schema.Struct({ status: Schema.String }));
export const readCount = reading(Schema.Struct({ count: Schema.Int }));
export const readCollections = reading(
  Schema.Struct({ collections: Schema.Array(Schema.Struct({ name: Schema.String })) }),
);
export const readAliases = reading(
  Schema.Struct({ aliases: Schema.Array(Schema.Struct({ alias_name: Schema.String })) }),
);
