/** A kind of review waits because its day is spent: since when, and that managers are told of it once (domain 6.14). */
import { Clock, Effect } from 'effect';
import type { ReviewScope } from '../../machines/review/review-id.ts';
import type { Database, DatabaseError } from '../catalog/database.ts';
import { Alerts } from '../conversation/alerts.ts';
import type { ScopePolicy } from './judge-settings.ts';

type Stopped = { readonly scope: ReviewScope; readonly at: number; readonly reserveUsd: string };
/** What was used up: the money of one kind, or that of all reviews. */
export type StopOf = ReviewScope | 'all';
type Limits = Pick<ScopePolicy, 'dayUsd' | 'allUsd' | 'callsPerDay' | 'dayBeganAt'>;

/** Whoever began to tell so long ago and did not end has died. */
const TELLING_MS = 120_000;

const KINDS: Readonly<Record<StopOf, string>> = {
  bot: "Reviews of the assistant's dialogues",
  manager: "Reviews of managers' work",
  flags: 'Reviews of red flags',
  all: 'Reviews of every kind',
};

/** Keeps since when; a repeated stop of the day keeps the first moment. */
export const stops = (
  db: Database,
  { scope, at }: Stopped,
  { dayBeganAt }: Limits,
): Effect.Effect<void, DatabaseError> =>
  db
    .query(
      `insert into quality_stop as s (scope, day_began_at, since) values ($1, $2, $3)
       on conflict (scope, day_began_at) do update set since = excluded.since where s.since is null`,
      [scope, dayBeganAt, at],
    )
    .pipe(Effect.asVoid);

/** There is money again: a limit was raised. */
export const goesOn = (
  db: Database,
  { scope }: Stopped,
  { dayBeganAt }: Limits,
): Effect.Effect<void, DatabaseError> =>
  db
    .query(
      `update quality_stop set since = null where scope = $1 and day_began_at = $2 and since is not null`,
      [scope, dayBeganAt],
    )
    .pipe(Effect.asVoid);

/** Answers a row to the one who is to tell: nobody did today, and nobody is at it. */
const TAKE_SQL = `insert into quality_stop as s (scope, day_began_at, since, telling_at) values ($1, $2, $5, $3)
  on conflict (scope, day_began_at) do update set telling_at = excluded.telling_at
  where s.told_at is null and (s.telling_at is null or s.telling_at <= $4)
  returning scope`;
/** The books of all jobs stopped reviews, and have told managers so. */
const TOLD_ELSEWHERE_SQL = `insert into quality_stop as s (scope, day_began_at, since, told_at) values ('all', $1, $2, $2)
  on conflict (scope, day_began_at) do update set told_at = coalesce(s.told_at, excluded.told_at)`;
const TOLD_SQL = `update quality_stop set told_at = $3 where scope = $1 and day_began_at = $2`;
const NOT_TOLD_SQL = `update quality_stop set telling_at = null where scope = $1 and day_began_at = $2`;

/** Follows index `quality_reading_of_day`; what was not billed counts with what was reserved. */
const SPENT_SQL = `select round(coalesce(sum(coalesce(cost, reserved_usd)) filter (where scope = $1), 0), 4)::text as usd,
    round(coalesce(sum(coalesce(cost, reserved_usd)), 0), 4)::text as "allUsd",
    count(*) filter (where scope = $1)::int as calls
  from quality_reading where scope in ('bot', 'manager', 'flags') and at >= $2`;

interface Spent {
  readonly usd: string;
  readonly allUsd: string;
  readonly calls: number;
}

const NOTHING: Spent = { usd: '0', allUsd: '0', calls: 0 };

/** Never 0 for something: what a call can cost, in US dollars. */
const callUsd = (reserve: string): string => Number(reserve).toFixed(4);

/** Managers know already that nothing is left for reviews today: they are not told a second time. */
export const knownStop = (
  db: Database,
  { at }: Stopped,
  { dayBeganAt }: Limits,
): Effect.Effect<void, DatabaseError> => db.query(TOLD_ELSEWHERE_SQL, [dayBeganAt, at]).pipe(Effect.asVoid);

/**
 * One alert a business day and kind, and one when what all share is spent, whichever kinds meet it. A word that Telegram did not take stays visible as an alert that was not sent, and the
 * next review that meets the limit sends it: reviews do not fail of it.
 */
export const tellStop = Effect.fn('tellStop')(function* (
  db: Database,
  of: StopOf,
  { scope, at, reserveUsd }: Stopped,
  limits: Limits,
) {
  const key = [of, limits.dayBeganAt];
  const now = yield* Clock.currentTimeMillis;
  const [mine] = yield* db.query(TAKE_SQL, [...key, now, now - TELLING_MS, at]);
  if (mine === undefined) return;
  const [spent = NOTHING] = yield* db.query<Spent>(SPENT_SQL, [scope, limits.dayBeganAt]);
  const alerts = yield* Alerts;
  yield* alerts
    .raise(`review-budget:${of}:${limits.dayBeganAt}`, {
      conversationId: null,
      trigger: null,
      reason: `${KINDS[of]} stopped: the day's budget is used up`,
      summary: [
        of === 'all'
          ? `Spent today by all reviews: $${spent.allUsd} of $${limits.allUsd}.`
          : `Spent today: $${spent.usd} of $${limits.dayUsd}, by all reviews $${spent.allUsd} of $${limits.allUsd}; ${spent.calls} of ${limits.callsPerDay} calls.`,
        `The next call can cost up to $${callUsd(reserveUsd)}.`,
        'They look again every six hours. Raise the budget in the settings (reviews), or wait for the next business day.',
      ].join(' '),
    })
    .pipe(
      Effect.matchEffect({
        onSuccess: () => db.query(TOLD_SQL, [...key, now]),
        onFailure: (error) =>
          Effect.logWarning(`managers were not told that reviews stopped: ${error.message}`).pipe(
            Effect.annotateLogs({ scope: of, error: error._tag }),
            Effect.andThen(db.query(NOT_TOLD_SQL, key)),
          ),
      }),
    );
});
