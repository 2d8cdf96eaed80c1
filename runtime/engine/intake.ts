/** The arrivals of one lane, and which way each of them goes: merged with its effects, or through the mailbox. */
import type { BatchOutcome } from './apply-batch.ts';
import type { Context } from './context.ts';
import type { Arrival } from './deliver.ts';
import { codeOf, faultOf, isPassingFault } from './errors.ts';
import { mergeBatch } from './merge-batch.ts';
import { recordArrivals, takeFirst } from './recorder.ts';
import { MergeConflict } from './store/merge-advances.ts';

/** What the intake needs of its lane. */
export interface IntakeEvents {
  /** Whether the actor has events in its mailbox, or somebody is just applying them. */
  readonly hasMail: (actorId: string) => boolean;
  readonly mailed: (actorIds: readonly string[]) => void;
  readonly committed: (outcome: BatchOutcome) => void;
  /** No actor is being merged any more. */
  readonly freed: () => void;
}

export class Intake {
  private readonly context: Context;
  private readonly events: IntakeEvents;
  private readonly queue: Arrival[] = [];
  private merging: ReadonlySet<string> = new Set();
  private running: Promise<void> | null = null;
  /** Actors whose mailbox was not empty lately: merging them would only roll others back. */
  private readonly recordFirst = new Set<string>();

  constructor(context: Context, events: IntakeEvents) {
    this.context = context;
    this.events = events;
  }

  isMerging(actorId: string): boolean {
    return this.merging.has(actorId);
  }

  push(arrivals: readonly Arrival[]): void {
    for (const arrival of arrivals) this.queue.push(arrival);
    // A turn of the event loop lets all that one webhook brought, and its neighbours, join the first batch.
    this.running ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => this.drain());
  }

  /** Resolves when all that was pushed is answered. */
  async idle(): Promise<void> {
    await this.running;
  }

  /** An actor that took a step has mail no more, or is due; one that is held back will be so for its next event. */
  learn({ steps, locked, blocked }: BatchOutcome): void {
    if (this.recordFirst.size > 0) for (const { row } of steps) this.recordFirst.delete(row.actorId);
    for (const id of [...locked, ...blocked]) {
      if (this.recordFirst.size < this.context.limits.recordFirstActors) this.recordFirst.add(id);
    }
  }

  private async drain(): Promise<void> {
    const { limits } = this.context;
    const size = limits.mergeBatchEvents || limits.deliverBatchEvents;
    while (this.queue.length > 0) await this.commit(takeFirst(this.queue, size, this.context));
    this.running = null;
  }

  /** Makes the arrivals durable and answers them. Never rejects. */
  private async commit(batch: readonly Arrival[]): Promise<void> {
    const { direct, twins, behind } = this.sort(batch);
    const { outcome, merged, left } = await this.merge(direct);
    if (outcome) this.events.committed(outcome);
    for (const { done } of merged) done('accepted');
    const rest = new Set([...behind, ...left]);
    if (twins.length > 0) {
      const durable = new Set(merged.map(keyOf));
      for (const twin of twins) {
        if (durable.has(keyOf(twin))) twin.done('duplicate');
        else rest.add(twin);
      }
    }
    if (rest.size === 0) return;
    // In the order they arrived: of one actor all go this way, or none but twins, which are no news.
    const ordered = batch.filter((arrival) => rest.has(arrival));
    await recordArrivals(this.context, ordered, this.events.mailed);
  }

  /** `twins` repeat the key of one in `direct`. */
  private sort(batch: readonly Arrival[]) {
    const direct: Arrival[] = [];
    const twins: Arrival[] = [];
    const behind: Arrival[] = [];
    const keys = new Set<string>();
    for (const arrival of batch) {
      const { actorId } = arrival.row;
      const key = keyOf(arrival);
      if (!this.mayMerge(actorId)) behind.push(arrival);
      else if (keys.has(key)) twins.push(arrival);
      else {
        keys.add(key);
        direct.push(arrival);
      }
    }
    return { direct, twins, behind };
  }

  private mayMerge(actorId: string): boolean {
    if (this.context.limits.mergeBatchEvents < 1) return false;
    return !this.events.hasMail(actorId) && !this.recordFirst.has(actorId);
  }

  private async merge(direct: readonly Arrival[]): ReturnType<typeof mergeBatch> {
    const none = { outcome: null, merged: [], left: direct };
    if (direct.length === 0) return none;
    this.merging = new Set(direct.map(({ row }) => row.actorId));
    try {
      const committed = this.context.observeCommit('merged');
      const result = await mergeBatch(this.context, direct);
      if (result.outcome) committed();
      return result;
    } catch (error) {
      // A conflict, a lock that somebody holds, a poisonous write: the mailbox's way tells them apart.
      if (
        !(error instanceof MergeConflict) &&
        codeOf(error) !== LOCK_NOT_AVAILABLE &&
        isPassingFault(error)
      ) {
        this.context.log.warn({ error: faultOf(error) }, 'the database did not take a batch of new events');
      }
      return none;
    } finally {
      this.merging = new Set();
      this.events.freed();
    }
  }
}

const LOCK_NOT_AVAILABLE = '55P03';

const keyOf = ({ row }: Arrival): string => `${row.actorId}\n${row.eventId}`;
