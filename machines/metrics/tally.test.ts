import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyHistogram, meanOf, observe, quantile } from './histogram.ts';
import { emptyTally, mergeTallies, type Tally } from './tally.ts';
import { type DialogueRow, type HappenedRow, tallyDay } from './tally-day.ts';

const ms = fc.integer({ min: 0, max: 700_000_000 });
const row: fc.Arbitrary<DialogueRow> = fc.record({
  language: fc.constantFrom('en', 'ar'),
  segment: fc.constantFrom(null, 'Wholesale', '__proto__'),
  started_by: fc.constantFrom('customer', 'job'),
  previous_day: fc.constantFrom(null, '2026-01-01', '2026-01-02'),
  earlier: fc.integer({ min: 0, max: 3 }),
  messages: fc.integer({ min: 1, max: 90 }),
  first_answer_ms: fc.option(ms),
  bot_reply_ms: fc.array(ms, { maxLength: 5 }),
  manager_reply_ms: fc.array(ms, { maxLength: 2 }),
  target: fc.boolean(),
  involved: fc.boolean(),
  person: fc.boolean(),
  ended: fc.boolean(),
  alone: fc.boolean(),
  durable: fc.option(fc.boolean()),
  reopened: fc.boolean(),
});
const happened: fc.Arbitrary<HappenedRow> = fc.record({
  kind: fc.constantFrom('sale', 'hand_over'),
  key: fc.constantFrom('', '3', '__proto__', 'constructor'),
  by: fc.constantFrom('bot', 'customer'),
  n: fc.integer({ min: 1, max: 9 }),
  value: fc.integer({ min: 0, max: 1_000_000 }),
  amount: fc.integer({ min: 0, max: 1_000_000 }),
  priced: fc.integer({ min: 0, max: 9 }),
});
const day = fc.tuple(fc.array(row, { maxLength: 8 }), fc.array(happened, { maxLength: 8 }));

/** As it comes back from the database. */
const stored = (tally: Tally): Tally => JSON.parse(JSON.stringify(tally));

describe('sums', () => {
  it('of days added up are the sums of all their rows at once, in any order', () => {
    fc.assert(
      fc.property(fc.array(day, { maxLength: 5 }), (days) => {
        const parts = days.map(([rows, more]) => stored(tallyDay(rows, more)));
        const whole = tallyDay(
          days.flatMap(([rows]) => rows),
          days.flatMap(([, more]) => more),
        );
        expect(mergeTallies(parts)).toEqual(stored(whole));
        expect(mergeTallies(parts.toReversed())).toEqual(mergeTallies(parts));
      }),
      { numRuns: 60 },
    );
  });

  it('of nothing are nothing', () => {
    expect(mergeTallies([])).toEqual(emptyTally());
    expect(tallyDay([], [])).toEqual(emptyTally());
  });
});

describe('durations in buckets', () => {
  it('keep the mean exactly and percentiles to within 1 %', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 600_000_000 }), { minLength: 1, maxLength: 60 }),
        (values) => {
          const histogram = emptyHistogram();
          for (const value of values) observe(histogram, value);
          expect(meanOf(histogram)).toBe(Math.round(values.reduce((a, b) => a + b, 0) / values.length));
          const sorted = values.toSorted((a, b) => a - b);
          for (const q of [0.5, 0.95, 1]) {
            const exact = sorted[Math.ceil(q * sorted.length) - 1] ?? 0;
            const found = quantile(histogram, q) ?? Number.NaN;
            expect(Math.abs(found - exact)).toBeLessThanOrEqual(Math.max(1, exact * 0.0101));
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('know nothing when there are none', () => {
    expect([quantile(emptyHistogram(), 0.5), meanOf(emptyHistogram())]).toEqual([null, null]);
  });
});
