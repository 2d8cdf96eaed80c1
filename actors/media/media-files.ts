/** Files of ours below the media folder, named by their content: whole or not there, and read back (lesson F-46). */
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Context, Effect, Layer, Schema } from 'effect';

/** The disk failed. The message names no file: names may tell of a customer. */
export class MediaFilesError extends Schema.TaggedError<MediaFilesError>()('MediaFilesError', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

export interface KeptFile {
  /** What the signer of links takes: `quotations/ab/abcd…/Quotation-SO-00042-R1.pdf`. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

export class MediaFiles extends Context.Service<
  MediaFiles,
  {
    /** Writes the bytes once, however often it is asked to, and reads them back. `name` is a plain file name. */
    readonly keep: (
      folder: string,
      name: string,
      bytes: Uint8Array,
    ) => Effect.Effect<KeptFile, MediaFilesError>;
    /** True when the file is there with exactly these bytes. */
    readonly isWhole: (path: string, sha256: string) => Effect.Effect<boolean, MediaFilesError>;
    /** For erasing a person: gone afterwards, whether it was there or not. */
    readonly remove: (path: string) => Effect.Effect<void, MediaFilesError>;
  }
>()('treejar/actors/MediaFiles') {
  /** `mediaFolder` is `DATA_DIR/media`; it is made when first needed. */
  static readonly layer = (mediaFolder: string): Layer.Layer<MediaFiles> =>
    Layer.sync(MediaFiles, () => makeMediaFiles(mediaFolder));
}

const makeMediaFiles = (root: string): MediaFiles['Service'] => {
  let serial = 0;
  const matches = async (path: string, sha256: string): Promise<boolean> => {
    const found = await readIfThere(join(root, path));
    return found !== null && digest(found) === sha256;
  };
  const writeWhole = async (path: string, bytes: Uint8Array): Promise<void> => {
    serial += 1;
    const aside = `${path}.${process.pid}-${serial}.tmp`;
    await mkdir(dirname(path), { recursive: true });
    const file = await open(aside, 'wx', 0o640);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  };
  return {
    keep: (folder, name, bytes) =>
      attempt('write', async () => {
        const sha256 = digest(bytes);
        const path = [folder, sha256.slice(0, 2), sha256, name].join('/');
        if (!(await matches(path, sha256))) {
          await writeWhole(join(root, path), bytes);
          if (!(await matches(path, sha256))) throw new Error('what was read back differs');
        }
        return { path, sha256, bytes: bytes.byteLength };
      }),
    isWhole: (path, sha256) => attempt('read', () => matches(path, sha256)),
    remove: (path) => attempt('remove', () => rm(join(root, path), { force: true })),
  };
};

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const readIfThere = async (path: string): Promise<Buffer | null> => {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

const codeOf = (error: unknown): string | null =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : null;

const attempt = <A>(verb: string, body: () => Promise<A>): Effect.Effect<A, MediaFilesError> =>
  Effect.tryPromise({
    try: body,
    catch: (error) =>
      new MediaFilesError({
        message: `Could not ${verb} a media file (${codeOf(error) ?? 'read back'}); check the space and rights of DATA_DIR`,
        retryable: true,
      }),
  });
