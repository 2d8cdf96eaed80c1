/**
 * The engine's tables in memory, with the meaning of its SQL: unique keys, locks, conditional updates, all or nothing.
 * Whoever reads it beside `sql/0001_engine.sql` and `runtime/engine/store/` should find every `where` again. Bugs can be
 * planted, to see that the checks find them.
 */
import type { Advance, LockedActor } from '../../runtime/engine/advance.ts';
import type { ClaimedCommand, CommandRef, Settlement } from '../../runtime/engine/store/commands.ts';
import type { MailboxRow } from '../../runtime/engine/store/insert-events.ts';
import type { PendingEvent } from '../../runtime/engine/take-event.ts';
import type { Cause, EventBody, JournalRow } from '../../runtime/engine/types.ts';

/** What can be broken on purpose; each breaks one rule that a guarantee rests on. */
export type Bug =
  | 'no version check'
  | 'no unique event id'
  | 'merge over waiting mail'
  | 'journal without snapshot'
  | 'claim what is cancelled'
  | 'nobody adopts'
  | 'a firing without identity'
  | 'acknowledge before the commit';

/** The connection failed; `committed` is what the caller cannot know. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** What the merged statement answers when it does not apply. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}

export interface Mail extends MailboxRow {
  readonly pos: number;
  readonly receivedAt: number;
  appliedSeq: number | null;
  parkedReason: string | null;
  parked: boolean;
  discarded: boolean;
}

export interface Command extends ClaimedCommand {
  readonly input: unknown;
  status: 'pending' | 'running' | 'done' | 'failed' | 'cancelled' | 'parked';
  replica: string | null;
  attempt: number;
  firstAttemptAt: number;
  nextAt: number;
}

interface Timer {
  readonly dueAt: number;
  readonly kind: string;
  readonly event: EventBody;
  readonly armedSeq: number;
}

interface Actor {
  readonly kind: string;
  version: number;
  snapshot: string | null;
}

export class MemoryDatabase {
  readonly actors = new Map<string, Actor>();
  readonly mailbox = new Map<string, Mail[]>();
  readonly journal = new Map<string, JournalRow[]>();
  readonly outbox = new Map<string, Command>();
  readonly timers = new Map<string, Map<string, Timer>>();
  readonly leases = new Map<string, number>();
  readonly bugs: ReadonlySet<Bug>;
  private readonly now: () => number;
  private readonly locks = new Map<string, { readonly by: object; readonly until: number }>();
  private readonly keys = new Set<string>();
  private positions = 0;
  private tampered = 0;
  /** How the next commits end: rolled back, or committed with the answer lost. */
  readonly faults: ('fails' | 'answer lost')[] = [];

  constructor(now: () => number, bugs: ReadonlySet<Bug> = new Set()) {
    this.now = now;
    this.bugs = bugs;
  }

  /** One commit: everything of `work`, or nothing and an error, or everything and an error. */
  private commit<T>(work: () => T): T {
    const fault = this.faults.shift();
    if (fault === 'fails') throw new ConnectionLost('rolled back');
    const answer = work();
    if (fault === 'answer lost') throw new ConnectionLost('committed, and the answer got lost');
    return answer;
  }

  has(actorId: string, eventId: string): boolean {
    return this.keys.has(`${actorId}\n${eventId}`);
  }

  /** `insert … on conflict do nothing returning`: answers what was new. */
  insertEvents(rows: readonly MailboxRow[]): readonly MailboxRow[] {
    return this.commit(() => rows.filter((row) => this.enter(row, null)));
  }

  private enter(row: MailboxRow, appliedSeq: number | null): boolean {
    const key = `${row.actorId}\n${row.eventId}`;
    if (this.keys.has(key) && !this.bugs.has('no unique event id')) return false;
    this.keys.add(key);
    const mail = this.mailbox.get(row.actorId) ?? [];
    this.mailbox.set(row.actorId, mail);
    mail.push({
      ...row,
      pos: ++this.positions,
      receivedAt: this.now(),
      appliedSeq,
      parked: false,
      parkedReason: null,
      discarded: false,
    });
    return true;
  }

  waiting(actorId: string): readonly Mail[] {
    return (this.mailbox.get(actorId) ?? []).filter((mail) => mail.appliedSeq === null);
  }

  /** `for update skip locked`: the actors that `by` holds now. A transaction that stands still is ended by the server. */
  lock(ids: readonly string[], by: object, idleMs: number): readonly LockedActor[] {
    const held: LockedActor[] = [];
    for (const id of ids) {
      const lock = this.locks.get(id);
      if (lock && lock.by !== by && lock.until > this.now()) continue;
      const [first] = this.waiting(id);
      if (!this.actors.has(id) && first)
        this.actors.set(id, { kind: first.kind, version: 0, snapshot: null });
      const actor = this.read(id);
      if (!actor) continue;
      this.locks.set(id, { by, until: this.now() + idleMs });
      held.push(actor);
    }
    return held;
  }

  /** Rolls back: the locks are gone. */
  release(by: object): void {
    for (const [id, lock] of this.locks) if (lock.by === by) this.locks.delete(id);
  }

  read(actorId: string): LockedActor | null {
    const actor = this.actors.get(actorId);
    return actor ? { actorId, ...actor, state: null } : null;
  }

  /** Up to the first parked one. */
  pending(actorId: string, limit: number): readonly PendingEvent[] {
    const waiting = this.waiting(actorId);
    const stop = waiting.findIndex((mail) => mail.parked);
    return (stop === -1 ? waiting : waiting.slice(0, stop)).slice(0, limit).map((mail) => ({
      actorId,
      eventId: mail.eventId,
      kind: mail.kind,
      cause: mail.cause,
      receivedAt: mail.receivedAt,
      body: JSON.parse(mail.body) as EventBody,
      parkedReason: mail.parkedReason,
      discarded: mail.discarded,
    }));
  }

  /** The end of a batch of mail under locks. */
  recordAdvances(advances: readonly Advance[], replica: string, by: object): void {
    for (const { actorId } of advances) {
      const lock = this.locks.get(actorId);
      // The server has ended the transaction of a process that stood still.
      if (lock?.by !== by || lock.until <= this.now()) throw new ConnectionLost('the transaction was ended');
    }
    this.commit(() => this.write(advances, replica));
    this.release(by);
  }

  /** Mail that is born applied: only of actors that nobody holds, with an empty mailbox, at the version that was read. */
  mergeAdvances(merged: readonly { advance: Advance; rows: readonly MailboxRow[] }[], replica: string): void {
    this.commit(() => {
      for (const { advance, rows } of merged) {
        const { actorId } = advance;
        const lock = this.locks.get(actorId);
        if (lock && lock.until > this.now()) throw new Conflict('held');
        this.checkVersion(advance);
        if (this.waiting(actorId).length > 0 && !this.bugs.has('merge over waiting mail'))
          throw new Conflict('has mail');
        const known = rows.some((row) => this.has(actorId, row.eventId));
        if (known && !this.bugs.has('no unique event id')) throw new Conflict('duplicate');
      }
      for (const { advance, rows } of merged) {
        if (!this.actors.has(advance.actorId)) {
          this.actors.set(advance.actorId, { kind: advance.kind, version: 0, snapshot: null });
        }
        for (const [i, row] of rows.entries()) this.enter(row, advance.applied[i]?.seq ?? null);
      }
      this.write(
        merged.map(({ advance }) => ({ ...advance, applied: [] })),
        replica,
      );
    });
  }

  private checkVersion(advance: Advance): void {
    const version = this.actors.get(advance.actorId)?.version ?? 0;
    if (version !== advance.fromVersion && !this.bugs.has('no version check')) throw new Conflict('moved');
  }

  private write(advances: readonly Advance[], replica: string): void {
    for (const advance of advances) this.checkVersion(advance);
    for (const advance of advances) this.writeOne(advance, replica);
  }

  private writeOne(advance: Advance, replica: string): void {
    const { actorId, kind } = advance;
    const actor = this.actors.get(actorId);
    if (actor && advance.snapshot !== null) {
      actor.version = advance.version;
      if (!this.bugs.has('journal without snapshot') || advance.version % 5 !== 0)
        actor.snapshot = advance.snapshot;
    }
    const journal = this.journal.get(actorId) ?? [];
    this.journal.set(actorId, journal);
    for (const { row } of advance.steps) journal.push(JSON.parse(JSON.stringify(row)) as JournalRow);
    for (const command of advance.commands) {
      const { commandId, name, childId, status } = command;
      const ref = { actorId, commandId, kind, name, childId, input: command.input };
      const nextAt = this.now();
      this.outbox.set(commandId, { ...ref, status, replica, attempt: 0, firstAttemptAt: 0, nextAt });
    }
    for (const id of advance.cancelled) {
      const command = this.outbox.get(id);
      if (command && (command.status === 'pending' || command.status === 'running'))
        command.status = 'cancelled';
    }
    const timers = this.timers.get(actorId) ?? new Map<string, Timer>();
    this.timers.set(actorId, timers);
    for (const timerId of advance.disarmed) timers.delete(timerId);
    for (const { timerId, at, event, armedSeq } of advance.armed) {
      timers.set(timerId, { dueAt: at, kind, event, armedSeq });
    }
    const mail = new Map(this.waiting(actorId).map((item) => [item.eventId, item]));
    for (const { eventId, seq } of advance.applied) {
      const item = mail.get(eventId);
      if (item) item.appliedSeq = seq;
    }
    const parked = advance.parked && mail.get(advance.parked.eventId);
    if (parked) {
      parked.parked = true;
      parked.parkedReason = advance.parked?.reason ?? '';
    }
  }

  claim(ids: readonly string[], replica: string): readonly ClaimedCommand[] {
    return this.commit(() => {
      const claimed: ClaimedCommand[] = [];
      for (const id of ids) {
        const command = this.outbox.get(id);
        if (!command || command.replica !== replica) continue;
        const open =
          command.status === 'pending' ||
          (this.bugs.has('claim what is cancelled') && command.status === 'cancelled');
        if (!open) continue;
        command.status = 'running';
        command.attempt++;
        command.firstAttemptAt ||= this.now();
        claimed.push({ ...command });
      }
      return claimed;
    });
  }

  /** False: the attempt is not ours any more. */
  settle(settlement: Settlement, replica: string): boolean {
    return this.commit(() => {
      const command = this.outbox.get(settlement.commandId);
      if (command?.status !== 'running' || command.replica !== replica) return false;
      if (command.attempt !== settlement.attempt) return false;
      command.status = settlement.status;
      if (settlement.isFree) command.attempt -= 1;
      command.nextAt = settlement.nextAt ?? command.nextAt;
      if (settlement.result !== null) {
        const { actorId, kind, commandId, result: body } = settlement;
        this.enter(
          { actorId, kind, eventId: `${commandId}:result`, cause: 'result', sentAt: this.now(), body },
          null,
        );
      }
      return true;
    });
  }

  private alive(replica: string | null): boolean {
    return replica !== null && (this.leases.get(replica) ?? 0) > this.now();
  }

  adopt(replica: string): readonly CommandRef[] {
    if (this.bugs.has('nobody adopts')) return [];
    const found = this.openCommands().filter((one) => one.nextAt <= this.now() && !this.alive(one.replica));
    for (const command of found) {
      command.replica = replica;
      command.status = 'pending';
    }
    return found;
  }

  ownDue(replica: string): readonly CommandRef[] {
    return this.openCommands().filter(
      (one) => one.status === 'pending' && one.replica === replica && one.nextAt <= this.now(),
    );
  }

  /** Claims whose answer got lost. */
  unclaim(replica: string, running: ReadonlySet<string>): void {
    for (const command of this.openCommands()) {
      if (command.status === 'running' && command.replica === replica && !running.has(command.commandId)) {
        command.status = 'pending';
      }
    }
  }

  openCommands(): readonly Command[] {
    return [...this.outbox.values()].filter(({ status }) => status === 'pending' || status === 'running');
  }

  /** Actors whose mail nobody told of. */
  findPending(receivedBefore: number): readonly string[] {
    return [...this.mailbox.keys()].filter((id) => {
      const [first] = this.waiting(id);
      return first !== undefined && !first.parked && first.receivedAt <= receivedBefore;
    });
  }

  /** Puts the firing of every due timer into the mailbox; answers whose. */
  fireDueTimers(): readonly string[] {
    return this.commit(() => {
      const fired: string[] = [];
      for (const [actorId, timers] of this.timers) {
        for (const [timerId, { dueAt, kind, event, armedSeq }] of timers) {
          if (dueAt > this.now()) continue;
          const known = `${timerId}:${armedSeq}:fired`;
          const eventId = this.bugs.has('a firing without identity') ? `firing ${++this.tampered}` : known;
          const cause: Cause = 'timer';
          const row = { actorId, eventId, kind, cause, sentAt: dueAt, body: JSON.stringify(event) };
          if (this.enter(row, null)) fired.push(actorId);
        }
      }
      return fired;
    });
  }

  nextTimer(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const timers of this.timers.values())
      for (const { dueAt } of timers.values()) next = Math.min(next, dueAt);
    return next;
  }

  /** An operator's answer to every parked event. */
  discardParked(): readonly string[] {
    const ids: string[] = [];
    for (const [id, mails] of this.mailbox) {
      for (const mail of mails) {
        if (!mail.parked) continue;
        mail.parked = false;
        mail.discarded = true;
        ids.push(id);
      }
    }
    return ids;
  }
}
