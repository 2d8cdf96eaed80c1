/**
 * Our own copies of product photos: Zoho's links need a token, and a channel wants an open link to a jpg or png
 * (lesson F-18, wire/04 §4, wire/01 §2). A photo is fetched when it is first needed, and again when its id changes.
 */
import { join } from 'node:path';
import { Context, Effect, Layer, Semaphore } from 'effect';
import { ZohoInventory } from '../../adapters/zoho-inventory/zoho-inventory.ts';
import { makeSingleFlight } from '../../adapters/zoho-oauth/single-flight.ts';
import { type ImageFiles, type ImageNote, type ImageStoreError, makeImageFiles } from './image-files.ts';
import type { SourceFailure } from './source.ts';

/** An item as far as its photo goes: a row of the catalog, or a live item, which also knows the photo's id. */
export interface PhotoItem {
  readonly itemId: string;
  readonly imageName: string | null;
  readonly imageId?: string | null | undefined;
}

export interface Photo {
  /** Below the media folder, `/` between names: what the signer of links takes. */
  readonly path: string;
  /** On disk, for those who need the bytes. */
  readonly file: string;
  readonly contentType: 'image/jpeg' | 'image/png';
}

export interface ImageStoreShape {
  /** The item's photo; `null` when it has none that could be sent. Fails when the source or the disk does. */
  readonly photoFor: (item: PhotoItem) => Effect.Effect<Photo | null, SourceFailure>;
  /** Removes photos that belong to no item any more and that no link can still name; how many. For a daily job. */
  readonly sweep: Effect.Effect<number, ImageStoreError>;
}

export interface ImageStoreOptions {
  /** `DATA_DIR/media`. */
  readonly mediaFolder: string;
  readonly clock: { readonly now: () => number };
}

type FetchImage = (itemId: string) => Effect.Effect<{ readonly bytes: Uint8Array } | null, SourceFailure>;

export class ImageStore extends Context.Service<ImageStore, ImageStoreShape>()('treejar/actors/ImageStore') {
  /** Photos from Inventory. */
  static readonly layer = (options: ImageStoreOptions): Layer.Layer<ImageStore, never, ZohoInventory> =>
    Layer.effect(
      ImageStore,
      Effect.map(ZohoInventory, (inventory) =>
        makeImageStore({ ...options, fetchImage: inventory.itemImage }),
      ),
    );
}

/** WhatsApp takes images up to 5 MB (wire/01 §2). */
export const PHOTO_BYTES_MAX = 5 * 1024 * 1024;
/** Downloads side by side: live prices share the vendor's limit and go first. */
const DOWNLOADS_MAX = 2;
const DAY_MS = 24 * 3_600_000;
/** A photo may be replaced under the same name, where the id is not known: looked at again after this, ms. */
export const RECHECK_MS = 7 * DAY_MS;
/** An item without a photo is asked again sooner: somebody may have added one. */
export const RECHECK_NONE_MS = DAY_MS;
/** Links live at most 7 days; the photo must outlive them. */
const UNUSED_MS = 8 * DAY_MS;
const FOLDER = 'products';

/** Builds the store; nothing is read or written before the first call. */
export const makeImageStore = (
  options: ImageStoreOptions & { readonly fetchImage: FetchImage },
): ImageStoreShape => {
  const { clock, fetchImage } = options;
  const folder = join(options.mediaFolder, FOLDER);
  const files = makeImageFiles(folder);
  const downloads = Semaphore.makeUnsafe(DOWNLOADS_MAX);
  const flights = new Map<string, ReturnType<typeof makeSingleFlight<Photo | null, SourceFailure>>>();

  const photoOf = (file: string): Photo => ({
    path: `${FOLDER}/${file}`,
    file: join(folder, file),
    contentType: file.endsWith('.png') ? 'image/png' : 'image/jpeg',
  });

  /** What the note says, when it may still be believed; `undefined` when the source must be asked. */
  const known = Effect.fnUntraced(function* (item: PhotoItem, note: ImageNote | null) {
    if (note === null || !isSameImage(note, item)) return undefined;
    const maxAge = note.file === null ? RECHECK_NONE_MS : RECHECK_MS;
    if (clock.now() - note.checkedAt >= maxAge) return undefined;
    if (note.file === null) return null;
    return (yield* files.isWhole(note.file, note.bytes)) ? photoOf(note.file) : undefined;
  });

  const fetched = Effect.fnUntraced(function* (item: PhotoItem) {
    const image = yield* downloads.withPermits(1)(fetchImage(item.itemId));
    const extension = image === null ? null : yield* usable(item, image.bytes);
    const file = image === null || extension === null ? null : yield* files.keep(image.bytes, extension);
    yield* files.keepNote(item.itemId, {
      imageName: item.imageName,
      imageId: item.imageId ?? null,
      file,
      bytes: file === null ? 0 : (image?.bytes.byteLength ?? 0),
      checkedAt: clock.now(),
    });
    return file === null ? null : photoOf(file);
  });

  const refreshed = (item: PhotoItem): Effect.Effect<Photo | null, SourceFailure> =>
    Effect.gen(function* () {
      const note = yield* files.note(item.itemId);
      const found = yield* known(item, note);
      if (found !== undefined) return found;
      return yield* fetched(item).pipe(
        Effect.catch((error) => Effect.flatMap(older(files, item, note), (file) => fallBack(file, error))),
      );
    });

  const fallBack = (file: string | null, error: SourceFailure): Effect.Effect<Photo, SourceFailure> =>
    file === null
      ? Effect.fail(error)
      : Effect.logWarning('a photo could not be refreshed; our copy of the same photo serves', {
          reason: error._tag,
        }).pipe(Effect.as(photoOf(file)));

  const alone = (item: PhotoItem): Effect.Effect<Photo | null, SourceFailure> =>
    Effect.suspend(() => {
      const key = `${item.itemId} ${item.imageId ?? ''} ${item.imageName ?? ''}`;
      const flight = flights.get(key) ?? makeSingleFlight<Photo | null, SourceFailure>();
      flights.set(key, flight);
      return flight(
        Effect.ensuring(
          refreshed(item),
          Effect.sync(() => flights.delete(key)),
        ),
      );
    });

  const photoFor = Effect.fn('ImageStore.photoFor')(function* (item: PhotoItem) {
    if (item.imageName === null && !item.imageId) return null;
    const found = yield* known(item, yield* files.note(item.itemId));
    return found === undefined ? yield* alone(item) : found;
  });
  return { photoFor, sweep: Effect.suspend(() => files.sweep(clock.now() - UNUSED_MS)) };
};

/** The same photo: by its id where the item knows it, by its name otherwise. */
const isSameImage = (note: ImageNote, item: PhotoItem): boolean =>
  item.imageId ? item.imageId === note.imageId : item.imageName === note.imageName;

/** Our copy of this very photo, though due for another look; never the copy of another photo (lesson F-18). */
const older = (
  files: ImageFiles,
  item: PhotoItem,
  note: ImageNote | null,
): Effect.Effect<string | null, ImageStoreError> => {
  const file = note !== null && isSameImage(note, item) ? note.file : null;
  if (note === null || file === null) return Effect.succeed(null);
  return Effect.map(files.isWhole(file, note.bytes), (isWhole) => (isWhole ? file : null));
};

/** Which kind of file these bytes are; `null`, and a warning, when they cannot be sent. */
const usable = (item: PhotoItem, bytes: Uint8Array): Effect.Effect<'jpg' | 'png' | null> => {
  const kind = kindOf(bytes);
  if (kind !== null && bytes.byteLength <= PHOTO_BYTES_MAX) return Effect.succeed(kind);
  const why = kind === null ? 'neither a whole jpg nor a whole png' : 'larger than 5 MB';
  return Effect.logWarning(`a product photo is ${why}: replace it in Inventory`, {
    itemId: item.itemId,
  }).pipe(Effect.as(null));
};

const PNG_START = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);
const JPEG_END = Buffer.from([0xff, 0xd9]);
/** Some programs write a little behind the end of a picture. */
const TAIL_BYTES = 1024;

/** By magic bytes, never by the header; a picture without its end was cut on the way. */
const kindOf = (bytes: Uint8Array): 'jpg' | 'png' | null => {
  const head = Buffer.from(bytes.subarray(0, PNG_START.length));
  const tail = Buffer.from(bytes.subarray(-TAIL_BYTES));
  if (head.equals(PNG_START)) return tail.includes('IEND') ? 'png' : null;
  return head.subarray(0, JPEG_START.length).equals(JPEG_START) && tail.includes(JPEG_END) ? 'jpg' : null;
};
