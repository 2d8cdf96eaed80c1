/**
 * Many items by id, of which a few change at a time: what changes is copied, the rest is shared with the state before.
 * A Map of a hundred thousand that is copied for every change of a live list would take all of a frame.
 */

/** Enough that a part of a hundred thousand holds about a hundred. */
const PARTS = 1024;

export interface KeptItems<T> {
  readonly size: number;
  readonly get: (id: string) => T | undefined;
  readonly values: () => IterableIterator<T>;
  /** The same items, with these added or in the place of their namesakes. */
  readonly with: (items: readonly T[]) => KeptItems<T>;
}

const partOf = (id: string): number => {
  let hash = 0;
  for (let at = Math.max(0, id.length - 8); at < id.length; at += 1)
    hash = (hash * 31 + id.charCodeAt(at)) | 0;
  return (hash >>> 0) % PARTS;
};

type Parts<T> = readonly (ReadonlyMap<string, T> | undefined)[];

function* valuesOf<T>(parts: Parts<T>): IterableIterator<T> {
  for (const part of parts) if (part !== undefined) yield* part.values();
}

const kept = <T extends { readonly id: string }>(parts: Parts<T>, size: number): KeptItems<T> => ({
  size,
  get: (id) => parts[partOf(id)]?.get(id),
  values: () => valuesOf(parts),
  with: (items) => {
    const next = parts.slice();
    const own = new Map<number, Map<string, T>>();
    let count = size;
    for (const item of items) {
      const at = partOf(item.id);
      const part = own.get(at) ?? new Map(parts[at]);
      if (!part.has(item.id)) count += 1;
      part.set(item.id, item);
      own.set(at, part);
      next[at] = part;
    }
    return kept(next, count);
  },
});

/** None yet. */
export const noItems = <T extends { readonly id: string }>(): KeptItems<T> =>
  kept(new Array<ReadonlyMap<string, T> | undefined>(PARTS).fill(undefined), 0);
