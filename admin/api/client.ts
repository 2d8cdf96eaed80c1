/**
 * The one way the admin talks to the API: paths joined to `/api/v1`, the CSRF token on every change, errors in one
 * shape, a lost session reported once, and the server's clock read from its answers.
 */
import { ApiError, readError } from './error.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** Makes a repeated request have one effect (contract 3.2). */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** Statuses beside success whose body is the answer. */
  readonly answers?: readonly number[];
}

export interface ClientOptions {
  readonly fetch: typeof fetch;
  readonly now: () => number;
  /** From the session; empty before sign-in. */
  readonly csrfToken: () => string;
  /** The session is gone: show the sign-in page. */
  readonly onUnauthorized: () => void;
  /** The server's time minus ours, ms, precise to a second. */
  readonly onServerTime: (offsetMs: number) => void;
}

export interface Client {
  readonly request: <T>(method: Method, path: string, options?: RequestOptions) => Promise<T>;
}

/** Longer than any answer of the API takes; a hanging connection must not hang the page. */
export const REQUEST_TIMEOUT_MS = 20_000;

const queryString = (query: RequestOptions['query']): string => {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
};

const unreachable = (cause: unknown): ApiError =>
  new ApiError({
    status: 0,
    code: cause instanceof DOMException && cause.name === 'TimeoutError' ? 'timeout' : 'network',
    message: 'The server cannot be reached. Check your connection; we keep trying.',
    issues: [],
  });

/** An error in the API's shape is no answer, whatever its status. */
const isErrorBody = (body: unknown): boolean => typeof body === 'object' && body !== null && 'error' in body;

const readBody = async (response: Response): Promise<unknown> => {
  if (response.status === 204) return null;
  try {
    return await response.json();
  } catch {
    // Not JSON (a gateway's page, an empty body): the status alone decides what it means.
    return undefined;
  }
};

/** Builds the client. Throws {@link ApiError} from `request`; an aborted request throws its `AbortError`. */
export const makeClient = (options: ClientOptions): Client => {
  const send = async (method: Method, path: string, asked: RequestOptions): Promise<Response> => {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (asked.body !== undefined) headers['Content-Type'] = 'application/json';
    if (method !== 'GET') headers['X-CSRF-Token'] = options.csrfToken();
    if (asked.idempotencyKey !== undefined) headers['Idempotency-Key'] = asked.idempotencyKey;
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const signal = asked.signal ? AbortSignal.any([asked.signal, timeout]) : timeout;
    const init: RequestInit = { method, headers, signal, credentials: 'same-origin' };
    if (asked.body !== undefined) init.body = JSON.stringify(asked.body);
    try {
      return await options.fetch(`/api/v1${path}${queryString(asked.query)}`, init);
    } catch (cause) {
      if (asked.signal?.aborted === true) throw cause;
      throw unreachable(cause);
    }
  };

  return {
    request: async <T>(method: Method, path: string, asked: RequestOptions = {}): Promise<T> => {
      const response = await send(method, path, asked);
      const served = Date.parse(response.headers.get('Date') ?? '');
      if (!Number.isNaN(served)) options.onServerTime(served - options.now());
      const body = await readBody(response);
      const expected = asked.answers?.includes(response.status) === true && !isErrorBody(body);
      const answered = response.ok || expected;
      if (answered && body !== undefined) return body as T;
      const error = readError(response.status, body, response.headers.get('Retry-After'));
      // A refused sign-in is an answer for its form, not a lost session.
      if (response.status === 401 && !path.startsWith('/session')) options.onUnauthorized();
      throw error;
    },
  };
};
