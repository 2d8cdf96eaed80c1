/** Reads Wazzup's answers: the shapes of wire/01 §2 and the failures of §4. */
import { Effect, Result, Schema } from 'effect';
import type { VendorResponse } from '../http/vendor-client.ts';
import { wordOf } from '../http/vendor-word.ts';
import {
  rejected,
  sameCode,
  WazzupAuth,
  type WazzupError,
  WazzupRateLimited,
  type WazzupRejected,
  WazzupUnavailable,
} from './errors.ts';

/** Accepted, not delivered (wire/00 fact 2). */
export interface Sent {
  /** `null` when the vendor did not say: learn it from the echo or the status. */
  readonly messageId: string | null;
  /** The vendor had taken this `crmMessageId` before: the message is already on its way. */
  readonly duplicate: boolean;
}

export interface Channel {
  readonly channelId: string;
  readonly transport: string;
  /** Lower case (wire/01 §2.3). */
  readonly state: string;
  readonly phone: string | null;
  readonly name: string | null;
}

/** The vendor's counter restarts each 5 s (wire/01 §4). */
export const RATE_WINDOW_MS = 5000;

export const rateLimited = (retryAfterMs: number) =>
  new WazzupRateLimited({
    message: `Wazzup allows 500 requests in 5 s and they are spent; try again in ${retryAfterMs} ms`,
    retryable: true,
    retryAfterMs,
  });

export const isOk = (response: VendorResponse): boolean => response.status >= 200 && response.status < 300;

const MessageId = Schema.Struct({ messageId: Schema.String.check(Schema.isMinLength(1)) });
/** A live account was seen to answer a list of one (wire/01 §2.1). */
const SentBody = Schema.Union([MessageId, Schema.Tuple([MessageId])]);

export const sentOf = (response: VendorResponse): Effect.Effect<Sent, WazzupError> => {
  if (!isOk(response)) {
    return failureOf(response).pipe(
      Effect.catchTag('WazzupRejected', (error) =>
        sameCode(error.code, 'REPEATED_CRM_MESSAGE_ID')
          ? Effect.succeed({ messageId: null, duplicate: true })
          : Effect.fail(error),
      ),
    );
  }
  const body = response.json();
  const decoded = Schema.decodeUnknownResult(SentBody)(body);
  if (Result.isSuccess(decoded)) {
    const sent = 'messageId' in decoded.success ? decoded.success : decoded.success[0];
    return Effect.succeed({ messageId: sent.messageId, duplicate: false });
  }
  // JSON without an id was accepted all the same. Anything else is a gateway's page: ask again with the same key.
  const accepted = response.status === 201 || (typeof body === 'object' && body !== null);
  return accepted ? Effect.succeed({ messageId: null, duplicate: false }) : Effect.fail(strange(response));
};

const ChannelBody = Schema.Struct({
  channelId: Schema.String,
  transport: Schema.String,
  state: Schema.String,
  plainId: Schema.optionalKey(Schema.NullishOr(Schema.String)),
  name: Schema.optionalKey(Schema.NullishOr(Schema.String)),
});

export const channelsOf = (response: VendorResponse): Effect.Effect<readonly Channel[], WazzupError> => {
  if (!isOk(response)) return failureOf(response);
  const decoded = Schema.decodeUnknownResult(Schema.Array(ChannelBody))(response.json());
  if (Result.isFailure(decoded)) return Effect.fail(strange(response));
  return Effect.succeed(
    decoded.success.map((channel) => ({
      channelId: channel.channelId,
      transport: channel.transport,
      state: channel.state.toLowerCase(),
      phone: channel.plainId ?? null,
      name: channel.name ?? null,
    })),
  );
};

const SubscriptionBody = Schema.Struct({ webhooksUri: Schema.optionalKey(Schema.NullishOr(Schema.String)) });

export const subscriptionOf = (response: VendorResponse): Effect.Effect<string | null, WazzupError> => {
  if (!isOk(response)) return failureOf(response);
  const decoded = Schema.decodeUnknownResult(SubscriptionBody)(response.json());
  if (Result.isFailure(decoded)) return Effect.fail(strange(response));
  return Effect.succeed(decoded.success.webhooksUri || null);
};

/** An answer that the vendor never gives: a gateway's page, a wrong base URL. */
export const strange = (response: VendorResponse) =>
  new WazzupUnavailable({
    status: response.status,
    message: `Wazzup answered ${response.status} with a body that cannot be read; check WAZZUP_BASE_URL`,
    retryable: true,
  });

const ErrorBody = Schema.Struct({
  error: Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(100)),
});

/** The typed failure of a non-2xx answer (wire/01 §4). */
export const failureOf = (
  response: VendorResponse,
): Effect.Effect<never, WazzupRejected | WazzupAuth | WazzupRateLimited | WazzupUnavailable> => {
  const { status } = response;
  if (status === 401 || status === 403) {
    return new WazzupAuth({
      status,
      message: `Wazzup refused the key (${status}); put a valid one into WAZZUP_API_KEY and restart`,
      retryable: false,
    });
  }
  if (status === 429) return rateLimited(RATE_WINDOW_MS);
  const decoded = Schema.decodeUnknownResult(ErrorBody)(response.json());
  const code = (Result.isSuccess(decoded) && wordOf(decoded.success.error)) || `HTTP_${status}`;
  if (status >= 500 || status === 408 || code.startsWith('UNKNOWN_ERROR')) {
    return new WazzupUnavailable({
      status,
      message: `Wazzup failed (${code}); the same request may be tried again`,
      retryable: true,
    });
  }
  return rejected(status, code);
};
