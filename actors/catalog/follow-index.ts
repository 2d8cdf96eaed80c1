/** Keeps a replica's search index in step with Postgres for as long as the scope lives. */
import { Effect, type Scope } from 'effect';
import type { VectorStoreError } from '../../adapters/vector/vector-store.ts';
import type { DatabaseError } from './database.ts';
import type { SearchIndex } from './search-index.ts';

/** One small query each time: a change made on another replica is found within this, ms. */
export const REFRESH_MS = 2000;

/**
 * Fills the index before it answers, then looks for changes every `refreshMs`, and brings texts up to date that have no
 * vector of the present model (a new version of the embedder). A failed look is told and tried again at the next.
 */
export const followIndex = Effect.fnUntraced(function* (
  index: SearchIndex,
  refreshMs: number = REFRESH_MS,
): Effect.fn.Return<void, DatabaseError | VectorStoreError, Scope.Scope> {
  yield* index.refresh;
  const look = index.refresh.pipe(
    Effect.catch((error) =>
      Effect.logWarning('The search index could not look for changes').pipe(
        Effect.annotateLogs({ reason: error._tag }),
      ),
    ),
    Effect.delay(refreshMs),
  );
  yield* Effect.forkScoped(Effect.forever(look));
  yield* index.embedPending().pipe(
    Effect.andThen(index.refresh),
    Effect.catch((error) =>
      Effect.logWarning('Some texts wait for their vectors; the next sync tries again').pipe(
        Effect.annotateLogs({ reason: error._tag }),
      ),
    ),
    Effect.forkScoped,
  );
});
