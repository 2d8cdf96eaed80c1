import { mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Effect, Layer, Logger } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZohoInventory } from '../../adapters/zoho-inventory/zoho-inventory.ts';
import { makeTestClock, tokenFor } from '../../adapters/zoho-oauth/test-support.ts';
import { startZohoDouble } from '../../adapters/zoho-oauth/zoho-double.ts';
import { ZohoToken } from '../../adapters/zoho-oauth/zoho-token.ts';
import { ImageStore, makeImageStore, PHOTO_BYTES_MAX, RECHECK_MS, RECHECK_NONE_MS } from './image-store.ts';
import type { SourceFailure } from './source.ts';

const png = (text = 'one'): Uint8Array =>
  Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    Buffer.from(`${text}IEND....`),
  ]);
const jpg = (text = 'one'): Uint8Array =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(text), Buffer.from([0xff, 0xd9])]);
const chair = { itemId: '4815000000000100001', imageName: 'ch.jpg' };
const trouble: SourceFailure = { _tag: 'InventoryUnavailable', message: 'down', retryable: true };
const DAY_MS = 24 * 3_600_000;

let mediaFolder: string;
let clock: ReturnType<typeof makeTestClock>;
let asked: string[];
let answer: (itemId: string) => Effect.Effect<{ bytes: Uint8Array } | null, SourceFailure>;
beforeEach(async () => {
  mediaFolder = await mkdtemp(join(tmpdir(), 'treejar-photos-'));
  clock = makeTestClock();
  asked = [];
  answer = () => Effect.succeed({ bytes: png() });
});
afterEach(() => rm(mediaFolder, { recursive: true, force: true }));

const store = () =>
  makeImageStore({
    mediaFolder,
    clock,
    fetchImage: (itemId) =>
      Effect.suspend(() => {
        asked.push(itemId);
        return answer(itemId);
      }),
  });
const run = <A, E>(effect: Effect.Effect<A, E>): Promise<A> =>
  Effect.runPromise(Effect.provide(effect, Logger.layer([])));
const photos = async () =>
  (await readdir(join(mediaFolder, 'products'))).filter((name) => /\.(png|jpg)$/.test(name));

describe('a product photo', () => {
  it.each([
    ['png', png(), 'image/png'],
    ['jpg', jpg(), 'image/jpeg'],
  ])(
    'is copied once as %s, named by its content, the bytes unchanged',
    async (extension, bytes, contentType) => {
      answer = () => Effect.succeed({ bytes });
      const photo = await run(store().photoFor(chair));
      expect(photo?.path).toMatch(new RegExp(`^products/[0-9a-f]{64}\\.${extension}$`));
      expect(photo?.contentType).toBe(contentType);
      expect(await readFile(join(mediaFolder, photo?.path ?? ''))).toEqual(Buffer.from(bytes));
      // Another process: the copy is found on disk.
      expect(await run(store().photoFor(chair))).toEqual(photo);
      expect(asked).toHaveLength(1);
    },
  );

  it('is one file for many items that show the same', async () => {
    const service = store();
    const first = await run(service.photoFor(chair));
    const second = await run(service.photoFor({ ...chair, itemId: '2' }));
    expect(second?.path).toBe(first?.path);
    expect(await photos()).toHaveLength(1);
  });

  it('is fetched once by many callers at once', async () => {
    answer = () => Effect.delay(Effect.succeed({ bytes: png() }), 20);
    const service = store();
    const all = await Promise.all(Array.from({ length: 12 }, () => run(service.photoFor(chair))));
    expect(new Set(all.map((photo) => photo?.path)).size).toBe(1);
    expect(asked).toHaveLength(1);
  });

  it('is fetched again when its id or its name changes, and only then', async () => {
    const service = store();
    const old = await run(service.photoFor({ ...chair, imageId: '900' }));
    answer = () => Effect.succeed({ bytes: png('two') });
    // The catalog's row does not know the id.
    expect(await run(service.photoFor(chair))).toEqual(old);
    const fresh = await run(service.photoFor({ ...chair, imageId: '901' }));
    expect(fresh?.path).not.toBe(old?.path);
    answer = () => Effect.succeed({ bytes: png('three') });
    const renamed = await run(service.photoFor({ ...chair, imageName: 'new.jpg' }));
    expect(renamed?.path).not.toBe(fresh?.path);
    expect(asked).toHaveLength(3);
  });

  it('that was copied without its id is compared by it once it is known', async () => {
    const service = store();
    const old = await run(service.photoFor(chair));
    answer = () => Effect.succeed({ bytes: png('two') });
    const fresh = await run(service.photoFor({ ...chair, imageId: '901' }));
    expect(fresh?.path).not.toBe(old?.path);
    expect(await run(service.photoFor(chair))).toEqual(fresh);
    expect(asked).toHaveLength(2);
  });

  it('is looked at again after a week, for it may have been replaced under its name', async () => {
    const service = store();
    const old = await run(service.photoFor(chair));
    answer = () => Effect.succeed({ bytes: png('two') });
    clock.advance(RECHECK_MS - 1);
    expect(await run(service.photoFor(chair))).toEqual(old);
    clock.advance(1);
    expect((await run(service.photoFor(chair)))?.path).not.toBe(old?.path);
  });

  it('that was damaged on disk is fetched again', async () => {
    const service = store();
    const photo = await run(service.photoFor(chair));
    await truncate(photo?.file ?? '', 5);
    expect(await run(service.photoFor(chair))).toEqual(photo);
    expect(await readFile(photo?.file ?? '')).toEqual(Buffer.from(png()));
    await rm(photo?.file ?? '');
    expect(await run(service.photoFor(chair))).toEqual(photo);
    expect(asked).toHaveLength(3);
  });
});

describe('no photo', () => {
  it('costs no call when the item has none', async () => {
    expect(await run(store().photoFor({ itemId: '1', imageName: null }))).toBeNull();
    expect(asked).toEqual([]);
  });

  it.each([
    ['Zoho has none', null],
    ['a webp, which the channel does not take', Buffer.from('RIFF....WEBPVP8 ')],
    ['a page instead of a picture', Buffer.from('<html></html>')],
    ['a png that was cut', png().subarray(0, 10)],
    ['a jpg that was cut', jpg().subarray(0, 6)],
    [
      'a picture that is too large',
      Buffer.concat([png(), Buffer.alloc(PHOTO_BYTES_MAX), Buffer.from('IEND')]),
    ],
  ])('%s: null, remembered for a day', async (_name, bytes) => {
    answer = () => Effect.succeed(bytes === null ? null : { bytes });
    const service = store();
    expect(await run(service.photoFor(chair))).toBeNull();
    expect(await run(service.photoFor(chair))).toBeNull();
    expect(asked).toHaveLength(1);
    clock.advance(RECHECK_NONE_MS);
    answer = () => Effect.succeed({ bytes: png() });
    expect(await run(service.photoFor(chair))).not.toBeNull();
  });
});

describe('when the source is in trouble', () => {
  it('fails with its error, and remembers nothing', async () => {
    answer = () => Effect.fail(trouble);
    const service = store();
    expect(await run(Effect.flip(service.photoFor(chair)))).toMatchObject({ _tag: 'InventoryUnavailable' });
    answer = () => Effect.succeed({ bytes: png() });
    expect(await run(service.photoFor(chair))).not.toBeNull();
  });

  it('our copy of the same photo serves; never that of another photo (lesson F-18)', async () => {
    const service = store();
    const photo = await run(service.photoFor({ ...chair, imageId: '900' }));
    answer = () => Effect.fail(trouble);
    clock.advance(RECHECK_MS);
    expect(await run(service.photoFor({ ...chair, imageId: '900' }))).toEqual(photo);
    expect(await run(Effect.flip(service.photoFor({ ...chair, imageId: '901' })))).toEqual(trouble);
  });

  it('a disk that cannot be written is a typed, retryable error', async () => {
    await writeFile(join(mediaFolder, 'products'), 'a file in the way');
    const error = await run(Effect.flip(store().photoFor(chair)));
    expect(error).toMatchObject({ _tag: 'ImageStoreError', retryable: true });
  });
});

describe('sweeping', () => {
  it('removes what no item shows and no link can name, and nothing else', async () => {
    const service = store();
    const old = await run(service.photoFor({ ...chair, imageId: '900' }));
    answer = () => Effect.succeed({ bytes: png('two') });
    const fresh = await run(service.photoFor({ ...chair, imageId: '901' }));
    const folder = join(mediaFolder, 'products');
    await writeFile(join(folder, 'x.png.1-1.tmp'), 'left by a crash');
    expect(await run(service.sweep)).toBe(0);
    const longAgo = new Date(clock.now() - 9 * DAY_MS);
    for (const name of [old?.file ?? '', fresh?.file ?? '', join(folder, 'x.png.1-1.tmp')])
      await utimes(name, longAgo, longAgo);
    expect(await run(service.sweep)).toBe(2);
    expect(await photos()).toEqual([fresh?.path.replace('products/', '')]);
  });

  it('of a store that never held anything does nothing', async () => {
    expect(await run(store().sweep)).toBe(0);
  });
});

describe('the layer', () => {
  it('copies a real photo of the sandbox catalog through Inventory', async () => {
    const double = await startZohoDouble({ clock });
    try {
      const token = Layer.succeed(ZohoToken, tokenFor(double, 'inventory', { clock }));
      const inventory = ZohoInventory.layer({
        baseUrl: double.inventoryUrl,
        organizationId: '1',
        clock,
      }).pipe(Layer.provide(token));
      const program = Effect.gen(function* () {
        const item = yield* (yield* ZohoInventory).itemBySku('CH-616');
        return item === null ? null : yield* (yield* ImageStore).photoFor(item);
      });
      const layer = Layer.provideMerge(ImageStore.layer({ mediaFolder, clock }), inventory);
      expect(await run(program.pipe(Effect.provide(layer)))).toMatchObject({ contentType: 'image/png' });
    } finally {
      await double.close();
    }
  });
});
