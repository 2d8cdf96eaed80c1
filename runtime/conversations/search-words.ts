/**
 * Keeps what the manager's list is searched by (sql/0085): copied from the list's rows a moment after their commits, in
 * batches, and only where the words have changed. What is lost with a process, the look at everything finds again.
 */
import type pg from 'pg';
import type { EngineApi, Log } from '../engine/types.ts';
import { startUpkeep, type Upkeep } from '../server/upkeep.ts';

export interface SearchWords {
  /** Conversations whose rows may have other words now. Costs nothing to speak of. */
  readonly note: (conversationIds: readonly string[]) => void;
  /** Copies what was noted; everything, when more was noted than is remembered. */
  readonly follow: () => Promise<void>;
  /** Copies whatever differs, of all conversations. */
  readonly sweep: () => Promise<void>;
}

/** A conversation is found by its newest words this much later, at most. */
const FOLLOW_EVERY_MS = 2000;
/** What a replica that died did not copy is found after so long. */
const SWEEP_EVERY_MS = 3_600_000;
/** Rows of one statement: some ten milliseconds of the database. */
const BATCH = 200;
/** Rows compared by one statement of the sweep; most are equal. */
const PAGE = 2000;
/** Conversations remembered (G10). */
const MAX_NOTED = 20_000;

/** Writes what differs of the rows in `picked`; a younger copy by another replica stays. */
const COPY = `insert into conversation_search (conversation_id, words, seq)
  select p.conversation_id, p.search, p.seq from picked p
    left join conversation_search s on s.conversation_id = p.conversation_id
   where s.words is distinct from p.search
   order by p.conversation_id
  on conflict (conversation_id) do update set words = excluded.words, seq = excluded.seq
    where conversation_search.seq < excluded.seq`;

const FOLLOW_SQL = `with picked as (
    select conversation_id, search, seq from conversation where conversation_id = any($1::text[]))
  ${COPY}`;

const SWEEP_SQL = `with picked as materialized (
    select conversation_id, search, seq from conversation
     where conversation_id > $1 order by conversation_id limit ${PAGE}),
  copied as (${COPY})
  select max(conversation_id) as last, count(*)::int as count from picked`;

/** Rejects as the database does; what was noted stays noted. */
export const makeSearchWords = (pool: pg.Pool): SearchWords => {
  const noted = new Set<string>();
  let tooMany = false;

  const note = (ids: readonly string[]): void => {
    for (const id of ids) {
      if (noted.size >= MAX_NOTED && !noted.has(id)) tooMany = true;
      else noted.add(id);
    }
  };

  const sweep = async (): Promise<void> => {
    for (let after: string | null = ''; after !== null; ) {
      const { rows }: pg.QueryResult<{ last: string | null; count: number }> = await pool.query(SWEEP_SQL, [
        after,
      ]);
      after = rows[0]?.count === PAGE ? rows[0].last : null;
    }
  };

  const copy = async (due: readonly string[]): Promise<void> => {
    for (let from = 0; from < due.length; from += BATCH) {
      try {
        await pool.query({
          name: 'search-words',
          text: FOLLOW_SQL,
          values: [due.slice(from, from + BATCH)],
        });
      } catch (error) {
        note(due.slice(from));
        throw error;
      }
    }
  };

  return {
    note,
    sweep,
    follow: async () => {
      const due = [...noted];
      noted.clear();
      if (!tooMany) return copy(due);
      tooMany = false;
      try {
        await sweep();
      } catch (error) {
        tooMany = true;
        throw error;
      }
    },
  };
};

export interface FollowOptions {
  readonly pool: pg.Pool;
  readonly engine: Pick<EngineApi, 'onCommit'>;
  readonly log: Log;
}

/**
 * Follows the commits of this replica. The first look at everything is at once: at a start nobody knows what an earlier
 * life left undone.
 */
export const followSearchWords = ({ pool, engine, log }: FollowOptions): Upkeep => {
  const words = makeSearchWords(pool);
  const off = engine.onCommit((steps) => words.note(steps.map(({ row }) => row.actorId)));
  const upkeep = startUpkeep(
    [
      { name: 'search words', everyMs: FOLLOW_EVERY_MS, run: words.follow },
      { name: 'search words, all', everyMs: SWEEP_EVERY_MS, run: words.sweep, atOnce: true },
    ],
    log,
  );
  return {
    stop: () => {
      off();
      return upkeep.stop();
    },
  };
};
