/**
 * Photos on disk, named by their content, and a note for each item which photo is its own. Every file appears whole or
 * not at all: it is written aside, flushed, renamed and read back.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Effect, Schema } from 'effect';

/** The disk failed. The message names no item. */
export class ImageStoreError extends Schema.TaggedError<ImageStoreError>()('ImageStoreError', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** What is known of an item's photo. */
export const ImageNote = Schema.Struct({
  imageName: Schema.NullOr(Schema.String),
  imageId: Schema.NullOr(Schema.String),
  /** `null`: the source has no photo that can be sent. */
  file: Schema.NullOr(Schema.String),
  bytes: Schema.Number,
  /** ms since the epoch. */
  checkedAt: Schema.Number,
});
export type ImageNote = typeof ImageNote.Type;

export interface ImageFiles {
  /** `null` when nothing is known, or what is known cannot be read: then the photo is fetched anew. */
  readonly note: (itemId: string) => Effect.Effect<ImageNote | null, ImageStoreError>;
  readonly keepNote: (itemId: string, note: ImageNote) => Effect.Effect<void, ImageStoreError>;
  /** Stores the bytes once, whatever the number of items that show them; gives the file's name. */
  readonly keep: (bytes: Uint8Array, extension: 'jpg' | 'png') => Effect.Effect<string, ImageStoreError>;
  /** True when the file is there with all its bytes. */
  readonly isWhole: (file: string, bytes: number) => Effect.Effect<boolean, ImageStoreError>;
  /** Removes photos that no note names and leftovers of a crash, when untouched since `before`; how many. */
  readonly sweep: (before: number) => Effect.Effect<number, ImageStoreError>;
}

const decodeNote = Schema.decodeUnknownOption(Schema.fromJsonString(ImageNote));

/** Builds the store over `folder`; the folder is made when first needed. */
export const makeImageFiles = (folder: string): ImageFiles => {
  const notes = join(folder, '.notes');
  let serial = 0;

  const writeWhole = async (path: string, bytes: Uint8Array): Promise<void> => {
    const aside = `${path}.${process.pid}-${++serial}.tmp`;
    const file = await open(aside, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
    if (!Buffer.from(bytes).equals(await readFile(path))) throw new Error('what was read back differs');
  };
  const pathOfNote = (itemId: string) => join(notes, `${sha256(Buffer.from(itemId)).slice(0, 32)}.json`);

  return {
    note: (itemId) =>
      attempt('read', async () => {
        const text = await readIfThere(pathOfNote(itemId));
        const decoded = text === null ? null : decodeNote(text);
        return decoded?._tag === 'Some' ? decoded.value : null;
      }),
    keepNote: (itemId, note) =>
      attempt('write', async () => {
        await mkdir(notes, { recursive: true });
        await writeWhole(pathOfNote(itemId), Buffer.from(JSON.stringify(note)));
      }),
    keep: (bytes, extension) =>
      attempt('write', async () => {
        const name = `${sha256(bytes)}.${extension}`;
        const path = join(folder, name);
        if ((await sizeOf(path)) === bytes.byteLength) return name;
        await mkdir(folder, { recursive: true });
        await writeWhole(path, bytes);
        return name;
      }),
    isWhole: (file, bytes) =>
      attempt('read', async () => (await sizeOf(join(folder, basename(file)))) === bytes),
    sweep: (before) => attempt('sweep', () => sweepFolder(folder, notes, before)),
  };
};

const sweepFolder = async (folder: string, notes: string, before: number): Promise<number> => {
  const used = new Set<string>();
  for (const name of await namesIn(notes)) {
    const text = await readIfThere(join(notes, name));
    const note = text === null ? null : decodeNote(text);
    if (note?._tag === 'Some' && note.value.file !== null) used.add(note.value.file);
  }
  let removed = 0;
  for (const path of [...(await pathsIn(folder)), ...(await pathsIn(notes))]) {
    const isOurs = /\.(png|jpg)$/.test(path) ? !used.has(basename(path)) : path.endsWith('.tmp');
    if (!isOurs || (await stat(path)).mtimeMs >= before) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
};

const namesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (isAbsent(cause)) return [];
    throw cause;
  }
};

const pathsIn = async (folder: string): Promise<readonly string[]> =>
  (await namesIn(folder)).map((name) => join(folder, name));

const sizeOf = async (path: string): Promise<number | null> => {
  try {
    return (await stat(path)).size;
  } catch (cause) {
    if (isAbsent(cause)) return null;
    throw cause;
  }
};

const readIfThere = async (path: string): Promise<string | null> => {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (isAbsent(cause)) return null;
    throw cause;
  }
};

const isAbsent = (cause: unknown): boolean => (cause as NodeJS.ErrnoException).code === 'ENOENT';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const attempt = <A>(what: string, run: () => Promise<A>): Effect.Effect<A, ImageStoreError> =>
  Effect.tryPromise({
    try: run,
    catch: (cause) =>
      new ImageStoreError({
        message: `a product photo could not be ${what === 'sweep' ? 'swept' : what === 'read' ? 'read' : 'written'} (${(cause as NodeJS.ErrnoException).code ?? 'no code'}): check the space and the rights of DATA_DIR/media`,
        retryable: true,
      }),
  });
