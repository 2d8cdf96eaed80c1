/** Times as people of the business read them: the shop's day and hour are Dubai's (domain 25.10). */

export const BUSINESS_TIME_ZONE = 'Asia/Dubai';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface DurationUnits {
  readonly ms: string;
  readonly s: string;
  readonly min: string;
  readonly h: string;
  readonly d: string;
}

/** A length of time in its two largest units, `1 h 20 min`; negative counts as zero. */
export const formatDuration = (ms: number, units: DurationUnits): string => {
  const left = Math.max(0, ms);
  if (left < MINUTE) return `${Math.floor(left / SECOND)} ${units.s}`;
  if (left < HOUR) return `${Math.floor(left / MINUTE)} ${units.min}`;
  if (left < DAY) {
    const minutes = Math.floor((left % HOUR) / MINUTE);
    const hours = `${Math.floor(left / HOUR)} ${units.h}`;
    return minutes === 0 || left >= 10 * HOUR ? hours : `${hours} ${minutes} ${units.min}`;
  }
  const hours = Math.floor((left % DAY) / HOUR);
  const days = `${Math.floor(left / DAY)} ${units.d}`;
  return hours === 0 ? days : `${days} ${hours} ${units.h}`;
};

/** Like {@link formatDuration}, with seconds under ten minutes: for countdowns that are watched. */
export const formatCountdown = (ms: number, units: DurationUnits): string => {
  const left = Math.max(0, ms);
  if (left < MINUTE || left >= 10 * MINUTE) return formatDuration(left, units);
  const seconds = Math.floor((left % MINUTE) / SECOND);
  return `${Math.floor(left / MINUTE)} ${units.min} ${seconds} ${units.s}`;
};

/** How long something took: `320 ms`, `3.2 s`, from a minute on like {@link formatDuration}. */
export const formatSpan = (ms: number, units: DurationUnits): string => {
  if (ms < SECOND) return `${Math.round(ms)} ${units.ms}`;
  return ms < MINUTE ? `${(ms / SECOND).toFixed(1)} ${units.s}` : formatDuration(ms, units);
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** Building an Intl format costs more than using it a hundred times. */
const format = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: BUSINESS_TIME_ZONE });
  formats.set(key, made);
  return made;
};

/** `14:05` in Dubai. */
export const hourOf = (at: string, locale: string): string =>
  format(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));

/** `14:05:09` in Dubai. */
export const secondOf = (at: string, locale: string): string =>
  format(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(
    new Date(at),
  );

/** `17 Nov`; a stretch that is longer than a day is named by its month, `Nov 2026`. Days as `2026-11-17`. */
export const dayOrMonth = (from: string, to: string, locale: string): string =>
  format(
    locale,
    from === to ? { day: 'numeric', month: 'short' } : { month: 'short', year: 'numeric' },
  ).format(new Date(`${from}T08:00:00Z`));

/** `13–19 Nov 2026`, or `19 Nov 2026` for a single day. Days as `2026-11-17`. */
export const daysSpan = (from: string, to: string, locale: string): string =>
  format(locale, { day: 'numeric', month: 'short', year: 'numeric' }).formatRange(
    new Date(`${from}T08:00:00Z`),
    new Date(`${to}T08:00:00Z`),
  );

/** A key that is equal for two moments of one Dubai day. */
export const dayKey = (at: string | number): string =>
  format('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(at));

/** `Monday, 23 November`. */
export const dayName = (at: string, locale: string): string =>
  format(locale, { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(at));

/** Whole moment, for titles and places with room. */
export const momentOf = (at: string, locale: string): string =>
  format(locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));
