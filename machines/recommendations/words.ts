/** Category words as rules compare them: lower case, singular, whatever stands between them. */

/** `Height-adjustable desks` → `height`, `adjustable`, `desk`. */
export const categoryWords = (text: string): ReadonlySet<string> =>
  new Set((text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map(singular));

const singular = (word: string): string =>
  word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;

/** Whether every word of `asked` stands in `text`. */
export const saysAll = (text: ReadonlySet<string>, asked: string): boolean => {
  const words = categoryWords(asked);
  return words.size > 0 && [...words].every((word) => text.has(word));
};
