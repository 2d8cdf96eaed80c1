/** `GET /media/:token`: signed, expiring links to files of `DATA_DIR/media` (domain 4.8), and to nothing else. */
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import type { Redacted } from 'effect';
import { makeKeyedHash, secretEquals } from '../auth/secrets.ts';
import type { Clock } from '../engine/types.ts';
import { contentTypeOf } from './content-type.ts';

/** Longer links are a mistake: the channel fetches at once (wire/01 §2.1). */
export const MAX_TTL_MS = 7 * 24 * 3_600_000;

export interface MediaSigner {
  /** A link to `path` (below the media folder, `/` between names), good for `ttlMs`. */
  readonly sign: (path: string, ttlMs: number) => string;
  /** The path of a good token; `expired` and `bad` are told apart for the answer's text only. */
  readonly verify: (token: string) => { readonly path: string } | 'expired' | 'bad';
}

export interface SignerOptions {
  readonly secret: Redacted.Redacted;
  /** `PUBLIC_URL`, no trailing slash; asked at each link, for a free port is known late. */
  readonly publicUrl: () => string;
  readonly clock: Clock;
}

/** Builds the signer. Tokens are `<base64url of {p, e}>.<HMAC>`; the secret is `SESSION_SECRET`. */
export const makeMediaSigner = (options: SignerOptions): MediaSigner => {
  const keyed = makeKeyedHash(options.secret);
  return {
    sign: (path, ttlMs) => {
      if (ttlMs <= 0 || ttlMs > MAX_TTL_MS)
        throw new RangeError(`a media link lives 1 ms to 7 days, not ${ttlMs} ms`);
      const claim = Buffer.from(JSON.stringify({ p: path, e: options.clock.now() + ttlMs })).toString(
        'base64url',
      );
      return `${options.publicUrl()}/media/${claim}.${keyed.hash('media', claim)}`;
    },
    verify: (token) => {
      const [claim, mac, more] = token.split('.');
      if (claim === undefined || mac === undefined || more !== undefined) return 'bad';
      if (!secretEquals(mac, keyed.hash('media', claim))) return 'bad';
      // Signed by us, so it has our shape.
      const { p, e } = JSON.parse(Buffer.from(claim, 'base64url').toString()) as { p: string; e: number };
      return e > options.clock.now() ? { path: p } : 'expired';
    },
  };
};

/** The file below the media folder that a signed path stands for; `null`: it is the file's own path. */
export type MediaResolver = (path: string) => Promise<string | null>;

/** Answers one token. Nothing outside `folder` is ever read, not by dots and not by links. */
export const serveMedia = async (
  signer: Pick<MediaSigner, 'verify'>,
  folder: string,
  token: string,
  resolve: MediaResolver = async () => null,
): Promise<Response> => {
  const verdict = signer.verify(token);
  if (verdict === 'bad') return refuse(404, 'not_found', 'There is no such file; ask for a new link.');
  if (verdict === 'expired') return refuse(404, 'expired', 'The link has expired; ask for a new one.');
  const file = await fileBelow(folder, (await resolve(verdict.path)) ?? verdict.path);
  if (!file) return refuse(404, 'not_found', 'The file is not there any more; ask for a new link.');
  const body = Readable.toWeb(createReadStream(file.path)) as NodeStream<Uint8Array>;
  return new Response(body as unknown as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': contentTypeOf(file.path),
      'content-length': String(file.size),
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(basename(file.path))}`,
      'cache-control': 'private, max-age=3600',
      'cross-origin-resource-policy': 'cross-origin',
    },
  });
};

const fileBelow = async (folder: string, path: string): Promise<{ path: string; size: number } | null> => {
  try {
    const root = await realpath(folder);
    const target = await realpath(join(root, path));
    const info = await stat(target);
    return target.startsWith(root + sep) && info.isFile() ? { path: target, size: info.size } : null;
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
    // Not there, or a name no file can have; everything else (permissions, a broken disk) must be seen.
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ERR_INVALID_ARG_VALUE') return null;
    throw error;
  }
};

const refuse = (status: number, code: string, message: string): Response =>
  Response.json({ error: { code, message } }, { status });
