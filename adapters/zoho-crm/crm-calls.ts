/** The one way to CRM: authorised, bounded in parallel, with an eye on the API credits (wire/03 §8). */
import { Effect } from 'effect';
import { makeVendorClient, type VendorRequest, type VendorResponse } from '../http/vendor-client.ts';
import { makePace } from '../http/vendor-pace.ts';
import type { LimiterShape } from '../redis/limiter.ts';
import { makeMemoryLimiter } from '../redis/memory-limiter.ts';
import { authorized } from '../zoho-oauth/authorized.ts';
import type { ZohoTokenShape } from '../zoho-oauth/zoho-token.ts';
import { creditsOf } from './answer.ts';
import { type CrmError, CrmThrottled } from './errors.ts';

/** The free edition allows 5 calls at once. */
export const CONCURRENT_CALLS_MAX = 5;
/** Below this many credits a warning is logged. */
const CREDITS_LOW = 1_000;
const DEFAULT_TIMEOUT_MS = 30_000;
/**
 * Of all replicas. CRM names no pace, only calls at once and credits a day: this keeps a burst of newcomers from
 * spending the others' share of both (wire/03 §8).
 */
const DEFAULT_REQUESTS_PER_10_S = 300;
const PACE_WINDOW_MS = 10_000;
const MAX_PACE_WAIT_MS = 5000;

export type CrmCall = (request: VendorRequest) => Effect.Effect<VendorResponse, CrmError>;

export interface CrmCalls {
  readonly call: CrmCall;
  /** As CRM said last; `null` while it does not tell. */
  readonly creditsRemaining: () => number | null;
}

export const makeCrmCalls = (
  config: { readonly baseUrl: string; readonly timeoutMs?: number; readonly limiter?: LimiterShape },
  token: ZohoTokenShape,
): CrmCalls => {
  const client = makeVendorClient({
    vendor: 'zoho-crm',
    baseUrl: config.baseUrl,
    timeoutMs: config.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    maxConcurrent: CONCURRENT_CALLS_MAX,
  });
  const send = authorized(client, token);
  const pace = makePace(config.limiter ?? makeMemoryLimiter(), {
    key: 'zoho-crm',
    requests: DEFAULT_REQUESTS_PER_10_S,
    windowMs: PACE_WINDOW_MS,
    maxWaitMs: MAX_PACE_WAIT_MS,
  }).pipe(Effect.mapError(tooFast));
  let credits: number | null = null;

  const call = Effect.fn('ZohoCrm.call')(function* (request: VendorRequest) {
    yield* pace;
    const response = yield* send(request);
    const left = creditsOf(response);
    if (left !== null && left < CREDITS_LOW && (credits === null || credits >= CREDITS_LOW)) {
      yield* Effect.logWarning('Zoho CRM is short of API credits', { creditsRemaining: left });
    }
    credits = left ?? credits;
    return response;
  });
  return { call, creditsRemaining: () => credits };
};

const tooFast = (retryAfterMs: number) =>
  new CrmThrottled({
    message: `too many calls to Zoho CRM at once; the next one may go in ${retryAfterMs} ms`,
    retryable: true,
    retryAfterMs,
  });
