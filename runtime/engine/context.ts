/** What the parts of one engine share. */
import type { Database } from './database.ts';
import type { Host } from './host.ts';
import type { EngineLimits } from './limits.ts';
import type { TimerMirror } from './long-timers.ts';
import type { Pressure } from './pressure.ts';
import type { SnapshotCache } from './snapshot-cache.ts';
import type { Clock, Log } from './types.ts';

/** A named point where a test can stop or break the engine; production passes none. */
export type Trigger = (point: TriggerPoint) => Promise<void>;

export type TriggerPoint =
  | 'deliver.before-commit'
  | 'deliver.after-commit'
  | 'merge.before-load'
  | 'merge.after-load'
  | 'merge.before-commit'
  | 'merge.after-commit'
  | 'apply.before-lock'
  | 'apply.after-load'
  | 'apply.after-write'
  | 'apply.before-commit'
  | 'apply.after-commit'
  | 'command.before-claim'
  | 'command.before-run'
  | 'command.after-run'
  | 'command.after-complete'
  | 'timer.before-fire';

export interface Context {
  readonly db: Database;
  readonly host: Host;
  readonly cache: SnapshotCache;
  readonly limits: EngineLimits;
  readonly pressure: Pressure;
  readonly clock: Clock;
  readonly log: Log;
  readonly trigger: Trigger;
  /** Starts a stopwatch for one batch; the answer stops it after the commit. */
  readonly observeCommit: (way: 'merged' | 'mailbox') => () => void;
  /** Null: nobody keeps long timers beside the engine. */
  readonly mirror: TimerMirror | null;
  /** This life of this replica: a restarted process must not be taken for the one that died. */
  readonly incarnation: string;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** An actor's id as it may be logged: ids can hold a phone number. */
  readonly logId: (id: string) => string;
}

/** Waits for `work`, but no longer than `ms`; false when it is not done by then (it goes on, unwatched). */
export const atMost = async (work: Promise<unknown>, ms: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
};
