/** Finds what is due to be reviewed and asks for it (domain 6.12-6.14, 7.1), within the caps of each scope. */
import type pg from 'pg';
import { REVIEW_KIND, REVIEW_SCOPES, type ReviewScope, reviewId } from '../../machines/review/review-id.ts';
import type { ReviewScopeSettings } from '../api/review-settings-schema.ts';
import type { SettingsStore } from '../api/settings-store.ts';
import type { Clock, EngineApi } from '../engine/types.ts';
import { CLOSED_ORDER, DUE_SQL } from './due-sql.ts';
import { dayBegan, settingsOf } from './judge-policy.ts';

/** Domain 3.4: closed, or silent for so long. */
const MATURE_AFTER_MS = 3 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
/** How far is looked back: domain 6.12 and 6.13; a hand-over may take a month to its end (domain 8.13). */
const LOOK_BACK_MS: Readonly<Record<ReviewScope, number>> = {
  bot: 7 * DAY_MS,
  flags: DAY_MS,
  manager: 30 * DAY_MS,
};
/** Reviews asked for in one run at most, whatever the settings allow (G10). */
const MAX_PER_RUN = 500;

export interface DueReviewOptions {
  readonly pool: pg.Pool;
  readonly engine: Pick<EngineApi, 'deliver'>;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly clock: Clock;
  /** IANA name: where the business day begins. */
  readonly timeZone: string;
}

export interface DueReview {
  readonly scope: ReviewScope;
  readonly conversationId: string;
  readonly activityAt: number;
  readonly until: number;
  /** When it was asked for and given up unpaid; null: never. */
  readonly askedBefore: number | null;
}

interface DueRow {
  readonly conversation_id: string;
  readonly activity_at: string | number;
  readonly until: string | number;
  readonly asked_before: string | number | null;
}

/** What is due now: oldest first, or by lot of that day. Asks nobody and costs nothing. */
export const findDue = async (
  { pool, clock }: Pick<DueReviewOptions, 'pool' | 'clock'>,
  scope: ReviewScope,
  limit: number,
  lot: string | null = null,
): Promise<readonly DueReview[]> => {
  const now = clock.now();
  const lookBack = lot === null ? LOOK_BACK_MS[scope] : Math.min(LOOK_BACK_MS[scope], DAY_MS);
  const values = [
    now - lookBack,
    scope === 'bot' ? now - MATURE_AFTER_MS : now,
    lot,
    Math.min(limit, MAX_PER_RUN),
  ];
  const { rows } = await pool.query<DueRow>(
    DUE_SQL[scope],
    scope === 'manager' ? [...values, CLOSED_ORDER] : values,
  );
  return rows.map((row) => ({
    scope,
    conversationId: row.conversation_id,
    activityAt: Number(row.activity_at),
    until: Number(row.until),
    askedBefore: row.asked_before === null ? null : Number(row.asked_before),
  }));
};

/** How many reviews one run may begin: its calls, shared out by readings. */
export const reviewsPerRun = ({ callsPerRun, readings }: ReviewScopeSettings): number =>
  Math.max(1, Math.floor(callsPerRun / readings));

/** Asks for the reviews; answers how many were not asked for before. `run` counts their calls together; null: of no run. */
export const askReviews = async (
  { engine, clock }: Pick<DueReviewOptions, 'engine' | 'clock'>,
  due: readonly DueReview[],
  chosen: Pick<ReviewScopeSettings, 'readings' | 'transcript'>,
  run: string | null,
): Promise<number> => {
  if (due.length === 0) return 0;
  const delivered = await engine.deliver(
    due.map((review) => ({
      actorId: reviewId(review),
      kind: REVIEW_KIND,
      // The same from any replica and any run: an activity is asked for once, and once again after each unpaid end.
      eventId: review.askedBefore === null ? 'matured' : `again:${review.askedBefore}`,
      cause: 'job' as const,
      sentAt: clock.now(),
      body: {
        type: 'review.due',
        readings: chosen.readings,
        until: review.until,
        run,
        extent: chosen.transcript === 'full' ? 'full' : 'summary',
      },
    })),
  );
  return delivered.filter((answer) => answer === 'accepted').length;
};

/** Reviews of today's sample that were asked for; follows index `quality_review_asked`. */
const SAMPLED_SQL = `select count(*)::int as n from quality_review where scope = $1 and asked_at >= $2`;

const askScope = async (options: DueReviewOptions, scope: ReviewScope): Promise<number | null> => {
  const chosen = settingsOf(await options.settings.get(), scope);
  if (chosen.transcript === 'disabled') return null;
  const now = options.clock.now();
  const run = `${scope}:${now}`;
  const most = reviewsPerRun(chosen);
  switch (chosen.mode) {
    case 'scheduled':
    case 'automatic':
      return askReviews(options, await findDue(options, scope, most), chosen, run);
    case 'daily_sample': {
      const began = dayBegan(now, options.timeZone);
      const { rows } = await options.pool.query<{ n: number }>(SAMPLED_SQL, [scope, began]);
      const left = Math.min(most, chosen.dailySample - (rows[0]?.n ?? 0));
      if (left <= 0) return 0;
      return askReviews(options, await findDue(options, scope, left, String(began)), chosen, run);
    }
    default:
      return null;
  }
};

/** How many of each scope were asked for; null: its automation is switched off. */
export const askDueReviews = async (
  options: DueReviewOptions,
): Promise<Readonly<Record<ReviewScope, number | null>>> => {
  const asked: Record<ReviewScope, number | null> = { bot: null, manager: null, flags: null };
  for (const scope of REVIEW_SCOPES) asked[scope] = await askScope(options, scope);
  return asked;
};
