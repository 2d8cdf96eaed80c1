/** Durations, dates, weekdays and clock times in folded text, English and Arabic, in comparable form. */

export type DurationUnit = 'minute' | 'hour' | 'day' | 'week' | 'month';

export interface Duration {
  readonly low: number;
  readonly high: number;
  readonly unit: DurationUnit;
  readonly written: string;
  readonly index: number;
}

const UNITS: readonly (readonly [unit: DurationUnit, source: string])[] = [
  ['minute', 'minutes?|mins?|دقيقه|دقايق|دقائق'],
  ['hour', 'hours?|hrs?|ساعه|ساعات'],
  ['day', 'days?|يوما?|ايام'],
  ['week', 'weeks?|wks?|اسبوعا?|اسابيع'],
  ['month', 'months?|شهرا?|اشهر|شهور'],
];
const ANY_UNIT = UNITS.map(([, source]) => source).join('|');
const KIND = '(?:working |business |calendar |full )?';
const DURATION = new RegExp(
  `(?<![\\p{L}\\p{N}.,:/-])[وبل]?(\\d{1,3})\\s{0,2}(?:(?:${ANY_UNIT})\\s{1,2})?(?:(?:-|to|or|and|الي|او|~)\\s{0,2}(\\d{1,3})\\s{0,2})?[-+]?${KIND}(${ANY_UNIT})(?!\\p{L})`,
  'giu',
);

/** "About a week" is one week; "a day" in other words is none. */
const SINGLE = new RegExp(
  `(?<=(?<!\\p{L})(?:about|in|within|takes?|after|roughly|around|only|just|over|under|than|خلال|بعد|حوالي)\\s{1,2})(?:an?|one)\\s{1,2}(?=(?:${KIND})(?:${ANY_UNIT})(?!\\p{L}))`,
  'giu',
);

export const durationsIn = (plain: string): readonly Duration[] =>
  [...plain.replace(SINGLE, '1 ').matchAll(DURATION)].flatMap((match) => {
    const unit = UNITS.find(([, source]) => new RegExp(`^(?:${source})$`, 'iu').test(match[3] ?? ''))?.[0];
    const high = Number(match[2] ?? match[1]);
    return unit ? [{ low: Number(match[1]), high, unit, written: match[0].trim(), index: match.index }] : [];
  });

const MONTHS: readonly string[] = [
  'jan(?:uary)?|يناير|كانون الثاني',
  'feb(?:ruary)?|فبراير|شباط',
  'mar(?:ch)?|مارس|اذار',
  'apr(?:il)?|ابريل|نيسان',
  'may|مايو|ايار',
  'june?|يونيو|حزيران',
  'july?|يوليو|تموز',
  'aug(?:ust)?|اغسطس|اب',
  'sep(?:t|tember)?|سبتمبر|ايلول',
  'oct(?:ober)?|اكتوبر|تشرين الاول',
  'nov(?:ember)?|نوفمبر|تشرين الثاني',
  'dec(?:ember)?|ديسمبر|كانون الاول',
];
const ANY_MONTH = MONTHS.join('|');
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';
const DAY_MONTH = new RegExp(`(?<![\\p{N}.,])${DAY}\\s{1,2}(?:of )?(${ANY_MONTH})(?![\\p{L}])`, 'giu');
const MONTH_DAY = new RegExp(`(?<![\\p{L}])(${ANY_MONTH})\\.?\\s{1,2}${DAY}(?![\\p{N}])`, 'giu');
const ISO = /(?<!\d)\d{4}[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/g;
const DAY_FIRST = /(?<!\d)(\d{1,2})[/.](\d{1,2})[/.]\d{2,4}(?!\d)/g;

export interface FoundDate {
  /** `12-07`: month and day. */
  readonly key: string;
  readonly written: string;
  readonly index: number;
}

const keyOf = (month: number, day: number): string => `${month}-${day}`;
const monthOf = (name: string): number =>
  MONTHS.findIndex((source) => new RegExp(`^(?:${source})$`, 'iu').test(name)) + 1;

/** Dates with a day; the year is not compared. `07/12/2026` is the 7th of December, as the Gulf writes. */
export const datesIn = (plain: string): readonly FoundDate[] => {
  const found = (match: RegExpMatchArray, month: number, day: string | undefined): FoundDate => ({
    key: keyOf(month, Number(day)),
    written: match[0],
    index: match.index ?? 0,
  });
  return [
    ...[...plain.matchAll(DAY_MONTH)].map((match) => found(match, monthOf(match[2] ?? ''), match[1])),
    ...[...plain.matchAll(MONTH_DAY)].map((match) => found(match, monthOf(match[1] ?? ''), match[2])),
    ...[...plain.matchAll(ISO)].map((match) => found(match, Number(match[1]), match[2])),
    ...[...plain.matchAll(DAY_FIRST)].map((match) => found(match, Number(match[2]), match[1])),
  ];
};

/** The key of `2026-12-07`. */
export const isoDateIn = (date: string): readonly string[] => datesIn(date).map(({ key }) => key);

const WEEKDAYS: readonly string[] = [
  'mon(?:days?)?|الاثنين|الاتنين',
  'tue(?:s|sdays?)?|الثلاثاء|الثلاثا',
  'wed(?:nesdays?)?|الاربعاء|الاربعا',
  'thu(?:rs|rsdays?)?|الخميس',
  'fri(?:days?)?|الجمعه',
  'sat(?:urdays?)?|السبت',
  'sun(?:days?)?|الاحد',
];
const WEEKDAY = new RegExp(
  `(?<![\\p{L}])[وبل]?(?:${WEEKDAYS.map((source) => `(${source})`).join('|')})(?![\\p{L}])`,
  'giu',
);

export interface FoundWeekday {
  /** 0: Monday. */
  readonly day: number;
  readonly written: string;
  readonly index: number;
}

export const weekdaysIn = (plain: string): readonly FoundWeekday[] =>
  [...plain.matchAll(WEEKDAY)].map((match) => ({
    day: match.slice(1).findIndex((group) => group !== undefined),
    written: match[0],
    index: match.index,
  }));

/** The days that a text names, those between "Monday to Friday" included. */
export const weekdaysAllowedBy = (plain: string): ReadonlySet<number> => {
  const found = weekdaysIn(plain);
  const days = new Set(found.map(({ day }) => day));
  found.forEach((from, i) => {
    const to = found[i + 1];
    if (
      !to ||
      !/^\s{0,2}(?:-|to|till|until|through|الي|حتي)\s{0,2}$/.test(
        plain.slice(from.index + from.written.length, to.index),
      )
    )
      return;
    for (let day = from.day; day !== to.day; day = (day + 1) % WEEKDAYS.length) days.add(day);
  });
  return days;
};

const CLOCK =
  /(?<![\d:.,])(\d{1,2}):(\d{2})(?:\s?(am|pm|ص|م)(?!\p{L}))?(?![\d:])|(?<![\d:.,-])(\d{1,2})\s?(am|pm)(?![a-z])/giu;

export interface ClockTime {
  readonly minutes: number;
  readonly written: string;
}

export const clockTimesIn = (plain: string): readonly ClockTime[] =>
  [...plain.matchAll(CLOCK)].map((match) => {
    const half = (match[3] ?? match[5] ?? '').toLowerCase();
    const hour = Number(match[1] ?? match[4]);
    const shifted =
      /^(?:pm|م)$/.test(half) && hour < 12 ? hour + 12 : /^(?:am|ص)$/.test(half) && hour === 12 ? 0 : hour;
    return { minutes: shifted * 60 + Number(match[2] ?? 0), written: match[0] };
  });
