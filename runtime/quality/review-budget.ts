/** What reviews of each kind have spent and asked today, of what they may, and since when they wait (domain 6.14). */
import type pg from 'pg';
import { REVIEW_SCOPES } from '../../machines/review/review-id.ts';
import type { ReviewBudgetView } from '../api/quality-schemas.ts';
import type { Settings } from '../api/settings-schema.ts';
import { dayBegan, policyOf } from './judge-policy.ts';

/** Follows index `quality_reading_of_day`; a call without a bill counts with what was reserved for it, as the limits count. */
const SPENT_SQL = `select scopes.scope, stop.since::float8 as since, coalesce(used.calls, 0) as calls,
    coalesce(used.usd, 0)::float8 * 100 as cents
  from unnest($1::text[]) as scopes(scope)
  left join (select scope, count(*)::int as calls, sum(coalesce(cost, reserved_usd)) as usd
    from quality_reading where scope = any($1) and at >= $2 group by scope) as used using (scope)
  left join quality_stop stop on stop.scope = scopes.scope and stop.day_began_at = $2`;

interface Spent {
  readonly scope: ReviewBudgetView['scope'];
  /** Ms since the epoch. */
  readonly since: number | null;
  readonly calls: number;
  readonly cents: number;
}

/** Hundredths of a cent: small models cost so little. */
const cents = (amount: number): number => Math.round(amount * 100) / 100;

/** One row for each kind of review, in their order. `now`: ms since the epoch. */
export const reviewBudgets = async (
  pool: pg.Pool,
  settings: Settings,
  { model, timeZone, now }: { readonly model: string; readonly timeZone: string; readonly now: number },
): Promise<readonly ReviewBudgetView[]> => {
  const { rows } = await pool.query<Spent>(SPENT_SQL, [REVIEW_SCOPES, dayBegan(now, timeZone)]);
  return REVIEW_SCOPES.map((scope) => {
    const policy = policyOf(settings, scope, { model, timeZone }, now);
    const spent = rows.find((row) => row.scope === scope);
    const limit = Math.min(Number(policy.dayUsd), Number(policy.allUsd)) * 100;
    return {
      scope,
      spentCents: cents(spent?.cents ?? 0),
      limitCents: cents(limit),
      calls: spent?.calls ?? 0,
      callsLimit: policy.callsPerDay,
      stoppedSince: spent?.since == null ? null : new Date(spent.since).toISOString(),
    };
  });
};
