/** Keeps a replica's search index in step with Postgres for as long as the scope lives. */
import { Effect, type Scope } from 'effect';
import type { DatabaseError } from './database.ts';
import type { SearchIndex } from './search-index.ts';

/** One small query each time: a change made on another replica is found within this, ms. */
export const REFRESH_MS = 2000;
/** While an embedder is away, texts wait for their vectors and are found by their words. */
const EMBED_RETRY_MS = 60_000;

/**
 * Fills the index before it answers, then looks for changes every `refreshMs`, and brings texts up to date that have no
 * vector of the present model (a new version of the embedder). What fails is told and tried again; a vector store that
 * is away does not keep the shop from opening.
 */
export const followIndex = Effect.fnUntraced(function* (
  index: SearchIndex,
  refreshMs: number = REFRESH_MS,
): Effect.fn.Return<void, DatabaseError, Scope.Scope> {
  yield* index.refresh.pipe(
    Effect.catchTag('VectorStoreError', (error) =>
      Effect.logError('The vector store is not ready; the shop opens without it').pipe(
        Effect.annotateLogs({ reason: error.message }),
      ),
    ),
  );
  const look = index.refresh.pipe(
    Effect.catch((error) =>
      Effect.logWarning('The search index could not look for changes').pipe(
        Effect.annotateLogs({ reason: error.message }),
      ),
    ),
    Effect.delay(refreshMs),
  );
  yield* Effect.forkScoped(Effect.forever(look));
  yield* Effect.forkScoped(embedAll(index));
});

/** Now, and again after a failure of anybody in this process: a sync, an article that was saved, this very loop. */
const embedAll = (index: SearchIndex): Effect.Effect<void> => {
  const attempt = index.embedPending().pipe(
    Effect.andThen(index.refresh),
    Effect.catch((error) =>
      Effect.logWarning('Some texts wait for their vectors').pipe(
        Effect.annotateLogs({ reason: error.message }),
      ),
    ),
  );
  const again = Effect.suspend(() => (index.isBehind() ? attempt : Effect.void));
  return attempt.pipe(Effect.andThen(Effect.forever(Effect.delay(again, EMBED_RETRY_MS))));
};
