/**
 * Wazzup's public API v3: sending, channels, the webhook subscription (wire/01). A send is safe to repeat with the same
 * `crmMessageId` for less than 60 s only; who retries keeps to that (wire/00 fact 1).
 */
import { Context, Effect, Layer, Redacted } from 'effect';
import {
  makeVendorClient,
  type TransportError,
  type VendorClient,
  type VendorRequest,
  type VendorResponse,
} from '../http/vendor-client.ts';
import type { WazzupError, WazzupRateLimited } from './errors.ts';
import { makeSlidingLimit, type Reserve } from './rate-limit.ts';

import {
  type Channel,
  channelsOf,
  failureOf,
  isOk,
  RATE_WINDOW_MS,
  rateLimited,
  type Sent,
  sentOf,
  subscriptionOf,
} from './replies.ts';

export * from './errors.ts';
export type { Channel, Sent } from './replies.ts';

export interface SendTo {
  readonly channelId: string;
  /** Digits only for WhatsApp (wire/01 §2.1). */
  readonly chatId: string;
  readonly chatType: string;
  /** The command's UUID, the same for each try (contract 5). */
  readonly crmMessageId: string;
  /** The provider's id of the message to quote. */
  readonly refMessageId?: string;
}
export interface SendText extends SendTo {
  readonly text: string;
}
export interface SendFile extends SendTo {
  /** Public, without redirects, at most 10 MB. A caption is a second message (wire/00 fact 10). */
  readonly contentUri: string;
}

export interface WazzupOptions {
  /** With the version, `https://api.wazzup24.com/v3`. */
  readonly baseUrl: string;
  readonly apiKey: Redacted.Redacted;
  /** Of one try. Three tries have to fit into the 50 s in which a repeat is safe (design G5). */
  readonly timeoutMs?: number;
  readonly maxConcurrent?: number;
  /** Of this process; several replicas share the vendor's 500 in 5 s. */
  readonly requestsPer5s?: number;
}

export class Wazzup extends Context.Service<
  Wazzup,
  {
    readonly sendText: (message: SendText) => Effect.Effect<Sent, WazzupError>;
    readonly sendFile: (message: SendFile) => Effect.Effect<Sent, WazzupError>;
    readonly channels: () => Effect.Effect<readonly Channel[], WazzupError>;
    /** The URL that the account's webhooks go to now; `null` when there is none. */
    readonly subscription: () => Effect.Effect<string | null, WazzupError>;
    /** Points the account's only subscription here: silently takes it from whoever had it (wire/01 §5.1). */
    readonly subscribe: (webhooksUri: string) => Effect.Effect<void, WazzupError>;
  }
>()('treejar/adapters/wazzup/Wazzup') {
  static readonly layer = (options: WazzupOptions) =>
    Layer.sync(Wazzup, () => Wazzup.of(makeWazzup(options)));
}

const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_CONCURRENT = 50;
/** Of the vendor's 500 in 5 s (wire/01 §4): room for a second replica's health checks and for clock drift. */
const DEFAULT_REQUESTS_PER_5_S = 400;
const MAX_RATE_WAIT_MS = 10_000;

const makeWazzup = (options: WazzupOptions): Wazzup['Service'] => {
  const client = makeVendorClient({
    vendor: 'Wazzup',
    baseUrl: options.baseUrl,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    maxConcurrent: options.maxConcurrent ?? DEFAULT_CONCURRENT,
  });
  const reserve = makeSlidingLimit({
    requests: options.requestsPer5s ?? DEFAULT_REQUESTS_PER_5_S,
    windowMs: RATE_WINDOW_MS,
    maxWaitMs: MAX_RATE_WAIT_MS,
  });
  const call = makeCall(client, reserve, options.apiKey);
  const send = (json: object) =>
    call({ method: 'POST', path: '/message', json }).pipe(Effect.flatMap(sentOf));
  return {
    sendText: ({ text, ...to }) => send({ ...addressed(to), text }),
    sendFile: ({ contentUri, ...to }) => send({ ...addressed(to), contentUri }),
    channels: () => call({ method: 'GET', path: '/channels' }).pipe(Effect.flatMap(channelsOf)),
    subscription: () => call({ method: 'GET', path: '/webhooks' }).pipe(Effect.flatMap(subscriptionOf)),
    subscribe: (webhooksUri) =>
      call({ method: 'PATCH', path: '/webhooks', json: { webhooksUri, subscriptions: SUBSCRIPTIONS } }).pipe(
        Effect.flatMap((response) => (isOk(response) ? Effect.void : failureOf(response))),
      ),
  };
};

/** Contacts and deals stay with the CRM: those events would want an entity back (wire/01 §5.5). */
const SUBSCRIPTIONS = {
  messagesAndStatuses: true,
  channelsUpdates: true,
  contactsAndDealsCreation: false,
  templateStatus: true,
};

/** `clearUnanswered` is explicit: its default would take the unanswered badge from the managers (wire/01 §2.1). */
const addressed = (to: SendTo) => ({ ...to, clearUnanswered: false });

const makeCall =
  (client: VendorClient, reserve: Reserve, apiKey: Redacted.Redacted) =>
  (request: VendorRequest): Effect.Effect<VendorResponse, TransportError | WazzupRateLimited> =>
    reserve.pipe(
      Effect.mapError((retryAfterMs) => rateLimited(retryAfterMs)),
      Effect.andThen(
        client.request({ ...request, headers: { authorization: `Bearer ${Redacted.value(apiKey)}` } }),
      ),
    );
