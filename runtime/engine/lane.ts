/**
 * A lane applies batch after batch: whatever became due while the last one committed is the next one, without waiting
 * (engine.md: a fixed gathering time buys nothing). Lanes of one replica share no actor.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Parking } from './advance.ts';
import { applyBatch, BatchFailed, type BatchOutcome } from './apply-batch.ts';
import type { Context } from './context.ts';
import type { Arrival } from './deliver.ts';
import { faultOf, isPassingFault, reasonOf } from './errors.ts';
import { Intake } from './intake.ts';
import { parkEvent } from './store/park-event.ts';
import { VersionConflict } from './store/record-advances.ts';

export interface LaneEvents {
  /** After each commit, before the lane's next batch. */
  readonly committed: (outcome: BatchOutcome) => void;
}

export interface Lane {
  /** An actor with events in its mailbox. */
  readonly add: (actorId: string) => void;
  /** Events on their way into it; each is answered when it is durable. */
  readonly take: (arrivals: readonly Arrival[]) => void;
  /** Resolves when the batch in flight is done; nothing is taken after it. */
  readonly stop: () => Promise<void>;
}

/** Starts an idle lane. */
export const startLane = (context: Context, events: LaneEvents): Lane => new BatchLane(context, events);

/** Two loops, one for what arrives and one for what lies in mailboxes; at no time do both have the same actor. */
class BatchLane implements Lane {
  private readonly context: Context;
  private readonly events: LaneEvents;
  private readonly due = new Set<string>();
  /** Actors of the batch that is being applied, its waits included. */
  private applying: ReadonlySet<string> = new Set();
  private readonly intake: Intake;
  private running: Promise<void> | null = null;
  private readonly stopping = new AbortController();
  private faults = 0;
  private lockedRounds = 0;

  constructor(context: Context, events: LaneEvents) {
    this.context = context;
    this.events = events;
    this.intake = new Intake(context, {
      hasMail: (id) => this.due.has(id) || this.applying.has(id),
      mailed: (ids) => {
        for (const id of ids) this.add(id);
      },
      committed: (outcome) => this.committed(outcome),
      freed: () => this.run(),
    });
  }

  take(arrivals: readonly Arrival[]): void {
    this.intake.push(arrivals);
  }

  add(actorId: string): void {
    if (this.stopping.signal.aborted || this.due.size >= this.context.limits.laneBacklogActors) return;
    this.due.add(actorId);
    this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.due.clear();
    await Promise.all([this.running, this.intake.idle()]);
  }

  private run(): void {
    if (this.due.size === 0 || this.stopping.signal.aborted) return;
    // A turn of the event loop lets all that one insert brought join the first batch.
    this.running ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => this.drain());
  }

  private async drain(): Promise<void> {
    try {
      while (!this.stopping.signal.aborted) {
        await this.context.pressure.giveWay();
        const batch = this.takeBatch();
        // What is left is being merged: the intake calls when it is free.
        if (batch.length === 0) return;
        this.applying = new Set(batch);
        await this.apply(batch);
        this.applying = new Set();
      }
    } finally {
      this.running = null; // in the same turn as the look that found nothing, or a wake-up would be lost
    }
  }

  private takeBatch(): readonly string[] {
    const batch: string[] = [];
    const { limits, pressure } = this.context;
    const most = pressure.isHigh ? limits.batchActorsPressed : limits.batchActors;
    for (const id of this.due) {
      if (batch.length >= most) break;
      if (this.intake.isMerging(id)) continue;
      batch.push(id);
      this.due.delete(id);
    }
    return batch;
  }

  private async apply(batch: readonly string[]): Promise<void> {
    try {
      const committed = this.context.observeCommit('mailbox');
      const outcome = await applyBatch(this.context, batch, this.context.limits.eventsPerActor);
      if (outcome.steps.length > 0) committed();
      this.committed(outcome);
      this.faults = 0;
    } catch (error) {
      if (await this.retriesLater(error, batch)) return;
      for (const id of batch) await this.isolate(id);
    }
  }

  /** Somebody in the batch is poison: each goes alone, then event by event, and the one to blame is parked (G8). */
  private async isolate(id: string): Promise<void> {
    try {
      this.committed(await applyBatch(this.context, [id], 1));
      this.due.add(id);
    } catch (error) {
      if (await this.retriesLater(error, [id])) return;
      const { event, reason } = blame(error);
      if (event === undefined) {
        this.context.log.error(
          {
            actor: this.context.logId(id),
            error: faultOf(error instanceof BatchFailed ? error.cause : error),
          },
          'an actor cannot be read; its events stay pending',
        );
        return;
      }
      await this.park({ ...event, type: event.body.type, reason });
    }
  }

  private async park(parking: Parking): Promise<void> {
    try {
      await parkEvent(this.context.db.pool, parking, parking.reason, this.context.clock.now());
      this.report(parking);
    } catch (error) {
      await this.retriesLater(error, [parking.actorId]);
    }
  }

  private committed(outcome: BatchOutcome): void {
    this.intake.learn(outcome);
    for (const id of outcome.again) this.due.add(id);
    for (const parking of outcome.parked) this.report(parking);
    this.retryLocked(outcome.locked, outcome.steps.length > 0);
    this.events.committed(outcome);
  }

  private retryLocked(locked: readonly string[], progress: boolean): void {
    this.lockedRounds = locked.length === 0 || progress ? 0 : this.lockedRounds + 1;
    if (locked.length === 0) return;
    const { lockedRetryMs, pollMs } = this.context.limits;
    const wait = Math.min(pollMs, lockedRetryMs * 2 ** Math.min(this.lockedRounds, 10));
    setTimeout(() => {
      for (const id of locked) this.add(id);
    }, wait).unref();
  }

  /** True when nobody in the batch is to blame: it is tried again after a while. */
  private async retriesLater(error: unknown, batch: readonly string[]): Promise<boolean> {
    const cause = error instanceof BatchFailed ? error.cause : error;
    const conflict = cause instanceof VersionConflict;
    if (!conflict && !isPassingFault(cause)) return false;
    const { faultRetryMs, faultRetryMaxMs, lockedRetryMs } = this.context.limits;
    const wait = conflict
      ? lockedRetryMs
      : Math.min(faultRetryMaxMs, faultRetryMs * 2 ** Math.min(this.faults++, 16));
    if (!conflict) {
      this.context.log.warn(
        { error: faultOf(cause), waitMs: wait },
        'the database did not take a batch; it is tried again',
      );
    }
    await sleep(wait, undefined, { signal: this.stopping.signal }).catch(() => undefined); // stopping ends the wait
    for (const id of batch) this.due.add(id);
    return true;
  }

  /** The reason itself may quote a customer: it is in the dead letter, not in the log. */
  private report(parking: Parking): void {
    this.context.log.error(
      { actor: this.context.logId(parking.actorId), eventType: parking.type },
      'an event was parked: its actor waits until the dead letter is retried or discarded',
    );
  }
}

const blame = (error: unknown) => {
  const failed = error instanceof BatchFailed ? error : undefined;
  return { event: failed?.events[0], reason: reasonOf(failed?.cause ?? error) };
};
