/** "The black one": the items of a list that have the colour that was named. Pure. */
import { fold, pattern } from './text.ts';

/** The colour in a customer's words, and in names and numbers of articles. */
const COLOURS: readonly (readonly [said: RegExp, named: RegExp])[] = [
  [pattern(/\bblack\b/, ['أسود', 'سوداء', 'السوداء']), /black|-blk\b|اسود|سوداء/i],
  [pattern(/\bwhite\b/, ['أبيض', 'بيضاء']), /white|-wht\b|ابيض|بيضاء/i],
  [pattern(/\bgr[ea]y\b/, ['رمادي', 'رمادية']), /gr[ea]y|-gry\b|رمادي/i],
  [pattern(/\bblue\b/, ['أزرق', 'زرقاء']), /blue|-blu\b|ازرق|زرقاء/i],
  [pattern(/\bgreen\b/, ['أخضر', 'خضراء']), /green|-grn\b|اخضر|خضراء/i],
  [pattern(/\bred\b/, ['أحمر', 'حمراء']), /\bred\b|-red\b|احمر|حمراء/i],
  [pattern(/\bteal\b/, ['فيروزي']), /teal|-tea\b|فيروزي/i],
  [pattern(/\b(cognac|brown)\b/, ['بني', 'كونياك']), /cognac|brown|-cog\b|بني|كونياك/i],
  [pattern(/\bwalnut\b/, ['جوز']), /walnut|جوز/i],
];

const COLOUR_SUFFIX = /-(?:blk|wht|gry|blu|grn|red|tea|cog)$/i;

/** Whether two articles are one model in different colours. */
export const areTwins = (one: Named, other: Named): boolean =>
  bareName(one.name) === bareName(other.name) ||
  one.sku.replace(COLOUR_SUFFIX, '') === other.sku.replace(COLOUR_SUFFIX, '');

interface Named {
  readonly sku: string;
  readonly name: string;
}

/** An article's name without its colour: twins of different colours share it. */
export const bareName = (name: string): string =>
  COLOURS.reduce((rest, [, named]) => rest.replace(new RegExp(named.source, 'giu'), ' '), fold(name))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** All items when no colour was named, or when none of them has it. */
export const ofColour = <Item extends { readonly sku: string; readonly name: string }>(
  said: string,
  items: readonly Item[],
): readonly Item[] => {
  const text = fold(said);
  const colour = COLOURS.find(([words]) => words.test(text));
  if (!colour) return items;
  const fitting = items.filter(({ sku, name }) => colour[1].test(`${fold(name)} ${sku}`));
  return fitting.length > 0 ? fitting : items;
};

/** The colour as the customer wrote it, folded; `null` when none is named. */
export const colourIn = (text: string): string | null => {
  for (const [words] of COLOURS) {
    const match = words.exec(text);
    if (match) return match[0].trim();
  }
  return null;
};

/** Whether one of the items has the colour that was named. */
export const colourFits = (
  text: string,
  items: readonly { readonly sku: string; readonly name: string }[],
): boolean => {
  const colour = COLOURS.find(([words]) => words.test(text));
  return colour !== undefined && items.some(({ sku, name }) => colour[1].test(`${fold(name)} ${sku}`));
};

/** Whether a colour was named and the article does not have it. */
export const isOtherColour = (text: string, item: Named): boolean =>
  colourIn(text) !== null && !colourFits(text, [item]);
