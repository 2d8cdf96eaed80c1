/** The conversations behind what models cost, dearest first. */
import type { DayRange } from './metrics-api.ts';

/** Jobs of the ledger that are judges'. */
export const REVIEW_JOBS: readonly string[] = ['quality'];

/**
 * `$1` and `$2` business days, both included; `$3` and `$4` the cursor: billionths of a US dollar and the conversation;
 * `$5` a job or null, `$6` the limit, `$7` the judges' jobs, `$8` whether these are asked for or the others. Follows index
 * `model_call_of_day`. A call of no conversation is behind no row, and one whose bill never came costs nothing here, as in
 * the sum itself.
 */
export const COSTS_SQL = `select found.*, c.name, c.conversation_id is not null as known from (
    select cost.*, round(cost.usd * 1000000000)::float8 as rank, trim_scale(round(cost.usd, 9))::text as amount from (
      select m.conversation_id, max(m.at)::float8 as at, 'job' as by, string_agg(distinct m.job, ', ') as key,
        count(*)::float8 as value, coalesce(sum(m.cost_usd), 0) as usd
      from model_call m where m.day between $1::date and $2::date and m.conversation_id <> ''
        and (m.job = any($7::text[])) = $8::boolean and ($5::text is null or m.job = $5)
      group by m.conversation_id) as cost
    where cost.usd > 0 and (round(cost.usd * 1000000000), cost.conversation_id) < ($3::numeric, $4)
    order by rank desc, cost.conversation_id desc limit $6) as found
  left join conversation c on c.conversation_id = found.conversation_id
  order by found.rank desc, found.conversation_id desc`;

export interface CostPage {
  readonly days: DayRange;
  /** Billionths of a US dollar and the conversation that the page before ended with. */
  readonly after: readonly [nanoUsd: number, conversationId: string];
  readonly job: string | null;
  readonly limit: number;
  /** What judges cost, or everything else. */
  readonly review: boolean;
}

export const costValues = ({ days, after, job, limit, review }: CostPage): readonly unknown[] => [
  days.from,
  days.to,
  ...after,
  job,
  limit,
  REVIEW_JOBS,
  review,
];
