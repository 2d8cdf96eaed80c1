/** The token store shared by replicas: table `zoho_token`, and an advisory lock for whoever refreshes. */
import { Effect, Schema } from 'effect';
import type { Pool, PoolClient } from 'pg';
import { TokenState, type TokenStore, TokenStoreError } from './token-store.ts';

/** How long to wait for another replica's refresh, ms: longer than its token time-out of 15 s (wire/02 §6). */
export const LOCK_WAIT_MS = 20_000;

/** A holder that hangs is cut off by the database after this, ms. */
const HOLD_MS = 60_000;

const decodeState = Schema.decodeUnknownOption(TokenState);

/** Builds the store on a pool with at least two connections: the lock holds one while state is read and written. */
export const makePostgresTokenStore = (pool: Pool): TokenStore => ({
  read: (key) =>
    attempt('read', async () => {
      const { rows } = await pool.query('select state from zoho_token where key = $1', [key]);
      const state = decodeState(rows[0]?.state);
      // A state of an older version is no more than a cache miss.
      return state._tag === 'Some' ? state.value : null;
    }),
  write: (key, state) =>
    attempt('write', async () => {
      await pool.query(
        `with swept as (delete from zoho_token where updated_at < now() - interval '30 days' and key <> $1)
         insert into zoho_token (key, state) values ($1, $2)
         on conflict (key) do update set state = excluded.state, updated_at = now()`,
        [key, JSON.stringify(state)],
      );
    }),
  lock: (key, use) => Effect.acquireUseRelease(acquire(pool, key), () => use, release),
});

const acquire = (pool: Pool, key: string) =>
  attempt('lock', async () => {
    const client = await pool.connect();
    try {
      // A transaction-level lock works behind a pooler, and ends with the connection if this process dies.
      await client.query('begin');
      await client.query(
        `select set_config('lock_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $2, true)`,
        [`${LOCK_WAIT_MS}ms`, `${HOLD_MS}ms`],
      );
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`zoho_token:${key}`]);
      return client;
    } catch (cause) {
      client.release(true);
      throw cause;
    }
  });

/** Ends the locking transaction; a connection that cannot is thrown away, which frees the lock as well. */
const release = (client: PoolClient): Effect.Effect<void> =>
  Effect.promise(async () => {
    try {
      await client.query('commit');
      client.release();
    } catch (cause) {
      client.release(cause instanceof Error ? cause : true);
    }
  });

const attempt = <A>(what: string, run: () => Promise<A>): Effect.Effect<A, TokenStoreError> =>
  Effect.tryPromise({
    try: run,
    catch: (cause) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      return new TokenStoreError({
        message: `cannot ${what} the Zoho token in Postgres: ${reason}`,
        retryable: true,
      });
    },
  });
