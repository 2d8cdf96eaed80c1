/** Photos leave by our signed links only; the link names the item, and any replica can serve it (lesson F-18). */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Effect, Layer, Logger } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MediaLinks } from '../media/media-links.ts';
import { Catalog } from './catalog.ts';
import { fillPhotos } from './fill-photos.ts';
import { ImageStore, makeImageStore } from './image-store.ts';
import type { Product } from './product.ts';
import { distinctPhotos, ProductPhotos } from './product-photos.ts';
import type { SourceFailure } from './source.ts';

const png = (text: string): Uint8Array =>
  Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    Buffer.from(`${text}IEND....`),
  ]);

const product = (sku: string, given: Partial<Product> = {}): Product => ({
  itemId: `id ${sku}`,
  sku,
  name: sku,
  nameAr: null,
  description: null,
  descriptionAr: null,
  category: null,
  price: null,
  currency: 'AED',
  stock: 1,
  unit: null,
  active: true,
  attributes: {},
  imageName: `${sku}.png`,
  imageId: null,
  card: null,
  updatedAt: '2026-01-15T10:20:30.000Z',
  ...given,
});

let folder: string;
let asked: string[];
let broken: Set<string>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'treejar-photos-'));
  asked = [];
  broken = new Set();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const down: SourceFailure = { _tag: 'InventoryUnavailable', message: 'down', retryable: true };

const setup = (products: readonly Product[]) => {
  const catalog = Layer.mock(Catalog, {
    resumeSync: Effect.succeed(null),
    latestRun: Effect.succeed(null),
    refresh: Effect.void,
    skuIndex: Effect.die('not asked'),
    bySkus: (skus) => Effect.succeed(skus.flatMap((sku) => products.filter((one) => one.sku === sku))),
    byItemIds: (ids) => Effect.succeed(products.filter((one) => ids.includes(one.itemId))),
    list: ({ limit, cursor }) => {
      const from = Number(cursor ?? 0);
      const to = from + limit;
      return Effect.succeed({
        items: products.slice(from, to),
        next: to < products.length ? String(to) : null,
      });
    },
  });
  const images = Layer.succeed(
    ImageStore,
    makeImageStore({
      mediaFolder: folder,
      clock: { now: () => 0 },
      fetchImage: (itemId) =>
        Effect.suspend(() => {
          asked.push(itemId);
          if (broken.has(itemId)) return Effect.fail(down);
          return Effect.succeed({ bytes: png(itemId.startsWith('id TWIN') ? 'twin' : itemId) });
        }),
    }),
  );
  const links = Layer.succeed(MediaLinks, { sign: (path, ttlMs) => `https://shop/media/${path}?${ttlMs}` });
  const layer = ProductPhotos.layer.pipe(
    Layer.provideMerge(Layer.mergeAll(catalog, images, links)),
    Layer.provideMerge(Logger.layer([])),
  );
  return <A, E>(effect: Effect.Effect<A, E, ProductPhotos | Catalog | ImageStore>) =>
    Effect.runPromise(Effect.provide(effect, layer));
};

const bySkus = (skus: readonly string[]) => Effect.flatMap(ProductPhotos, (photos) => photos.bySkus(skus));
const resolve = (path: string) => Effect.flatMap(ProductPhotos, (photos) => photos.resolve(path));

describe('photos of articles', () => {
  it('are copied before their link is given, and come in the order asked', async () => {
    const run = setup([product('A'), product('B')]);
    const photos = await run(bySkus(['B', 'A', 'NONE']));
    expect(photos.map(({ sku }) => sku)).toEqual(['B', 'A']);
    expect(await readFile(photos[0]?.file ?? '')).toEqual(Buffer.from(png('id B')));
    expect(photos[0]).toMatchObject({ contentType: 'image/png' });
    expect(photos[0]?.url).toMatch(/^https:\/\/shop\/media\/products\/item\/id%20B\//);
  });

  it('leave out what has no photo and what cannot be had now, and keep the others', async () => {
    broken.add('id B');
    const run = setup([product('A'), product('B'), product('C', { imageName: null })]);
    expect((await run(bySkus(['A', 'B', 'C']))).map(({ sku }) => sku)).toEqual(['A']);
    broken.clear();
    expect((await run(bySkus(['B']))).map(({ sku }) => sku)).toEqual(['B']);
  });

  it('are shown once when two articles have the same one (domain 21.5)', async () => {
    const run = setup([product('TWIN-1'), product('A'), product('TWIN-2')]);
    const photos = await run(bySkus(['TWIN-1', 'A', 'TWIN-2']));
    expect(photos.map(({ sku }) => sku)).toEqual(['TWIN-1', 'A', 'TWIN-2']);
    expect(distinctPhotos(photos).map(({ sku }) => sku)).toEqual(['TWIN-1', 'A']);
  });
});

describe('a link', () => {
  it('is served by a replica that has no copy yet', async () => {
    const run = setup([product('A')]);
    const path = await run(resolve('products/item/id%20A/A.png'));
    expect(await readFile(join(folder, path ?? ''))).toEqual(Buffer.from(png('id A')));
    expect(asked).toEqual(['id A']);
  });

  it('of another kind, or to nothing, is none of ours', async () => {
    const run = setup([product('A')]);
    expect(await run(resolve('quotations/q.pdf'))).toBeNull();
    expect(await run(resolve('products/item/'))).toBeNull();
    expect(await run(resolve('products/item/elsewhere/x'))).toBeNull();
  });

  it('for a page is the same all day, asks nobody, and changes with the photo', async () => {
    const run = setup([]);
    const linkOf = (one: Product) => run(Effect.flatMap(ProductPhotos, (photos) => photos.linkOf(one)));
    expect(await linkOf(product('A', { imageName: null }))).toBeNull();
    const first = await linkOf(product('A', { imageId: '1' }));
    expect(first).not.toBe(await linkOf(product('A', { imageId: '2' })));
    expect(asked).toEqual([]);
  });
});

describe('the copy of all photos', () => {
  const many = Array.from({ length: 450 }, (_, index) => product(`P${index}`));

  it('walks the whole catalog, offered articles only', async () => {
    const run = setup([...many, product('GONE', { active: false })]);
    expect(await run(fillPhotos(() => true))).toEqual({ products: 450, photos: 450, failed: 0 });
    expect(asked).not.toContain('id GONE');
    asked = [];
    await run(fillPhotos(() => true));
    expect(asked).toEqual([]);
  });

  it('goes over one that fails, ends when the source is away, and stops when told', async () => {
    broken.add('id P1');
    const run = setup(many.slice(0, 10));
    expect(await run(fillPhotos(() => true))).toEqual({ products: 10, photos: 9, failed: 1 });
    for (const { itemId } of many) broken.add(itemId);
    const away = setup(many.slice(10));
    expect(await away(fillPhotos(() => true))).toEqual({ products: 5, photos: 0, failed: 5 });
    expect(await away(fillPhotos(() => false))).toEqual({ products: 0, photos: 0, failed: 0 });
  });
});
