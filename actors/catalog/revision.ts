/** Revisions of what is searched: writers take them under one row lock, so they become visible in order. */
import { Effect } from 'effect';
import type { Database, DatabaseError } from './database.ts';

/**
 * Runs `write` with the next revision of a collection, which the rows it writes must carry. The row lock is held until
 * the commit, so revisions appear in order; `write` answers how many rows carry it, 0 takes the number back.
 */
export const withRevision = <E>(
  tx: Database,
  collection: string,
  write: (revision: number) => Effect.Effect<number, E>,
): Effect.Effect<number, E | DatabaseError> =>
  Effect.gen(function* () {
    const rows = yield* tx.query<{ revision: number }>(
      'select revision from search_revision where collection = $1 for update',
      [collection],
    );
    const revision = Number(rows[0]?.revision ?? 0) + 1;
    const written = yield* write(revision);
    if (written > 0) {
      yield* tx.query('update search_revision set revision = $2 where collection = $1', [
        collection,
        revision,
      ]);
    }
    return written;
  });

/** The newest committed revision; everything up to it is visible. */
export const headRevision = (db: Database, collection: string): Effect.Effect<number, DatabaseError> =>
  db
    .query<{ revision: number }>('select revision from search_revision where collection = $1', [collection])
    .pipe(Effect.map(([row]) => Number(row?.revision ?? 0)));
