/** Reads sums, and keeps those that did not change: most of an answer's time was their JSON. */
import type pg from 'pg';
import type { Tally } from '../../machines/metrics/tally.ts';
import { daysOfThird } from './business-days.ts';

/**
 * Sums kept in memory (G10): the 92 days that are drawn by day with the thirds and months of as many days before, or a year
 * and the year before. With fewer than one answer needs, none would ever be found again. A month of a busy shop takes 250 kB.
 */
const KEPT_MAX = 128;

/** A row that was written again has another place or another writer. */
const VERSION = `t.xmin::text || t.ctid::text as version`;
/**
 * Which sums there are, and how new. Of thirds (those with days) only what is as new as each of their days: there may be
 * none yet, or an older one: sums of before there were thirds, or a day that a replica without them has summed up.
 */
const KNOWN_SQL = `select t.span as asked, t.span, ${VERSION}
  from unnest($1::text[], $2::text[], $3::text[]) as asked(span, first, last)
  join metric_tally t on t.span = asked.span
  where asked.first is null or not exists (select from metric_tally d
    where d.span between asked.first and asked.last and d.at > t.at)`;
/** The days of thirds without a sum. */
const DAYS_SQL = `select asked.span as asked, t.span, ${VERSION}
  from unnest($1::text[], $2::text[], $3::text[]) as asked(span, first, last)
  join metric_tally t on t.span between asked.first and asked.last`;
const READ_SQL = `select t.span, t.tally, ${VERSION} from metric_tally t where t.span = any($1)`;

interface Known {
  readonly asked: string;
  readonly span: string;
  readonly version: string;
}
interface Kept {
  readonly version: string;
  readonly tally: Tally;
}

interface Asked {
  readonly span: string;
  readonly first: string | null;
  readonly last: string | null;
}

/** For each span that has something its sum; for a third without a sum of its own those of its days. Not to be changed. */
export type ReadTallies = (spans: readonly string[]) => Promise<ReadonlyMap<string, readonly Tally[]>>;

export const makeTallyReader = (pool: pg.Pool): ReadTallies => {
  /** The one used longest ago goes first. */
  const kept = new Map<string, Kept>();

  const find = async (sql: string, asked: readonly Asked[]): Promise<readonly Known[]> => {
    if (asked.length === 0) return [];
    const columns = [
      asked.map(({ span }) => span),
      asked.map(({ first }) => first),
      asked.map(({ last }) => last),
    ];
    return (await pool.query<Known>(sql, columns)).rows;
  };

  /** What is kept in this version, and the rest from the database. */
  const load = async (known: readonly Known[]): Promise<ReadonlyMap<string, Tally>> => {
    const loaded = new Map<string, Tally>();
    for (const { span, version } of known) {
      const found = kept.get(span);
      if (found?.version === version) loaded.set(span, keep(span, found));
    }
    const missing = known.map(({ span }) => span).filter((span) => !loaded.has(span));
    if (missing.length === 0) return loaded;
    const { rows } = await pool.query<Kept & { span: string }>(READ_SQL, [missing]);
    for (const { span, tally, version } of rows) loaded.set(span, keep(span, { tally, version }));
    return loaded;
  };

  const keep = (span: string, one: Kept): Tally => {
    kept.delete(span);
    kept.set(span, one);
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_MAX) break;
      kept.delete(oldest);
    }
    return one.tally;
  };

  return async (spans) => {
    const asked = spans.map((span) => ({ span, first: null, last: null, ...daysOfThird(span) }));
    const own = await find(KNOWN_SQL, asked);
    const there = new Set(own.map(({ span }) => span));
    const days = await find(
      DAYS_SQL,
      asked.filter(({ span, first }) => first !== null && !there.has(span)),
    );
    const known = [...own, ...days];
    const loaded = await load(known);
    const tallies = new Map<string, Tally[]>();
    for (const { asked: of, span } of known) {
      const tally = loaded.get(span);
      if (tally) tallies.set(of, [...(tallies.get(of) ?? []), tally]);
    }
    return tallies;
  };
};
