/**
 * Fetches a file that a customer sent, by the link in Wazzup's webhook (contract 3.6). The link is untrusted: hosts are
 * listed, each address is checked as the connection is made, size and time are bounded, and the type is read from the
 * bytes. The link itself stays out of errors: whoever has it has the file.
 */
import { type LookupAddress, lookup } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Clock, Context, Effect, Layer, Semaphore } from 'effect';
import { retryAfterOf } from '../http/retry-after.ts';
import { type AllowedUrl, allowedUrl, isPublicAddress } from './media-address.ts';
import {
  type MediaError,
  MediaForbidden,
  MediaGone,
  MediaSize,
  MediaUnavailable,
  MediaUnexpected,
} from './media-errors.ts';
import { type MediaKind, type MediaType, sniffMedia } from './media-type.ts';

export * from './media-errors.ts';

export interface MediaRequest {
  /** `contentUri` as the webhook gave it. */
  readonly contentUri: string;
  /** Kinds that are wanted, by the bytes; all when left out. */
  readonly kinds?: readonly MediaKind[];
}

export interface MediaFile {
  readonly bytes: Uint8Array;
  readonly type: MediaType;
}

export interface MediaDownloadOptions {
  /** `WAZZUP_BASE_URL`: files may come from its origin too, wherever that is. */
  readonly wazzupBaseUrl: string;
  /** Of one file, redirects and body included. */
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  readonly maxConcurrent?: number;
  /** Resolves a name to all its addresses; the system's resolver when left out. */
  readonly resolve?: ResolveAll;
}

export type ResolveAll = (host: string) => Promise<readonly LookupAddress[]>;

export class MediaDownload extends Context.Service<
  MediaDownload,
  { readonly fetch: (request: MediaRequest) => Effect.Effect<MediaFile, MediaError> }
>()('treejar/adapters/whisper/MediaDownload') {
  static readonly layer = (options: MediaDownloadOptions) =>
    Layer.sync(MediaDownload, () => MediaDownload.of(makeMediaDownload(options)));
}

const DEFAULT_TIMEOUT_MS = 30_000;
/** Voice notes may have 25 MB (domain 16.5). */
const DEFAULT_MAX_BYTES = 25 * 1024 * 1024;
/** Times {@link DEFAULT_MAX_BYTES} of memory at worst (G10). */
const DEFAULT_CONCURRENT = 4;
const MAX_REDIRECTS = 3;

const makeMediaDownload = (options: MediaDownloadOptions): MediaDownload['Service'] => {
  const ownOrigin = new URL(options.wazzupBaseUrl).origin;
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  const gate = Semaphore.makeUnsafe(options.maxConcurrent ?? DEFAULT_CONCURRENT);
  const resolve = options.resolve ?? systemResolve;

  const fetch = Effect.fn('MediaDownload.fetch')(function* ({ contentUri, kinds }: MediaRequest) {
    const allowed = allowedUrl(contentUri, ownOrigin);
    if (allowed === null) return yield* forbidden('does not lead to the store of customers’ files');
    const now = yield* Clock.currentTimeMillis;
    const bytes = yield* Effect.tryPromise({
      try: (signal) => download(allowed, { ownOrigin, maxBytes, resolve, signal, now }, 0),
      catch: asMediaError,
    }).pipe(
      Effect.timeoutOrElse({
        duration: timeoutMs,
        orElse: () => Effect.fail(unavailable(`did not give the file within ${timeoutMs} ms`)),
      }),
      gate.withPermits(1),
    );
    const type = sniffMedia(bytes);
    if (kinds !== undefined && !kinds.includes(type.kind)) {
      return yield* new MediaUnexpected({
        mime: type.mime,
        message: `The file is ${type.mime}, not ${kinds.join(' or ')}; answer the customer without it`,
        retryable: false,
      });
    }
    return { bytes, type };
  });

  return { fetch };
};

interface Attempt {
  readonly ownOrigin: string;
  readonly maxBytes: number;
  readonly resolve: ResolveAll;
  readonly signal: AbortSignal;
  readonly now: number;
}

const download = async (from: AllowedUrl, attempt: Attempt, redirects: number): Promise<Uint8Array> => {
  const response = await get(from, attempt);
  const status = response.statusCode ?? 0;
  if (status === 200) return readBounded(response, attempt.maxBytes);
  response.destroy();
  if (status < 300 || status >= 400) throw statusError(status, response, attempt.now);
  const target = URL.parse(response.headers.location ?? '', from.url.href);
  const next = target === null ? null : allowedUrl(target.href, attempt.ownOrigin);
  if (next === null || next.url.host !== from.url.host) throw forbidden('redirects to another host');
  if (redirects >= MAX_REDIRECTS) throw forbidden('redirects in circles');
  return download(next, attempt, redirects + 1);
};

/** Resolves with the head of the answer. */
const get = ({ url, isOwn }: AllowedUrl, { resolve, signal }: Attempt): Promise<IncomingMessage> =>
  new Promise((done, reject) => {
    // A literal address is never looked up, so it is checked here; the list of hosts has none anyway.
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (!isOwn && isIP(literal) !== 0 && !isPublicAddress(literal))
      return reject(forbidden('leads to a private address'));
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(
      url,
      {
        signal,
        agent: false,
        headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'treejar' },
        ...(isOwn ? {} : { lookup: publicLookup(resolve) }),
      },
      done,
    );
    request.on('error', reject);
    request.end();
  });

/** All addresses of a name are checked, and the connection goes to those: a second answer of the DNS cannot differ. */
const publicLookup =
  (resolve: ResolveAll): LookupFunction =>
  (host, options, callback) => {
    resolve(host).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) {
          return callback(forbidden('leads to a private address'), []);
        }
        return options.all ? callback(null, [...addresses]) : callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };

const systemResolve: ResolveAll = (host) =>
  new Promise((resolve, reject) => {
    lookup(host, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });

const readBounded = async (response: IncomingMessage, maxBytes: number): Promise<Uint8Array> => {
  const declared = Number(response.headers['content-length'] ?? 0);
  if (declared > maxBytes) {
    response.destroy();
    throw tooLarge(maxBytes);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  if (size === 0) {
    throw new MediaSize({
      reason: 'empty',
      message: 'The file is empty; ask for it again',
      retryable: false,
    });
  }
  return new Uint8Array(Buffer.concat(chunks));
};

const forbidden = (what: string) =>
  new MediaForbidden({
    message: `The file was not fetched: its link ${what}; answer the customer without it`,
    retryable: false,
  });

const tooLarge = (maxBytes: number) =>
  new MediaSize({
    reason: 'too_large',
    message: `The file is larger than ${maxBytes} bytes; answer the customer without it`,
    retryable: false,
  });

const unavailable = (what: string, after: { readonly retryAfterMs?: number } = {}) =>
  new MediaUnavailable({
    message: `The store of customers’ files ${what}; the download may be tried again`,
    retryable: true,
    ...after,
  });

const statusError = (status: number, response: IncomingMessage, now: number): MediaError => {
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const wait = retryAfterOf(response.headers['retry-after'] ?? null, now);
    return unavailable(`answered ${status}`, wait === undefined ? {} : { retryAfterMs: wait });
  }
  return new MediaGone({
    status,
    message: `The store does not give the file out (${status}); ask the customer to send it again`,
    retryable: false,
  });
};

const MEDIA_ERRORS = [MediaForbidden, MediaGone, MediaSize, MediaUnavailable] as const;

const asMediaError = (cause: unknown): MediaError => {
  const known = MEDIA_ERRORS.find((kind) => cause instanceof kind);
  if (known) return cause as MediaError;
  const code = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.name) : 'unknown';
  return unavailable(`could not be reached (${code})`);
};
