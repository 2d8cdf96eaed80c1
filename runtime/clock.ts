/** The one place of the runtime that reads the machine's clock; everything else is given a {@link Clock}. */
import type { Clock } from './engine/types.ts';

export const systemClock: Clock = { now: () => Date.now() };
