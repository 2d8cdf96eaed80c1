/**
 * How much may wait in the mailboxes before webhooks are told to come back. What was answered 200 is durable and safe
 * however long the queue; the bound keeps the wait behind it, and the disk, within reason (G10). Work goes on oldest first.
 */
import type { EngineApi } from '../engine/types.ts';

export interface Backlog {
  /** True from the moment the limit is passed until the queue has fallen to {@link RESUME_SHARE} of it. */
  readonly isFull: () => boolean;
  /** Counts anew; call it every {@link LOOK_MS}. While the database is away the last answer stands. */
  readonly look: () => Promise<void>;
}

/** A replica takes some thousand webhooks between two looks at most: the limit is passed by so many, not by more. */
export const BACKLOG_LOOK_MS = 1000;
/** Not at the limit itself: the gate would open and close with each look. */
const RESUME_SHARE = 0.75;

export const makeBacklog = (engine: Pick<EngineApi, 'backlog'>, limit: number): Backlog => {
  let full = false;
  return {
    isFull: () => full,
    look: async () => {
      const waiting = await engine.backlog(limit + 1);
      full = full ? waiting > limit * RESUME_SHARE : waiting > limit;
    },
  };
};
