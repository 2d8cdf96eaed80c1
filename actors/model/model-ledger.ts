/** The books of all model calls: asked before a call, told after it. The runtime keeps them in the database. */
import { Context, type Effect, Schema } from 'effect';
import type { ChatBill } from '../../adapters/openrouter/openrouter.ts';

/** A daily limit is reached. Final for today: nobody should try again by itself. */
export class BudgetSpent extends Schema.TaggedError<BudgetSpent>()('BudgetSpent', {
  message: Schema.String,
  retryable: Schema.Boolean,
  job: Schema.String,
  /** `job`: the job's own limit; `shop`: what is left of the shop's is kept for customers. */
  scope: Schema.Literals(['job', 'shop']),
  /** Business day, `2026-03-01`. */
  day: Schema.String,
  usedUsd: Schema.String,
  limitUsd: Schema.String,
}) {}

/** The books could not be opened, so no money may be spent. */
export class LedgerAway extends Schema.TaggedError<LedgerAway>()('LedgerAway', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** What a call is for, before it is made. */
export interface CallIntent {
  readonly conversationId: string | null;
  /** `<conversation>:<seq>:<name>` of the command that asks (contract 5), or any id that is stable across retries. */
  readonly commandId: string;
  readonly attempt: number;
  readonly job: string;
  /** `section@version` of each prompt section. */
  readonly promptVersions: readonly string[];
  /** More than it can cost, plain decimal US dollars. */
  readonly reserveUsd: string;
}

/** A call that may be made now. */
export interface Reservation {
  readonly conversationId: string;
  readonly callId: string;
}

/** How a call ended. Without a bill its cost is unknown; `free` says that there can be none. */
export interface CallEnd {
  readonly outcome: 'answered' | 'failed' | 'interrupted';
  readonly errorClass: string | null;
  readonly bill: ChatBill | null;
  readonly free: boolean;
  readonly finishReason: string | null;
  readonly durationMs: number;
}

export class ModelLedger extends Context.Service<
  ModelLedger,
  {
    readonly reserve: (intent: CallIntent) => Effect.Effect<Reservation, BudgetSpent | LedgerAway>;
    /** Books the end, once. Never fails: what could not be booked is logged, and the call counts as lost. */
    readonly settle: (reservation: Reservation, end: CallEnd) => Effect.Effect<void>;
  }
>()('treejar/actors/ModelLedger') {}
