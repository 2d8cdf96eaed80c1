/** The one place of the runtime that reads the machine's clock; everything else is given a {@link Clock}. */
import type { Clock } from './engine/types.ts';

export const systemClock: Clock = { now: () => Date.now() };

/** Starts a stopwatch that no change of the machine's clock disturbs; it tells the seconds since. */
export const stopwatch = (): (() => number) => {
  const began = performance.now();
  return () => (performance.now() - began) / 1000;
};
