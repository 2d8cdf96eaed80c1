import { expect, it } from 'vitest';
import { CLOSED_LIMIT, OPEN_LIMIT, runLimit } from './off-peak.ts';

const DUBAI = {
  hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 600, toMinute: 1200 })),
  timeZone: 'Asia/Dubai',
};

it.each([
  ['Monday 10:00 in Dubai', '2026-03-02T06:00:00Z', OPEN_LIMIT],
  ['Monday 09:59 in Dubai', '2026-03-02T05:59:59Z', CLOSED_LIMIT],
  ['Monday 19:59 in Dubai', '2026-03-02T15:59:59Z', OPEN_LIMIT],
  ['Monday 20:00 in Dubai', '2026-03-02T16:00:00Z', CLOSED_LIMIT],
  ['Friday midnight in Dubai', '2026-03-05T20:00:00Z', CLOSED_LIMIT],
  ['Saturday noon in Dubai', '2026-03-07T08:00:00Z', CLOSED_LIMIT],
])('%s', (_, at, limit) => expect(runLimit(DUBAI, Date.parse(at))).toBe(limit));

it('a shop that never closes keeps to the small limit', () => {
  expect(runLimit({ hours: 'always', timeZone: 'Asia/Dubai' }, 0)).toBe(OPEN_LIMIT);
});
