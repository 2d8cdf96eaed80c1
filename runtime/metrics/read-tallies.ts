/** Reads sums. */
import type pg from 'pg';
import type { Tally } from '../../machines/metrics/tally.ts';
import { daysOfThird } from './business-days.ts';

const TALLIES_SQL = 'select span, tally from metric_tally where span = any($1)';
/**
 * Thirds that are as new as each of their days. There may be none yet, or an older one: sums of before there were thirds,
 * or a day that a replica without them has summed up while others were being replaced.
 */
const THIRDS_SQL = `select t.span, t.tally from unnest($1::text[], $2::text[], $3::text[]) as asked(span, first, last)
  join metric_tally t on t.span = asked.span
  where not exists (select from metric_tally d
    where d.span between asked.first and asked.last and d.at > t.at)`;

const DAYS_SQL = `select asked.span as third, d.span, d.tally
  from unnest($1::text[], $2::text[], $3::text[]) as asked(span, first, last)
  join metric_tally d on d.span between asked.first and asked.last`;

interface Row {
  readonly span: string;
  readonly tally: Tally;
}

/** One tally for each span that has something; that of a third without a sum of its own is the list of its days. */
export const readTallies = async (
  pool: pg.Pool,
  spans: readonly string[],
): Promise<ReadonlyMap<string, readonly Tally[]>> => {
  const thirds = spans.flatMap((span) => {
    const days = daysOfThird(span);
    return days ? [{ span, ...days }] : [];
  });
  const plain = spans.filter((span) => daysOfThird(span) === null);
  const [own, summed] = await Promise.all([
    plain.length === 0 ? [] : pool.query<Row>(TALLIES_SQL, [plain]).then(({ rows }) => rows),
    thirds.length === 0
      ? []
      : pool
          .query<Row>(THIRDS_SQL, [
            thirds.map(({ span }) => span),
            thirds.map(({ first }) => first),
            thirds.map(({ last }) => last),
          ])
          .then(({ rows }) => rows),
  ]);
  const found = new Map([...own, ...summed].map(({ span, tally }) => [span, [tally]]));
  const missing = thirds.filter(({ span }) => !found.has(span));
  if (missing.length === 0) return found;
  const days = await pool.query<Row & { third: string }>(DAYS_SQL, [
    missing.map(({ span }) => span),
    missing.map(({ first }) => first),
    missing.map(({ last }) => last),
  ]);
  for (const { third, tally } of days.rows) {
    const known = found.get(third);
    if (known) known.push(tally);
    else found.set(third, [tally]);
  }
  return found;
};
