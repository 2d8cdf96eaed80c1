/**
 * Copies the photos of all products that are offered, so that nobody waits for one later. It goes at the background's
 * pace of the vendor's limit, and a photo that cannot be had today is tried on the next day (domain 12.6).
 */
import { Effect } from 'effect';
import { Catalog, type ProductPage } from './catalog.ts';
import { ImageStore } from './image-store.ts';

export interface PhotosFilled {
  readonly products: number;
  readonly photos: number;
  readonly failed: number;
}

const PAGE = 200;
/** A source that fails so often in a row is away: the next run goes on. */
const FAILURES_IN_A_ROW_MAX = 5;

/** Walks the catalog once; `goOn` is asked before each photo. */
export const fillPhotos = Effect.fn('fillPhotos')(function* (goOn: () => boolean) {
  const catalog = yield* Catalog;
  const store = yield* ImageStore;
  const filled = { products: 0, photos: 0, failed: 0 };
  let failedInARow = 0;
  let cursor: string | undefined;
  do {
    const page: ProductPage = yield* catalog.list({
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const product of page.items.filter(({ active }) => active)) {
      if (!goOn() || failedInARow >= FAILURES_IN_A_ROW_MAX) return filled;
      filled.products++;
      const photo = yield* Effect.result(store.photoFor(product));
      if (photo._tag === 'Failure') {
        filled.failed++;
        failedInARow++;
        continue;
      }
      failedInARow = 0;
      if (photo.success !== null) filled.photos++;
    }
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return filled;
});
