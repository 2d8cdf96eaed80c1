/** What is to be looked for: in the catalog, one search for each kind of article, and in the articles of the company. */
import { bareName, colourFits, colourIn } from './colours.ts';
import { budgetIn, type listedItems, looseQuantity } from './items.ts';
import {
  ARRIVAL,
  familiesIn,
  HOW_LONG,
  IN_STOCK,
  KNOWLEDGE,
  namesFurniture,
  OF_THEM,
  searchWords,
  WEAK_PURCHASE,
} from './lexicon.ts';
import type { Scene } from './scene.ts';
import { fold, foldDigits, sentences } from './text.ts';

export interface Search {
  readonly query: string;
  readonly maxPrice: number | null;
  readonly inStock: boolean;
  /** How many of this kind were spoken of. */
  readonly quantity: number | null;
}

type Context = ReturnType<typeof listedItems>;

/** "No, the blue one", and none that was shown is blue: the same kind of article is looked for in that colour. */
export const otherColour = (scene: Scene, text: string, context: Context): Search | null => {
  const colour = colourIn(text);
  if (colour === null || context.length === 0 || KNOWLEDGE.test(text) || colourFits(text, context))
    return null;
  const [chosen] = scene.selection;
  if (chosen && scene.selection.length === 1)
    return { query: `${bareName(chosen.name)} ${colour}`, maxPrice: null, inStock: false, quantity: null };
  const asked = scene.earlier.find((words) => namesFurniture(fold(words)));
  if (asked === undefined) return null;
  return {
    query: `${searchWords(asked)} ${colour}`,
    maxPrice: budgetIn(asked).max,
    inStock: false,
    quantity: null,
  };
};

/** Kinds looked for in one burst. */
const MAX_SEARCHES = 4;
/** Where one wish ends and the next begins: "20 chairs and 3 tables", "٢٠ كرسي و٣ طاولات". */
export const WISH_ENDS = /[,،;؛\n+&]|\band\b|\bplus\b|\s+و(?=\s*\d)/iu;

/** "2 of it, and 16 chairs to go with it": what points at an article in view, and the wish for another kind beside it. */
export const pointedApart = (said: string): { readonly own: string; readonly rest: string } | null => {
  const clauses = foldDigits(said).split(WISH_ENDS);
  const points = (clause: string): boolean => {
    const text = fold(clause);
    return OF_THEM.test(text) && looseQuantity(clause) !== null && familiesIn(text).size === 0;
  };
  const rest = clauses.filter((clause) => namesFurniture(fold(clause)));
  // "Black, 25 of them": what names no furniture belongs to what is pointed at.
  const own = clauses.filter((clause) => !namesFurniture(fold(clause)));
  return own.filter(points).length === 1 && rest.length > 0
    ? { own: own.join(', '), rest: rest.join(', ') }
    : null;
};

/** One search for each kind of article, with its own quantity; a burst about one kind is searched as a whole. */
export const searchesIn = (said: string, quantity: number | null): readonly Search[] => {
  const kinds = foldDigits(said)
    .split(WISH_ENDS)
    .filter((clause) => familiesIn(fold(clause)).size > 0);
  const apart = kinds.filter(
    (clause, index) =>
      !kinds.slice(0, index).some((other) => overlaps(familiesIn(fold(other)), familiesIn(fold(clause)))),
  );
  const whole = searchIn(said, quantity);
  if (whole === null || apart.length < 2) return whole === null ? [] : [whole];
  return apart.slice(0, MAX_SEARCHES).map((clause) => ({
    query: searchWords(clause),
    maxPrice: budgetIn(clause).max,
    inStock: whole.inStock,
    quantity: looseQuantity(clause),
  }));
};

export const overlaps = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  [...a].some((id) => b.has(id));

const searchIn = (said: string, quantity: number | null): Search | null => {
  const { max } = budgetIn(said);
  const measured = max !== null || quantity !== null;
  const asking = sentences(said).filter((sentence) => asksForFurniture(fold(sentence), measured));
  if (asking.length === 0) return null;
  const text = fold(said);
  const total = /\btotal\b|الاجمالي|كامل/.test(text);
  return {
    query: searchWords(asking.join('\n')),
    maxPrice: max !== null && total && quantity ? Math.floor(max / quantity) : max,
    inStock: IN_STOCK.test(text),
    quantity,
  };
};

/** "Do you deliver chairs?" names furniture and asks about delivery: only a wish, a count or a budget makes it both. */
const asksForFurniture = (text: string, measured: boolean): boolean =>
  namesFurniture(text) && (measured || WEAK_PURCHASE.test(text) || !KNOWLEDGE.test(text));

/** Below the cheapest item shown; the words come from what was looked for last. */
export const cheaperThan = (scene: Scene, context: Context): Search | null => {
  const prices = context.flatMap(({ price }) => (price === null ? [] : [price]));
  const asked = [scene.said, ...scene.earlier].find((words) => namesFurniture(fold(words)));
  const query = asked ? searchWords(asked) : (context[0]?.name ?? '');
  if (query === '') return null;
  const below = prices.length > 0 ? Math.ceil(Math.min(...prices)) - 1 : null;
  return {
    query,
    maxPrice: budgetIn(scene.said).max ?? (below && below > 0 ? below : null),
    inStock: false,
    quantity: null,
  };
};

const MAX_QUESTION_CHARS = 200;
const MAX_QUESTIONS = 2;
/** "What is the warranty and do you have a showroom?" is two questions. */
const NEXT_QUESTION =
  /(?<!\s)\s+and\s+(?=(?:what|where|when|how|who|do|does|is|are|can)\b)|(?<!\s)\s+و(?=هل|كم|اين|أين|وين|متي|متى)/iu;

/** The sentences that ask for a fact about the company, as queries; "how long?" after one belongs to it. */
export const questionsIn = (said: string, quoted: boolean): readonly string[] => {
  const asking: string[] = [];
  for (const part of sentences(said).flatMap((sentence) => sentence.split(NEXT_QUESTION))) {
    const last = asking.length - 1;
    if (KNOWLEDGE.test(fold(part))) asking.push(part);
    else if (last >= 0 && HOW_LONG.test(fold(part))) asking[last] = `${asking[last]} ${part}`;
  }
  if (asking.length === 0 && !quoted && ARRIVAL.test(fold(said)))
    return [`${said.slice(0, MAX_QUESTION_CHARS)} (delivery)`];
  const several = asking.length > 1 && asking.length <= MAX_QUESTIONS;
  if (several) return asking.map((question) => question.slice(0, MAX_QUESTION_CHARS));
  return asking.length > 0 ? [asking.join(' ').slice(0, MAX_QUESTION_CHARS)] : [];
};
