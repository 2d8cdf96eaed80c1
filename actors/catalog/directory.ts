/** The catalog's article numbers and categories in memory, kept in step by the search index. */
import { makeSkuIndex, resolveSku, type SkuIndex, type SkuResolution } from '../../machines/sku/sku.ts';
import type { ProductRow } from './product.ts';

interface Entry {
  readonly sku: string;
  readonly category: string | null;
  readonly active: boolean;
}

export interface Directory {
  /** Takes new and changed rows. */
  readonly take: (rows: readonly ProductRow[]) => void;
  /** Active articles; made at the first call after a change. */
  readonly active: () => SkuIndex;
  /** Inactive ones too: a customer may ask for what is no longer sold (domain 9.8). */
  readonly all: () => SkuIndex;
  /** An active article, or a former one when no active one answers. */
  readonly resolve: (query: string) => SkuResolution;
  /** Categories that a customer's or the model's word means, as the catalog writes them; empty when none does. */
  readonly categoriesLike: (asked: string) => readonly string[];
}

/** An empty directory. Its size is that of the catalog, bounded by the vector store's limit. */
export const makeDirectory = (): Directory => {
  const entries = new Map<string, Entry>();
  let activeIndex: SkuIndex | null = null;
  let allIndex: SkuIndex | null = null;

  // Sorted, so that every replica names variants in the same order.
  const skusOf = (wanted: (entry: Entry) => boolean): readonly string[] =>
    [...entries.values()]
      .filter(wanted)
      .map((entry) => entry.sku)
      .sort();

  const active = (): SkuIndex => {
    activeIndex ??= makeSkuIndex(skusOf((entry) => entry.active));
    return activeIndex;
  };
  const all = (): SkuIndex => {
    allIndex ??= makeSkuIndex(skusOf(() => true));
    return allIndex;
  };
  return {
    take: (rows) => {
      for (const { item_id, sku, category, active: isActive } of rows) {
        const known = entries.get(item_id);
        if (known?.sku === sku && known.category === category && known.active === isActive) continue;
        entries.set(item_id, { sku, category, active: isActive });
        activeIndex = null;
        allIndex = null;
      }
    },
    active,
    all,
    resolve: (query) => {
      const resolution = resolveSku(query, active());
      return resolution.kind === 'none' ? resolveSku(query, all()) : resolution;
    },
    categoriesLike: (asked) => {
      const wanted = categoryWords(asked);
      if (wanted.length === 0) return [];
      const known = new Set(
        [...entries.values()].flatMap((entry) => (entry.category === null ? [] : [entry.category])),
      );
      return [...known].filter((category) => {
        const own = new Set(categoryWords(category));
        return wanted.every((word) => own.has(word));
      });
    },
  };
};

/** Lower case, singular: "Chairs" asked of "Office Chair" is meant. */
const categoryWords = (text: string): readonly string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => word !== 'and')
    .map((word) => word.replace(/s$/, ''));
