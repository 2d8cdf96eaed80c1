/** Number words as digits, English and Arabic (Gulf dialect): "twenty five", "twelve hundred", "خمسة وعشرين", "درزن". */
import { fold } from '../language/fold.ts';

const UNITS: readonly (readonly [value: number, words: string])[] = [
  [1, 'one واحد واحده'],
  [2, 'two اثنين اثنان ثنتين اثنتين تنين'],
  [3, 'three ثلاثه ثلاث تلاته'],
  [4, 'four اربعه اربع'],
  [5, 'five خمسه خمس'],
  [6, 'six سته ست'],
  [7, 'seven سبعه سبع'],
  [8, 'eight ثمانيه ثمان ثماني تمانيه'],
  [9, 'nine تسعه تسع'],
  [10, 'ten عشره عشر'],
  [11, 'eleven احدعش'],
  [12, 'twelve اثنعش'],
  [13, 'thirteen'],
  [14, 'fourteen'],
  [15, 'fifteen'],
  [16, 'sixteen'],
  [17, 'seventeen'],
  [18, 'eighteen'],
  [19, 'nineteen'],
  [20, 'twenty عشرين عشرون'],
  [30, 'thirty ثلاثين ثلاثون'],
  [40, 'forty fourty اربعين اربعون'],
  [50, 'fifty خمسين خمسون'],
  [60, 'sixty ستين ستون'],
  [70, 'seventy سبعين سبعون'],
  [80, 'eighty ثمانين ثمانون'],
  [90, 'ninety تسعين تسعون'],
];
const HUNDREDS: readonly (readonly [value: number, words: string])[] = [
  [100, 'hundred مئه مايه ميه مائه'],
  [200, 'مئتين مئتان مائتين ميتين مايتين'],
  [300, 'ثلاثمئه ثلاثمايه ثلاثميه'],
  [400, 'اربعمئه اربعمايه اربعميه'],
  [500, 'خمسمئه خمسمايه خمسميه'],
  [600, 'ستمئه ستمايه ستميه'],
  [700, 'سبعمئه سبعمايه سبعميه'],
  [800, 'ثمانمئه ثمانمايه ثمانميه'],
  [900, 'تسعمئه تسعمايه تسعميه'],
  [1000, 'thousand الف الاف'],
  [2000, 'الفين الفان'],
];
const DOZENS: readonly (readonly [value: number, words: string])[] = [[12, 'dozen dozens درزن دزينه']];

const tableOf = (rows: readonly (readonly [number, string])[]): ReadonlyMap<string, number> =>
  new Map(rows.flatMap(([value, list]) => list.split(' ').map((word) => [fold(word), value] as const)));
const SMALL = tableOf(UNITS);
const LARGE = tableOf(HUNDREDS);
const DOZEN = tableOf(DOZENS);

/** Particles written onto an Arabic number: "and", "with", "for". */
const PARTICLE = /^[وبلف](?:ال)?(?=\p{Script=Arabic}{2})/u;

type Kind = 'small' | 'large' | 'dozen' | 'and' | 'article' | 'half';
interface Token {
  readonly kind: Kind;
  readonly value: number;
  /** Where the word begins, its particle included. */
  readonly word: number;
  /** Where the number begins. */
  readonly start: number;
  readonly end: number;
  /** An Arabic "and" that is written onto the number. */
  readonly joined: boolean;
}

/** What stands between the words of one number. */
const GAP = /^(?:\s{1,2}|-)$/;

/** "Two days", "two chairs" in one Arabic word: the dual as a digit and the singular. */
const DUALS: readonly (readonly [dual: RegExp, singular: string])[] = [
  [/يوم(?:ين|ان)/g, 'يوم'],
  [/[أا]سبوع(?:ين|ان)/g, 'أسبوع'],
  [/شهر(?:ين|ان)/g, 'شهر'],
  [/سنت(?:ين|ان)/g, 'سنة'],
  [/ساعت(?:ين|ان)/g, 'ساعة'],
  [/كرسي(?:ين|ان)/g, 'كرسي'],
  [/مكتب(?:ين|ان)/g, 'مكتب'],
  [/طاولت(?:ين|ان)/g, 'طاولة'],
  [/كنبت(?:ين|ان)/g, 'كنبة'],
  [/خزانت(?:ين|ان)/g, 'خزانة'],
  [/قطعت(?:ين|ان)/g, 'قطعة'],
  [/حبت(?:ين|ان)/g, 'حبة'],
];
const DUAL_PARTS = DUALS.map(
  ([dual, singular]) =>
    [new RegExp(`(?<!\\p{L})([وبلف]?)(?:ال)?${dual.source}(?!\\p{L})`, 'gu'), singular] as const,
);

/** Arabic duals of what is counted and measured here, as digits: «مكتبين» is «2 مكتب». */
export const digitsForDuals = (text: string): string =>
  DUAL_PARTS.reduce((rest, [dual, singular]) => rest.replace(dual, `$1 2 ${singular}`), text);

/**
 * The text with its number words as digits. "One" stays a word unless it counts a hundred or a dozen: "the first one" is
 * no quantity. Everything else stays as it was written.
 */
export const digitsForWords = (text: string): string => {
  let out = '';
  let from = 0;
  for (const run of runsOf(text)) {
    const read = readRun(run);
    if (read === null) continue;
    const [first] = read.used;
    const last = read.used.at(-1);
    if (!first || !last) continue;
    out += `${text.slice(from, first.start)}${read.value}`;
    from = last.end;
  }
  return out + text.slice(from);
};

/** Neighbouring number words. */
const runsOf = (text: string): readonly (readonly Token[])[] => {
  const runs: Token[][] = [];
  for (const match of text.matchAll(/\p{L}+(?:'\p{L}+)?/gu)) {
    const token = tokenOf(match[0], match.index);
    const last = runs.at(-1)?.at(-1);
    if (!token) continue;
    // "Two hundred and fifty" is one number, "two and three" are two.
    const misplaced = token.kind === 'and' && last?.kind !== 'large';
    if (last && !misplaced && GAP.test(text.slice(last.end, token.word))) runs.at(-1)?.push(token);
    else runs.push([token]);
  }
  return runs;
};

const tokenOf = (word: string, start: number): Token | null => {
  const folded = fold(word);
  // "Per cent": بالمئة.
  if (/^بال(?:ميه|مايه)$/u.test(folded)) return null;
  const plain = folded.replace(PARTICLE, '');
  const joined = plain !== folded && folded.startsWith('و');
  const particle = plain === folded ? 0 : folded.length - plain.length;
  const made = (kind: Kind, value: number, skip = 0): Token => ({
    kind,
    value,
    joined,
    word: start,
    start: start + skip,
    end: start + word.length,
  });
  if (folded === 'and') return made('and', 0);
  if (folded === 'a' || folded === 'an') return made('article', 1);
  if (folded === 'half' || plain === 'نصف') return made('half', 0);
  for (const [key, skip] of [[folded, 0] as const, [plain, particle] as const]) {
    const [small, large, dozen] = [SMALL.get(key), LARGE.get(key), DOZEN.get(key)];
    if (small !== undefined) return made('small', small, skip);
    if (large !== undefined) return made('large', large, skip);
    if (dozen !== undefined) return made('dozen', dozen, skip);
  }
  return null;
};

interface Read {
  readonly value: number;
  readonly used: readonly Token[];
}

/** Reads one run as a number; `null` when it is none ("and", "a", a lone "one"). */
const readRun = (run: readonly Token[]): Read | null => {
  const tokens = trimmed(run);
  let [total, group] = [0, 0];
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1];
    if (token.kind === 'half')
      return next?.kind === 'dozen' || tokens[i + 2]?.kind === 'dozen' ? { value: 6, used: tokens } : null;
    if (token.kind === 'dozen') group = Math.max(1, group) * token.value;
    if (token.kind === 'article') group = next?.kind === 'large' || next?.kind === 'dozen' ? 1 : group;
    if (token.kind === 'small') group += token.value;
    if (token.kind === 'large') {
      if (token.value === 1000) [total, group] = [total + Math.max(1, group) * 1000, 0];
      else if (token.value === 100) group = Math.max(1, group) * 100;
      else group += token.value;
    }
  }
  const value = total + group;
  const lone = tokens.length === 1 && value === 1;
  return tokens.length === 0 || value === 0 || lone || !isOneNumber(tokens) ? null : { value, used: tokens };
};

const isValue = (token: Token | undefined): boolean =>
  token !== undefined && token.kind !== 'and' && token.kind !== 'article';

/** Without "and" or "a" at the ends, where they belong to other words. */
const trimmed = (run: readonly Token[]): readonly Token[] => {
  let [from, to] = [0, run.length];
  while (to > from && !isValue(run[to - 1])) to--;
  while (from < to && run[from]?.kind === 'and') from++;
  const [first, second] = [run[from], run[from + 1]];
  if (
    first?.kind === 'article' &&
    second?.kind !== 'large' &&
    second?.kind !== 'dozen' &&
    second?.kind !== 'half'
  )
    from++;
  return run.slice(from, to);
};

/** "Two three" are two numbers; "twenty three", "three hundred" and "three and twenty" are one. */
const isOneNumber = (tokens: readonly Token[]): boolean =>
  tokens.every((token, i) => {
    const before = tokens[i - 1];
    if (token.kind !== 'small' || before?.kind !== 'small') return true;
    const tens = before.value >= 20 && before.value % 10 === 0 && token.value < 10;
    const arabicTens = token.joined && before.value < 10 && token.value >= 20;
    const arabicTeen = before.value < 10 && token.value === 10 && !token.joined;
    return tens || arabicTens || arabicTeen;
  });
