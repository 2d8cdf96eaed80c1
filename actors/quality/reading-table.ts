/** The one door to table `quality_reading`: what was asked of the judge, and what came of it. */
import { Effect } from 'effect';
import type { AnyVerdict } from '../../machines/review/result.ts';
import type { ReviewScope } from '../../machines/review/review-id.ts';
import { type Database, type DatabaseError, storable, type Transactions } from '../catalog/database.ts';
import type { ScopePolicy } from './judge-settings.ts';

/** Where a reading stands; `try` is that of its newest row, 0 without one. */
export interface ReadingState {
  readonly try: number;
  readonly state: 'new' | 'asking' | 'done' | 'refused';
  readonly verdict: AnyVerdict | null;
  readonly model: string | null;
  readonly promptVersion: string | null;
  /** Plain decimal US dollars of all tries; null while none was billed. */
  readonly costUsd: string | null;
}

const NEW: ReadingState = {
  try: 0,
  state: 'new',
  verdict: null,
  model: null,
  promptVersion: null,
  costUsd: null,
};

export const readReading = (db: Database, commandId: string): Effect.Effect<ReadingState, DatabaseError> =>
  db
    .query<ReadingState>(
      `select try, state, verdict, model, prompt_version as "promptVersion",
         (select sum(cost)::text from quality_reading where command_id = $1) as "costUsd"
       from quality_reading where command_id = $1 order by try desc limit 1`,
      [commandId],
    )
    .pipe(Effect.map(([row]) => row ?? NEW));

export interface ReadingClaim {
  readonly commandId: string;
  readonly try: number;
  readonly scope: ReviewScope;
  readonly conversationId: string;
  readonly run: string | null;
  readonly at: number;
  readonly promptVersion: string;
  readonly model: string;
  /** More than the call can cost, plain decimal US dollars. */
  readonly reserveUsd: string;
}

/** `taken`: somebody else has this try. The others: the scope's limits, counted under a lock, so that no two pass the last place. */
export type Claimed = 'claimed' | 'taken' | 'day' | 'run';

/** Any number: readings of one shop are counted one after the other. */
const LIMITS_LOCK = 'select pg_advisory_xact_lock(7203114)';

/** Follows index `quality_reading_of_day`; a call without a bill counts with what was reserved for it. */
const USED_SQL = `select count(*)::int as calls,
    count(*) filter (where run = $3)::int as "runCalls",
    coalesce(sum(coalesce(cost, reserved_usd)), 0) < $4::numeric as "hasMoney"
  from quality_reading where scope = $1 and at >= $2`;

const CLAIM_SQL = `insert into quality_reading
    (command_id, try, conversation_id, at, state, prompt_version, model, scope, run, reserved_usd)
  values ($1, $2, $3, $4, 'asking', $5, $6, $7, $8, $9::numeric)
  on conflict (command_id, try) do nothing returning try`;

interface Used {
  readonly calls: number;
  readonly runCalls: number;
  readonly hasMoney: boolean;
}

/** Takes this try, once and for all, within what the scope may spend and ask. */
export const claimReading = (
  db: Transactions,
  claim: ReadingClaim,
  policy: ScopePolicy,
): Effect.Effect<Claimed, DatabaseError> =>
  db.transaction(
    Effect.fnUntraced(function* (tx) {
      yield* tx.query(LIMITS_LOCK);
      const [used] = yield* tx.query<Used>(USED_SQL, [
        claim.scope,
        policy.dayBeganAt,
        claim.run,
        policy.dayUsd,
      ]);
      if (used === undefined || !used.hasMoney || used.calls >= policy.callsPerDay) return 'day';
      if (claim.run !== null && used.runCalls >= policy.callsPerRun) return 'run';
      const rows = yield* tx.query(CLAIM_SQL, [
        claim.commandId,
        claim.try,
        claim.conversationId,
        claim.at,
        claim.promptVersion,
        claim.model,
        claim.scope,
        claim.run,
        claim.reserveUsd,
      ]);
      return rows.length > 0 ? 'claimed' : 'taken';
    }),
  );

/** Gives a try back that cost nothing. */
export const releaseReading = (db: Database, claim: ReadingClaim): Effect.Effect<void, DatabaseError> =>
  db
    .query(`delete from quality_reading where command_id = $1 and try = $2 and state = 'asking'`, [
      claim.commandId,
      claim.try,
    ])
    .pipe(Effect.asVoid);

export interface ReadingEnd {
  /** Null: refused. */
  readonly verdict: AnyVerdict | null;
  readonly reason: string | null;
  /** Who answered; null: as asked for. */
  readonly model: string | null;
  /** Plain decimal US dollars; null: unknown. */
  readonly cost: string | null;
}

export const endReading = (
  db: Database,
  claim: ReadingClaim,
  { verdict, reason, model, cost }: ReadingEnd,
): Effect.Effect<void, DatabaseError> =>
  db
    .query(
      `update quality_reading set state = $3, verdict = $4, reason = $5, model = coalesce($6, model), cost = $7::numeric
       where command_id = $1 and try = $2 and state = 'asking'`,
      [
        claim.commandId,
        claim.try,
        verdict === null ? 'refused' : 'done',
        verdict === null ? null : storable(JSON.stringify(verdict).replaceAll('\\u0000', '')),
        reason,
        model,
        cost,
      ],
    )
    .pipe(Effect.asVoid);
