/** Local time of a zone and back, by the rules that the runtime's own zone data hold (domain 25.10). Pure: no clock. */

/** A calendar day and the minutes of it that have passed, as a clock on the wall of the zone shows them. */
export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 1 = Monday … 7 = Sunday, as in ISO 8601. */
  readonly weekday: number;
  /** 0 to 1439. */
  readonly minute: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A shop has one zone; more than this would be a mistake (G10). */
const MAX_FORMATS = 50;
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  if (formats.size >= MAX_FORMATS) formats.clear();
  formats.set(timeZone, format);
  return format;
};

/** `at`: ms since the epoch. `timeZone`: IANA name; an unknown one throws a RangeError. */
export const localTime = (at: number, timeZone: string): LocalTime => {
  const numbers = { year: 0, month: 0, day: 0, hour: 0, minute: 0 };
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) {
    if (type in numbers) numbers[type as keyof typeof numbers] = Number(value);
  }
  const { year, month, day, hour, minute } = numbers;
  return { year, month, day, weekday: weekdayOf(Date.UTC(year, month - 1, day)), minute: hour * 60 + minute };
};

/** 1 January 1970 was a Thursday. `midnight`: ms of a day's 00:00 UTC. */
const weekdayOf = (midnight: number): number => ((((midnight / DAY_MS + 3) % 7) + 7) % 7) + 1;

/** `2026-03-02` of a local day. */
export const isoDay = ({ year, month, day }: Pick<LocalTime, 'year' | 'month' | 'day'>): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** The day that is `days` later, as a calendar counts: its length in hours does not matter. */
export const addDays = (
  { year, month, day }: Pick<LocalTime, 'year' | 'month' | 'day'>,
  days: number,
): Omit<LocalTime, 'minute'> => {
  const midnight = Date.UTC(year, month - 1, day) + days * DAY_MS;
  const date = new Date(midnight);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: weekdayOf(midnight),
  };
};

/** How far the wall clock is ahead of UTC, ms, in whole minutes. */
export const offsetAt = (at: number, timeZone: string): number => {
  const { year, month, day, minute } = localTime(at, timeZone);
  const wall = Date.UTC(year, month - 1, day) + minute * MINUTE_MS;
  return wall - Math.floor(at / MINUTE_MS) * MINUTE_MS;
};

/**
 * The moments at which the wall clock shows this: one as a rule, two in the hour that is repeated in autumn, none in the
 * hour that is left out in spring; then the moment of the change stands for it. Earliest first, ms since the epoch.
 */
export const momentsOf = (
  local: Pick<LocalTime, 'year' | 'month' | 'day' | 'minute'>,
  timeZone: string,
): readonly number[] => {
  const wall = Date.UTC(local.year, local.month - 1, local.day) + local.minute * MINUTE_MS;
  const [before, after] = [offsetAt(wall - DAY_MS, timeZone), offsetAt(wall + DAY_MS, timeZone)];
  const offsets = [...new Set([before, after])];
  const exact = offsets
    .filter((offset) => offsetAt(wall - offset, timeZone) === offset)
    .map((offset) => wall - offset)
    .sort((a, b) => a - b);
  return exact.length > 0 ? exact : [changeBetween(wall - DAY_MS, wall + DAY_MS, timeZone)];
};

/** The whole minute at which the offset of `until` begins to hold; the zone changes at most once between the two. */
export const changeBetween = (from: number, until: number, timeZone: string): number => {
  const target = offsetAt(until, timeZone);
  let [low, high] = [Math.floor(from / MINUTE_MS), Math.floor(until / MINUTE_MS)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * MINUTE_MS, timeZone) === target) high = middle;
    else low = middle;
  }
  return high * MINUTE_MS;
};
