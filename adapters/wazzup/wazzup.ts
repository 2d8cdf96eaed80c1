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
import { makePace, type Pace } from '../http/vendor-pace.ts';
import type { LimiterShape } from '../redis/limiter.ts';
import { makeMemoryLimiter } from '../redis/memory-limiter.ts';
import type { WazzupError, WazzupRateLimited } from './errors.ts';
import { textLimitOf } from './limits.ts';
import {
  type Channel,
  channelsOf,
  failureOf,
  isOk,
  RATE_WINDOW_MS,
  rateLimited,
  type Sent,
  subscriptionOf,
} from './replies.ts';
import { type EditText, makeSending, type SendFile, type SendTemplate, type SendText } from './sending.ts';
import { readTemplates, type TemplateList } from './templates.ts';
import { makeTransports } from './transports.ts';

export * from './errors.ts';
export type { Channel, Sent } from './replies.ts';
export type { Button, EditText, SendFile, SendTemplate, SendText, SendTo } from './sending.ts';
export type { Template, TemplateList } from './templates.ts';

export interface WazzupOptions {
  /** With the version, `https://api.wazzup24.com/v3`. */
  readonly baseUrl: string;
  readonly apiKey: Redacted.Redacted;
  /** Of one try. Three tries have to fit into the 50 s in which a repeat is safe (design G5). */
  readonly timeoutMs?: number;
  readonly maxConcurrent?: number;
  /** Of all who share the limiter; the vendor allows 500 (wire/01 §4). */
  readonly requestsPer5s?: number;
  /** Shared by the replicas; default: this client's own. */
  readonly limiter?: LimiterShape;
}

export class Wazzup extends Context.Service<
  Wazzup,
  {
    readonly sendText: (message: SendText) => Effect.Effect<Sent, WazzupError>;
    readonly sendFile: (message: SendFile) => Effect.Effect<Sent, WazzupError>;
    /** Free of the 24-hour window; only approved templates of business channels (wire/01 §6). */
    readonly sendTemplate: (message: SendTemplate) => Effect.Effect<Sent, WazzupError>;
    /** Refused on business channels, and after the messenger's own time (wire/01 §2, §4). */
    readonly editText: (change: EditText) => Effect.Effect<void, WazzupError>;
    readonly deleteMessage: (messageId: string) => Effect.Effect<void, WazzupError>;
    /** Every template of the account, whatever its status. */
    readonly templates: () => Effect.Effect<TemplateList, WazzupError>;
    /** Longest text of one message on this channel, UTF-16 units. Asks the vendor at most every ten minutes. */
    readonly textLimit: (channelId: string) => Effect.Effect<number, WazzupError>;
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
/** Of the vendor's 500 in 5 s (wire/01 §4): room for other programs of the account, and for replicas without Redis. */
const DEFAULT_REQUESTS_PER_5_S = 400;
const MAX_RATE_WAIT_MS = 10_000;

const makeWazzup = (options: WazzupOptions): Wazzup['Service'] => {
  const client = makeVendorClient({
    vendor: 'Wazzup',
    baseUrl: options.baseUrl,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    maxConcurrent: options.maxConcurrent ?? DEFAULT_CONCURRENT,
  });
  const pace = makePace(options.limiter ?? makeMemoryLimiter(), {
    key: 'wazzup',
    requests: options.requestsPer5s ?? DEFAULT_REQUESTS_PER_5_S,
    windowMs: RATE_WINDOW_MS,
    maxWaitMs: MAX_RATE_WAIT_MS,
  });
  const call = makeCall(client, pace, options.apiKey);
  const channels = () => call({ method: 'GET', path: '/channels' }).pipe(Effect.flatMap(channelsOf));
  const transportOf = makeTransports(Effect.suspend(channels));
  return {
    ...makeSending(call, transportOf),
    channels,
    templates: () => readTemplates(call),
    textLimit: (channelId) => Effect.map(transportOf(channelId), textLimitOf),
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

const makeCall =
  (client: VendorClient, pace: Pace, apiKey: Redacted.Redacted) =>
  (request: VendorRequest): Effect.Effect<VendorResponse, TransportError | WazzupRateLimited> =>
    pace.pipe(
      Effect.mapError((retryAfterMs) => rateLimited(retryAfterMs)),
      Effect.andThen(
        client.request({ ...request, headers: { authorization: `Bearer ${Redacted.value(apiKey)}` } }),
      ),
    );
