/** Calls a look for work every so often, and at once when asked; never twice at a time. */
import type { Context } from './context.ts';
import { faultOf } from './errors.ts';

export interface Poller {
  readonly now: () => void;
  readonly stop: () => Promise<void>;
}

/** `look` answers true when there may be more to find at once. */
export const startPoller = (context: Context, name: string, look: () => Promise<boolean>): Poller => {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  const run = async (): Promise<void> => {
    try {
      do again = (await look()) || again;
      while (takeAgain() && !stopped);
    } catch (error) {
      context.log.warn({ poll: name, error: faultOf(error) }, 'a look for work failed; the next one follows');
    }
  };
  const takeAgain = (): boolean => {
    const value = again;
    again = false;
    return value;
  };
  const now = (): void => {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    if (timer) clearTimeout(timer);
    running = run().finally(() => {
      running = null;
      if (stopped) return;
      timer = setTimeout(now, context.limits.pollMs);
      timer.unref();
    });
  };
  now();
  return {
    now,
    stop: async () => {
      stopped = true;
      if (timer) clearTimeout(timer);
      await running;
    },
  };
};
