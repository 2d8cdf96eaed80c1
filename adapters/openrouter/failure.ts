/**
 * Turns OpenRouter's error object into a typed error, whether it came with an HTTP status or inside a 200 (wire/05 §4,
 * wire/00 fact 8). The vendor's own message is left out: it can quote the customer.
 */
import { Result, Schema } from 'effect';
import { retryAfterOf } from '../http/retry-after.ts';
import { ownEntry, wordOf } from '../http/vendor-word.ts';
import type { ChatBill } from './chat.ts';
import {
  ChatModelAccount,
  type ChatModelError,
  ChatModelRateLimited,
  ChatModelRefused,
  ChatModelRejected,
  ChatModelUnavailable,
} from './errors.ts';

const Maybe = <S extends Schema.Constraint>(schema: S) => Schema.optionalKey(Schema.NullishOr(schema));

export const WireFailure = Schema.Struct({
  code: Maybe(Schema.Union([Schema.Number, Schema.String])),
  metadata: Maybe(Schema.Struct({ error_type: Maybe(Schema.String) })),
  availability: Maybe(
    Schema.Struct({
      code: Maybe(Schema.String),
      retryable: Maybe(Schema.Boolean),
      retry_after: Maybe(Schema.Number),
    }),
  ),
});
export type WireFailure = typeof WireFailure.Type;

/** Reads whatever an `error` key holds; an unreadable one is an empty failure, never a success. */
export const readFailure = (error: unknown): WireFailure => {
  const decoded = Schema.decodeUnknownResult(WireFailure)(error);
  return Result.isSuccess(decoded) ? decoded.success : {};
};

/** By `error_type`, which is stable where codes are not. */
const STATUS_BY_TYPE: Readonly<Record<string, number>> = {
  authentication: 401,
  permission_denied: 403,
  payment_required: 402,
  rate_limit_exceeded: 429,
  provider_overloaded: 503,
  provider_unavailable: 502,
  server: 500,
  timeout: 408,
  context_length_exceeded: 400,
  max_tokens_exceeded: 400,
  token_limit_exceeded: 400,
  string_too_long: 400,
  invalid_request: 400,
  invalid_prompt: 400,
  not_found: 404,
  precondition_failed: 400,
  payload_too_large: 413,
  unprocessable: 422,
  content_policy_violation: 403,
  refusal: 403,
};

export interface FailureExtras {
  readonly retryAfterMs?: number | undefined;
  readonly bill?: ChatBill;
}

/** `status`: of the HTTP answer; 200 when the error came inside a success, then the error's own code counts. */
export const failureOf = (status: number, error: WireFailure, extras: FailureExtras = {}): ChatModelError => {
  const type = error.metadata?.error_type ?? null;
  const kind = effectiveStatus(status, error, type);
  const code = wordOf(error.availability?.code) || wordOf(type) || (kind === 0 ? 'unknown' : `http_${kind}`);
  const wait = extras.retryAfterMs ?? secondsToMs(error.availability?.retry_after);
  const bill = extras.bill ? { bill: extras.bill } : {};
  const after = { ...(wait === undefined ? {} : { retryAfterMs: wait }), ...bill };
  if (error.availability?.retryable === true && kind !== 429) return unavailable(code, after);
  if (kind === 401 || kind === 402) return account(kind);
  if (kind === 403) return refused(code, extras.bill);
  if (kind === 429) {
    return new ChatModelRateLimited({
      message: 'OpenRouter limits our requests (429); the call may be tried again later',
      retryable: true,
      ...after,
    });
  }
  if (kind === 0 || kind === 408 || kind >= 500) return unavailable(code, after);
  return new ChatModelRejected({ code, message: adviceFor(code, kind), retryable: false, ...bill });
};

const secondsToMs = (seconds: number | null | undefined): number | undefined =>
  typeof seconds === 'number' ? retryAfterOf(String(seconds), 0) : undefined;

/** 0 when nothing tells: then it is taken for a passing fault, because the call had begun. */
const effectiveStatus = (status: number, error: WireFailure, type: string | null): number => {
  if (status !== 200) return type === 'content_policy_violation' || type === 'refusal' ? 403 : status;
  const byType = type === null ? undefined : ownEntry(STATUS_BY_TYPE, type);
  if (byType !== undefined) return byType;
  const code = Number(error.code);
  return Number.isInteger(code) && code >= 400 && code < 600 ? code : 0;
};

const unavailable = (code: string, after: { readonly retryAfterMs?: number; readonly bill?: ChatBill }) =>
  new ChatModelUnavailable({
    code,
    message: `The model's provider failed (${code}); the call may be tried again`,
    retryable: true,
    ...after,
  });

const account = (status: 401 | 402) =>
  new ChatModelAccount({
    reason: status === 401 ? 'key' : 'credits',
    message:
      status === 401
        ? 'OpenRouter refused the key (401); put a valid one into OPENROUTER_API_KEY and restart'
        : 'OpenRouter has no credits left or the key reached its cap (402); add credits at openrouter.ai/settings/credits',
    retryable: false,
  });

const refused = (code: string, bill: ChatBill | undefined) =>
  new ChatModelRefused({
    message: `The content was refused (${code}); answer without the model or hand over`,
    retryable: false,
    costUsd: bill?.usage.costUsd ?? '0',
    ...(bill ? { bill } : {}),
  });

const adviceFor = (code: string, status: number): string => {
  if (code === 'context_length_exceeded' || code === 'string_too_long' || status === 413) {
    return `The request is too long for the model (${code}); shorten the history or choose a model with a longer context`;
  }
  if (status === 404) {
    return `No provider serves this request (${code}); check OPENROUTER_MODEL and that it supports tools`;
  }
  return `OpenRouter rejected the request (${code}); check OPENROUTER_MODEL and the request's parameters`;
};
