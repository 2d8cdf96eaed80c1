/** What the server does by the clock: match waiting statuses, end signed-out sockets, drop what has expired. */
import type { Log } from '../engine/types.ts';

export interface Upkeep {
  /** Waits for the runs that are under way. */
  readonly stop: () => Promise<void>;
}

export interface Chore {
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => Promise<unknown>;
  /** The first run is at once, not after `everyMs`. */
  readonly atOnce?: boolean;
}

/** Runs each chore again and again, never two runs of one at the same time; a failed run is logged and tried again. */
export const startUpkeep = (chores: readonly Chore[], log: Log): Upkeep => {
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let stopped = false;

  const once = async (chore: Chore): Promise<void> => {
    try {
      await chore.run();
    } catch (error) {
      log.warn(
        { chore: chore.name, error: error instanceof Error ? error.name : typeof error },
        'upkeep failed',
      );
    }
  };

  const plan = (chore: Chore, inMs = chore.everyMs): void => {
    if (stopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      const run = once(chore).finally(() => {
        running.delete(run);
        plan(chore);
      });
      running.add(run);
    }, inMs);
    timer.unref();
    timers.add(timer);
  };

  for (const chore of chores) plan(chore, chore.atOnce ? 0 : chore.everyMs);
  return {
    stop: async () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
};
