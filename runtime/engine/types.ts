/**
 * The engine's vocabulary. The engine hosts any XState machine on Postgres and knows nothing of selling:
 * whatever it must know about a kind of actor comes in through {@link ActorKind}.
 */
import type { Effect } from 'effect';
import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';

/** Who made an event happen (domain 22: every metric can be split by it). */
export type Cause = 'customer' | 'bot' | 'manager' | 'job' | 'timer' | 'result' | 'system';

/** What the machine receives. The host adds `at` (ms since the epoch, when the event became durable). */
export interface EventBody {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** An event on its way into a mailbox. `(actorId, eventId)` is unique: a second delivery has no effect. */
export interface MailboxEvent {
  readonly actorId: string;
  readonly kind: string;
  readonly eventId: string;
  readonly cause: Cause;
  /** Orders events of one `deliver` call that concern one actor (provider time, ms). */
  readonly sentAt: number;
  readonly body: EventBody;
}

export type Delivered = 'accepted' | 'duplicate';

/** One value that a transition changed; `path` is a JSON pointer into `{value, context, children}`. */
export interface Change {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: unknown;
  readonly old?: unknown;
}

export interface GuardTried {
  readonly guard: string;
  readonly params?: unknown;
  readonly result: boolean;
}

export interface JournalCommand {
  readonly id: string;
  readonly name: string;
  /** `invoke` returns a result to the machine, `action` is fire-and-forget, `stop` cancels a child. */
  readonly op: 'invoke' | 'action' | 'stop';
}

export interface JournalTimer {
  readonly id: string;
  readonly op: 'armed' | 'cancelled' | 'fired';
  /** Due time, ms since the epoch (for `armed`). */
  readonly at?: number;
}

/** One applied event: the timeline's row, the audit trail and the source of replay. */
export interface JournalRow {
  readonly actorId: string;
  readonly seq: number;
  readonly at: number;
  readonly eventId: string;
  readonly cause: Cause;
  readonly event: EventBody;
  /** Leaf state paths (`turn.working.thinking`) before and after. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly guards: readonly GuardTried[];
  readonly contextDiff: readonly Change[];
  readonly commands: readonly JournalCommand[];
  readonly timers: readonly JournalTimer[];
  readonly machineVersion: string;
  /** Set when the event was journaled and had no effect (a stale result, an event no state accepts). */
  readonly ignored: string | null;
}

/** The first fork of every failure: worth another try, or final. Adapters' tagged errors have this shape. */
export interface CommandFailure {
  readonly _tag: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number | undefined;
}

export interface CommandInfo {
  readonly actorId: string;
  /** Stable across retries: `<actorId>:<seq>:<name>` (contract 5). */
  readonly commandId: string;
  readonly attempt: number;
  /** When the first attempt began, ms since the epoch; equals now on the first attempt. */
  readonly firstAttemptAt: number;
}

export interface RetryPolicy {
  readonly maxAttempts: number;
  readonly baseMs: number;
  readonly capMs: number;
}

/** How one command is run. `run` gets the input as it was journaled (plain JSON). */
export interface CommandHandler {
  // biome-ignore lint/suspicious/noExplicitAny: inputs are typed where the machine declares the actor.
  readonly run: (input: any, info: CommandInfo) => Effect.Effect<unknown, CommandFailure>;
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
  /** Commands of one vendor share a concurrency limit. */
  readonly vendor: string;
}

/** One step as a projection sees it. */
export interface AppliedStep {
  readonly row: JournalRow;
  readonly snapshot: AnyMachineSnapshot;
  readonly timers: Readonly<Record<string, number>>;
}

/**
 * A read model kept in the commit that applied the events (G4). `sql` takes one parameter, a JSON array made of
 * `rows(...)`, and is set-based (`insert … select … from jsonb_to_recordset($1)`). Runs after journal and snapshot.
 */
export interface Projection {
  readonly name: string;
  readonly sql: string;
  readonly rows: (steps: readonly AppliedStep[]) => readonly object[];
}

/** A kind of actor: a machine and everything the host needs to run it. */
export interface ActorKind {
  readonly kind: string;
  readonly machine: AnyStateMachine;
  /** Stamped into every snapshot and journal row (G9). */
  readonly version: string;
  readonly inputFor: (actorId: string) => unknown;
  /** By invoke `src` and by custom action name. */
  readonly commands: Readonly<Record<string, CommandHandler>>;
  readonly projections: readonly Projection[];
}

/** The stored form of an actor, as the API shows it. */
export interface StoredActor {
  readonly actorId: string;
  readonly kind: string;
  readonly version: number;
  readonly machineVersion: string;
  readonly snapshot: AnyMachineSnapshot;
  /** Armed timers: id to due time (ms since the epoch). */
  readonly timers: Readonly<Record<string, number>>;
}
