/** When a failed command comes again. */
import { describe, expect, it } from 'vitest';
import { backoffMs, settlementOf } from './attempt.ts';

const POLICY = { maxAttempts: 5, baseMs: 100, capMs: 1000 };

describe('the wait before another attempt', () => {
  it('doubles up to its cap, and half of it is chance', () => {
    const range = (attempt: number) => [0, 1].map((random) => backoffMs(POLICY, attempt, random, undefined));
    expect([1, 2, 3, 4, 5, 40].map(range)).toEqual([
      [50, 100],
      [100, 200],
      [200, 400],
      [400, 800],
      [500, 1000],
      [500, 1000],
    ]);
  });

  it('is never shorter than the vendor wished, and spread above it', () => {
    expect(backoffMs(POLICY, 1, 0, 30_000)).toBe(30_000);
    expect(backoffMs(POLICY, 1, 1, 30_000)).toBe(37_500);
  });
});

describe('a failure that asked nothing of the vendor', () => {
  const command = {
    actorId: 'a',
    commandId: 'a:1:x',
    kind: 'k',
    name: 'x',
    childId: null,
    input: null,
    attempt: 5,
    firstAttemptAt: 1000,
  };
  const open = { _tag: 'Open', message: 'x', retryable: true, retryAfterMs: 500, unsent: true };
  const settled = (now: number, failure = open) =>
    settlementOf(
      command,
      { tag: 'failed', failure },
      {
        now,
        random: 0,
        retry: { ...POLICY, postponeMs: 10_000 },
        maxChars: 100,
      },
    );

  it('is waited out within the patience, though the attempts are used up', () => {
    expect(settled(10_999)).toMatchObject({ status: 'pending', isFree: true, nextAt: 11_499 });
  });

  it('counts beyond it, and where the vendor was asked', () => {
    expect(settled(11_000)).toMatchObject({ status: 'parked', isFree: false });
    expect(settled(2000, { ...open, unsent: false })).toMatchObject({ status: 'parked', isFree: false });
  });
});
