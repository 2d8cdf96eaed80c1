/**
 * The engine's vocabulary. The engine hosts any XState machine on Postgres and knows nothing of selling:
 * whatever it must know about a kind of actor comes in through {@link ActorKind}.
 */
import type { Effect, Schema } from 'effect';
import type pg from 'pg';
import type { AnyMachineSnapshot, AnyStateMachine, StateValue } from 'xstate';

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

/** One value that a transition changed; `path` is a JSON pointer into `{value, context}`, arrays as in RFC 6902. */
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
  /** True: the vendor was not asked (its circuit is open), which need not count as an attempt ({@link RetryPolicy}). */
  readonly unsent?: boolean | undefined;
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
  /**
   * So long from the first attempt on, ms, failures that asked nothing of the vendor are waited out and spend no attempt:
   * an outage must not use up in seconds what was meant for bad luck. Default 0: each counts.
   */
  readonly postponeMs?: number;
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
  /** What the machine emitted in this step (`xstate.emit`), in order: facts for read models and the live stream. */
  readonly emitted: readonly EventBody[];
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

/** A stored actor as a migration sees it: plain data, nothing of XState's live objects. */
export interface StoredSnapshot<Context = unknown> {
  readonly value: StateValue;
  readonly context: Context;
  readonly status: AnyMachineSnapshot['status'];
  /** Running invokes and spawned children, by child id. */
  readonly children: Readonly<Record<string, { readonly src: string }>>;
  /** By the id of the history node, the ids of the states it leads back to. */
  readonly historyValue: Readonly<Record<string, readonly string[]>>;
  /** Armed timers: id to due time, ms since the epoch. An `after` of state `m.s` is `xstate.after.<delay>.m.s`. */
  readonly timers: Readonly<Record<string, number>>;
}

/**
 * Brings a stored actor from one version of its machine to the next (G9). Pure. What it takes out of `children` is
 * cancelled, what it puts in is started with the input that the active state declares; timers it removes are disarmed,
 * `after` timers it adds are armed. Make one with `migration(…)` of migrations.ts, which types both contexts.
 */
export interface Migration {
  readonly from: string;
  readonly to: string;
  readonly migrate: (snapshot: StoredSnapshot) => StoredSnapshot;
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
  /** Steps from older versions; at most one leads away from each version. They are chained. */
  readonly migrations?: readonly Migration[];
  /** What a stored context must be, JSON side. Samples of each living version are read with it before the start. */
  readonly contextSchema?: Schema.Decoder<unknown>;
  /**
   * Event descriptors (`customer.*`) of people whom nobody can make act: a state that only they can leave is a dead end
   * unless it says otherwise (dead-ends.ts). Absent: every event counts as theirs.
   */
  readonly outsideEvents?: readonly string[];
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

/** The only source of time (design: lint forbids `Date.now` elsewhere). */
export interface Clock {
  /** Ms since the epoch. */
  readonly now: () => number;
}

/** Structured log. Fields carry ids and counts, never a customer's text, phone, name or e-mail. */
export interface Log {
  readonly debug: (fields: Readonly<Record<string, unknown>>, message: string) => void;
  readonly info: (fields: Readonly<Record<string, unknown>>, message: string) => void;
  readonly warn: (fields: Readonly<Record<string, unknown>>, message: string) => void;
  readonly error: (fields: Readonly<Record<string, unknown>>, message: string) => void;
}

/** A parked event or command (G8). */
export interface DeadLetter {
  readonly id: string;
  readonly what: 'event' | 'command';
  readonly actorId: string;
  /** Event type or command name. */
  readonly name: string;
  readonly reason: string;
  readonly attempts: number;
  readonly parkedAt: number;
}

export interface EngineStats {
  /** Events that are durable and not applied yet, and the age of the oldest in ms. */
  readonly mailboxDepth: number;
  readonly mailboxAgeMs: number;
  readonly commandsWaiting: number;
  readonly commandsRunning: number;
  readonly timersArmed: number;
  readonly parked: number;
}

/** An armed timer: ids as in the table, due time in ms since the epoch. */
export interface LongTimer {
  readonly actorId: string;
  readonly timerId: string;
  readonly dueAt: number;
}

/** Somebody who keeps long timers beside the engine and comes with `lookAtTimers` when they are due. */
export interface LongTimers {
  /** Timers due at least so long after their commit are long, ms. */
  readonly fromMs: number;
  /**
   * Writes them by `query`, which runs in the transaction that arms them: one set-based statement. One place for each
   * (actorId, timerId) is enough: a timer that is armed anew long before its time is not told again, `lookAtTimers` tells
   * of its new time.
   */
  readonly write: (
    query: (statement: {
      readonly name: string;
      readonly text: string;
      readonly values: unknown[];
    }) => Promise<{ readonly rows: readonly unknown[] }>,
    timers: readonly LongTimer[],
  ) => Promise<void>;
}

/** What the rest of the runtime asks of the engine. */
export interface EngineApi {
  /**
   * Makes events durable and wakes the host; resolves after the commit. The answer is in the order asked.
   * Rejects with `EngineBusy` (retryable: nothing is known to be stored, send again) or `InvalidEvent` (never will be).
   */
  readonly deliver: (events: readonly MailboxEvent[]) => Promise<readonly Delivered[]>;
  readonly load: (actorId: string) => Promise<StoredActor | null>;
  /** Rows with `seq > since`, oldest first. */
  readonly journal: (actorId: string, since: number, limit: number) => Promise<readonly JournalRow[]>;
  /** State value and context as they were after `seq`, rebuilt from the journal's changes; null: no such row. */
  readonly snapshotAt: (actorId: string, seq: number) => Promise<{ value: unknown; context: unknown } | null>;
  /** Steps that this replica committed, in commit order, each actor's without holes. Returns the unsubscriber. */
  readonly onCommit: (listener: (steps: readonly AppliedStep[]) => void) => () => void;
  /** Heads that other replicas committed (LISTEN/NOTIFY): fetch the rows from the journal. */
  readonly onForeignCommit: (
    listener: (heads: readonly { actorId: string; seq: number }[]) => void,
  ) => () => void;
  readonly deadLetters: (
    limit: number,
    cursor?: string,
  ) => Promise<{ items: readonly DeadLetter[]; next: string | null }>;
  /** False when there is no such dead letter any more. */
  readonly retry: (id: string) => Promise<boolean>;
  readonly discard: (id: string) => Promise<boolean>;
  /**
   * Holds one actor: its events stay pending and its commands do not start, those that run may end. The pause is a
   * journal row and a dead letter (`engine.paused`) with the reason. False: there is no such actor, or it is paused.
   */
  readonly pause: (actorId: string, reason: string) => Promise<boolean>;
  /** Lets a paused actor go on where it stood, timers that came due meanwhile included. False: it is not paused. */
  readonly resume: (actorId: string) => Promise<boolean>;
  /**
   * Leaves nothing of an actor; the same id may begin anew. `also` deletes what others keep about it, in the same commit.
   * False: the engine knew nothing of it. Rejects with `EngineBusy` while one of its commands runs for long: the actor is
   * paused then, and erasing it again goes on.
   */
  readonly erase: (actorId: string, also: (client: pg.ClientBase) => Promise<void>) => Promise<boolean>;
  /**
   * Fires what is due of these timers (and whatever else is), and answers with those that are due later. For the keeper
   * of long timers; what is not armed any more is passed over.
   */
  readonly lookAtTimers: (timers: readonly Omit<LongTimer, 'dueAt'>[]) => Promise<readonly LongTimer[]>;
  readonly stats: () => Promise<EngineStats>;
  /** Events that wait to be applied, counted up to `atMost`; those of actors that are parked or paused are not meant. */
  readonly backlog: (atMost: number) => Promise<number>;
  /** Stops taking work, finishes what is in flight (at most `graceMs`), releases claims. */
  readonly stop: (graceMs: number) => Promise<void>;
}
