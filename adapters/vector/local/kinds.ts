/**
 * Which kind of thing a name or a wish is about: its head noun. A desk lamp is a lamp, a «مصباح مكتب» too, and a desk
 * with a lamp is a desk. Common words cannot tell: a short name that holds the word wins them (domain 12.9).
 */
import { meaningAt } from './analyse.ts';
import { isThing } from './lexicon.ts';
import { normaliseText, stem, wordsOf } from './text.ts';

export interface Kinds {
  /** What is named itself, by the lexicon's name. Empty: no kind is named. */
  readonly own: ReadonlySet<string>;
  /** More general kinds of the same things: a meeting table is a table. */
  readonly general: ReadonlySet<string>;
}

const ARABIC_WORD = /^[\u0620-\u06ff]/;
/** What follows only says more of a thing named before: for whom, with what, where. */
const FURTHER =
  /^(?:with|without|for|under|on|in|at|near|beside|behind|to|of|by|that|which|from|مع|بدون|تحت|علي|فوق|جنب|عند|في|حق|حقت|من)$/;
/** Another thing begins. */
const ANOTHER = /^(?:and|or|plus|also|then|او|ثم|ايضا|كمان)$/;
const LISTED = /[\n,،;؛&+/.!?؟]|\s-\s/u;

/** All kinds a wish names; of `desks, chairs and a lamp` three. */
export const kindsAsked = (text: string): Kinds => together(text.split(LISTED).flatMap(headsOf));

/** The kind of an article, by its names in both languages and its category: only their beginnings name it. */
export const kindsOfArticle = (names: readonly (string | null)[], category: string | null): Kinds =>
  together([
    ...names.flatMap((name) => headsOf(name?.split(LISTED, 1)[0] ?? '').slice(0, 1)),
    ...headsOf(category ?? ''),
  ]);

/** How well an article's kind answers; `null` when no kind was asked for. */
export const kindMatch = (asked: Kinds, article: Kinds): 'same' | 'general' | 'other' | null => {
  if (asked.own.size === 0) return null;
  if ([...asked.own].some((kind) => article.own.has(kind))) return 'same';
  return [...asked.own].some((kind) => article.general.has(kind)) ? 'general' : 'other';
};

interface Head {
  readonly kind: string;
  readonly general: readonly string[];
}

const together = (heads: readonly Head[]): Kinds => ({
  own: new Set(heads.map(({ kind }) => kind)),
  general: new Set(heads.flatMap(({ general }) => general)),
});

/** English puts the head last among nouns in a row, Arabic first. */
const headsOf = (line: string): readonly Head[] => {
  const words = wordsOf(normaliseText(line));
  const stems = words.map(stem);
  const heads: Head[] = [];
  let head: Head | null = null;
  let isClosed = false;
  const next = () => {
    if (head) heads.push(head);
    head = null;
    isClosed = false;
  };
  for (let i = 0; i < words.length; ) {
    const word = words[i] ?? '';
    const known = meaningAt(words, stems, i);
    if (known === null || FURTHER.test(word)) {
      if (ANOTHER.test(word)) next();
      else if (head !== null) isClosed = true;
      i++;
      continue;
    }
    const meant = known.concepts.slice(0, known.own).find(isThing);
    const isJoined = /^و[\u0620-\u06ff]{3,}$/.test(word) && known.length === 1;
    if (meant !== undefined) {
      if (isJoined && head !== null) next();
      if (head === null || (!isClosed && !ARABIC_WORD.test(word)))
        head = { kind: meant, general: known.concepts.slice(known.own).filter(isThing) };
    }
    i += known.length;
  }
  next();
  return heads;
};
