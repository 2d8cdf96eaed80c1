/**
 * The built admin, from memory: an index of the folder is made once, so no path of a request ever reaches the disk.
 * Hashed assets are immutable; the page itself is always revalidated.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { contentTypeOf } from './content-type.ts';

/** A build larger than this is not our admin (G10). */
const MAX_FILES = 2000;
const MAX_TOTAL_BYTES = 64 * 1024 * 1024;

interface Asset {
  readonly type: string;
  readonly etag: string;
  readonly immutable: boolean;
  /** By encoding; `identity` is always there. */
  readonly bodies: ReadonlyMap<Encoding, Uint8Array<ArrayBuffer>>;
}

type Encoding = 'br' | 'gzip' | 'identity';
const PRECOMPRESSED: readonly (readonly [Encoding, string])[] = [
  ['br', '.br'],
  ['gzip', '.gz'],
];

export interface StaticFiles {
  /** `path` is below the folder, without a leading slash; an unknown page is the application's own business. */
  readonly respond: (path: string, request: Request) => Response;
}

const INDEX = 'index.html';

/** Serves `folder`. A folder that is built later is picked up when it appears. */
export const makeStaticFiles = (folder: string): StaticFiles => {
  let assets: ReadonlyMap<string, Asset> | null = null;
  return {
    respond: (path, request) => {
      if (assets === null && existsSync(join(folder, INDEX))) assets = readFolder(folder);
      if (assets === null) return notBuilt();
      const asset = assets.get(path) ?? (extname(path) === '' ? assets.get(INDEX) : undefined);
      return asset ? send(asset, request) : new Response(null, { status: 404 });
    },
  };
};

const notBuilt = (): Response =>
  new Response('The admin is not built yet: run "npm run build", then load this page again.\n', {
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });

const readFolder = (folder: string): ReadonlyMap<string, Asset> => {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const total = names.reduce((sum, name) => sum + statSync(name).size, 0);
  if (names.length > MAX_FILES || total > MAX_TOTAL_BYTES) {
    throw new Error(
      `${folder} has ${names.length} files of ${total} bytes; build the admin into an empty folder`,
    );
  }
  const isTwin = (name: string) => PRECOMPRESSED.some(([, suffix]) => name.endsWith(suffix));
  return new Map(
    names
      .filter((name) => !isTwin(name))
      .map((name) => [relative(folder, name).split(sep).join('/'), readAsset(name)] as const),
  );
};

const readAsset = (file: string): Asset => {
  const identity = new Uint8Array(readFileSync(file));
  const bodies = new Map<Encoding, Uint8Array<ArrayBuffer>>([['identity', identity]]);
  for (const [encoding, suffix] of PRECOMPRESSED) {
    if (existsSync(file + suffix)) bodies.set(encoding, new Uint8Array(readFileSync(file + suffix)));
  }
  const etag = `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`;
  // Vite puts a content hash before the extension: index-BfGh12_x.js
  return { type: contentTypeOf(file), etag, immutable: /-[\w-]{8,100}\.\w{1,20}$/.test(file), bodies };
};

const send = (asset: Asset, request: Request): Response => {
  const headers = new Headers({
    'content-type': asset.type,
    etag: asset.etag,
    'cache-control': asset.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'accept-encoding',
  });
  if (matches(request.headers.get('if-none-match'), asset.etag))
    return new Response(null, { status: 304, headers });
  const accepted = request.headers.get('accept-encoding') ?? '';
  const encoding = PRECOMPRESSED.map(([name]) => name).find(
    (name) =>
      asset.bodies.has(name) && new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(accepted),
  );
  if (encoding) headers.set('content-encoding', encoding);
  return new Response(asset.bodies.get(encoding ?? 'identity') ?? null, { headers });
};

const matches = (header: string | null, etag: string): boolean =>
  (header ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
