/**
 * Turns what the client throws into the store's typed error (wire/08 §1, §2). The client's message is only the status
 * text; the detail is in `data`. It is read for its kind and left out: it can quote a payload.
 */
import { Result, Schema } from 'effect';
import { retryAfterOf } from '../http/retry-after.ts';
import { VectorStoreError } from '../vector/vector-store.ts';

/** An `Error` of the client with an HTTP answer in it. */
const HttpFailure = Schema.Struct({
  status: Schema.Int,
  data: Schema.optionalKey(Schema.Unknown),
  headers: Schema.optionalKey(Schema.instanceOf(Headers)),
});
/** 429 with `Retry-After`; it has no `status`. */
const Exhausted = Schema.Struct({ retry_after: Schema.Number });
const Detail = Schema.Struct({ status: Schema.Struct({ error: Schema.String }) });

/** What Qdrant's texts begin with or hold, and what each means here. */
const KINDS: readonly (readonly [RegExp, string, string])[] = [
  [
    /doesn't exist|Not found: Collection/i,
    'collection_missing',
    'the collection is not there: ensure it and fill it again',
  ],
  [/already exists/i, 'collection_exists', 'the collection is there already'],
  [/dimension/i, 'dimension_mismatch', 'the vectors have another size than the collection: rebuild it'],
  [/Index required/i, 'index_missing', 'a filtered field has no payload index: ensure the collection'],
  [/vector name/i, 'vector_name', 'the collection was made by something else: rebuild it'],
  [/Max points count|max_points_count/i, 'too_many_points', 'the collection is full'],
];

const PASSING = new Set([408, 425, 429]);

/** `now`: ms since the epoch. */
export const failureOf = (cause: unknown, now: number): VectorStoreError => {
  if (cause instanceof VectorStoreError) return cause;
  const exhausted = Schema.decodeUnknownResult(Exhausted)(cause);
  if (Result.isSuccess(exhausted)) return limited(retryAfterOf(String(exhausted.success.retry_after), now));
  const http = Schema.decodeUnknownResult(HttpFailure)(cause);
  if (Result.isSuccess(http)) {
    const { status, data, headers } = http.success;
    return answered(status, detailOf(data), retryAfterOf(headers?.get('retry-after') ?? null, now));
  }
  return unreachable(cause);
};

const detailOf = (data: unknown): string => {
  const decoded = Schema.decodeUnknownResult(Detail)(data);
  if (Result.isSuccess(decoded)) return decoded.success.status.error;
  return typeof data === 'string' ? data : '';
};

const answered = (status: number, detail: string, retryAfterMs: number | undefined): VectorStoreError => {
  if (status === 429) return limited(retryAfterMs);
  if (status === 401 || status === 403) {
    const what = status === 401 ? 'refused the key' : 'does not allow this key to do that';
    return final('account', `Qdrant ${what} (${status}); check QDRANT_API_KEY and its rights`);
  }
  const kind = KINDS.find(([pattern]) => pattern.test(detail));
  if (kind) return final(kind[1], `Qdrant refused (${status}): ${kind[2]}`);
  if (status >= 500 || PASSING.has(status)) {
    return new VectorStoreError({
      code: `http_${status}`,
      message: `Qdrant failed (${status}); the call may be tried again`,
      retryable: true,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }
  if (status === 404)
    return final('http_404', 'Qdrant has no such route (404); check QDRANT_URL and its path');
  return final(
    `http_${status}`,
    `Qdrant rejected the request (${status}); check that its version is 1.14 or later`,
  );
};

const limited = (retryAfterMs: number | undefined): VectorStoreError =>
  new VectorStoreError({
    code: 'http_429',
    message: 'Qdrant limits our requests (429); the call may be tried again later',
    retryable: true,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

export const final = (code: string, message: string): VectorStoreError =>
  new VectorStoreError({ code, message, retryable: false });

export const timedOut = (timeoutMs: number): VectorStoreError =>
  new VectorStoreError({
    code: 'timeout',
    message: `Qdrant did not answer within ${timeoutMs} ms; the call may be tried again`,
    retryable: true,
  });

export const badReply = (what: string): VectorStoreError =>
  new VectorStoreError({
    code: 'bad_reply',
    message: `Qdrant's answer ${what}; check QDRANT_URL, the call may be tried again`,
    retryable: true,
  });

const unreachable = (cause: unknown): VectorStoreError => {
  if (cause instanceof SyntaxError) return badReply('is not JSON');
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const reason = inner instanceof Error ? ((inner as NodeJS.ErrnoException).code ?? inner.name) : 'unknown';
  return new VectorStoreError({
    code: 'unreachable',
    message: `Qdrant could not be reached (${reason}); check QDRANT_URL and the network`,
    retryable: true,
  });
};
