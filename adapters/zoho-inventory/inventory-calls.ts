/**
 * The one way to Inventory: authorised, bounded in parallel, with the organisation on every call. The minute's and the
 * day's limit, once met, are answered here without a call until they end.
 */
import { Effect, Predicate } from 'effect';
import { makeVendorClient, type VendorRequest, type VendorResponse } from '../http/vendor-client.ts';
import { both, makePace, type Pace, unpaced } from '../http/vendor-pace.ts';
import type { LimiterShape } from '../redis/limiter.ts';
import { makeMemoryLimiter } from '../redis/memory-limiter.ts';
import { authorized } from '../zoho-oauth/authorized.ts';
import type { Clock } from '../zoho-oauth/refresh.ts';
import type { ZohoTokenShape } from '../zoho-oauth/zoho-token.ts';
import { type AnswerError, readEnvelope } from './answer.ts';
import { type InventoryError, InventoryMalformed, InventoryThrottled } from './errors.ts';
import { type ItemImage, readImage } from './image.ts';

/** Zoho's soft limit is 10 on paid plans, 5 on the free one (wire/04 §2). */
export const CONCURRENT_CALLS_MAX = 5;
const DEFAULT_TIMEOUT_MS = 30_000;
const MINUTE_MS = 60_000;
/** A turn waits no longer for its place in the minute. */
const MAX_PACE_WAIT_MS = 5000;
/** Reading the catalog and its photos takes no more than half the minute: a customer's question goes first. */
const BACKGROUND_SHARE = 0.5;

/** Who waits for the answer: somebody in a conversation, or nobody. */
export type Lane = 'foreground' | 'background';

export interface InventoryCallsConfig {
  readonly baseUrl: string;
  readonly organizationId: string;
  readonly clock: Clock;
  readonly timeoutMs?: number;
  readonly requestsPerMinute?: number;
  readonly limiter?: LimiterShape;
}

export interface Rows {
  readonly items: readonly unknown[];
  readonly hasMore: boolean;
}

/** The wire's object, with numbers as text. */
export type Envelope = Readonly<Record<string, unknown>>;

/** A call about customers or orders; Zoho's own words stay out of its errors, for they repeat names. */
export type PrivateRequest = Pick<VendorRequest, 'method' | 'path' | 'query' | 'json' | 'timeoutMs'>;

export interface InventoryCalls {
  /** The rows of a list; `key` is its name in the envelope, `items` by default; the lane is the foreground. */
  readonly rows: (
    path: string,
    query: VendorRequest['query'],
    more?: { readonly key?: string; readonly lane?: Lane },
  ) => Effect.Effect<Rows, InventoryError>;
  /** The envelope, or `null` when there is no such resource. */
  readonly send: (request: PrivateRequest) => Effect.Effect<Envelope | null, InventoryError>;
  readonly image: (itemId: string) => Effect.Effect<ItemImage | null, InventoryError>;
}

export const makeInventoryCalls = (config: InventoryCallsConfig, token: ZohoTokenShape): InventoryCalls => {
  const { clock } = config;
  const client = makeVendorClient({
    vendor: 'zoho-inventory',
    baseUrl: config.baseUrl,
    timeoutMs: config.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    maxConcurrent: CONCURRENT_CALLS_MAX,
  });
  const exchange = authorized(client, token);
  const paces = pacesOf(config);
  let pause: { readonly error: InventoryThrottled; readonly until: number } | null = null;

  const remember = (error: AnswerError): void => {
    if (!(error instanceof InventoryThrottled) || error.limit === 'concurrency') return;
    pause = { error, until: clock.now() + error.retryAfterMs };
  };

  const call = Effect.fn('ZohoInventory.call')(function* <A>(
    path: string,
    more: Partial<VendorRequest>,
    read: (response: VendorResponse, now: number) => Effect.Effect<A, AnswerError>,
    lane: Lane = 'foreground',
  ) {
    if (pause && pause.until > clock.now()) return yield* stillPaused(pause.error, pause.until - clock.now());
    yield* paces[lane].pipe(Effect.mapError(tooFast));
    const query = { ...more.query, organization_id: config.organizationId };
    const response = yield* exchange({ method: 'GET', path, ...more, query });
    return yield* read(response, clock.now()).pipe(
      Effect.tapError((error) => Effect.sync(() => remember(error))),
    );
  });

  const rows = Effect.fn('ZohoInventory.rows')(function* (
    path: string,
    query: VendorRequest['query'],
    { key = 'items', lane }: { readonly key?: string; readonly lane?: Lane } = {},
  ) {
    const words = key === 'items' ? 'told' : 'hidden';
    const read = (response: VendorResponse, now: number) => readEnvelope(response, now, words);
    const envelope = yield* call(path, query ? { query } : {}, read, lane);
    const items = envelope?.[key];
    if (envelope === null || !Array.isArray(items)) return yield* noRows(path, key);
    return { items: items as readonly unknown[], hasMore: hasMoreOf(envelope) };
  });

  const send = ({ path, ...more }: PrivateRequest) =>
    call(path, more, (response, now) => readEnvelope(response, now, 'hidden'));

  const image = (itemId: string) =>
    call(
      `/items/${encodeURIComponent(itemId)}/image`,
      { headers: { accept: '*/*' } },
      readImage,
      'background',
    );

  return { rows, send, image };
};

const pacesOf = (config: InventoryCallsConfig): Readonly<Record<Lane, Pace>> => {
  const perMinute = config.requestsPerMinute ?? 0;
  if (perMinute === 0) return { foreground: unpaced, background: unpaced };
  const limiter = config.limiter ?? makeMemoryLimiter();
  const pace = (name: Lane, requests: number, maxWaitMs: number) =>
    makePace(limiter, { key: `zoho-inventory:${name}`, requests, windowMs: MINUTE_MS, maxWaitMs });
  const foreground = pace('foreground', perMinute, MAX_PACE_WAIT_MS);
  const share = Math.max(1, Math.floor(perMinute * BACKGROUND_SHARE));
  return { foreground, background: both(pace('background', share, MINUTE_MS), foreground) };
};

const tooFast = (retryAfterMs: number) =>
  new InventoryThrottled({
    limit: 'minute',
    message: `as many calls as Zoho Inventory allows in a minute were made; the next may go in ${retryAfterMs} ms`,
    retryable: true,
    retryAfterMs,
  });

const hasMoreOf = (envelope: Record<string, unknown>): boolean =>
  Predicate.hasProperty(envelope.page_context, 'has_more_page') &&
  envelope.page_context.has_more_page === true;

const noRows = (path: string, key: string) =>
  new InventoryMalformed({
    message: `Zoho Inventory answered ${path} without a list of ${key}; compare with the wire documentation`,
    retryable: false,
  });

const stillPaused = (error: InventoryThrottled, leftMs: number) =>
  new InventoryThrottled({
    limit: error.limit,
    message: error.message,
    retryable: error.retryable,
    retryAfterMs: leftMs,
  });
