/** Text to vectors. Jina v3 behind the same service embeds passages and questions by different adapters (wire/07 §2). */
import { Context, type Effect, Schema } from 'effect';

/** The size every embedder answers with (contract 2: `JINA_*`, 1024 dimensions). */
export const DIMENSIONS = 1024;

/** Texts of one call at most (wire/07 §2: stay at 64-128). */
export const MAX_TEXTS_PER_CALL = 64;

/** The embedder did not answer, or refused the texts. */
export class EmbedderError extends Schema.TaggedError<EmbedderError>()('EmbedderError', {
  message: Schema.String,
  retryable: Schema.Boolean,
  retryAfterMs: Schema.optionalKey(Schema.Number),
  /** A stable word for logs and forks, where the store or vendor gives one. */
  code: Schema.optionalKey(Schema.String),
}) {}

export type EmbedTask = 'passage' | 'query';

export interface EmbedderShape {
  /** Names model and task settings: vectors of different names must never be compared (wire/07 §6). */
  readonly model: string;
  readonly dimensions: number;
  /** One unit vector per text, in order; at most {@link MAX_TEXTS_PER_CALL} texts. */
  readonly embed: (
    texts: readonly string[],
    task: EmbedTask,
  ) => Effect.Effect<readonly Float32Array[], EmbedderError>;
}

export class Embedder extends Context.Service<Embedder, EmbedderShape>()('treejar/adapters/Embedder') {}
