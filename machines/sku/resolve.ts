/**
 * Which row of the catalog a reference means. A number in it must be matched by a whole number of the row (`9719-4` is
 * never `9719-5`, `616` is never `6160`), a stem with several variants is asked about, and what has no row is nothing
 * (domain 12.11; lessons F-11, F-12, F-13).
 */
import { isNumeric, skuTokens, tokenKey } from './normalise.ts';
import { foldedText, makeSkuIndex, type SkuIndex } from './sku-index.ts';
import { colourCodes, isNoise, sameToken } from './variants.ts';

export type SkuResolution =
  /** The whole article number, whatever its spelling. */
  | { readonly kind: 'exact'; readonly sku: string }
  /** A part of one article number only ("CH616" when there is only CH-616-BLK). */
  | { readonly kind: 'unique'; readonly sku: string }
  /** Several rows fit: ask, never pick. At most {@link MAX_VARIANTS}. */
  | { readonly kind: 'ambiguous'; readonly skus: readonly string[] }
  | { readonly kind: 'none' };

export const MAX_VARIANTS = 20;
const MAX_QUERY_TOKENS = 12;
const STEM_LETTERS_MIN = 3;
const STEM_DIGITS_MIN = 3;

const NONE: SkuResolution = { kind: 'none' };

/** Resolves one reference (a tool's argument, an order line). For running text use `findSkus`. */
export const resolveSku = (query: string, catalog: SkuIndex | readonly string[]): SkuResolution => {
  const index = isIndex(catalog) ? catalog : makeSkuIndex(catalog);
  const trimmed = query.trim();
  if (index.byRaw.has(trimmed)) return { kind: 'exact', sku: trimmed };
  const folded = index.byFolded.get(foldedText(query));
  if (folded?.length === 1) return decide(index, folded, 'exact');
  const tokens = skuTokens(query);
  const whole = resolveTokens(tokens, index);
  if (whole.kind !== 'none') return whole;
  const telling = tokens.filter((token) => !isNoise(token));
  return telling.length < tokens.length ? resolveTokens(telling, index) : NONE;
};

const isIndex = (catalog: SkuIndex | readonly string[]): catalog is SkuIndex => 'byTokens' in catalog;

const resolveTokens = (tokens: readonly string[], index: SkuIndex): SkuResolution => {
  if (tokens.length === 0 || tokens.length > MAX_QUERY_TOKENS) return NONE;
  const exact = exactRows(tokens, index);
  return exact ? decide(index, exact, 'exact') : decide(index, partialRows(tokens, index), 'unique');
};

/** Rows whose whole number this is; token by token first, then without any separators. */
export const exactRows = (tokens: readonly string[], index: SkuIndex): readonly number[] | undefined =>
  index.byTokens.get(tokenKey(tokens)) ?? index.byCompact.get(tokens.join(''));

/** One row gives `one`, several are ambiguous, none is none. */
export const decide = (index: SkuIndex, rows: readonly number[], one: 'exact' | 'unique'): SkuResolution => {
  const skus = rows.slice(0, MAX_VARIANTS).flatMap((row) => index.rows[row]?.sku ?? []);
  const [first] = skus;
  if (first === undefined) return NONE;
  return skus.length === 1 ? { kind: one, sku: first } : { kind: 'ambiguous', skus };
};

/** Rows that hold every token in order, with no number of theirs skipped before the last one asked for. */
const partialRows = (tokens: readonly string[], index: SkuIndex): readonly number[] => {
  const numbers = tokens.filter(isNumeric);
  if (!isTellingStem(tokens, numbers)) return [];
  // A colour's rows are a union of many codes: any other token narrows sooner.
  const plain = tokens.filter((token) => !colourCodes(token));
  const shortest = (plain.length > 0 ? plain : tokens)
    .map((token) => postings(token, index))
    .reduce((best, rows) => (rows.length < best.length ? rows : best));
  return shortest.filter((row) => {
    const own = index.rows[row];
    if (!own || !numbers.every((number, i) => own.numbers[i] === number)) return false;
    if (numbers.length === 0 && own.tokens[0] !== tokens[0]) return false;
    return isSubsequence(tokens, own.tokens);
  });
};

const isTellingStem = (tokens: readonly string[], numbers: readonly string[]): boolean => {
  if (numbers.length === 0) return (tokens[0]?.length ?? 0) >= STEM_LETTERS_MIN;
  return numbers.length < tokens.length || (numbers[0]?.length ?? 0) >= STEM_DIGITS_MIN;
};

const postings = (token: string, index: SkuIndex): readonly number[] => {
  const codes = colourCodes(token);
  if (!codes) return index.byToken.get(token) ?? [];
  return [...new Set([...codes].flatMap((code) => index.byToken.get(code) ?? []))].sort((a, b) => a - b);
};

const isSubsequence = (asked: readonly string[], own: readonly string[]): boolean => {
  let at = 0;
  for (const token of own) {
    const next = asked[at];
    if (next !== undefined && sameToken(next, token)) at++;
  }
  return at === asked.length;
};
