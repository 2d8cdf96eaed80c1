import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysBetween, daysOfThird, plusDays, spansOf } from './business-days.ts';

/** The days that a span stands for. */
const daysOf = (span: string): readonly string[] => {
  if (span.length === 10) return [span];
  const third = daysOfThird(span);
  const [first, last] = third ? [third.first, third.last] : [`${span}-01`, `${span}-31`];
  const days: string[] = [];
  for (let day = first; day <= last && day.slice(0, 7) === first.slice(0, 7); day = plusDays(day, 1))
    days.push(day);
  return days;
};

describe('the sums that a range is read from', () => {
  it('stand for each of its days once and for no other', () => {
    const start = fc.integer({ min: 0, max: 4000 }).map((days) => plusDays('2023-06-01', days));
    fc.assert(
      fc.property(start, fc.integer({ min: 0, max: 800 }), (from, length) => {
        const to = plusDays(from, length);
        const days = spansOf(from, to).flatMap(daysOf);
        expect([days[0], days.at(-1), days.length]).toEqual([from, to, daysBetween(from, to)]);
        expect(days).toEqual(days.toSorted());
      }),
      { numRuns: 200 },
    );
  });

  it('are few, wherever a year is cut', () => {
    for (let cut = 0; cut < 400; cut++) {
      const from = plusDays('2025-01-01', cut);
      expect(spansOf(from, plusDays(from, 364)).length).toBeLessThanOrEqual(12 + 2 * (2 + 10));
    }
    expect(spansOf('2025-01-17', '2025-03-20')).toEqual([
      ...[
        '2025-01-17',
        '2025-01-18',
        '2025-01-19',
        '2025-01-20',
        '2025-01~3',
        '2025-02',
        '2025-03~1',
        '2025-03~2',
      ],
    ]);
    expect(spansOf('2024-02-21', '2024-02-29')).toEqual(['2024-02~3']);
  });
});
