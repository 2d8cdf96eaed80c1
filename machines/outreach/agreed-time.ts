/**
 * The moment at which a customer wants to be written to (domain 5.15). The model writes it down as a date, a duration or
 * in the customer's words; here it becomes a moment within bounds, or a reason that the model can act on.
 */
import { addDays, localTime, momentsOf } from '../business-hours/zone.ts';
import { type Day, foldWords, readDay } from './dates.ts';
import { inBusinessTime, type OutreachTiming } from './schedule.ts';

export type AgreedTime = { readonly at: number } | { readonly problem: string };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Sooner is this conversation, later is another one. */
export const AGREED_MIN_MS = 5 * MINUTE_MS;
export const AGREED_MAX_DAYS = 180;
/** A day without a time of day means the morning. */
const MORNING_MINUTE = 10 * 60;

const WHEN_HELP =
  'Give a date and time in the future such as 2026-03-05T15:00 (local time), or a duration such as P3D or PT2H.';

/** `when` as written; `now`: ms since the epoch. The moment lies in business time. */
export const readAgreedTime = (when: string, now: number, timing: OutreachTiming): AgreedTime => {
  const asked = momentOf(when, now, timing.timeZone);
  if (asked === null) return { problem: `${JSON.stringify(when.slice(0, 80))} is no time. ${WHEN_HELP}` };
  const today = now - asked < DAY_MS && asked <= now && !/\d{1,2}:\d{2}/.test(when);
  if (asked < now + AGREED_MIN_MS && !today) return { problem: `That time has passed. ${WHEN_HELP}` };
  if (asked > now + AGREED_MAX_DAYS * DAY_MS) {
    return { problem: `That is more than ${AGREED_MAX_DAYS} days away; agree on an earlier day.` };
  }
  return { at: inBusinessTime(timing, Math.max(asked, now + AGREED_MIN_MS)) };
};

const ISO_MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/i;
const ISO_LOCAL = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{1,2}):(\d{2})(?::\d{2})?$/i;
const ISO_DURATION =
  /^P(?=.)(?:(\d{1,3})M)?(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?=.)(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?$/i;
const DAYS_A_MONTH = 30;

const momentOf = (when: string, now: number, timeZone: string): number | null => {
  const text = when.trim().slice(0, 200);
  if (ISO_MOMENT.test(text)) {
    const at = Date.parse(text);
    return Number.isFinite(at) ? at : null;
  }
  const local = ISO_LOCAL.exec(text);
  if (local) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = local.slice(1).map(Number);
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59) return null;
    return momentsOf({ year, month, day, minute: hour * 60 + minute }, timeZone)[0] ?? null;
  }
  const duration = ISO_DURATION.exec(text);
  if (duration) {
    const [months = 0, weeks = 0, days = 0, hours = 0, minutes = 0] = duration
      .slice(1)
      .map((n) => Number(n ?? 0));
    return now + ((months * DAYS_A_MONTH + weeks * 7 + days) * 1440 + hours * 60 + minutes) * MINUTE_MS;
  }
  return spoken(foldWords(text), now, timeZone);
};

const IN_SOME =
  /(?:in|after|بعد) (?:about |around )?(an?|one|two|three|four|five|six|\d{1,3})? ?(minutes?|hours?|days?|weeks?|months?|دقيقه|دقائق|ساعه|ساعات|يوم|ايام|اسبوع|اسابيع|شهر|اشهر|شهور)(?![\p{L}])/u;
const DUAL = /(?:^| )بعد (دقيقتين|ساعتين|يومين|اسبوعين|شهرين)(?![\p{L}])/u;
const NUMBERS: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, four: 4, five: 5, six: 6 };

const minutesOf = (unit: string): number => {
  if (/^(?:minute|دق)/.test(unit)) return 1;
  if (/^(?:hour|ساع)/.test(unit)) return 60;
  if (/^(?:day|يوم|ايام)/.test(unit)) return 1440;
  return /^(?:week|اسبوع|اسابيع)/.test(unit) ? 7 * 1440 : DAYS_A_MONTH * 1440;
};

const CLOCK =
  /(?:^|[^\d:/.-])(\d{1,2})(?::(\d{2}))? ?(am|pm|a\.m\.?|p\.m\.?|صباحا|مساء|ظهرا|عصرا)?(?![\d:/-])/u;
const PARTS: readonly (readonly [RegExp, number])[] = [
  [/morning|صباح|الصبح/, 10 * 60],
  [/\bnoon\b|midday|الظهر|ظهرا/, 12 * 60],
  [/afternoon|العصر|عصرا|بعد الظهر/, 15 * 60],
  [/evening|tonight|المساء|مساء|الليله/, 18 * 60],
];

/** "tomorrow at 3 pm", "next week", «بعد يومين», «يوم الأحد الساعة 3 مساء». */
const spoken = (folded: string, now: number, timeZone: string): number | null => {
  const dual = DUAL.exec(folded);
  if (dual) return now + 2 * minutesOf(dual[1] ?? '') * MINUTE_MS;
  const some = IN_SOME.exec(folded);
  if (some && !/next/.test(folded)) {
    const count = some[1] === undefined ? 1 : (NUMBERS[some[1]] ?? (Number(some[1]) || 1));
    return now + count * minutesOf(some[2] ?? '') * MINUTE_MS;
  }
  const today = localTime(now, timeZone);
  const day = dayOf(folded, now, timeZone);
  const minute = minuteOf(folded);
  if (day === null && minute === null) return null;
  const at = momentsOf({ ...(day ?? today), minute: minute ?? MORNING_MINUTE }, timeZone)[0] ?? null;
  // "At five", said in the evening, is tomorrow's five.
  if (at !== null && day === null && at <= now) {
    return momentsOf({ ...addDays(today, 1), minute: minute ?? MORNING_MINUTE }, timeZone)[0] ?? null;
  }
  return at;
};

const dayOf = (folded: string, now: number, timeZone: string): Day | null => {
  const today = localTime(now, timeZone);
  if (/day after tomorrow|بعد غد|بعد بكره|بعد باكر/.test(folded)) return addDays(today, 2);
  if (/\btomorrow\b|\btmrw\b|(?:^| )(?:غدا|بكره|بكرا|باكر|غد)(?![\p{L}])/u.test(folded))
    return addDays(today, 1);
  const named = readDay(folded, now, timeZone);
  if (named) return named;
  // Weeks begin on Monday here, as in the Emirates since 2022.
  if (/next week|الاسبوع (?:القادم|المقبل|الجاي)/.test(folded)) return addDays(today, 8 - today.weekday);
  if (/next month|الشهر (?:القادم|المقبل|الجاي)/.test(folded)) return addDays(today, DAYS_A_MONTH);
  return /\btoday\b|\btonight\b|\blater\b|اليوم|الليله/.test(folded) ? today : null;
};

const minuteOf = (folded: string): number | null => {
  const withoutDates = folded
    .replace(/\d{4}-\d{1,2}-\d{1,2}/g, ' ')
    .replace(/\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?/g, ' ')
    .replace(/\d{1,2}(?:st|nd|rd|th)?(?: of)? (?=[\p{L}]{3,})(?!am|pm|صباحا|مساء|ظهرا|عصرا)/gu, ' ')
    .replace(/(?<!\p{L})(\p{L}{3,}) \d{1,2}(?:st|nd|rd|th)?(?= |$|,)/gu, (found, word: string) =>
      /^(?:at|الساعه|ساعه|around|about|by|before|after)$/.test(word) ? found : ' ',
    );
  const clock = CLOCK.exec(` ${withoutDates}`);
  if (clock && (clock[2] !== undefined || clock[3] !== undefined || /(?:\bat|الساعه) \d/.test(folded))) {
    const minute = clockMinute(Number(clock[1]), Number(clock[2] ?? 0), clock[3] ?? '');
    if (minute !== null) return minute;
  }
  return PARTS.find(([pattern]) => pattern.test(folded))?.[1] ?? null;
};

/** An hour from 1 to 7 without a half of the day is the afternoon's: nobody asks to be written to at night. */
const clockMinute = (hour: number, minute: number, half: string): number | null => {
  if (hour > 23 || minute > 59) return null;
  const isAfternoon = /^(?:p|مساء|عصرا)/.test(half) || (half === 'ظهرا' && hour < 11);
  const isMorning = /^(?:a|صباحا)/.test(half);
  if (isMorning) return (hour % 12) * 60 + minute;
  if (isAfternoon || (half === '' && hour >= 1 && hour <= 7)) return ((hour % 12) + 12) * 60 + minute;
  return hour * 60 + minute;
};
