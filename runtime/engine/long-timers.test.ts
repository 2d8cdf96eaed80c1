import { describe, expect, it } from 'vitest';
import type { Advance } from './advance.ts';
import { makeTimerMirror } from './long-timers.ts';
import { memoryLog } from './testing/harness.ts';

const NOW = 1_800_000_000_000;
const DAY_MS = 86_400_000;
const LONG_MS = 60_000;

/** One step that arms timer `t` for a day from now; before it, `t` was due at `dueBefore`, or not armed. */
const arming = (dueBefore: number | null): Advance =>
  ({
    steps: [{ row: { seq: 2, at: NOW } }],
    armed: [{ actorId: 'a', kind: 'k', timerId: 't', at: NOW + DAY_MS, armedSeq: 2, event: { type: 'T' } }],
    timersBefore: dueBefore === null ? {} : { t: { at: dueBefore, armedSeq: 1 } },
  }) as unknown as Advance;

const told = (...advances: readonly Advance[]): boolean => {
  const longTimers = { fromMs: LONG_MS, write: () => Promise.resolve() };
  return makeTimerMirror(longTimers, { now: () => NOW }, memoryLog().log).concerns(advances);
};

describe('whoever keeps long timers', () => {
  it('hears of one that was not armed', () => {
    expect(told(arming(null))).toBe(true);
  });

  it('does not hear again of one that it still has a long time for: customers who write move theirs each time', () => {
    expect(told(arming(NOW + LONG_MS))).toBe(false);
  });

  it('hears of one whose time was near: its place may have been used up by now', () => {
    expect(told(arming(NOW + LONG_MS - 1))).toBe(true);
    expect(told(arming(NOW + LONG_MS), arming(NOW))).toBe(true);
  });
});
