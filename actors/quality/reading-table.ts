/** The one door to table `quality_reading`: what was asked of the judge, and what came of it. */
import { Effect } from 'effect';
import type { Verdict } from '../../machines/quality/verdict.ts';
import { type Database, type DatabaseError, storable } from '../catalog/database.ts';

/** Where a reading stands; `try` is that of its newest row, 0 without one. */
export interface ReadingState {
  readonly try: number;
  readonly state: 'new' | 'asking' | 'done' | 'refused';
  readonly verdict: Verdict | null;
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
  readonly conversationId: string;
  readonly at: number;
  readonly promptVersion: string;
  readonly model: string;
}

/** Takes this try, once and for all: false when somebody else has it. */
export const claimReading = (db: Database, claim: ReadingClaim): Effect.Effect<boolean, DatabaseError> =>
  db
    .query(
      `insert into quality_reading (command_id, try, conversation_id, at, state, prompt_version, model)
       values ($1, $2, $3, $4, 'asking', $5, $6) on conflict (command_id, try) do nothing returning try`,
      [claim.commandId, claim.try, claim.conversationId, claim.at, claim.promptVersion, claim.model],
    )
    .pipe(Effect.map((rows) => rows.length > 0));

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
  readonly verdict: Verdict | null;
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
