/** How many were spoken of, now or before, so that it is not asked twice (lesson F-02). Pure. */
import { listedItems, looseQuantity, wantedItems } from './items.ts';
import { COMPARES, familiesIn } from './lexicon.ts';
import { sameSku } from './lines.ts';
import type { Scene } from './scene.ts';
import { overlaps } from './searches.ts';
import { fold } from './text.ts';

interface Item {
  readonly sku: string;
  readonly name: string;
}

/** The count in a message, beside an article or alone. */
export const spokenQuantity = (words: string): number | null =>
  wantedItems(words).find(({ quantity }) => quantity !== null)?.quantity ?? looseQuantity(words);

/** "I need 6 chairs", a comparison, "the black one": six. Once something is chosen the number may be its own. */
export const wantedBefore = (scene: Scene, item: Item): number | null => {
  if (scene.selection.length > 0) return null;
  const families = familiesIn(fold(item.name));
  const words = scene.earlier.find((said) => overlaps(families, familiesIn(fold(said))));
  return words === undefined || COMPARES.test(fold(words)) ? null : spokenQuantity(words);
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
