/** Turns the vendor's error answer into a typed error (wire/06 §4). Its own message is left out: it can quote speech. */
import { Result, Schema } from 'effect';
import { wordOf } from '../http/vendor-word.ts';
import {
  TranscriberAccount,
  type TranscriberError,
  TranscriberRateLimited,
  TranscriberRejected,
  TranscriberUnavailable,
} from './errors.ts';

const Maybe = <S extends Schema.Constraint>(schema: S) => Schema.optionalKey(Schema.NullishOr(schema));

const WireFailure = Schema.Struct({
  code: Maybe(Schema.Union([Schema.String, Schema.Number])),
  type: Maybe(Schema.String),
});

/** `body`: what the vendor's `error` key holds. */
const codeOf = (body: unknown, status: number): string => {
  const decoded = Schema.decodeUnknownResult(WireFailure)(body);
  const code = Result.isSuccess(decoded) ? (decoded.success.code ?? decoded.success.type) : null;
  return wordOf(code) || `http_${status}`;
};

const account = (reason: TranscriberAccount['reason'], message: string) =>
  new TranscriberAccount({ reason, message, retryable: false });

/** `error`: the vendor's error object, as far as there is one. 429 has two cures: wait, or pay (wire/06 §4). */
export const failureOf = (status: number, error: unknown, retryAfterMs?: number): TranscriberError => {
  const code = codeOf(error, status);
  const after = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status === 401)
    return account('key', 'The transcription key was refused (401); put a valid one into WHISPER_API_KEY');
  if (status === 402 || code === 'insufficient_quota')
    return account('credits', 'The transcription account has no credits left; add some and check its limits');
  if (status === 403)
    return account(
      'rights',
      'The transcription key may not do this (403); check its project, rights and region',
    );
  if (status === 429)
    return new TranscriberRateLimited({
      message: 'The transcription vendor limits our requests (429); the call may be tried again later',
      retryable: true,
      ...after,
    });
  if (status === 408 || status === 409 || status >= 500)
    return new TranscriberUnavailable({
      message: `The transcription vendor failed (${code}); the call may be tried again`,
      retryable: true,
      ...after,
    });
  return new TranscriberRejected({ code, message: adviceFor(status, code), retryable: false });
};

const adviceFor = (status: number, code: string): string => {
  if (status === 404)
    return `The transcription vendor does not know this model or route (${code}); check WHISPER_MODEL and WHISPER_BASE_URL`;
  if (status === 413) return 'The voice note is too large for the vendor (413); ask the customer to type';
  return `The vendor cannot transcribe this file (${code}); ask the customer to type`;
};
