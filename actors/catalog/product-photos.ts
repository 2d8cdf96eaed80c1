/**
 * Product photos for those who show them: in a chat, on a quotation, in the admin. Zoho's own links need a token, so
 * only our signed ones ever leave (wire/04 §4, lesson F-18). A link names the item, not our copy: any replica can serve
 * it, and fetches the photo when it has no copy yet.
 */
import { Clock, Context, Effect, Layer } from 'effect';
import { MediaLinks } from '../media/media-links.ts';
import { Catalog, type Product } from './catalog.ts';
import type { DatabaseError } from './database.ts';
import { ImageStore, type Photo } from './image-store.ts';

export interface ProductPhoto {
  readonly sku: string;
  /** Absolute and signed, good for {@link SENT_LINK_MS}: to be given to the channel, never to be stored. */
  readonly url: string;
  /** What {@link url} was signed for, for those who sign when they send (`SendInput.file`). */
  readonly path: string;
  /** Our copy on disk, whole; for those who need the bytes. */
  readonly file: string;
  readonly contentType: Photo['contentType'];
  /** Of the bytes: two articles with one photo have the same, and a customer is shown it once (domain 21.5). */
  readonly photoId: string;
}

export interface ProductPhotosShape {
  /**
   * The photos of these articles, in the order asked. An article without a photo, or whose photo cannot be had now, is
   * left out. At most {@link PHOTOS_MAX} articles; further ones are ignored.
   */
  readonly bySkus: (skus: readonly string[]) => Effect.Effect<readonly ProductPhoto[], DatabaseError>;
  /** A link for a page of the admin; `null`: the source has no photo. Asks nobody; the same all day, for caches. */
  readonly linkOf: (product: Product) => Effect.Effect<string | null>;
  /** For the server: the file below the media folder that a link of ours means; `null`: not a link of ours, or no photo. */
  readonly resolve: (path: string) => Effect.Effect<string | null, DatabaseError>;
}

/** More than a message or a quotation shows. */
export const PHOTOS_MAX = 100;
/** The channel fetches at once; a retry may come a day later. */
export const SENT_LINK_MS = 2 * 24 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
const PREFIX = 'products/item/';
/** Vendors share a limit; the store has its own. */
const SIDE_BY_SIDE = 4;

export class ProductPhotos extends Context.Service<ProductPhotos, ProductPhotosShape>()(
  'treejar/actors/ProductPhotos',
) {
  static readonly layer: Layer.Layer<ProductPhotos, never, Catalog | ImageStore | MediaLinks> = Layer.effect(
    ProductPhotos,
    Effect.gen(function* () {
      const catalog = yield* Catalog;
      const store = yield* ImageStore;
      const links = yield* MediaLinks;

      const photoOf = (product: Product) =>
        store.photoFor(product).pipe(
          Effect.catch((error) =>
            Effect.logWarning('a product photo cannot be had now; it is left out', {
              sku: product.sku,
              reason: error._tag,
            }).pipe(Effect.as(null)),
          ),
        );
      const bySkus = Effect.fn('ProductPhotos.bySkus')(function* (skus: readonly string[]) {
        const products = yield* catalog.bySkus(skus.slice(0, PHOTOS_MAX));
        const found = yield* Effect.forEach(
          products,
          (product) => Effect.map(photoOf(product), (photo) => ({ product, photo })),
          { concurrency: SIDE_BY_SIDE },
        );
        return found.flatMap(({ product, photo }) =>
          photo === null
            ? []
            : [
                {
                  sku: product.sku,
                  url: links.sign(pathOf(product), SENT_LINK_MS),
                  path: pathOf(product),
                  file: photo.file,
                  contentType: photo.contentType,
                  photoId: photo.path,
                },
              ],
        );
      });
      const linkOf = (product: Product) =>
        Effect.map(Clock.currentTimeMillis, (now) =>
          hasPhoto(product) ? links.sign(pathOf(product), untilNextDay(now)) : null,
        );
      const resolve = Effect.fn('ProductPhotos.resolve')(function* (path: string) {
        const itemId = itemOf(path);
        const [product] = itemId === null ? [] : yield* catalog.byItemIds([itemId]);
        const photo = product === undefined ? null : yield* photoOf(product);
        return photo?.path ?? null;
      });
      return { bySkus, linkOf, resolve };
    }),
  );
}

/** Each photo once, under the first article that has it. */
export const distinctPhotos = (photos: readonly ProductPhoto[]): readonly ProductPhoto[] =>
  photos.filter(({ photoId }, index) => photos.findIndex((photo) => photo.photoId === photoId) === index);

const hasPhoto = (product: Product): boolean => product.imageName !== null || product.imageId !== null;

/** With the photo's own id, so that a new photo is not taken for the cached one. */
const pathOf = (product: Product): string =>
  `${PREFIX}${encodeURIComponent(product.itemId)}/${encodeURIComponent(product.imageId ?? product.imageName ?? '')}`;

const itemOf = (path: string): string | null => {
  const [item = ''] = path.startsWith(PREFIX) ? path.slice(PREFIX.length).split('/') : [];
  return item === '' ? null : decodeURIComponent(item);
};

/** One to two days: the link, and so the cached picture, changes at midnight UTC only. */
const untilNextDay = (now: number): number => (Math.floor(now / DAY_MS) + 2) * DAY_MS - now;
