/** What the palette offers for what is typed: pure, so that the order can be tested without a page. */

export interface Choice {
  readonly id: string;
  readonly icon: string;
  readonly words: string;
  readonly hint?: string;
  /** The shortcut that does the same. */
  readonly keys?: readonly string[];
  readonly run: () => void;
}

/** 0 the words begin so, 1 one of the words begins so, 2 it stands within; null: not at all. */
export const rankOf = (q: string, words: string): 0 | 1 | 2 | null => {
  const text = words.toLowerCase();
  if (text.startsWith(q)) return 0;
  if (text.split(/[\s:·]+/).some((word) => word.startsWith(q))) return 1;
  return text.includes(q) ? 2 : null;
};

/**
 * Sections and acts that fit, best first, then people. Nothing typed: all sections and acts as they stand.
 *
 * @param q trimmed, lower case
 * @param people already found for the query, best first
 */
export const choose = (q: string, fixed: readonly Choice[], people: readonly Choice[]): readonly Choice[] => {
  if (q === '') return fixed;
  const fitting = fixed.flatMap((choice) => {
    const rank = rankOf(q, choice.words);
    return rank === null ? [] : [{ choice, rank }];
  });
  const sorted = fitting.sort((left, right) => left.rank - right.rank).map(({ choice }) => choice);
  return [...sorted, ...people];
};
