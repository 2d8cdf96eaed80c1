/**
 * The one way to the Bot API. The token is part of the path (wire/09 §1): it is put into the base URL here, and neither
 * errors, spans nor logs ever see a URL. A 429 is honoured by every call of its
 * method until the wait is over.
 */
import { Clock, Effect, Redacted } from 'effect';
import type { BreakerOptions } from '../http/vendor-breaker.ts';
import { makeVendorClient } from '../http/vendor-client.ts';
import { makePace } from '../http/vendor-pace.ts';
import type { LimiterShape } from '../redis/limiter.ts';
import { makeMemoryLimiter } from '../redis/memory-limiter.ts';
import type { TelegramError } from './errors.ts';
import { rateLimited, resultOf } from './replies.ts';
import { ALLOWED_UPDATES } from './updates.ts';

export interface CallOptions {
  /** `https://api.telegram.org`, without the token. */
  readonly baseUrl: string;
  readonly botToken: Redacted.Redacted;
  /** Of one try; a long poll adds its own wait. */
  readonly timeoutMs?: number;
  /** Telegram allows 20 in a group; tests allow themselves more. */
  readonly messagesPerMinute?: number;
  readonly breaker?: BreakerOptions;
  /** Shared by the replicas; default: this client's own. */
  readonly limiter?: LimiterShape;
}

export interface TelegramCalls {
  readonly call: (method: string, json: object) => Effect.Effect<unknown, TelegramError>;
  /** `sendMessage`, at the group's pace. */
  readonly send: (json: object) => Effect.Effect<unknown, TelegramError>;
  /** `sendDocument` with the file among its parts, at the group's pace. */
  readonly sendFile: (parts: FormData) => Effect.Effect<unknown, TelegramError>;
  readonly poll: (json: object, waitSeconds: number) => Effect.Effect<unknown, TelegramError>;
  readonly setWebhook: (
    target: { readonly url: string; readonly secret: Redacted.Redacted } | null,
  ) => Effect.Effect<void, TelegramError>;
}

const DEFAULT_TIMEOUT_MS = 10_000;
/** A file takes longer to go up than a text, ms. */
const FILE_EXTRA_MS = 20_000;
const MAX_CONCURRENT = 4;
/** Wire/09 §4: 20 a minute per group. */
const DEFAULT_MESSAGES_PER_MINUTE = 20;
const MINUTE_MS = 60_000;
/** Beyond this the command runner waits, not we: it shows the alert as waiting. */
const MAX_PACE_WAIT_MS = 3000;

export const makeCalls = (options: CallOptions): TelegramCalls => {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const client = makeVendorClient({
    vendor: 'telegram',
    baseUrl: `${options.baseUrl.replace(/(?<!\/)\/+$/, '')}/bot${pathPart(options.botToken)}`,
    timeoutMs,
    maxConcurrent: MAX_CONCURRENT,
    ...(options.breaker ? { breaker: options.breaker } : {}),
  });
  const pace = makePace(options.limiter ?? makeMemoryLimiter(), {
    key: 'telegram-group',
    requests: options.messagesPerMinute ?? DEFAULT_MESSAGES_PER_MINUTE,
    windowMs: MINUTE_MS,
    maxWaitMs: MAX_PACE_WAIT_MS,
  });
  /** By method: a group that takes no more messages may still be listened to. */
  const pausedUntil = new Map<string, number>();

  const call = Effect.fn('Telegram.call')(function* (method: string, body: object | FormData, extraMs = 0) {
    const now = yield* Clock.currentTimeMillis;
    const until = pausedUntil.get(method) ?? 0;
    if (until > now) return yield* rateLimited(until - now);
    const held = extraMs > 0;
    const request = {
      method: 'POST',
      path: `/${method}`,
      ...(body instanceof FormData ? { parts: body } : { json: body }),
      held,
      timeoutMs: timeoutMs + extraMs,
    } as const;
    return yield* client.request(request).pipe(
      Effect.flatMap(resultOf),
      Effect.tapError((error) =>
        error._tag === 'TelegramRateLimited'
          ? Effect.map(Clock.currentTimeMillis, (at) => {
              pausedUntil.set(method, at + error.retryAfterMs);
            })
          : Effect.void,
      ),
    );
  });

  const paced = (sending: Effect.Effect<unknown, TelegramError>): Effect.Effect<unknown, TelegramError> =>
    pace.pipe(Effect.mapError(rateLimited), Effect.andThen(sending));

  return {
    call: (method, json) => call(method, json),
    send: (json) => paced(call('sendMessage', json)),
    sendFile: (parts) => paced(call('sendDocument', parts, FILE_EXTRA_MS)),
    poll: (json, waitSeconds) => call('getUpdates', json, waitSeconds * 1000),
    setWebhook: (target) =>
      (target === null
        ? call('deleteWebhook', {})
        : call('setWebhook', {
            url: target.url,
            secret_token: Redacted.value(target.secret),
            allowed_updates: ALLOWED_UPDATES,
          })
      ).pipe(Effect.asVoid),
  };
};

/** A token pasted with a blank or a slash must not change the path; its own colon stays. */
const pathPart = (token: Redacted.Redacted): string =>
  encodeURIComponent(Redacted.value(token).trim()).replaceAll('%3A', ':');
