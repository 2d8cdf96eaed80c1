/**
 * Follows conversations and keeps the facts and sums of metrics: away from their commits, one replica at a time, exact
 * and repeatable. A conversation is read anew as a whole whenever it has moved on, so that reading it twice changes
 * nothing; what was read and how far is one commit.
 */
import type pg from 'pg';
import { readConversation } from '../../machines/metrics/read-conversation.ts';
import { makeSkuIndex, type SkuIndex } from '../../machines/sku/sku-index.ts';
import type { Clock } from '../engine/types.ts';
import { dayOf, plusDays } from './business-days.ts';
import { readRecords } from './read-records.ts';
import { sumMarkedDays } from './sum-days.ts';
import { MARK_DAYS_SQL, type ReadFacts, writeFacts } from './write-facts.ts';

export interface Projector {
  /**
   * Reads what has changed, at most so many batches (default: all). False: another process is at it, or there is more.
   */
  readonly catchUp: (maxBatches?: number) => Promise<boolean>;
  /** As {@link catchUp}, all of it; today and yesterday are summed up again for what is written beside conversations. */
  readonly refresh: () => Promise<void>;
  /** Looks at every conversation instead of those that were written lately, and sums the last weeks up again. */
  readonly sweep: () => Promise<void>;
  /** Forgets how far everything was read and reads all of it again. Numbers stay readable meanwhile. */
  readonly rebuild: (onProgress?: (conversations: number) => void) => Promise<void>;
}

export interface ProjectorOptions {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  /** IANA name. */
  readonly timeZone: string;
  /** True once the process stops: what is under way is finished, nothing else is begun. */
  readonly isStopping?: () => boolean;
}

/** Conversations of one commit (G10). */
const BATCH = 100;
/**
 * Rows carry the time of their event, and become visible a little later. An event that was parked for longer keeps its
 * time: the sweep finds it.
 */
const OVERLAP_MS = 3_600_000;
/** Feedback and reviews may be written days after the moment they are about. */
const SWEPT_DAYS = 40;

/**
 * What has moved since it was read. `conversation_order` holds `-updated_at` for who does not wait, and something far
 * below for who does: one range of it has all that were written since.
 */
const MOVED_SQL = `select c.conversation_id, c.chat_id, c.seq::float8 as seq from conversation c
  left join metric_progress p on p.conversation_id = c.conversation_id
  where c.sort_rank <= $1 and (p.seq is null or p.seq <> c.seq) order by c.sort_rank desc, c.conversation_id limit $2`;
const ALL_MOVED_SQL = `select c.conversation_id, c.chat_id, c.seq::float8 as seq from conversation c
  left join metric_progress p on p.conversation_id = c.conversation_id
  where p.seq is null or p.seq <> c.seq order by c.conversation_id limit $1`;
const SETTLED_SQL = `select p.conversation_id, c.chat_id, c.seq::float8 as seq from metric_progress p
  join conversation c on c.conversation_id = p.conversation_id
  where p.settles_at <= $1 order by p.settles_at limit $2`;
/** Who waits first, or the process that is at it already. */
const LOCK_SQL = 'select looked_at::float8 as looked_at from metric_cursor for update skip locked';

/** Days that have sums, and those that are known only by what is written beside conversations. */
const MARK_ALL_SQL = `insert into metric_dirty_day (day)
  select span::date from metric_tally where length(span) = 10
  union select (to_timestamp(at / 1000.0) at time zone $1)::date from feedback
  union select (to_timestamp(updated_at / 1000.0) at time zone $1)::date from quality_review where state = 'scored'
  on conflict do nothing`;

interface Moved {
  readonly conversation_id: string;
  readonly chat_id: string;
  readonly seq: number;
}

const SKUS_SQL = 'select sku from product order by item_id';

export const makeProjector = ({ pool, clock, timeZone, isStopping }: ProjectorOptions): Projector => {
  const goesOn = () => !(isStopping?.() ?? false);

  const locked = async <A>(work: (db: pg.PoolClient, lookedAt: number) => Promise<A>): Promise<A | null> => {
    const db = await pool.connect();
    let broken: Error | undefined;
    try {
      await db.query('begin');
      const { rows } = await db.query<{ looked_at: number }>(LOCK_SQL);
      const result = rows[0] ? await work(db, rows[0].looked_at) : null;
      await db.query('commit');
      return result;
    } catch (error) {
      broken = error instanceof Error ? error : new Error(String(error));
      throw error;
    } finally {
      // A connection that failed in the middle of a transaction is not used again.
      db.release(broken);
    }
  };

  const articles = async (db: pg.ClientBase): Promise<SkuIndex> =>
    makeSkuIndex((await db.query<{ sku: string }>(SKUS_SQL)).rows.map(({ sku }) => sku));

  const read = async (db: pg.ClientBase, moved: readonly Moved[], index: SkuIndex, now: number) => {
    const records = await readRecords(
      db,
      moved.map((one) => one.conversation_id),
      index,
    );
    const facts = moved.flatMap(
      ({ conversation_id: conversationId, chat_id: customer, seq }): ReadFacts[] => {
        const record = records.get(conversationId);
        return record ? [{ conversationId, customer, seq, ...readConversation(record, now) }] : [];
      },
    );
    await writeFacts(db, facts, timeZone);
  };

  /** One batch of everything that has moved, or of what time alone has changed. */
  const batch = (all: boolean, index: () => Promise<SkuIndex>) =>
    locked(async (db, lookedAt) => {
      const now = clock.now();
      const { rows: moved } = all
        ? await db.query<Moved>(ALL_MOVED_SQL, [BATCH])
        : await db.query<Moved>(MOVED_SQL, [-Math.max(0, lookedAt - OVERLAP_MS), BATCH]);
      const room = BATCH - moved.length;
      const settled =
        room > 0 ? (await db.query<Moved>(SETTLED_SQL, [now, room])).rows : ([] as readonly Moved[]);
      const known = new Set(moved.map((one) => one.conversation_id));
      const due = [...moved, ...settled.filter((one) => !known.has(one.conversation_id))];
      if (due.length > 0) await read(db, due, await index(), now);
      const rest = due.length >= BATCH;
      if (!rest) await db.query('update metric_cursor set looked_at = $1', [now]);
      return { read: due.length, rest };
    });

  const sumUp = async (): Promise<boolean> => {
    while (goesOn()) {
      const days = await locked((db) => sumMarkedDays(db, timeZone, clock.now()));
      if (days === null) return false;
      if (days === 0) return true;
    }
    return false;
  };

  const follow = async (all: boolean, maxBatches: number, onProgress?: (count: number) => void) => {
    let known: SkuIndex | null = null;
    const index = async () => {
      known ??= await articles(pool as unknown as pg.ClientBase);
      return known;
    };
    let count = 0;
    for (let done = 0; done < maxBatches && goesOn(); done++) {
      const result = await batch(all, index);
      if (result === null) return false;
      count += result.read;
      onProgress?.(count);
      if (result.rest) continue;
      if (!(await sumUp())) return false;
      await pool.query('update metric_cursor set caught_up = $1', [clock.now()]);
      return true;
    }
    return false;
  };

  const markDays = (days: number) => {
    const today = dayOf(clock.now(), timeZone);
    const marked = Array.from({ length: days }, (_, i) => plusDays(today, -i));
    return pool.query(MARK_DAYS_SQL, [marked]);
  };

  return {
    catchUp: (maxBatches = Number.POSITIVE_INFINITY) => follow(false, maxBatches),
    refresh: async () => {
      await markDays(2);
      await follow(false, Number.POSITIVE_INFINITY);
    },
    sweep: async () => {
      await markDays(SWEPT_DAYS);
      await follow(true, Number.POSITIVE_INFINITY);
    },
    rebuild: async (onProgress) => {
      // Erased people have no conversation to read from any more: their rows stay.
      await pool.query('update metric_progress set seq = -1');
      await pool.query(MARK_ALL_SQL, [timeZone]);
      while (goesOn() && !(await follow(true, Number.POSITIVE_INFINITY, onProgress)))
        await pool.query('select pg_sleep(1)');
    },
  };
};
