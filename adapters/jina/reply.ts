/** Reads an embeddings answer: one finite unit vector for each text, in the order asked (wire/07 §2: sort by `index`). */
import { Result, Schema } from 'effect';
import type { EmbedderError } from '../vector/embedder.ts';
import { badReply } from './failure.ts';

const WireReply = Schema.Struct({
  data: Schema.Array(Schema.Struct({ index: Schema.Int, embedding: Schema.Array(Schema.Finite) })),
  usage: Schema.optionalKey(
    Schema.NullishOr(Schema.Struct({ total_tokens: Schema.optionalKey(Schema.NullishOr(Schema.Number)) })),
  ),
});

export interface Embeddings {
  readonly vectors: readonly Float32Array[];
  /** As billed; 0 when the vendor did not say. */
  readonly tokens: number;
}

/** Vectors are asked for normalised; a length further from 1 than this is set right here. */
const UNIT_TOLERANCE = 1e-4;

/** `body`: the parsed JSON of a 200. */
export const readEmbeddings = (
  body: unknown,
  texts: number,
  dimensions: number,
): Result.Result<Embeddings, EmbedderError> => {
  const decoded = Schema.decodeUnknownResult(WireReply)(body);
  if (Result.isFailure(decoded)) return Result.fail(badReply('holds no vectors'));
  const { data, usage } = decoded.success;
  const vectors: (Float32Array | undefined)[] = Array.from({ length: texts });
  for (const { index, embedding } of data) {
    if (index < 0 || index >= texts || vectors[index])
      return Result.fail(badReply('numbers its vectors wrongly'));
    if (embedding.length !== dimensions) {
      return Result.fail(
        badReply(`has vectors of ${embedding.length} dimensions where ${dimensions} were asked for`),
      );
    }
    const unit = toUnit(Float32Array.from(embedding));
    if (unit === null) return Result.fail(badReply('has a vector without direction'));
    vectors[index] = unit;
  }
  const whole = vectors.filter((vector) => vector !== undefined);
  return whole.length === texts
    ? Result.succeed({ vectors: whole, tokens: usage?.total_tokens ?? 0 })
    : Result.fail(badReply(`has ${whole.length} vectors for ${texts} texts`));
};

const toUnit = (vector: Float32Array): Float32Array | null => {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (length === 0 || !Number.isFinite(length)) return null;
  return Math.abs(length - 1) <= UNIT_TOLERANCE ? vector : vector.map((value) => value / length);
};
