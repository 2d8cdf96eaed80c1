/** What goes with what was chosen, by the shop's own rules (domain 13.2, 13.4). */
import { compare, money } from '../money/money.ts';
import type { Candidate } from './alternatives.ts';
import { categoryWords, saysAll } from './words.ts';

/**
 * `desk` → `ergonomic chair`, else `pedestal`: the first offer that can be had wins. `for` is read against the article's
 * category, so that a desk lamp is no desk; against its name where it has no category. Offers name either.
 */
export interface ComplementRule {
  readonly for: string;
  readonly offer: readonly string[];
}

/** Specific rules stand before general ones: the first that fits an article is its rule. */
export const DEFAULT_COMPLEMENTS: readonly ComplementRule[] = [
  { for: 'reception', offer: ['sofa', 'visitor chair'] },
  { for: 'meeting table', offer: ['visitor chair', 'ergonomic chair'] },
  { for: 'workstation', offer: ['ergonomic chair', 'office chair', 'pedestal', 'storage'] },
  { for: 'desk', offer: ['ergonomic chair', 'office chair', 'pedestal', 'storage'] },
  { for: 'sofa', offer: ['coffee table'] },
  { for: 'chair', offer: ['cushion', 'footrest'] },
];

export interface ChosenLine {
  readonly sku: string;
  readonly name: string;
  readonly category: string | null;
  readonly quantity: number;
}

export interface ComplementWish {
  /** The chosen article that it goes with. */
  readonly for: string;
  /** What to look for, in the rule's words. */
  readonly offer: string;
  /** One for each piece of the chosen article. */
  readonly quantity: number;
}

/**
 * What to look for, best first; the caller offers the first that the shop can sell. Nothing when one single piece was
 * asked for (domain 13.4), and nothing that is among the chosen articles already.
 */
export const complementWishes = (
  lines: readonly ChosenLine[],
  rules: readonly ComplementRule[],
): readonly ComplementWish[] => {
  const [only] = lines;
  if (only === undefined || (lines.length === 1 && only.quantity === 1)) return [];
  const chosen = lines.map((line) => ({ line, words: categoryWords(`${line.category ?? ''} ${line.name}`) }));
  // The largest line is what the order is about.
  const byQuantity = chosen.toSorted((a, b) => b.line.quantity - a.line.quantity);
  return byQuantity.flatMap(({ line }) => {
    const kind = categoryWords(line.category ?? line.name);
    const rule = rules.find((candidate) => saysAll(kind, candidate.for));
    return (rule?.offer ?? [])
      .filter((offer) => !chosen.some((other) => saysAll(other.words, offer)))
      .map((offer) => ({ for: line.sku, offer, quantity: line.quantity }));
  });
};

/** One main complement, not a list (domain 13.2): in stock for every piece, then nearest in meaning, then cheapest. */
export const bestComplement = <Item extends Candidate>(
  candidates: readonly Item[],
  quantity: number,
): Item | null =>
  candidates
    .filter((item) => item.price !== null && (item.stock ?? 0) >= quantity)
    .toSorted((a, b) => b.relevance - a.relevance || byPrice(a, b))[0] ?? null;

const byPrice = (a: Candidate, b: Candidate): number =>
  a.price === null || b.price === null || a.currency !== b.currency
    ? 0
    : compare(money(a.price, a.currency), money(b.price, b.currency));
