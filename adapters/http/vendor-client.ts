/**
 * The one way an adapter talks HTTP: base URL joined by string (wire/00), a per-attempt time-out that covers the
 * body, a concurrency limit per vendor, and two typed transport failures. Retries belong to the command runner.
 */
import { Effect, Schema, Semaphore } from 'effect';

/** The vendor could not be reached, or the connection broke. The request may or may not have been processed. */
export class VendorUnreachable extends Schema.TaggedError<VendorUnreachable>()('VendorUnreachable', {
  vendor: Schema.String,
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** No complete answer within the time-out. The request may or may not have been processed. */
export class VendorTimeout extends Schema.TaggedError<VendorTimeout>()('VendorTimeout', {
  vendor: Schema.String,
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

export type TransportError = VendorUnreachable | VendorTimeout;

export interface VendorRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Begins with a slash; appended to the base URL. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  /** Overrides the client's time-out, ms. */
  readonly timeoutMs?: number;
}

export interface VendorResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly text: () => string;
  /** The body as JSON, or `undefined` when it is empty or not JSON (vendors answer HTML from gateways). */
  readonly json: () => unknown;
}

export interface VendorClient {
  readonly request: (request: VendorRequest) => Effect.Effect<VendorResponse, TransportError>;
}

export interface VendorClientOptions {
  readonly vendor: string;
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly maxConcurrent: number;
}

/** The largest answer read from any vendor, bytes: a runaway body must not fill the memory (G10). */
export const MAX_RESPONSE_BYTES = 32 * 1024 * 1024;

/** Builds the client. Redirects are refused: no vendor API of ours uses them, and they would leak credentials. */
export const makeVendorClient = (options: VendorClientOptions): VendorClient => {
  const gate = Semaphore.makeUnsafe(options.maxConcurrent);
  const base = options.baseUrl.replace(/\/+$/, '');
  const request = Effect.fn(`${options.vendor}.request`)(function* (request: VendorRequest) {
    const timeoutMs = request.timeoutMs ?? options.timeoutMs;
    return yield* Effect.tryPromise({
      try: (signal) => exchange(base, request, signal),
      catch: (cause) =>
        new VendorUnreachable({
          vendor: options.vendor,
          message: `${options.vendor} could not be reached (${reasonOf(cause)}); check its base URL and the network`,
          retryable: true,
        }),
    }).pipe(
      Effect.timeoutOrElse({
        duration: timeoutMs,
        orElse: () =>
          Effect.fail(
            new VendorTimeout({
              vendor: options.vendor,
              message: `${options.vendor} did not answer within ${timeoutMs} ms`,
              retryable: true,
            }),
          ),
      }),
      gate.withPermits(1),
    );
  });
  return { request };
};

const exchange = async (base: string, request: VendorRequest, signal: AbortSignal): Promise<VendorResponse> => {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) query.set(key, String(value));
  }
  const url = `${base}${request.path}${query.size > 0 ? `?${query}` : ''}`;
  const headers = new Headers({ accept: 'application/json', ...request.headers });
  const init: RequestInit = { method: request.method, headers, redirect: 'error', signal };
  if (request.json !== undefined) {
    headers.set('content-type', 'application/json');
    init.body = JSON.stringify(request.json);
  } else if (request.form) {
    init.body = new URLSearchParams(request.form);
  }
  const response = await fetch(url, init);
  const body = await readBounded(response);
  const text = () => new TextDecoder().decode(body);
  return { status: response.status, headers: response.headers, body, text, json: () => parseJson(text()) };
};

const readBounded = async (response: Response): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_RESPONSE_BYTES) throw new Error(`answer larger than ${MAX_RESPONSE_BYTES} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
};

const parseJson = (text: string): unknown => {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A short reason without the URL: query strings can carry a customer's phone. */
const reasonOf = (cause: unknown): string => {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (inner instanceof Error) {
    const code = (inner as NodeJS.ErrnoException).code;
    return code ?? inner.name;
  }
  return 'unknown';
};
