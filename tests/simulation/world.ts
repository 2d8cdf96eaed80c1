/**
 * Virtual time and everything that happens in it. A task is a generator: between two of its steps anything else may
 * happen, its process may stand still or die. Each yield is a wait in ms.
 */

import { type Host, makeHost } from '../../runtime/engine/host.ts';
import { DEFAULT_LIMITS, type EngineLimits } from '../../runtime/engine/limits.ts';
import type { ClaimedCommand } from '../../runtime/engine/store/commands.ts';
import type { ActorKind, MailboxEvent } from '../../runtime/engine/types.ts';
import type { Facts } from './facts.ts';
import { type Bug, MemoryDatabase } from './memory-database.ts';
import { Random } from './random.ts';
import { Replica } from './replica.ts';

export type Task = Generator<number, void>;

/** Something that the world does to the system. Removing one must leave a script that makes sense: shrinking does so. */
export type Op =
  /** Calls of one stream wait for each other's acknowledgement. */
  | {
      readonly at: number;
      readonly op: 'deliver';
      readonly stream: string;
      readonly events: readonly MailboxEvent[];
    }
  | { readonly at: number; readonly op: 'kill'; readonly replica: number; readonly downMs: number }
  | { readonly at: number; readonly op: 'freeze'; readonly replica: number; readonly ms: number }
  | {
      readonly at: number;
      readonly op: 'database';
      readonly fault: 'fails' | 'answer lost';
      readonly commits: number;
    };

/** How a vendor answers one attempt. */
export interface VendorAnswer {
  readonly afterMs: number;
  readonly ended:
    | { readonly tag: 'succeeded'; readonly output: unknown }
    | { readonly tag: 'failed'; readonly failure: { _tag: string; message: string; retryable: boolean } };
  /** What the outside does because of it (an echo, a receipt), delivered like anything else. */
  readonly echoes?: readonly { readonly afterMs: number; readonly events: readonly MailboxEvent[] }[];
}

export interface Workload {
  readonly name: string;
  readonly kinds: readonly ActorKind[];
  readonly script: (random: Random) => readonly Op[];
  readonly answer: (command: ClaimedCommand, random: Random, now: number) => VendorAnswer;
  /** What must hold at the end, besides the engine's own guarantees; one sentence for each fault. */
  readonly check: (world: World) => readonly string[];
  /** Faults of commands and machines that belong to the workload: parked events are discarded at the end. */
  readonly poisons?: boolean;
}

export interface WorldOptions {
  readonly seed: number;
  readonly workload: Workload;
  readonly ops: readonly Op[];
  /** Every event takes the actor out of memory: each step begins with the JSON of the row. */
  readonly rehydrate: boolean;
  readonly bugs: ReadonlySet<Bug>;
}

/** An attempt that left for the outside. */
export interface Run {
  readonly commandId: string;
  readonly actorId: string;
  /** Rows of the actor's journal when it was claimed. */
  readonly journalRows: number;
}

export const EPOCH = Date.UTC(2026, 0, 15, 10, 0, 0);
export const REPLICAS = 3;
/** After the last op the world is kind to the system for this long, ms. */
const QUIET_MS = 300_000;
/** What happens so shortly before the end of it may have no time to come to its own. */
const LATE_MS = 60_000;
/** How often to look whether nothing can happen any more. */
const IDLE_CHECK_STEPS = 32;
/** More than this many steps: something runs in circles. */
const STEPS_MAX = 60_000;
export const POLL_MS = 2000;

interface Scheduled {
  readonly at: number;
  readonly order: number;
  readonly task: Task;
  readonly owner: Replica | null;
  /** Polls and heartbeats: by themselves they make nothing happen. */
  readonly background: boolean;
}

/** Machines are built once: they have no memory of their own. */
const hosts = new WeakMap<Workload, Host>();

const hostOf = (workload: Workload, limits: EngineLimits): Host => {
  const known = hosts.get(workload) ?? makeHost(workload.kinds, limits);
  hosts.set(workload, known);
  return known;
};

export class World {
  now = EPOCH;
  readonly random: Random;
  readonly db: MemoryDatabase;
  readonly host;
  readonly limits: EngineLimits;
  readonly workload: Workload;
  readonly rehydrate: boolean;
  readonly acked: MailboxEvent[] = [];
  readonly runs: Run[] = [];
  readonly faults: string[] = [];
  readonly replicas: Replica[] = [];
  private readonly heap: Scheduled[] = [];
  private readonly streams = new Map<string, MailboxEvent[][]>();
  private order = 0;
  private steps = 0;

  constructor(options: WorldOptions) {
    this.random = new Random(options.seed).fork(7);
    this.workload = options.workload;
    this.rehydrate = options.rehydrate;
    this.limits = {
      ...DEFAULT_LIMITS,
      cacheActors: options.rehydrate ? 0 : 100,
      eventsPerActor: options.rehydrate ? 1 : 5,
      mergeBatchEvents: options.rehydrate ? 1 : 200,
    };
    this.host = hostOf(options.workload, this.limits);
    this.db = new MemoryDatabase(() => this.now, options.bugs);
    for (let i = 0; i < REPLICAS; i++) this.replicas.push(new Replica(this, i));
    for (const op of options.ops) this.start(this.perform(op), null, op.at);
    this.end = EPOCH + options.ops.reduce((last, op) => Math.max(last, op.at), 0) + QUIET_MS;
  }

  private end: number;
  private wasGivenTime = false;

  /** Runs to the end of the script and through the quiet time after it. */
  run(): void {
    for (;;) {
      const next = this.pop();
      if (!next || (next.at > this.end && !this.givesTime())) break;
      this.now = Math.max(this.now, next.at);
      if (next.owner?.isOut(next.task)) continue;
      const frozenUntil = next.owner?.frozenUntil ?? 0;
      if (frozenUntil > this.now) {
        this.push({ ...next, at: frozenUntil });
        continue;
      }
      if (this.steps % IDLE_CHECK_STEPS === 0 && this.isIdle()) return;
      if (++this.steps > STEPS_MAX) {
        this.faults.push(`the system is still busy after ${STEPS_MAX} steps`);
        return;
      }
      const { value, done } = next.task.next();
      if (!done) this.push({ ...next, at: this.now + value, order: this.random.next() });
    }
  }

  /** A timer of hours may have fired in the last seconds: what it set off has as long as all else, once. */
  private givesTime(): boolean {
    if (this.wasGivenTime || this.isCalm()) return false;
    const newest = [...this.db.journal.values()].map((rows) => rows.at(-1)?.at ?? 0);
    // What has stood still for longer than that stands still for ever.
    if (!newest.some((at) => at > this.end - LATE_MS)) return false;
    this.wasGivenTime = true;
    this.end += QUIET_MS;
    return true;
  }

  /** The script is over, nothing waits, and no timer is due before the end. */
  private isIdle(): boolean {
    if (this.now < this.end - QUIET_MS + POLL_MS) return false;
    return this.isCalm() && this.db.nextTimer() > this.end;
  }

  private isCalm(): boolean {
    if (this.streams.size > 0 || this.db.openCommands().length > 0) return false;
    return ![...this.db.mailbox.keys()].some((id) => this.db.waiting(id).some(({ parked }) => !parked));
  }

  /** How long a poll may rest: hours pass at once while nothing happens. */
  rest(ms: number): number {
    if (!this.isCalm()) return ms;
    let next = this.db.nextTimer();
    for (const { at, background } of this.heap) if (!background) next = Math.min(next, at);
    return Number.isFinite(next) ? Math.max(ms, next - this.now) : ms;
  }

  facts(): Facts {
    const { actors, mailbox, journal, outbox, timers } = this.db;
    return { now: this.now, acked: this.acked, runs: this.runs, actors, mailbox, journal, outbox, timers };
  }

  start(task: Task, owner: Replica | null, afterMs = 0, background = false): void {
    owner?.own(task);
    this.push({ at: this.now + afterMs, order: this.random.next(), task, owner, background });
  }

  /** Small, and sometimes long: where races are. */
  latency(): number {
    return this.random.chance(0.05) ? this.random.int(20, 400) : this.random.int(0, 6);
  }

  /** Sent until it is acknowledged, like a webhook; the next call of the stream waits. */
  deliver(stream: string, events: readonly MailboxEvent[]): void {
    const waiting = this.streams.get(stream);
    if (waiting) {
      waiting.push([...events]);
      return;
    }
    this.streams.set(stream, [[...events]]);
    this.start(this.client(stream), null);
  }

  private *client(stream: string): Task {
    const calls = this.streams.get(stream) ?? [];
    while (calls.length > 0) {
      const [events = []] = calls;
      for (let acknowledged = false; !acknowledged; ) {
        const call = { events, acknowledged: false };
        this.random.pick(this.replicas).accept(call);
        for (let waited = 0; waited < 40 && !call.acknowledged; waited++) yield this.random.int(1, 60);
        acknowledged = call.acknowledged;
      }
      this.acked.push(...events);
      calls.shift();
    }
    this.streams.delete(stream);
  }

  private *perform(op: Op): Task {
    switch (op.op) {
      case 'deliver':
        this.deliver(op.stream, op.events);
        return;
      case 'kill':
        this.replicas[op.replica]?.kill();
        yield op.downMs;
        this.replicas[op.replica]?.boot();
        return;
      case 'freeze':
        this.replicas[op.replica]?.freeze(op.ms);
        return;
      case 'database':
        for (let i = 0; i < op.commits; i++) this.db.faults.push(op.fault);
    }
  }

  private push(entry: Scheduled): void {
    this.order++;
    let low = 0;
    let high = this.heap.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.heap[middle] as Scheduled;
      if (other.at > entry.at || (other.at === entry.at && other.order > entry.order)) low = middle + 1;
      else high = middle;
    }
    this.heap.splice(low, 0, entry);
  }

  private pop(): Scheduled | undefined {
    return this.heap.pop();
  }
}
