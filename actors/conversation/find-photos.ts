/** Our copies of the photos of these articles, one for each picture: two articles with one photo show it once (domain 21.5). */
import { Effect } from 'effect';
import type { FindPhotosInput, FindPhotosOutput } from '../../machines/conversation/actors.ts';
import { ProductPhotos } from '../catalog/product-photos.ts';

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
};

export const findPhotos = Effect.fn('findPhotos')(function* ({ skus }: FindPhotosInput) {
  const photos = yield* ProductPhotos;
  const found = yield* photos.bySkus(skus);
  const once = [...new Map(found.toReversed().map((photo) => [photo.photoId, photo])).values()].toReversed();
  return {
    files: once.map(({ sku, path, contentType }) => ({
      path,
      name: `${sku}.${EXTENSIONS[contentType] ?? 'jpg'}`,
      kind: 'image' as const,
    })),
  } satisfies FindPhotosOutput;
});
