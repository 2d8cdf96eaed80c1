/**
 * Follows the journal and keeps the sums of the heat map: away from the commits, one replica at a time. What was counted
 * of a conversation and how far is one commit, so that nothing is counted twice or left out.
 */
import type pg from 'pg';
import type { Clock } from '../engine/types.ts';
import { type Counted, countSteps, type HeatRow, type Stays } from './heat-count.ts';
import { writeCounts } from './write-counts.ts';

export interface HeatKeeper {
  /** Counts what is new of conversations that were written lately, all of it. */
  readonly follow: () => Promise<void>;
  /** As {@link follow}, and looks at every conversation: events that were parked keep the time of their arrival. */
  readonly sweep: () => Promise<void>;
}

/** Conversations and journal rows of one commit (G10). */
const BATCH = 200;
const MAX_ROWS = 5000;
/** Written so long ago counts as lately, ms. */
const LATELY_MS = 3_600_000;
/** Any number that nothing else in this database locks. */
const LOCK = 7_305_601;

/**
 * `conversation_order` holds `-updated_at` for those who do not wait and something far below for those who do: one range
 * of it has all that were written lately. `for key share`: an erasure waits, and then finds what was written here.
 */
const BEHIND_SQL = `select c.conversation_id, coalesce(t.seq, 0)::float8 as seq, coalesce(t.stays, '{}') as stays,
    coalesce(t.taken, '{}') as taken
  from conversation c left join heat_trail t on t.conversation_id = c.conversation_id
 where c.sort_rank <= $1 and c.seq > coalesce(t.seq, 0)
 order by c.conversation_id limit $2 for key share of c`;

const ROWS_SQL = `select j.actor_id as id, j.seq::float8 as seq, j.at::float8 as at, j.event ->> 'type' as event,
    j.from_states as "from", j.to_states as "to"
  from unnest($1::text[], $2::bigint[]) as known (id, seq) join journal j on j.actor_id = known.id and j.seq > known.seq
 order by j.actor_id, j.seq limit $3`;

interface Behind {
  readonly conversation_id: string;
  readonly seq: number;
  readonly stays: Stays;
  readonly taken: readonly number[];
}

export interface Trail extends Counted {
  readonly conversationId: string;
  /** The last row that is counted, and its moment. */
  readonly seq: number;
  readonly at: number;
  readonly taken: readonly number[];
}

export const makeHeatKeeper = ({
  pool,
  clock,
}: {
  readonly pool: pg.Pool;
  readonly clock: Clock;
}): HeatKeeper => {
  /** How many conversations went on; null: another replica is at it. */
  const batch = async (rank: number): Promise<number | null> => {
    const db = await pool.connect();
    let broken: Error | undefined;
    try {
      await db.query('begin');
      const { rows } = await db.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [
        LOCK,
      ]);
      const counted = rows[0]?.mine === true ? await countSome(db, rank) : null;
      await db.query('commit');
      return counted;
    } catch (error) {
      broken = error instanceof Error ? error : new Error(String(error));
      throw error;
    } finally {
      // A connection that failed in the middle of a transaction is not used again.
      db.release(broken);
    }
  };
  const all = async (rank: number): Promise<void> => {
    for (let counted = await batch(rank); counted !== null && counted > 0; ) counted = await batch(rank);
  };
  return {
    follow: () => all(LATELY_MS - clock.now()),
    sweep: () => all(Number.MAX_SAFE_INTEGER),
  };
};

const countSome = async (db: pg.ClientBase, rank: number): Promise<number> => {
  const { rows: behind } = await db.query<Behind>(BEHIND_SQL, [rank, BATCH]);
  if (behind.length === 0) return 0;
  const { rows } = await db.query<HeatRow & { readonly id: string }>(ROWS_SQL, [
    behind.map((one) => one.conversation_id),
    behind.map((one) => one.seq),
    MAX_ROWS,
  ]);
  const byId = Map.groupBy(rows, ({ id }) => id);
  const trails = behind.flatMap((one): Trail[] => {
    const news = byId.get(one.conversation_id) ?? [];
    const last = news.at(-1);
    if (last === undefined) return [];
    const { conversation_id: conversationId, taken } = one;
    return [{ conversationId, taken, seq: last.seq, at: last.at, ...countSteps(one.stays, news) }];
  });
  await writeCounts(db, trails);
  return trails.length;
};
