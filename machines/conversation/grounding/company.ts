/** Facts about the company: since when, how many, where (domain 15). Only as an article or the prompt's values say. */
import { words } from '../../language/words.ts';
import { type Check, eachSentence } from './check.ts';
import type { Known } from './known.ts';
import { isDenied } from './mood.ts';
import type { Said } from './reply.ts';

const SINCE =
  /(?:since|established in|founded in|منذ عام|منذ سنه|منذ|تاسست عام|تاسست)\s{1,2}(\d{4})(?!\d)/giu;
/** "We have been around for over 40 years". */
const YEARS = /(?<!\p{L})(?:we|we've|our)(?!\p{L})[^.]{0,40}?(?<![\d.,])(\d{1,3})\+? years(?!\p{L})/giu;
const WARRANTY = words('warrant\\w*|guarantee\\w*', ['ضمان']);
const COUNTED =
  /(?<![\p{L}\p{N}.,-])(\d{1,3}(?:,\d{3})+|\d{1,6})\+?\s(?:\p{L}+\s){0,2}?(?:countries|clients|customers|companies|projects|branches|factories|production sites|brands|years of experience|years in business|offices (?:in|across|worldwide)|دوله|دول|عميل|عملاء|مشروع|مشاريع|مصانع|مواقع انتاج|سنه خبره|سنوات خبره|فروع)(?!\p{L})/giu;
const PLACE_EN =
  /our (?:\p{L}+ ){0,2}?(?:showroom|warehouse|office|store|shop|branch|factory)(?: and \p{L}+)?(?: is| are| located| based| situated){0,2} (?:in|at|on|near|opposite) ([^,.;:!?()]{2,60})/giu;
const PLACE_AR =
  /(?:معرضنا|مستودعنا|فرعنا|مقرنا|مصنعنا)(?: و\p{L}+)?\s(?:في|على|علي|قرب)\s([^،.؛:!؟()]{2,60})/giu;
/** Words of a place that any text may hold. */
const COMMON = words(
  'the|and|of|in|at|on|near|area|where|you|can|when|would|come|next|to|our|from|which|uae|dubai|city|is|are',
  ['=في', '=من', '=دوله', 'الامارات', '=دبي', '=حيث', '=يمكنك'],
);

export const unfoundedCompanyFacts: Check = eachSentence('company', (said, known) => [
  ...numbers(said, known),
  ...places(said, known),
]);

const numbers = (said: Said, known: Known): readonly string[] => {
  const told = new Set((known.business.match(/\d[\d,]*/g) ?? []).map((number) => number.replaceAll(',', '')));
  return [
    ...said.plain.matchAll(SINCE),
    ...said.plain.matchAll(COUNTED),
    ...(WARRANTY.test(said.plain) ? [] : said.plain.matchAll(YEARS)),
  ]
    .filter((match) => !told.has((match[1] ?? '').replaceAll(',', '')) && !isDenied(said.plain, match.index))
    .filter((match) => !(said.question || known.counts.has(Number(match[1]))))
    .map((match) => `"${match[0].trim()}" is in no article of this turn; leave it out.`);
};

const places = (said: Said, known: Known): readonly string[] =>
  [...said.plain.matchAll(PLACE_EN), ...said.plain.matchAll(PLACE_AR)]
    .filter((match) => !isDenied(said.plain, match.index))
    .filter((match) => {
      const names = (match[1] ?? '').match(/[\p{L}\p{N}]{2,}/gu) ?? [];
      return !names.every(
        (name) =>
          COMMON.test(name) ||
          COMMON.test(name.replace(/^[وبل](?=\p{L}{3})/u, '')) ||
          known.business.includes(name.replace(/^[وبل]?(?:ال)?(?=\p{L}{3})/u, '')),
      );
    })
    .map((match) => `The place "${match[1]?.trim()}" is in no article of this turn; do not name it.`);
