/** The order's lines as the customer's words leave them: kept, added to, replaced, taken out (domain 3.9). Pure. */
import type { Wanted } from './items.ts';
import { ADDING, CORRECTING, familiesIn, INSTEAD, REMOVES, REPEATS } from './lexicon.ts';
import type { Scene } from './scene.ts';
import { overlaps } from './searches.ts';
import { fold } from './text.ts';

/** Without a quantity: chosen, and how many is asked next. */
export interface WantedLine {
  readonly sku: string;
  readonly quantity?: number;
}

/** "Cancel the desks": the selection without them; "repeat my order": as it stands. Null: neither was said. */
export const keptLines = (
  { selection }: Scene,
  text: string,
  wanted: readonly Wanted[],
): readonly WantedLine[] | null => {
  if (selection.length === 0) return null;
  if (REPEATS.test(text)) return selection.map(({ sku, quantity }) => ({ sku, quantity }));
  if (!REMOVES.test(text)) return null;
  const families = familiesIn(text);
  const kept = selection.filter(
    ({ sku, name }) =>
      !wanted.some((item) => sameSku(item.sku, sku)) && !overlaps(families, familiesIn(fold(name))),
  );
  const isPart = kept.length > 0 && kept.length < selection.length;
  return isPart ? kept.map(({ sku, quantity }) => ({ sku, quantity })) : null;
};

export const sameSku = (a: string, b: string): boolean => bareSku(a) === bareSku(b);
const bareSku = (sku: string): string => sku.toLowerCase().replaceAll(/[\s-]/g, '');

export const isSelected = (scene: Scene, sku: string): boolean =>
  scene.selection.some((line) => sameSku(line.sku, sku));

/** The tool replaces all lines, so earlier ones are kept here, unless the customer said "instead" (domain 3.9). */
export const merged = (
  scene: Scene,
  text: string,
  lines: readonly { readonly sku: string; readonly quantity: number }[],
) => {
  const isNewOrder = scene.quoted && !ADDING.test(text) && !CORRECTING.test(text);
  if (INSTEAD.test(text) || (isNewOrder && !lines.some((line) => isSelected(scene, line.sku)))) return lines;
  const kept = scene.selection.filter((old) => !lines.some((line) => sameSku(line.sku, old.sku)));
  const added = lines.map((line) => {
    const old = ADDING.test(text) ? scene.selection.find((known) => sameSku(known.sku, line.sku)) : undefined;
    return { sku: line.sku, quantity: line.quantity + (old?.quantity ?? 0) };
  });
  return [...kept.map(({ sku, quantity }) => ({ sku, quantity })), ...added];
};
