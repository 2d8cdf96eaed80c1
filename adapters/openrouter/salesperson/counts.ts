/** How many were spoken of, now or before, so that it is not asked twice (lesson F-02). Pure. */
import { listedItems, looseQuantity, wantedItems } from './items.ts';
import { COMPARES, familiesIn } from './lexicon.ts';
import { sameSku } from './lines.ts';
import type { Scene } from './scene.ts';
import { overlaps, WISH_ENDS } from './searches.ts';
import { fold } from './text.ts';

interface Item {
  readonly sku: string;
  readonly name: string;
}

/** The count in a message, beside an article or alone. */
export const spokenQuantity = (words: string): number | null =>
  wantedItems(words).find(({ quantity }) => quantity !== null)?.quantity ?? looseQuantity(words);

/**
 * "I need 6 chairs", a comparison, "the black one": six. Beside what is chosen already only a number that stands with this
 * kind of article counts: "2 of it, and 16 chairs".
 */
export const wantedBefore = (scene: Scene, item: Item): number | null => {
  const families = familiesIn(fold(item.name));
  const words = scene.earlier.find((said) => overlaps(families, familiesIn(fold(said))));
  if (words === undefined || COMPARES.test(fold(words))) return null;
  if (scene.selection.length === 0) return spokenQuantity(words);
  if (scene.selection.some(({ name }) => overlaps(families, familiesIn(fold(name))))) return null;
  const clause = words.split(WISH_ENDS).find((part) => overlaps(families, familiesIn(fold(part))));
  return clause === undefined ? null : spokenQuantity(clause);
};

/** "I need 10 chairs", our list, "what do you have in black?": ten, as long as nothing is chosen yet. */
export const countedBefore = (scene: Scene, text: string, context: readonly Item[]): boolean => {
  if (scene.selection.length > 0) return false;
  const named = familiesIn(text);
  const kinds = named.size > 0 ? named : new Set(context.flatMap(({ name }) => [...familiesIn(fold(name))]));
  return scene.earlier.some(
    (words) =>
      overlaps(kinds, familiesIn(fold(words))) &&
      !COMPARES.test(fold(words)) &&
      spokenQuantity(words) !== null,
  );
};

/** "I need 4 chairs", our list, "I want CH-616": four of it. */
export const saidBefore = (scene: Scene, sku: string): number | null =>
  listedItems(scene.replies[0] ?? '').some((item) => sameSku(item.sku, sku))
    ? spokenQuantity(scene.earlier[0] ?? '')
    : null;
