/** Photos for a quotation's paper: a photo is worth having, never worth losing or delaying the paper for. */
import { readFile } from 'node:fs/promises';
import { Effect } from 'effect';
import type { Picture } from '../../adapters/typst/quote-pdf.ts';
import type { QuoteLine } from '../../machines/quotation/document.ts';
import { ImageStore } from '../catalog/image-store.ts';

/** Photos fetched side by side, and how long the paper waits for all of them. */
const FETCHES_MAX = 4;
const PATIENCE_MS = 8000;

/** Photos by SKU, of the lines that have one which can be read in time. */
export const quotePhotos = Effect.fn('quotePhotos')(function* (lines: readonly QuoteLine[]) {
  const images = yield* ImageStore;
  const found = new Map<string, Picture>();
  const wanted = new Map(lines.flatMap(({ sku, photo }) => (photo === null ? [] : [[sku, photo] as const])));
  const fetchOne = Effect.fnUntraced(function* (sku: string, item: Parameters<typeof images.photoFor>[0]) {
    const photo = yield* images.photoFor(item);
    if (photo === null) return;
    const bytes = yield* Effect.tryPromise(() => readFile(photo.file));
    found.set(sku, { bytes, type: photo.contentType === 'image/png' ? 'png' : 'jpg' });
  });
  yield* Effect.forEach(
    wanted,
    ([sku, item]) =>
      fetchOne(sku, item).pipe(
        Effect.catch((error) =>
          Effect.logWarning('A photo is missing on a quotation').pipe(
            Effect.annotateLogs({ sku, reason: error._tag }),
          ),
        ),
      ),
    { concurrency: FETCHES_MAX, discard: true },
  ).pipe(
    Effect.timeoutOrElse({
      duration: PATIENCE_MS,
      orElse: () => Effect.logWarning('Photos took too long; the quotation goes without the rest'),
    }),
  );
  return found;
});

/** The photos that fit into `bytesMax` together, small ones first: the channel takes files of at most 10 MB. */
export const withinBudget = (
  photos: ReadonlyMap<string, Picture>,
  bytesMax: number,
): ReadonlyMap<string, Picture> => {
  let left = bytesMax;
  const small = [...photos].sort(([, a], [, b]) => a.bytes.byteLength - b.bytes.byteLength);
  return new Map(
    small.filter(([, { bytes }]) => {
      left -= bytes.byteLength;
      return left >= 0;
    }),
  );
};
