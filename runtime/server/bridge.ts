/**
 * uWebSockets.js on one side, web Request and Response on the other. Its rules: register `onAborted` first, read `req`
 * before the first await, copy chunks, write inside `cork`, and never touch a response that is gone.
 */

import type { HttpRequest, HttpResponse } from 'uWebSockets.js';
import { STATUS_CODES } from 'node:http';
import { ADDRESS_HEADER } from '../api/context.ts';
import { clientAddress, isLocal } from './address.ts';
import type { Reply } from './replies.ts';

/** What is known of a request before its body. */
export interface Head {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Headers;
  readonly address: string;
  /** From this machine and not through a proxy. */
  readonly local: boolean;
}

/** Names and values that no client may set: they are ours. */
const OWN_HEADERS: ReadonlySet<string> = new Set([ADDRESS_HEADER]);

/** Reads everything from `req`. Null: a header that HTTP does not allow. */
export const readHead = (res: HttpResponse, req: HttpRequest): Head | null => {
  const headers = new Headers();
  let bad = false;
  req.forEach((name, value) => {
    if (OWN_HEADERS.has(name)) return;
    try {
      headers.append(name, value);
    } catch {
      bad = true;
    }
  });
  if (bad) return null;
  const remote = Buffer.from(res.getRemoteAddressAsText()).toString();
  const forwarded = req.getHeader('x-forwarded-for');
  const address = clientAddress(remote, forwarded);
  headers.set(ADDRESS_HEADER, address);
  return {
    method: req.getCaseSensitiveMethod().toUpperCase(),
    path: req.getUrl(),
    query: req.getQuery(),
    headers,
    address,
    local: isLocal(remote, forwarded),
  };
};

/** Requests being answered: a graceful stop waits for them. */
export interface Flight {
  requests: number;
}

/** Whether the response can still be written. */
export interface Life {
  aborted: boolean;
  readonly onAbort: (listener: () => void) => void;
}

/** Call before anything asynchronous. */
export const watch = (res: HttpResponse): Life => {
  const listeners: (() => void)[] = [];
  const life: Life = { aborted: false, onAbort: (listener) => void listeners.push(listener) };
  res.onAborted(() => {
    life.aborted = true;
    for (const listener of listeners) listener();
  });
  return life;
};

export type Body =
  | { readonly kind: 'body'; readonly bytes: Buffer }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'aborted' };

/** Reads a body of at most `maxBytes`; a larger one is not kept, with or without `Content-Length`. */
export const readBody = (
  res: HttpResponse,
  life: Life,
  contentLength: string | null,
  maxBytes: number,
): Promise<Body> =>
  new Promise((resolve) => {
    if (Number(contentLength ?? 0) > maxBytes) return resolve({ kind: 'too_large' });
    const chunks: Buffer[] = [];
    let size = 0;
    life.onAbort(() => resolve({ kind: 'aborted' }));
    res.onData((chunk, isLast) => {
      size += chunk.byteLength;
      if (size > maxBytes) return resolve({ kind: 'too_large' });
      // The memory is the server's and is gone after this call.
      if (chunk.byteLength > 0) chunks.push(Buffer.from(new Uint8Array(chunk)));
      if (isLast) resolve({ kind: 'body', bytes: Buffer.concat(chunks) });
    });
  });

/** The host is not taken from the client: nothing of ours is decided by it. */
const BASE = 'http://treejar.internal';

/** Null: not a URL or a method that we can answer. */
export const toRequest = (head: Head, body: Buffer | null): Request | null => {
  const url = `${BASE}${head.path}${head.query === '' ? '' : `?${head.query}`}`;
  const init: RequestInit = { method: head.method, headers: head.headers };
  if (body !== null && head.method !== 'GET' && head.method !== 'HEAD') init.body = new Uint8Array(body);
  try {
    return new Request(url, init);
  } catch {
    return null;
  }
};

const statusLine = (status: number): string => `${status} ${STATUS_CODES[status] ?? ''}`.trim();

/** Sent by the server itself or meaningless here. */
const SKIPPED: ReadonlySet<string> = new Set(['content-length', 'connection', 'transfer-encoding']);

const writeHead = (res: HttpResponse, response: Response): void => {
  res.writeStatus(statusLine(response.status));
  for (const [name, value] of response.headers) if (!SKIPPED.has(name)) res.writeHeader(name, value);
};

/** A simple answer, at once. `close` ends the connection: the rest of a body that is too large is not read. */
export const answer = (res: HttpResponse, life: Life, reply: Reply, close = false): void => {
  if (life.aborted) return;
  res.cork(() => {
    res.writeStatus(statusLine(reply.status));
    for (const [name, value] of Object.entries(reply.headers)) res.writeHeader(name, value);
    res.end(reply.body, close);
  });
};

/** Sends a response: known length and a stream in pieces, anything else whole. */
export const send = async (res: HttpResponse, life: Life, head: Head, response: Response): Promise<void> => {
  const length = response.headers.get('content-length');
  if (head.method === 'HEAD') {
    const known =
      length ?? (response.body === null ? '0' : String((await response.arrayBuffer()).byteLength));
    // Nobody reads it: an opened file would stay open.
    if (!response.bodyUsed) await response.body?.cancel();
    if (life.aborted) return;
    res.cork(() => {
      writeHead(res, response);
      res.endWithoutBody(Number(known));
    });
  } else if (length !== null && response.body !== null) {
    await sendStream(res, life, response, Number(length));
  } else {
    const body = response.body === null ? '' : new Uint8Array(await response.arrayBuffer());
    if (life.aborted) return;
    res.cork(() => {
      writeHead(res, response);
      // 204 and 304 have no body and no length.
      if (response.status === 204 || response.status === 304) res.endWithoutBody();
      else res.end(body);
    });
  }
};

/** Waits for a slow reader instead of buffering for it. */
const sendStream = async (
  res: HttpResponse,
  life: Life,
  response: Response,
  total: number,
): Promise<void> => {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let started = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (life.aborted) return;
      if (done) {
        // Shorter than promised (the file was cut meanwhile): the client must notice.
        res.close();
        return;
      }
      const finished = await writeChunk(res, life, value, total, () => {
        if (!started) writeHead(res, response);
        started = true;
      });
      if (finished) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
};

/** True when the response is complete or gone. */
const writeChunk = (
  res: HttpResponse,
  life: Life,
  chunk: Uint8Array,
  total: number,
  begin: () => void,
): Promise<boolean> =>
  new Promise((resolve) => {
    const from = res.getWriteOffset();
    const attempt = (offset: number): boolean => {
      const rest = chunk.subarray(offset - from);
      const [ok, done] = res.tryEnd(rest as Uint8Array, total);
      if (done || ok) resolve(done);
      return ok || done;
    };
    life.onAbort(() => resolve(true));
    let written = true;
    res.cork(() => {
      begin();
      written = attempt(from);
    });
    if (!written) res.onWritable((offset) => attempt(offset));
  });
