/** Links to product photos name the item; the server asks here for its file (actors/catalog/product-photos.ts). */
import { type Context, Effect } from 'effect';
import { ProductPhotos } from '../actors/catalog/product-photos.ts';
import type { MediaResolver } from './server/media.ts';

export const mediaResolver =
  (services: Context.Context<ProductPhotos>): MediaResolver =>
  (path) =>
    Effect.runPromise(
      Effect.flatMap(ProductPhotos, (photos) => photos.resolve(path)).pipe(Effect.provideContext(services)),
    );
