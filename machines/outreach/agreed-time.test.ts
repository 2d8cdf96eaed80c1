/** Domain 5.15: what the model writes down as the agreed time becomes a moment in business time, or a reason. */
import { describe, expect, it } from 'vitest';
import { readAgreedTime } from './agreed-time.ts';
import { DEFAULT_OUTREACH_TIMING } from './schedule.ts';

/** Monday 2 March 2026, 14:00 in Dubai. */
const NOW = Date.parse('2026-03-02T10:00:00Z');
const read = (when: string) => readAgreedTime(when, NOW, DEFAULT_OUTREACH_TIMING);
const local = (when: string) => {
  const found = read(when);
  return 'at' in found
    ? new Date(found.at + 4 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
    : found.problem;
};

describe('is understood', () => {
  it.each([
    ['2026-03-05T15:00', '2026-03-05 15:00'],
    ['2026-03-05 15:00', '2026-03-05 15:00'],
    ['2026-03-05T15:00:00+04:00', '2026-03-05 15:00'],
    ['2026-03-05T11:00:00Z', '2026-03-05 15:00'],
    ['2026-03-05', '2026-03-05 10:00'],
    ['P3D', '2026-03-05 14:00'],
    ['PT2H', '2026-03-02 16:00'],
    ['P1W', '2026-03-09 14:00'],
    ['tomorrow', '2026-03-03 10:00'],
    ['tomorrow at 3 pm', '2026-03-03 15:00'],
    ['tomorrow at 15:30', '2026-03-03 15:30'],
    ['tomorrow afternoon', '2026-03-03 15:00'],
    ['the day after tomorrow', '2026-03-04 10:00'],
    ['in 3 days', '2026-03-05 14:00'],
    ['in two hours', '2026-03-02 16:00'],
    ['in a week', '2026-03-09 14:00'],
    ['next week', '2026-03-09 10:00'],
    ['on Thursday', '2026-03-05 10:00'],
    ['Thursday at 11', '2026-03-05 11:00'],
    ['Wednesday 4pm', '2026-03-04 16:00'],
    ['5 March', '2026-03-05 10:00'],
    ['March 5 at 2pm', '2026-03-05 14:00'],
    ['at 5', '2026-03-02 17:00'],
    ['today at 18:00', '2026-03-02 18:00'],
    ['at 11 am', '2026-03-03 11:00'],
    ['غدا الساعة 3 مساء', '2026-03-03 15:00'],
    ['بعد يومين', '2026-03-04 14:00'],
    ['بعد ٣ أيام', '2026-03-05 14:00'],
    ['يوم الخميس', '2026-03-05 10:00'],
    ['الأسبوع القادم', '2026-03-09 10:00'],
    ['بكرة الصبح', '2026-03-03 10:00'],
  ])('%s', (when, expected) => expect(local(when)).toBe(expected));

  it('moves into business time (domain 17.2)', () => {
    expect(local('2026-03-07T12:00')).toBe('2026-03-09 10:00');
    expect(local('2026-03-05T22:00')).toBe('2026-03-06 10:00');
  });
});

describe('is refused with a reason', () => {
  it.each([
    ['soon', /is no time/],
    ['', /is no time/],
    ['2026-13-45T99:99', /is no time/],
    ['2026-02-01T10:00', /has passed/],
    ['2026-03-02T09:00', /has passed/],
    ['2027-03-02T10:00', /more than 180 days/],
  ])('%s', (when, reason) => expect(local(when)).toMatch(reason));
});
