/**
 * The one way an adapter talks HTTP: base URL joined by string (wire/00), a per-attempt time-out that covers the
 * body, a concurrency limit and a circuit per client, and typed transport failures. Retries belong to the command runner.
 */
import { Effect, Semaphore } from 'effect';
import { type BreakerOptions, breakerFor, type Judge } from './vendor-breaker.ts';
import { type TransportError, VendorTimeout, VendorUnreachable } from './vendor-errors.ts';

export * from './vendor-errors.ts';

export interface VendorRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Begins with a slash; appended to the base URL. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  /** Sent as multipart/form-data, for files. */
  readonly parts?: FormData;
  /** Overrides the client's time-out, ms. */
  readonly timeoutMs?: number;
  /** A long poll, which the vendor keeps open while nothing happens: its length is not counted as slowness. */
  readonly held?: boolean;
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
  /** When the circuit opens, and where its health is shown; tests use their own. */
  readonly breaker?: BreakerOptions;
}

/** The largest answer read from any vendor, bytes: a runaway body must not fill the memory (G10). */
export const MAX_RESPONSE_BYTES = 32 * 1024 * 1024;

/** Builds the client. Redirects are refused: no vendor API of ours uses them, and they would leak credentials. */
export const makeVendorClient = (options: VendorClientOptions): VendorClient => {
  const gate = Semaphore.makeUnsafe(options.maxConcurrent);
  const base = options.baseUrl.replace(/(?<!\/)\/+$/, '');
  const breaker = breakerFor(options.vendor, options.breaker);
  const request = Effect.fn(`${options.vendor}.request`)(function* (request: VendorRequest) {
    yield* breaker.check;
    const timeoutMs = request.timeoutMs ?? options.timeoutMs;
    const attempt = Effect.tryPromise({
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
    );
    // The circuit is asked inside the gate: who waited there while it opened is not sent any more.
    return yield* breaker.guard(attempt, JUDGE, { untimed: request.held === true }).pipe(gate.withPermits(1));
  });
  return { request };
};

/** 5xx is the vendor's failure; any other answer shows that it lives. */
const JUDGE: Judge<VendorResponse, VendorTimeout | VendorUnreachable> = {
  answered: ({ status }) => {
    if (status >= 500) return 'server';
    if (status === 429) return 'rate_limited';
    return status === 401 || status === 403 ? 'refused' : null;
  },
  failed: ({ _tag }) => (_tag === 'VendorTimeout' ? 'timeout' : 'unreachable'),
  retryAfterMs: ({ headers }) => {
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
  },
};

const exchange = async (
  base: string,
  request: VendorRequest,
  signal: AbortSignal,
): Promise<VendorResponse> => {
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
  } else if (request.parts) {
    init.body = request.parts;
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
