import { describe, expect, it } from 'vitest';
import { dayKey, dayOrMonth, daysSpan, formatCountdown, formatDuration, formatSpan, hourOf } from './time.ts';

const units = { ms: 'ms', s: 's', min: 'min', h: 'h', d: 'd' };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('times', () => {
  it('says a duration in at most two units', () => {
    expect(formatDuration(42_900, units)).toBe('42 s');
    expect(formatDuration(59 * MINUTE, units)).toBe('59 min');
    expect(formatDuration(HOUR + 20 * MINUTE, units)).toBe('1 h 20 min');
    expect(formatDuration(23 * HOUR + 59 * MINUTE, units)).toBe('23 h');
    expect(formatDuration(50 * HOUR, units)).toBe('2 d 2 h');
    expect(formatDuration(-5, units)).toBe('0 s');
  });

  it('counts seconds down while a timer is near', () => {
    expect(formatCountdown(3 * MINUTE + 7_000, units)).toBe('3 min 7 s');
    expect(formatCountdown(11 * MINUTE + 7_000, units)).toBe('11 min');
  });

  it('puts a moment on the day and hour of Dubai, whatever the machine thinks', () => {
    expect(hourOf('2026-11-22T21:30:00Z', 'en-GB')).toBe('01:30');
    expect(dayKey('2026-11-22T19:59:59Z')).toBe('2026-11-22');
    expect(dayKey('2026-11-22T20:00:00Z')).toBe('2026-11-23');
  });

  it('says how long something took as precisely as it matters', () => {
    expect(formatSpan(320.4, units)).toBe('320 ms');
    expect(formatSpan(3240, units)).toBe('3.2 s');
    expect(formatSpan(HOUR, units)).toBe('1 h');
  });

  it('names days and stretches of days as people write them', () => {
    expect(dayOrMonth('2026-11-17', '2026-11-17', 'en-GB')).toBe('17 Nov');
    expect(dayOrMonth('2026-11-01', '2026-11-30', 'en-GB')).toBe('Nov 2026');
    expect(daysSpan('2026-11-13', '2026-11-19', 'en-GB')).toMatch(/^13\s?–\s?19 Nov 2026$/);
    expect(daysSpan('2026-11-19', '2026-11-19', 'en-GB')).toBe('19 Nov 2026');
  });
});
