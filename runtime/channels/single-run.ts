/** One replica at a time does a piece of work: a session lock, freed by the server if this process dies. */
import type { Pool } from 'pg';

/** Any constant that no other lock uses, the same on every replica. */
export const CHANNEL_CHECK_LOCK = 7_233_941_013;

/** Runs `work` unless another replica is at it; false: it is. Holds one connection meanwhile. */
export const whenAlone = async (pool: Pool, lock: number, work: () => Promise<void>): Promise<boolean> => {
  const client = await pool.connect();
  let broken = false;
  // The connection may break while the work waits for somebody else; without a listener that would end the process.
  const onError = () => {
    broken = true;
  };
  client.on('error', onError);
  try {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
      lock,
    ]);
    if (!rows[0]?.locked) return false;
    try {
      await work();
    } finally {
      // Ending the session frees the lock as well.
      await client.query('select pg_advisory_unlock($1)', [lock]).catch(onError);
    }
    return true;
  } catch (error) {
    broken ||= isConnectionFault(error);
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
};

const isConnectionFault = (error: unknown): boolean =>
  error instanceof Error && /^(ECONN|EPIPE|ETIMEDOUT|57P0)/.test((error as NodeJS.ErrnoException).code ?? '');
