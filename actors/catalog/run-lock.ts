/** "One run at a time": a session lock on a connection of its own, freed by the server if this process dies. */
import { Effect } from 'effect';
import type pg from 'pg';
import { DatabaseError } from './database.ts';

/** Any constant, the same on every replica. */
const CATALOG_SYNC_LOCK = 7_233_941_012;

export interface AdvisoryLock {
  /** Safe to call twice. */
  readonly release: Effect.Effect<void>;
}

/** The lock, or `null` when another session holds it. Takes one connection of the pool while held. */
export const tryAdvisoryLock = (pool: pg.Pool): Effect.Effect<AdvisoryLock | null, DatabaseError> =>
  Effect.tryPromise({
    try: async () => {
      const client = await pool.connect();
      let held = true;
      // The connection may break while the run does other work; without a listener that would end the process.
      const onError = () => {};
      client.on('error', onError);
      const giveBack = async (): Promise<void> => {
        if (!held) return;
        held = false;
        const failed = await client.query('select pg_advisory_unlock($1)', [CATALOG_SYNC_LOCK]).then(
          () => false,
          () => true, // ending the session frees the lock as well
        );
        client.off('error', onError);
        client.release(failed);
      };
      try {
        const { rows } = await client.query<{ locked: boolean }>(
          'select pg_try_advisory_lock($1) as locked',
          [CATALOG_SYNC_LOCK],
        );
        if (rows[0]?.locked) return { release: Effect.promise(giveBack) };
      } catch (error) {
        client.off('error', onError);
        client.release(true);
        throw error;
      }
      client.off('error', onError);
      client.release();
      return null;
    },
    catch: () =>
      new DatabaseError({
        message: 'The database gave no connection for the catalog lock; try again',
        retryable: true,
      }),
  });
