/** Failures of a request in one shape. The first fork is whether trying again can help. */

export interface Issue {
  readonly path: string;
  readonly message: string;
}

export interface ApiErrorShape {
  /** 0 when no answer came at all. */
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly issues: readonly Issue[];
  readonly retryAfterMs?: number | undefined;
}

/** A request that did not succeed; `message` says what to do next, in the server's words when it had any. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly issues: readonly Issue[];
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(shape: ApiErrorShape) {
    super(shape.message);
    this.status = shape.status;
    this.code = shape.code;
    this.issues = shape.issues;
    this.retryAfterMs = shape.retryAfterMs;
    this.retryable = shape.status === 0 || shape.status === 429 || shape.status >= 500;
  }
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

const text = (value: unknown, fallback: string): string =>
  typeof value === 'string' && value !== '' ? value : fallback;

/**
 * Reads the error body of contract 3. Anything else (a proxy's HTML page, an empty body) becomes a plain error with
 * the status in its code, so that callers have one shape to show.
 *
 * @param retryAfter the `Retry-After` header, seconds
 */
export const readError = (status: number, body: unknown, retryAfter: string | null): ApiError => {
  const error = record(record(body).error);
  const issues = Array.isArray(error.issues) ? error.issues : [];
  const seconds = Number(retryAfter);
  return new ApiError({
    status,
    code: text(error.code, `http_${status}`),
    message: text(
      error.message,
      `The server answered ${status}. Try again; if it stays, tell your administrator.`,
    ),
    issues: issues.map((issue) => ({
      path: text(record(issue).path, ''),
      message: text(record(issue).message, ''),
    })),
    retryAfterMs: retryAfter !== null && Number.isFinite(seconds) ? seconds * 1000 : undefined,
  });
};
