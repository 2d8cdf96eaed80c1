/** Which of the company's articles answers a question. Pure. */
import type { Article } from './results.ts';
import { fold, hasArabic, pattern } from './text.ts';

/** The article that shares most words with the question; between equals the one found first. */
export const bestFor = (query: string, articles: readonly Article[]): Article | undefined => {
  const words = new Set(stems(query));
  const score = (text: string) => stems(text).filter((word) => words.has(word)).length;
  const timed = ASKS_HOW_LONG.test(fold(query));
  const home = IN_UAE.test(fold(query));
  const worth = ({ title, body }: Article) => {
    if (home && ABROAD.test(title)) return 0;
    const shared = 3 * score(title) + score(body);
    // A title that speaks of more than was asked ("… outside the UAE") is about something else.
    const beside = stems(title).length - score(title);
    return shared > 0 ? shared - beside / 2 + (timed && DAYS.test(body) ? 4 : 0) : 0;
  };
  return articles.reduce<Article | undefined>(
    (best, article) => (best === undefined || worth(article) > worth(best) ? article : best),
    undefined,
  );
};

const ASKS_HOW_LONG = pattern(/\bhow (fast|long|soon|quick\w*)\b|\bwhen\b|\bdelivery time\b/, [
  'كم مدة',
  'متى',
  'كم يستغرق',
  'كم يوم',
  'خلال كم',
]);
/** An emirate is no place abroad. */
const IN_UAE = pattern(
  /\b(dubai|sharjah|abu ?dhabi|ajman|fujairah|al ain|ras al khaimah|rak|umm al quwain|uae|emirates)\b/,
  ['دبي', 'الشارقة', 'ابوظبي', 'أبو ظبي', 'عجمان', 'الفجيرة', 'العين', 'رأس الخيمة'],
);
const ABROAD = /outside the uae|خارج الإمارات|خارج الامارات/i;
const DAYS = /\bdays\b|أيام/i;

/** Words that say nothing of what is asked, beginnings only. */
const EMPTY =
  /^(?:where|what|when|does|have|your|with|this|that|they|there|want|need|like|long|take|much|هذا|هذه|لديك|عندك|يمكن)/;

const stems = (text: string): readonly string[] => [
  ...new Set(
    fold(text)
      .split(/[^\p{L}]+/u)
      .map((word) => word.replace(/^[وفبلك]?ال/, ''))
      .filter((word) => word.length > 3 && !EMPTY.test(word))
      .map((word) => (hasArabic(word) ? skeleton(word) : word.slice(0, 5))),
  ),
];

/** "توصلون" and "توصيل" share their consonants: the long vowels between them say who does it and when. */
const skeleton = (word: string): string => word.replace(/(?<=.)[اويى]/gu, '').slice(0, 3);
