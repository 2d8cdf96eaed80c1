/** Whether the time of a regular expression grows faster than the text, measured so that a busy machine does not matter. */
import { type Attack, attacksOn, canLoop, textOf } from './regex-attacks.ts';
import type { Found } from './regex-sources.ts';

/** As long as the longest message that is read (contract 3.1). */
const CHARS = 8000;
/** Steps towards it: what is worse than quadratic must be noticed before it takes for ever. */
const LADDER = [22, 24, 26, 28, 32, 40, 80, 300, 2000] as const;
/** What is quadratic or better never takes so long for a text so short. */
const STEP_MS = 60;
/** Far above what a linear search of so much text takes, below what a quadratic one of {@link CHARS} does. */
const SUSPECT_MS = 12;
/** Between twice (linear) and four times (quadratic) the time for twice the text. */
const RATIO_MAX = 3;
const SURELY_SLOW_MS = 40;
const MEASURED_TIMES = 3;

/** Of the processor and this thread alone, ms: a wait for the processor is nobody's fault here. */
const timeOf = (expression: RegExp, text: string): number => {
  expression.lastIndex = 0;
  const before = process.threadCpuUsage().user;
  text.replace(expression, '');
  return (process.threadCpuUsage().user - before) / 1000;
};

/** The least of several: whatever else the machine does makes a measure longer, never shorter. */
const leastTime = (expression: RegExp, text: string): number => {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < MEASURED_TIMES; i++) least = Math.min(least, timeOf(expression, text));
  return least;
};

const isSlow = (expression: RegExp, text: string, limitMs: number): boolean =>
  timeOf(expression, text) > limitMs && leastTime(expression, text) > limitMs;

const hurts = (expression: RegExp, attack: Attack): boolean => {
  if (LADDER.some((chars) => isSlow(expression, textOf(attack, chars), STEP_MS))) return true;
  const text = textOf(attack, CHARS);
  if (!isSlow(expression, text, SUSPECT_MS)) return false;
  const twice = leastTime(expression, textOf(attack, 2 * CHARS));
  return twice > SURELY_SLOW_MS && twice / leastTime(expression, text) > RATIO_MAX;
};

/** The attack under which time grows faster than the text, if there is one. */
export const weaknessOf = ({ source, flags }: Pick<Found, 'source' | 'flags'>): Attack | null => {
  if (!canLoop(source)) return null;
  const expression = new RegExp(source, flags);
  return attacksOn(source, flags).find((attack) => hurts(expression, attack)) ?? null;
};
