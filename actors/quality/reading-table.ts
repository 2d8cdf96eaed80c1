/** The one door to table `quality_reading`: what was asked of the judge, and what came of it. */
import { Effect } from 'effect';
import type { AnyVerdict } from '../../machines/review/result.ts';
import type { ReviewScope } from '../../machines/review/review-id.ts';
import { type Database, type DatabaseError, storable, type Transactions } from '../catalog/database.ts';
import { goesOn, stops } from './budget-stop.ts';
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

/**
 * `taken`: somebody else has this try. `busy`: the money that is left is promised to calls that are under way, and may
 * come back. `all`: the day of all reviews together is spent. `day` and `run`: the scope's own limits. All are counted
 * under a lock, so that no two pass the last place.
 */
export type Claimed = 'claimed' | 'taken' | 'busy' | 'all' | 'day' | 'run';

/** Any number: readings of one shop are counted one after the other. */
const LIMITS_LOCK = 'select pg_advisory_xact_lock(7203114)';

/** A call that began so long ago has ended, whatever became of its bill: its time-out and some more. */
const UNDER_WAY_MS = 120_000;

/**
 * Follows index `quality_reading_of_day`. A call without a bill counts with what was reserved for it, and this one with all
 * that it can cost: the limits of the scope and of all reviews are never passed, not even by the last call.
 */
const USED_SQL = `select calls, run_calls as "runCalls",
    scope_usd + $5::numeric <= $4::numeric and all_usd + $5::numeric <= $6::numeric as "hasMoney",
    scope_sure + $5::numeric <= $4::numeric as "mayHave", all_sure + $5::numeric <= $6::numeric as "allMayHave"
  from (select count(*) filter (where scope = $1)::int as calls,
      count(*) filter (where scope = $1 and run = $3)::int as run_calls,
      coalesce(sum(usd) filter (where scope = $1), 0) as scope_usd, coalesce(sum(usd), 0) as all_usd,
      coalesce(sum(usd) filter (where scope = $1 and sure), 0) as scope_sure,
      coalesce(sum(usd) filter (where sure), 0) as all_sure
    from (select scope, run, coalesce(cost, reserved_usd) as usd, state <> 'asking' or at <= $7 as sure
      from quality_reading where scope in ('bot', 'manager', 'flags') and at >= $2) as readings) as used`;

const CLAIM_SQL = `insert into quality_reading
    (command_id, try, conversation_id, at, state, prompt_version, model, scope, run, reserved_usd)
  values ($1, $2, $3, $4, 'asking', $5, $6, $7, $8, $9::numeric)
  on conflict (command_id, try) do nothing returning try`;

interface Used {
  readonly calls: number;
  readonly runCalls: number;
  readonly hasMoney: boolean;
  /** The scope has enough when what is under way turns out to cost nothing. */
  readonly mayHave: boolean;
  /** So have all reviews together. */
  readonly allMayHave: boolean;
}

/** What is used up for today, whatever becomes of calls under way; null: nothing. What all share is named first. */
const spentOf = (used: Used, policy: ScopePolicy): 'all' | 'day' | null => {
  if (!used.allMayHave) return 'all';
  return !used.mayHave || used.calls >= policy.callsPerDay ? 'day' : null;
};

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
        claim.reserveUsd,
        policy.allUsd,
        claim.at - UNDER_WAY_MS,
      ]);
      const spent = used && spentOf(used, policy);
      if (used === undefined || spent !== null) {
        yield* stops(tx, claim, policy);
        return spent ?? 'day';
      }
      if (!used.hasMoney) return 'busy';
      if (claim.run !== null && used.runCalls >= policy.callsPerRun) return 'run';
      yield* goesOn(tx, claim, policy);
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
