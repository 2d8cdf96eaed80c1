/** The heat map as the admin shows it, read from sums: a year of days is some ten thousand short rows. */
import type pg from 'pg';
import type { MachineHeatView } from '../api/heat-schemas.ts';
import type { ConversationSummary } from '../api/schemas.ts';
import { type ConversationRow, SUMMARY_SELECT, summaryView } from '../conversations/rows.ts';
import type { Clock } from '../engine/types.ts';
import { medianOf } from './heat-count.ts';
import { KIND } from './write-counts.ts';

const DAY_MS = 86_400_000;
/** How many are where now is counted anew after so long: it reads every conversation. */
const NOW_KEPT_MS = 10_000;

const STAYS_SQL = `select state, bucket, sum(stays)::float8 as stays, sum(silent)::float8 as silent from heat_stay_day
 where kind = '${KIND}' and day > $1 group by state, bucket`;
const TRANSITIONS_SQL = `select t.transition_id as id, t.from_state as "from", t.to_state as "to", t.event,
    sum(d.times)::float8 as times
  from heat_transition_day d join heat_transition t on t.transition_id = d.transition_id
 where t.kind = '${KIND}' and d.day > $1 group by t.transition_id order by t.transition_id`;
const NOW_SQL = `select state, count(*)::float8 as now from conversation, unnest(states) as state group by state`;
const BEHIND_SQL = `${SUMMARY_SELECT} join heat_trail t on t.conversation_id = c.conversation_id
 where t.taken && $1::integer[] and t.at >= $2 order by t.at desc, t.conversation_id limit $3`;

interface StayRow {
  readonly state: string;
  readonly bucket: number;
  readonly stays: number;
  readonly silent: number;
}

export interface HeatView {
  /** Of the last so many days, today included. */
  readonly heat: (days: number) => Promise<MachineHeatView>;
  /** Who took one of these transitions and was active in the last so many days, the newest first. */
  readonly behind: (
    transitions: readonly number[],
    days: number,
    limit: number,
  ) => Promise<readonly ConversationSummary[]>;
}

export const makeHeatView = ({
  pool,
  clock,
}: {
  readonly pool: pg.Pool;
  readonly clock: Clock;
}): HeatView => {
  let counted: { readonly at: number; readonly rows: Promise<ReadonlyMap<string, number>> } | null = null;
  const nowCounts = (): Promise<ReadonlyMap<string, number>> => {
    const now = clock.now();
    if (counted === null || now - counted.at > NOW_KEPT_MS) {
      const rows = pool
        .query<{ state: string; now: number }>(NOW_SQL)
        .then((found) => new Map(found.rows.map((row) => [row.state, row.now] as const)));
      counted = { at: now, rows };
      rows.catch(() => {
        counted = null;
      });
    }
    return counted.rows;
  };
  return {
    heat: async (days) => {
      const since = new Date(clock.now() - days * DAY_MS).toISOString().slice(0, 10);
      const [now, stays, transitions] = await Promise.all([
        nowCounts(),
        pool.query<StayRow>(STAYS_SQL, [since]),
        pool.query<MachineHeatView['transitions'][number]>(TRANSITIONS_SQL, [since]),
      ]);
      return { days, states: statesOf(now, stays.rows), transitions: transitions.rows };
    },
    behind: async (transitions, days, limit) => {
      const { rows } = await pool.query<ConversationRow>(BEHIND_SQL, [
        transitions,
        clock.now() - days * DAY_MS,
        limit,
      ]);
      return rows.map(summaryView);
    },
  };
};

const statesOf = (now: ReadonlyMap<string, number>, rows: readonly StayRow[]): MachineHeatView['states'] => {
  const byState = Map.groupBy(rows, ({ state }) => state);
  return [...new Set([...now.keys(), ...byState.keys()])].sort().map((path) => {
    const buckets = byState.get(path) ?? [];
    return {
      path,
      now: now.get(path) ?? 0,
      stays: buckets.reduce((sum, { stays }) => sum + stays, 0),
      silent: buckets.reduce((sum, { silent }) => sum + silent, 0),
      medianMs: medianOf(buckets),
    };
  });
};
