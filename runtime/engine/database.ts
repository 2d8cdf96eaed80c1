/** The engine's connections: one pool for the lanes' transactions, one for everything short, so neither starves the other. */
import type pg from 'pg';
import { makePool } from '../../adapters/postgres/pool.ts';
import { faultOf } from './errors.ts';
import type { EngineLimits } from './limits.ts';
import type { Log } from './types.ts';

export type Client = pg.PoolClient;

export interface Database {
  readonly url: string;
  /** Single statements. */
  readonly pool: pg.Pool;
  /** Runs `work` in a transaction of a lane's connection; throws what it throws, rolled back. */
  readonly transaction: <T>(work: (client: Client) => Promise<T>) => Promise<T>;
  /** Runs `work` on a lane's connection, each statement its own transaction. */
  readonly statements: <T>(work: (client: Client) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** A lane merges what arrives beside applying what lies in mailboxes. */
const LANE_CONNECTIONS = 2;

/** Single statements at once: mailbox inserts, claims, completions, timers, reads. */
const SHORT_CONNECTIONS = 6;

/**
 * The engine's joins are all "few keys against a large table", where a nested loop over the primary key is right
 * however stale the statistics are; a hash join after a burst of growth would scan the table (engine.md, pitfalls).
 * One plan per statement, made once: their parameters are lists, whose values tell the planner nothing.
 */
const laneSettings = ({ idleInTransactionMs, lockWaitMs }: EngineLimits): string =>
  `set enable_hashjoin = off; set enable_mergejoin = off; set enable_seqscan = off; set jit = off;
   set plan_cache_mode = force_generic_plan; set lock_timeout = ${lockWaitMs};
   set idle_in_transaction_session_timeout = ${idleInTransactionMs}`;

/** Opens the pools; connections are made on demand. */
export const openDatabase = (url: string, limits: EngineLimits, log: Log): Database => {
  const onIdleError = (error: Error): void =>
    log.warn({ error: faultOf(error) }, 'an idle connection of the engine broke; it is replaced');
  const pool = makePool(url, { max: SHORT_CONNECTIONS, applicationName: 'treejar-engine', onIdleError });
  const lanes = makePool(url, {
    max: LANE_CONNECTIONS * limits.lanes + 1,
    applicationName: 'treejar-engine-lane',
    onIdleError,
  });
  const prepared = new WeakSet<pg.PoolClient>();
  const onLane = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
    const client = await lanes.connect();
    // A connection that breaks while it is ours tells its error twice; the failing query is the one that counts.
    const onError = (): void => {};
    client.on('error', onError);
    let broken = false;
    try {
      if (!prepared.has(client)) {
        await client.query(laneSettings(limits));
        prepared.add(client);
      }
      return await work(client);
    } catch (error) {
      // Outside a transaction it changes nothing, and shows whether the connection still answers.
      await client.query('rollback').catch(() => {
        broken = true; // the server rolls back what a broken connection left open
      });
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  };
  const transaction = <T>(work: (client: Client) => Promise<T>): Promise<T> =>
    onLane(async (client) => {
      await client.query('begin');
      const value = await work(client);
      await client.query('commit');
      return value;
    });
  return {
    url,
    pool,
    transaction,
    statements: onLane,
    close: async () => void (await Promise.all([pool.end(), lanes.end()])),
  };
};
