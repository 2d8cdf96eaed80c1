/** Business time in zones with and without clock changes: against examples, and against a walk minute by minute. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BusinessHours, isOpen, nextOpening, type Opening, type Shop } from './business-hours.ts';
import { localTime, momentsOf, offsetAt } from './zone.ts';

const MINUTE = 60_000;
const WEEK: BusinessHours = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 600, toMinute: 1200 }));
const DUBAI: Shop = { hours: WEEK, timeZone: 'Asia/Dubai' };
const at = (iso: string) => Date.parse(iso);
const opens = (shop: Shop, iso: string) => {
  const next = nextOpening(shop, at(iso));
  return next === null ? null : new Date(next).toISOString();
};

describe('Monday to Friday 10:00-20:00 in Dubai (domain 17.2)', () => {
  it.each([
    ['inside', '2026-03-02T08:00:00Z', '2026-03-02T08:00:00.000Z'],
    ['the first minute', '2026-03-02T06:00:00Z', '2026-03-02T06:00:00.000Z'],
    ['an instant before', '2026-03-02T05:59:59.999Z', '2026-03-02T06:00:00.000Z'],
    ['closing time', '2026-03-02T16:00:00Z', '2026-03-03T06:00:00.000Z'],
    ['Friday evening', '2026-03-06T16:30:00Z', '2026-03-09T06:00:00.000Z'],
    ['Sunday', '2026-03-08T11:00:00Z', '2026-03-09T06:00:00.000Z'],
    ['the last day of a year', '2026-12-31T20:00:00Z', '2027-01-01T06:00:00.000Z'],
  ])('%s', (_, now, next) => expect(opens(DUBAI, now)).toBe(next));

  it('is closed on a holiday, and opens on the first working day after it', () => {
    const shop = { ...DUBAI, holidays: ['2026-12-02', '2026-12-03'] };
    expect(isOpen(shop, at('2026-12-02T08:00:00Z'))).toBe(false);
    expect(opens(shop, '2026-12-02T08:00:00Z')).toBe('2026-12-04T06:00:00.000Z');
    expect(isOpen(DUBAI, at('2026-12-02T08:00:00Z'))).toBe(true);
  });

  it('`always` knows no closing', () => {
    const shop: Shop = { hours: 'always', timeZone: 'Asia/Dubai', holidays: ['2026-12-02'] };
    expect(opens(shop, '2026-12-02T01:00:00Z')).toBe('2026-12-02T01:00:00.000Z');
  });

  it('a shop without hours never opens', () => {
    expect(nextOpening({ hours: [], timeZone: 'Asia/Dubai' }, 0)).toBeNull();
  });
});

describe('days on which clocks change', () => {
  const night: Shop = {
    hours: [{ weekday: 7, fromMinute: 150, toMinute: 360 }],
    timeZone: 'Europe/Berlin',
  };

  it('an opening in the hour that is left out begins at the change', () => {
    expect(opens(night, '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
  });

  it('an opening in the hour that is repeated begins at its first time', () => {
    expect(opens(night, '2026-10-24T12:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('a day has the hours that it has: 10:00 stays 10:00', () => {
    const shop: Shop = { hours: WEEK, timeZone: 'Europe/Berlin' };
    expect(opens(shop, '2026-03-27T21:00:00Z')).toBe('2026-03-30T08:00:00.000Z');
    expect(opens(shop, '2026-10-23T21:00:00Z')).toBe('2026-10-26T09:00:00.000Z');
  });

  it('a wall clock shows a repeated time twice and a skipped one at the change', () => {
    const repeated = { year: 2026, month: 10, day: 25, minute: 150 };
    expect(momentsOf(repeated, 'Europe/Berlin')).toEqual([
      at('2026-10-25T00:30:00Z'),
      at('2026-10-25T01:30:00Z'),
    ]);
    const skipped = { year: 2026, month: 3, day: 29, minute: 150 };
    expect(momentsOf(skipped, 'Europe/Berlin')).toEqual([at('2026-03-29T01:00:00Z')]);
  });
});

const zone = fc.constantFrom(
  'Asia/Dubai',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/St_Johns',
);
const opening: fc.Arbitrary<Opening> = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
  .map(([weekday, a, b]) => ({ weekday, fromMinute: Math.min(a, b - 1), toMinute: Math.max(a + 1, b) }));
const hours = fc.array(opening, { minLength: 1, maxLength: 6 });
/** Half of them close to a change of clocks. */
const moment = fc.oneof(
  fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') }),
  fc
    .tuple(
      fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-04', '2026-10-03', '2026-10-25', '2026-11-01'),
      fc.integer({ min: -36 * 60, max: 36 * 60 }),
    )
    .map(([day, minutes]) => at(`${day}T00:00:00Z`) + minutes * MINUTE),
);

describe('for any hours, zone and moment', () => {
  it('the next opening is open, not before now, and nothing was open in between', () => {
    fc.assert(
      fc.property(hours, zone, moment, (openings, timeZone, now) => {
        const shop: Shop = { hours: openings, timeZone };
        const next = nextOpening(shop, now);
        expect(next).not.toBeNull();
        if (next === null) return;
        expect(next).toBeGreaterThanOrEqual(now);
        expect(isOpen(shop, next)).toBe(true);
        // The first day of the gap, minute by minute: this is where clock changes hide.
        const first = Math.ceil((now + 1) / MINUTE) * MINUTE;
        const until = Math.min(next, now + 30 * 60 * MINUTE);
        if (next > now) expect(isOpen(shop, now)).toBe(false);
        for (let t = first; t < until; t += MINUTE) {
          if (isOpen(shop, t)) throw new Error(`open at ${new Date(t).toISOString()} already`);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('a moment on the wall leads back to itself', () => {
    fc.assert(
      fc.property(zone, moment, (timeZone, now) => {
        const minute = Math.floor(now / MINUTE) * MINUTE;
        const local = localTime(minute, timeZone);
        expect(momentsOf(local, timeZone)).toContain(minute);
        expect(Math.abs(offsetAt(minute, timeZone))).toBeLessThanOrEqual(15 * 60 * MINUTE);
      }),
      { numRuns: 100 },
    );
  });
});
