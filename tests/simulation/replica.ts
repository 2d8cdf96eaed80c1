/**
 * One process of the runtime, in virtual time: intake, lane, command runner, timers and polls, in the order of the real
 * ones (deliver, intake, merge-batch, apply-batch, runner, timer-alarm, worker), between the same pure parts. What is in
 * memory dies with it.
 */

import { acceptEvent } from '../../runtime/engine/accept-event.ts';
import { type Advance, advance } from '../../runtime/engine/advance.ts';
import { type Ended, settlementOf } from '../../runtime/engine/attempt.ts';
import { makeSnapshotCache } from '../../runtime/engine/snapshot-cache.ts';
import type { ClaimedCommand } from '../../runtime/engine/store/commands.ts';
import type { MailboxRow } from '../../runtime/engine/store/insert-events.ts';
import type { EventBody, MailboxEvent } from '../../runtime/engine/types.ts';
import { Conflict, ConnectionLost } from './memory-database.ts';
import { POLL_MS, type Task, type World } from './world.ts';

export interface Call {
  readonly events: readonly MailboxEvent[];
  acknowledged: boolean;
}

const LEASE_MS = 5000;
const HEARTBEAT_MS = 1500;
const IDLE_IN_TRANSACTION_MS = 10_000;

export class Replica {
  frozenUntil = 0;
  private readonly world: World;
  private readonly number: number;
  private life = 0;
  private up = false;
  private tasks = new WeakSet<Task>();
  private cache: ReturnType<typeof makeSnapshotCache>;
  private calls: Call[] = [];
  private due = new Set<string>();
  private running = new Map<string, { cancelled: boolean }>();
  private laneBusy = false;

  constructor(world: World, number: number) {
    this.world = world;
    this.number = number;
    this.cache = makeSnapshotCache(world.limits);
    this.boot();
  }

  get incarnation(): string {
    return `r${this.number}#${this.life}`;
  }

  own(task: Task): void {
    this.tasks.add(task);
  }

  /** True when the task belongs to a life that is over. */
  isOut(task: Task): boolean {
    return !this.tasks.has(task);
  }

  boot(): void {
    if (this.up) return;
    this.up = true;
    this.life++;
    this.world.db.leases.set(this.incarnation, this.world.now + LEASE_MS);
    this.world.start(this.heartbeat(), this, 0, true);
    this.world.start(this.polls(), this, this.world.random.int(0, 50), true);
  }

  /** SIGKILL: everything in memory is gone, the server rolls its transactions back. */
  kill(): void {
    this.up = false;
    this.world.db.release(this);
    this.tasks = new WeakSet();
    this.cache = makeSnapshotCache(this.world.limits);
    this.calls = [];
    this.due = new Set();
    this.running = new Map();
    this.laneBusy = false;
    this.frozenUntil = 0;
  }

  /** SIGSTOP: it stands still wherever it is. */
  freeze(ms: number): void {
    this.frozenUntil = this.world.now + ms;
  }

  /** Connections to a process that is down are refused: the sender comes again. */
  accept(call: Call): void {
    if (!this.up) return;
    if (this.world.db.bugs.has('acknowledge before the commit')) call.acknowledged = true;
    this.calls.push(call);
    this.kick();
  }

  wake(actorIds: readonly string[]): void {
    for (const id of actorIds) this.due.add(id);
    this.kick();
  }

  private kick(): void {
    if (this.laneBusy || !this.up) return;
    this.laneBusy = true;
    this.world.start(this.lane(), this);
  }

  private *lane(): Task {
    while (this.calls.length > 0 || this.due.size > 0) {
      yield this.world.latency();
      const call = this.calls.shift();
      if (call) yield* this.take(call);
      const batch = [...this.due].slice(0, this.world.limits.batchActors);
      for (const id of batch) this.due.delete(id);
      if (batch.length > 0) yield* this.apply(batch);
    }
    this.laneBusy = false;
  }

  /** Merged when the actors' mailboxes are empty, through the mailbox otherwise; acknowledged after the commit. */
  private *take(call: Call): Task {
    const rows = call.events
      .map((event) => acceptEvent(event, this.world))
      .sort((a, b) => (a.actorId < b.actorId ? -1 : a.actorId > b.actorId ? 1 : a.sentAt - b.sentAt));
    const mergeable =
      rows.length <= this.world.limits.mergeBatchEvents && !rows.some((row) => this.due.has(row.actorId));
    try {
      const merged = mergeable ? yield* this.merge(rows) : false;
      if (!merged) {
        this.world.db.insertEvents(rows);
        yield this.world.latency();
        this.wake(rows.map((row) => row.actorId));
      }
      call.acknowledged = true;
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      // The answer is "busy": the sender comes again with the same ids.
    }
  }

  private *merge(rows: readonly MailboxRow[]): Generator<number, boolean> {
    const { world } = this;
    const { db, limits } = world;
    const groups = [...Map.groupBy(rows, (row) => row.actorId)];
    if (new Set(rows.map((row) => `${row.actorId}\n${row.eventId}`)).size < rows.length) return false;
    const actors = groups.map(([id, own]) => {
      const cached = this.cache.get(id);
      const fresh = { actorId: id, kind: own[0]?.kind ?? '', version: 0, snapshot: null, state: null };
      return cached ? { actorId: id, snapshot: null, ...cached } : (db.read(id) ?? fresh);
    });
    yield world.latency();
    const merged = groups.map(([, own], i) => {
      const actor = actors[i] as NonNullable<(typeof actors)[number]>;
      const hosted = world.host.get(actor.kind);
      if (!hosted) throw new Error(`nobody hosts ${actor.kind}`);
      const events = own.map((row) => ({
        ...row,
        receivedAt: world.now,
        body: JSON.parse(row.body) as EventBody,
        parkedReason: null,
        discarded: false,
      }));
      return { advance: advance(hosted, actor, events, world.now, limits), rows: own };
    });
    for (const { advance: done } of merged) this.cache.drop(done.actorId);
    if (merged.some(({ advance: done }) => done.parked)) return false;
    yield world.latency();
    try {
      db.mergeAdvances(merged, this.incarnation);
    } catch (error) {
      if (error instanceof Conflict) return false;
      throw error;
    }
    const advances = merged.map((item) => item.advance);
    this.remember(advances);
    yield world.latency();
    this.follow(advances);
    return true;
  }

  /** Lock, read, step, write: one commit. */
  private *apply(batch: readonly string[]): Task {
    const { world } = this;
    const { db, limits } = world;
    try {
      const locked = db.lock(batch, this, IDLE_IN_TRANSACTION_MS);
      const held = new Set(locked.map(({ actorId }) => actorId));
      const again = batch.filter((id) => !held.has(id) && db.waiting(id).length > 0);
      if (again.length > 0) world.start(this.later(again), this, world.random.int(5, 50));
      const work = locked.map((actor) => ({
        actor,
        events: db.pending(actor.actorId, limits.eventsPerActor),
      }));
      yield world.latency();
      const advances = work.flatMap(({ actor, events }) => {
        const hosted = world.host.get(actor.kind);
        if (!hosted || events.length === 0) return [];
        const cached = this.cache.get(actor.actorId);
        const state = cached?.version === actor.version ? cached.state : null;
        return [advance(hosted, { ...actor, state }, events, world.now, limits)];
      });
      for (const { actorId } of advances) this.cache.drop(actorId);
      yield world.latency();
      if (advances.length > 0) db.recordAdvances(advances, this.incarnation, this);
      db.release(this);
      this.remember(advances);
      for (const { actor } of work) if (db.pending(actor.actorId, 1).length > 0) this.due.add(actor.actorId);
      yield world.latency();
      this.follow(advances);
    } catch (error) {
      if (!(error instanceof ConnectionLost) && !(error instanceof Conflict)) throw error;
      db.release(this);
      for (const id of batch) {
        this.cache.drop(id);
        this.due.add(id);
      }
      yield world.random.int(2, 100);
    }
  }

  private *later(ids: readonly string[]): Task {
    this.wake(ids);
    yield 0;
  }

  private remember(advances: readonly Advance[]): void {
    for (const { actorId, kind, version, state, snapshot, parked } of advances) {
      if (!parked && state && snapshot !== null) {
        this.cache.put(actorId, { kind, version, state, chars: snapshot.length });
      }
    }
  }

  /** After the commit: commands start, cancelled ones stop, timers are looked forward to. */
  private follow(advances: readonly Advance[]): void {
    const { world } = this;
    for (const done of advances) {
      for (const id of done.cancelled) {
        const run = this.running.get(id);
        if (run) run.cancelled = true;
        // The others hear by notification, which may get lost.
        else if (world.random.chance(0.8)) world.start(this.tellCancelled(id), null, world.latency());
      }
      const ids = done.commands
        .filter(({ status }) => status === 'pending')
        .map(({ commandId }) => commandId);
      if (ids.length > 0) world.start(this.claim(ids), this, world.latency());
      for (const { at } of done.armed) {
        if (at - world.now < world.limits.timerHorizonMs)
          world.start(this.ring(), this, Math.max(0, at - world.now));
      }
    }
  }

  private *tellCancelled(commandId: string): Task {
    for (const replica of this.world.replicas) {
      const run = replica.running.get(commandId);
      if (run) run.cancelled = true;
    }
    yield 0;
  }

  private *claim(given: readonly string[]): Task {
    const { world } = this;
    const ids = given.filter((id) => !this.running.has(id));
    // Known from here on, so that a cancellation that overtakes the claim's answer is not lost.
    for (const id of ids) this.running.set(id, { cancelled: false });
    let claimed: readonly ClaimedCommand[] = [];
    try {
      claimed = world.db.claim(ids, this.incarnation);
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
    }
    const ours = new Set(claimed.map(({ commandId }) => commandId));
    for (const id of ids) if (!ours.has(id)) this.running.delete(id);
    for (const { commandId, actorId } of claimed) {
      world.runs.push({ commandId, actorId, journalRows: world.db.journal.get(actorId)?.length ?? 0 });
    }
    yield world.latency();
    for (const command of claimed) world.start(this.attempt(command), this);
  }

  private *attempt(command: ClaimedCommand): Task {
    const { world } = this;
    const { commandId } = command;
    const handler = world.host.handler(command.kind, command.name);
    const state = this.running.get(commandId);
    if (!handler || !state) throw new Error(`no handler for ${command.name}`);
    if (state.cancelled) {
      this.running.delete(commandId);
      return;
    }
    const answer = world.workload.answer(command, world.random, world.now);
    const late = answer.afterMs > handler.timeoutMs;
    yield Math.min(answer.afterMs, handler.timeoutMs);
    for (const { afterMs, events } of answer.echoes ?? []) world.start(echo(world, events), null, afterMs);
    const ended: Exclude<Ended, { tag: 'interrupted' }> = late
      ? { tag: 'failed', failure: { _tag: 'CommandTimedOut', message: 'too slow', retryable: true } }
      : answer.ended;
    if (!state.cancelled) yield* this.settle(command, ended, handler.retry);
    this.running.delete(commandId);
  }

  private *settle(
    command: ClaimedCommand,
    ended: Exclude<Ended, { tag: 'interrupted' }>,
    retry: Parameters<typeof settlementOf>[2]['retry'],
  ): Task {
    const { world } = this;
    const rules = {
      now: world.now,
      random: world.random.next(),
      retry,
      maxChars: world.limits.eventBodyChars,
    };
    const settlement = settlementOf(command, ended, rules);
    for (;;) {
      yield world.latency();
      try {
        const ours = world.db.settle(settlement, this.incarnation);
        if (ours && settlement.result !== null) this.wake([command.actorId]);
        return;
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error;
        yield world.random.int(20, 200);
      }
    }
  }

  private *ring(): Task {
    try {
      this.wake(this.world.db.fireDueTimers());
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
    }
    yield 0;
  }

  private *heartbeat(): Task {
    for (;;) {
      const rest = this.world.rest(HEARTBEAT_MS);
      this.world.db.leases.set(this.incarnation, this.world.now + rest - HEARTBEAT_MS + LEASE_MS);
      yield rest;
    }
  }

  private *polls(): Task {
    const { db } = this.world;
    for (;;) {
      this.wake(db.findPending(this.world.now - this.world.limits.pollGraceMs));
      yield* this.ring();
      db.unclaim(this.incarnation, new Set(this.running.keys()));
      const found = [...db.ownDue(this.incarnation), ...db.adopt(this.incarnation)];
      if (found.length > 0) this.world.start(this.claim(found.map(({ commandId }) => commandId)), this);
      yield this.world.rest(POLL_MS);
    }
  }
}

function* echo(world: World, events: readonly MailboxEvent[]): Task {
  for (const event of events) world.deliver(`echo ${event.actorId} ${event.eventId}`, [event]);
  yield 0;
}
