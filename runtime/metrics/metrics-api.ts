/** The metrics of domain 22 for the API and the reports: one source of every number. */
import type pg from 'pg';
import { answersOf, type MetricAnswer } from '../../machines/metrics/answers.ts';
import { emptyTally, type Tally } from '../../machines/metrics/tally.ts';
import { WAITING_BELOW } from '../conversations/sort-rank.ts';
import type { Clock } from '../engine/types.ts';
import { withArticleNames } from './article-names.ts';
import { boundsOf, dayOf, daysBetween, monthOf, plusDays, spansOf } from './business-days.ts';
import { REVIEW_JOBS } from './cost-drill.ts';
import { type DrillPage, drillInto } from './drill.ts';
import { makeSums } from './kept-sums.ts';
import type { Projector } from './projector.ts';
import { makeTallyReader } from './read-tallies.ts';

/** Business days, both included. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

export interface SeriesPoint extends DayRange {
  readonly answers: Readonly<Record<string, MetricAnswer>>;
}

export interface MetricsReport {
  readonly range: DayRange;
  readonly timeZone: string;
  readonly answers: Readonly<Record<string, MetricAnswer>>;
  /** Of as many days just before; null: nothing was before. */
  readonly previous: {
    readonly range: DayRange;
    readonly answers: Readonly<Record<string, MetricAnswer>>;
  } | null;
  readonly series: readonly SeriesPoint[];
  readonly tally: Tally;
  /** Up to when everything is counted, ms since the epoch. */
  readonly countedUntil: number;
}

export interface Metrics {
  readonly report: (range: DayRange) => Promise<MetricsReport>;
  /** Null: there is no such metric, or it has no list. */
  readonly drill: (
    metricId: string,
    range: DayRange,
    page: { readonly limit: number; readonly cursor?: string; readonly key?: string },
  ) => Promise<DrillPage | null>;
  /** IANA name. */
  readonly timeZone: string;
  /** The business day now. */
  readonly today: () => string;
  /** The first day that anything was counted on; today while there is none. */
  readonly firstDay: () => Promise<string>;
  /** Brings what has just happened into the numbers, within a small bound. */
  readonly freshen: () => Promise<void>;
}

export interface MetricsOptions {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly projector: Pick<Projector, 'catchUp'>;
}

/** Longer ranges are drawn by month. */
const DAY_SERIES_MAX = 92;
/** A reader waits for so many batches at most; the job does the rest. */
const FRESHEN_BATCHES = 2;

const SPEND_SQL = `select day::text as day, job = any($3) as review, trim_scale(sum(cost_usd))::text as usd
  from model_spend where day between $1::date and $2::date group by 1, 2`;
const WAITING_SQL = `select count(*)::int as n from conversation
  where sort_rank < $1 and waiting_since is not null`;

interface Spend {
  readonly day: string;
  readonly review: boolean;
  readonly usd: string;
}

export const makeMetrics = ({ pool, clock, timeZone, projector }: MetricsOptions): Metrics => {
  const readTallies = makeTallyReader(pool);
  const sumOf = makeSums();
  let freshening: Promise<unknown> | null = null;

  /** The sums of each part, with one query. */
  const partsWith = async (parts: readonly DayRange[]): Promise<readonly Part[]> => {
    const spans = parts.map(({ from, to }) => spansOf(from, to));
    const known = await readTallies(spans.flat());
    return parts.map((part, i) => ({
      ...part,
      tally: sumOf((spans[i] ?? []).flatMap((span) => known.get(span) ?? [])),
    }));
  };

  const spendOf = async ({ from, to }: DayRange): Promise<readonly Spend[]> =>
    (await pool.query<Spend>(SPEND_SQL, [from, to, REVIEW_JOBS])).rows;

  const waiting = async (): Promise<number> =>
    (await pool.query<{ n: number }>(WAITING_SQL, [WAITING_BELOW])).rows[0]?.n ?? 0;

  const usd = (spend: readonly Spend[], review: boolean): string =>
    spend
      .filter((line) => line.review === review)
      .reduce((sum, line) => sum + Number(line.usd), 0)
      .toFixed(4);

  const answers = (tally: Tally, from: string, spend: readonly Spend[], unansweredNow: number | null) =>
    answersOf(tally, { from, modelUsd: usd(spend, false), reviewUsd: usd(spend, true), unansweredNow });

  const answered = async (range: DayRange) => {
    const [part] = await partsWith([range]);
    const tally = part?.tally ?? emptyTally();
    return { range, answers: answers(tally, range.from, await spendOf(range), null) };
  };

  const countedUntil = async (): Promise<number> =>
    (await pool.query<{ at: number }>('select caught_up::float8 as at from metric_cursor')).rows[0]?.at ?? 0;

  const firstDay = async (): Promise<string> =>
    (
      await pool.query<{ span: string | null }>(
        `select span from metric_tally where length(span) = 10 order by span limit 1`,
      )
    ).rows[0]?.span ?? dayOf(clock.now(), timeZone);

  return {
    report: async (range) => {
      const days = daysBetween(range.from, range.to);
      const before = { from: plusDays(range.from, -days), to: plusDays(range.from, -1) };
      const parts = await partsWith(partsOf(range));
      const [spend, now, first, until] = await Promise.all([
        spendOf(range),
        waiting(),
        firstDay(),
        countedUntil(),
      ]);
      const tally = sumOf(parts.map((part) => part.tally));
      return {
        range,
        timeZone,
        answers: await withArticleNames(pool, answers(tally, range.from, spend, now)),
        previous: before.to < first ? null : await answered(before),
        series: parts.map((part) => ({
          from: part.from,
          to: part.to,
          answers: answers(part.tally, part.from, spentIn(spend, part), null),
        })),
        tally,
        countedUntil: until,
      };
    },
    drill: (metricId, range, page) =>
      drillInto(pool, metricId, { ...boundsOf(range.from, range.to, timeZone), days: range, ...page }),
    timeZone,
    today: () => dayOf(clock.now(), timeZone),
    firstDay,
    freshen: async () => {
      freshening ??= projector.catchUp(FRESHEN_BATCHES).finally(() => {
        freshening = null;
      });
      await freshening;
    },
  };
};

interface Part extends DayRange {
  readonly tally: Tally;
}

const spentIn = (spend: readonly Spend[], { from, to }: DayRange): readonly Spend[] =>
  spend.filter(({ day }) => day >= from && day <= to);

/** A range as its days, or as its months when there are many; the first and the last one may be cut. */
const partsOf = ({ from, to }: DayRange): readonly DayRange[] => {
  const parts: { from: string; to: string }[] = [];
  const byDay = daysBetween(from, to) <= DAY_SERIES_MAX;
  for (let day = from; day <= to; day = plusDays(day, 1)) {
    const last = parts.at(-1);
    if (byDay || last === undefined || monthOf(last.from) !== monthOf(day))
      parts.push({ from: day, to: day });
    else last.to = day;
  }
  return parts;
};
