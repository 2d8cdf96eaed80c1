/**
 * Article numbers inside running text. A reference exists only if a row of the catalog answers to it (lesson F-13):
 * list numbers, e-mails, sizes, phones and ordinary words with numbers fall through because they have no row.
 */
import { ADDRESS } from '../language/addresses.ts';
import { foldSku, skuTokens, tokenKey } from './normalise.ts';
import { decide, exactRows, type SkuResolution } from './resolve.ts';
import type { SkuIndex } from './sku-index.ts';
import { colourCodes, sameToken } from './variants.ts';

export interface FoundSku {
  readonly resolution: Exclude<SkuResolution, { kind: 'none' }>;
  /** As the customer wrote it. */
  readonly raw: string;
  readonly index: number;
}

/** References read from one text at most (G10). */
export const MAX_FOUND_SKUS = 50;
const WINDOW_WORDS_MAX = 6;
const BARE_DIGITS_MIN = 4;

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What stands between this word and the one before it. */
  readonly gap: string;
}

const NOT_SKUS: readonly RegExp[] = [
  ADDRESS,
  /(?<!\d)(?:\+|00)\d[\d\s()-]{7,16}\d/g,
  /(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d)|(?<!\d)\d{1,2}\/\d{1,2}\/\d{2,4}(?!\d)/g,
];
/** `CH-616`, `CH 616`, `CH   616`, `CH.616`: one reference; a comma or a full stop with a space ends it. */
const JOINS = /^(?:\s{1,4}|\s?[-–—_/]\s?|\.)$/;
const UNIT_AFTER =
  /^\s*(?:x\s?\d|cm|mm|m\b|kg|%|aed|dhs?\b|dirhams?|usd|\$|pcs|pieces|units|people|persons|days|weeks|years|سم|متر|درهم|قطعة|شخص|يوم)/i;
const MONEY_BEFORE = /(?:aed|dhs?\.?|usd|\$|€|budget|price|under|below|max|درهم|ميزانية)\s*(?:[:.]\s*)?$/i;

/** The references, in order of appearance, never across a line break. */
export const findSkus = (text: string, index: SkuIndex): readonly FoundSku[] => {
  let clean = foldSku(text);
  for (const pattern of NOT_SKUS) clean = clean.replace(pattern, (found) => found.replace(/\S/g, '\u0001'));
  const found: FoundSku[] = [];
  let offset = 0;
  for (const line of clean.split('\n')) {
    const words = readWords(line);
    for (let i = 0; i < words.length && found.length < MAX_FOUND_SKUS; ) {
      const match = matchAt(line, words, i, index);
      if (!match) {
        i++;
        continue;
      }
      const [start, end] = [words[i]?.start ?? 0, words[match.last]?.end ?? 0];
      found.push({
        resolution: match.resolution,
        raw: text.slice(offset + start, offset + end),
        index: offset + start,
      });
      i = match.last + 1;
    }
    offset += line.length + 1;
  }
  return found;
};

const readWords = (line: string): readonly Word[] => {
  const words: Word[] = [];
  let end = 0;
  for (const match of line.matchAll(/[\p{L}\p{N}]+/gu)) {
    words.push({
      text: match[0],
      start: match.index,
      end: match.index + match[0].length,
      gap: line.slice(end, match.index),
    });
    end = match.index + match[0].length;
  }
  return words;
};

interface Match {
  readonly resolution: FoundSku['resolution'];
  readonly last: number;
}

/** The longest reference that begins at word `first`: a whole number before a stem. */
const matchAt = (line: string, words: readonly Word[], first: number, index: SkuIndex): Match | null => {
  const last = windowEnd(words, first);
  const tokens = words.slice(first, last + 1).map((word) => skuTokens(word.text));
  for (let to = last; to >= first; to--) {
    const window = tokens.slice(0, to - first + 1).flat();
    if (!isPlausible(line, words, first, to, window)) continue;
    const rows = exactRows(window, index);
    if (rows) return asMatch(decide(index, rows, 'exact'), to);
  }
  for (let to = last; to >= first; to--) {
    const window = tokens.slice(0, to - first + 1).flat();
    if (!isPlausible(line, words, first, to, window)) continue;
    const rows = index.byPrefix.get(tokenKey(window));
    if (rows) return narrowByColour(words, rows, to, index);
  }
  return null;
};

const asMatch = (resolution: SkuResolution, last: number): Match | null =>
  resolution.kind === 'none' ? null : { resolution, last };

const windowEnd = (words: readonly Word[], first: number): number => {
  let last = first;
  while (last + 1 < words.length && last - first + 1 < WINDOW_WORDS_MAX) {
    const [word, next] = [words[last], words[last + 1]];
    if (!word || !next || !JOINS.test(next.gap)) break;
    // "9719 4 pieces": a space never joins two numbers (lesson F-12).
    if (/^\s+$/.test(next.gap) && /\p{N}$/u.test(word.text) && /^\p{N}/u.test(next.text)) break;
    last++;
  }
  return last;
};

/** A reference holds a digit; a bare number is one only when long, and not when it measures or prices something. */
const isPlausible = (
  line: string,
  words: readonly Word[],
  first: number,
  to: number,
  window: readonly string[],
): boolean => {
  const joined = window.join('');
  if (!/\p{N}/u.test(joined)) return false;
  const bare = !/\p{L}/u.test(joined);
  if (bare && joined.length < BARE_DIGITS_MIN) return false;
  const written = line.slice(words[first]?.start, words[to]?.end);
  if (!bare && !/\s/.test(written)) return true;
  if (bare && !/^\p{N}+$/u.test(written)) return true;
  if (/\p{N}$/u.test(joined) && UNIT_AFTER.test(line.slice(words[to]?.end))) return false;
  return !(bare && MONEY_BEFORE.test(line.slice(0, words[first]?.start)));
};

/** "CH-616 black" among CH-616-BLK and CH-616-WHT is the black one. */
const narrowByColour = (
  words: readonly Word[],
  rows: readonly number[],
  to: number,
  index: SkuIndex,
): Match | null => {
  const next = words[to + 1];
  const colour =
    next && /^\s{1,4}$|^\s?[-/]\s?$/.test(next.gap) && colourCodes(next.text) ? next.text : undefined;
  const narrowed = colour
    ? rows.filter((row) => index.rows[row]?.tokens.some((token) => sameToken(colour, token)))
    : [];
  if (narrowed.length > 0) return asMatch(decide(index, narrowed, 'unique'), to + 1);
  return asMatch(decide(index, rows, 'unique'), to);
};
