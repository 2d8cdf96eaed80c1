/** Times, dates and opening hours: only as articles or the quotation give them; an exact date is a manager's (domain 14.5). */
import { words } from '../../language/words.ts';
import { type Check, eachSentence } from './check.ts';
import type { Known } from './known.ts';
import { isDeferred, isDenied } from './mood.ts';
import type { Said } from './reply.ts';
import {
  clockTimesIn,
  datesIn,
  durationsIn,
  isoDateIn,
  weekdaysAllowedBy,
  weekdaysIn,
} from './time-words.ts';

/** What happens at a time: without such a word "today" promises nothing. */
const EVENT = words(
  'reach\\w*|deliver\\w*|arriv\\w*|ship\\w*|install\\w*|ready|receiv\\w*|have (?:it|them|the|your)|get (?:it|them|the|your)|at your|back in|expected|call\\w*|contact\\w*|visit\\w*|open\\w*|confirm\\w*|dispatch\\w*|send\\w*|come\\w*|bring\\w*|here by|with you',
  [
    'توصيل',
    'نوصل',
    'يصل',
    'يوصل',
    'تصل',
    'تسليم',
    'نسلم',
    'جاهز',
    'يتوفر',
    'تتوفر',
    'نرسل',
    'يتصل',
    'يتواصل',
    'نعمل',
    'نفتح',
    'مفتوح',
    'الطلب',
    'تركيب',
    'نركب',
  ],
);
const RELATIVE = words(
  'tomorrow|today|tonight|same[- ]day|next[- ]day|overnight|this week|next week|this weekend|next month|this month|(?:end|beginning|middle) of (?:the|this|next) (?:week|month|year)|within (?:a|an|the) (?:hour|day|week|month)|in (?:a|an) (?:hour|day|week|month)|immediately|right away|asap',
  [
    'غدا',
    'بكرا',
    'بكرة',
    'باجر',
    '=اليوم',
    'الليلة',
    'نفس اليوم',
    'الأسبوع القادم',
    'الأسبوع الجاي',
    'الشهر القادم',
    'الشهر الجاي',
    'نهاية الأسبوع',
    'نهاية الشهر',
    '=فورا',
    'حالا',
    'بعد بكرا',
  ],
);
/** Their time, told back to them. */
const THEIRS = words(
  'you need|you said|you mentioned|you are moving|you plan|your (?:move|opening|deadline)',
  ['تحتاجون', 'تحتاج', 'ذكرت', 'انتقالكم'],
);

export const unknownTimes: Check = eachSentence('time', (said, known) => [
  ...durations(said, known),
  ...dates(said, known),
  ...weekdays(said, known),
  ...clockTimes(said, known),
  ...relative(said, known),
]);

const REPAIR = 'name only the time that an article gives; the exact date is confirmed by a manager.';

/** The customer's own times may be asked about, refused, passed on, or repeated as theirs; none may be promised. */
const isTheirs = (said: Said, at: number): boolean =>
  said.question ||
  isDenied(said.plain, at) ||
  isDeferred(said.plain) ||
  THEIRS.test(said.plain) ||
  !EVENT.test(said.plain);

const durations = (said: Said, known: Known): readonly string[] => {
  const facts = durationsIn(known.business);
  const theirs = durationsIn(known.customer);
  const days = known.quote?.validDays ?? null;
  return (
    durationsIn(said.plain)
      // "Eight hours at the desk" is no time of delivery.
      .filter(({ unit }) => (unit !== 'hour' && unit !== 'minute') || EVENT.test(said.plain))
      .filter(({ low, high, unit }) => {
        if (unit === 'day' && low === high && high === days) return false;
        return !facts.some(
          (fact) => fact.unit === unit && fact.high === high && (fact.low === low || low === high),
        );
      })
      .filter(
        (found) =>
          !(
            theirs.some(({ high, unit }) => high === found.high && unit === found.unit) &&
            isTheirs(said, found.index)
          ),
      )
      .map(({ written }) => `The time "${written}" is in no article of this turn; ${REPAIR}`)
  );
};

const dates = (said: Said, known: Known): readonly string[] => {
  const facts = new Set([
    ...datesIn(known.business).map(({ key }) => key),
    ...(known.quote?.validUntil ? isoDateIn(known.quote.validUntil) : []),
  ]);
  const theirs = new Set(datesIn(known.customer).map(({ key }) => key));
  return datesIn(said.plain)
    .filter(({ key, index }) => !facts.has(key) && !(theirs.has(key) && isTheirs(said, index)))
    .map(({ written }) => `The date ${written} is in no tool result of this turn; ${REPAIR}`);
};

const weekdays = (said: Said, known: Known): readonly string[] => {
  if (said.question || isDeferred(said.plain)) return [];
  const allowed = new Set([
    ...weekdaysAllowedBy(known.business),
    ...weekdaysIn(known.customer).map(({ day }) => day),
  ]);
  return weekdaysIn(said.plain)
    .filter(({ day, index }) => !allowed.has(day) && !isDenied(said.plain, index))
    .map(({ written }) => `The day ${written} is in no article of this turn; ${REPAIR}`);
};

const clockTimes = (said: Said, known: Known): readonly string[] => {
  const facts = new Set(clockTimesIn(`${known.business}\n${known.customer}`).map(({ minutes }) => minutes));
  return clockTimesIn(said.plain)
    .filter(({ minutes }) => !facts.has(minutes))
    .map(({ written }) => `The time ${written} is in no article of this turn; leave it out.`);
};

const relative = (said: Said, known: Known): readonly string[] => {
  const match = RELATIVE.exec(said.plain);
  if (!match || said.question || !EVENT.test(said.plain)) return [];
  if (isDenied(said.plain, match.index) || isDeferred(said.plain) || known.business.includes(match[0].trim()))
    return [];
  return [`The reply promises something for "${match[0].trim()}"; ${REPAIR}`];
};
