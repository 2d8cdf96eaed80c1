/** A catalog source for tests: a list that can change, fail and stall between pages. */
import { Effect } from 'effect';
import type { CatalogItem, CatalogSourceShape, SourceFailure } from './source.ts';

export interface FakeSource extends CatalogSourceShape {
  items: CatalogItem[];
  pageSize: number;
  /** Asked so far: page number and window. */
  readonly asked: { n: number; since: number | undefined }[];
  /** The next answers fail with these. */
  readonly failures: SourceFailure[];
  /** Runs before each page; lets a test stop inside a run. */
  beforePage: (n: number) => Promise<void>;
  rejected: number;
}

/** An item with everything that matters, the rest by default. */
export const item = (given: Partial<CatalogItem> & { readonly sku: string }): CatalogItem => ({
  itemId: `id-${given.sku}`,
  name: `Item ${given.sku}`,
  description: '',
  category: 'Chairs',
  price: '100.00',
  currency: 'AED',
  stock: 10,
  unit: 'pcs',
  active: true,
  attributes: {},
  imageName: null,
  modifiedAt: '2026-01-15T10:20:30+0400',
  ...given,
});

export const makeFakeSource = (items: readonly CatalogItem[], name = 'fake'): FakeSource => {
  const source: FakeSource = {
    name,
    items: [...items],
    pageSize: 200,
    asked: [],
    failures: [],
    rejected: 0,
    beforePage: async () => {},
    page: (n, since) =>
      Effect.gen(function* () {
        source.asked.push({ n, since });
        yield* Effect.promise(() => source.beforePage(n));
        const failure = source.failures.shift();
        if (failure) return yield* Effect.fail(failure);
        const from = (n - 1) * source.pageSize;
        return {
          items: source.items.slice(from, from + source.pageSize),
          hasMore: from + source.pageSize < source.items.length,
          rejected: source.rejected,
        };
      }),
  };
  return source;
};
