/** Photos are drawn when first asked for, and kept. */
import type { SandboxItem } from '../catalog/types.ts';
import { drawProduct } from './draw-product.ts';

/** Photos kept, about 20 kB each; more than the catalog has. */
const PHOTOS_MAX = 256;

/** Gives an item's photo, or `null` when it has none. */
export const makePhotoCache = (): ((item: SandboxItem) => Uint8Array | null) => {
  const photos = new Map<string, Uint8Array>();
  return (item) => {
    if (item.picture === null) return null;
    const kept = photos.get(item.sku);
    if (kept) return kept;
    const drawn = drawProduct(item.picture);
    const oldest = photos.keys().next().value;
    if (photos.size >= PHOTOS_MAX && oldest !== undefined) photos.delete(oldest);
    photos.set(item.sku, drawn);
    return drawn;
  };
};
