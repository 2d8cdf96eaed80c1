/** Turns Jina's error answers into the embedder's typed error (wire/07 §4). Details can quote texts, so they are left out. */
import { Result, Schema } from 'effect';
import { retryAfterOf } from '../http/retry-after.ts';
import type { TransportError, VendorResponse } from '../http/vendor-client.ts';
import { EmbedderError } from '../vector/embedder.ts';

const WireFailure = Schema.Struct({ code: Schema.optionalKey(Schema.NullishOr(Schema.String)) });

/** Codes are words in capitals; anything else is not repeated. */
const CODE = /^[A-Z][A-Z_]{2,60}$/;

const codeOf = (response: VendorResponse): string => {
  const decoded = Schema.decodeUnknownResult(WireFailure)(response.json());
  const code = Result.isSuccess(decoded) ? (decoded.success.code ?? '') : '';
  return CODE.test(code) ? code : `http_${response.status}`;
};

/** Statuses that pass by themselves; 409 is a busy resource, 504 a batch that was too large for the moment. */
const PASSING = new Set([408, 409, 425, 429]);

/** The vendor gave up on the batch; our own time-out tells nothing about its size. */
export const isTooMuch = (error: EmbedderError): boolean => error.code === 'SERVICE_TIMEOUT';

/** `now`: ms since the epoch, for a `Retry-After` that is a date. */
export const failureOf = (response: VendorResponse, now: number): EmbedderError => {
  const { status } = response;
  const code = status === 504 ? 'SERVICE_TIMEOUT' : codeOf(response);
  if (status >= 500 || PASSING.has(status)) {
    const wait = retryAfterOf(response.headers.get('retry-after'), now);
    return new EmbedderError({
      code,
      message:
        status === 429
          ? `Jina limits our requests (${code}); the call may be tried again later`
          : `Jina failed (${code}); the call may be tried again`,
      retryable: true,
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    });
  }
  return new EmbedderError({ code, message: adviceFor(status, code), retryable: false });
};

const adviceFor = (status: number, code: string): string => {
  if (status === 401) return `Jina refused the key (${code}); put a valid one into JINA_API_KEY and restart`;
  if (status === 402 || code === 'AUTHZ_INSUFFICIENT_BALANCE' || code === 'AUTHZ_RESOURCE_LIMIT_EXCEEDED')
    return `Jina has no tokens left on this key (${code}); top it up at jina.ai, search works by words meanwhile`;
  if (status === 403) return `Jina does not allow this key to embed (${code}); check its rights`;
  if (status === 404 || code === 'INPUT_MODEL_NOT_FOUND')
    return `Jina does not know this model or route (${code}); check JINA_MODEL and JINA_BASE_URL`;
  return `Jina rejected the request (${code}); check that JINA_MODEL knows tasks and 1024 dimensions`;
};

export const transportFailure = (error: TransportError): EmbedderError =>
  new EmbedderError({
    code: error._tag === 'VendorTimeout' ? 'timeout' : 'unreachable',
    message: error.message,
    retryable: true,
  });

/** A 200 without usable vectors: trying again may help, storing them never. */
export const badReply = (what: string): EmbedderError =>
  new EmbedderError({
    code: 'bad_reply',
    message: `Jina's answer ${what}; check JINA_BASE_URL and JINA_MODEL, the call may be tried again`,
    retryable: true,
  });
