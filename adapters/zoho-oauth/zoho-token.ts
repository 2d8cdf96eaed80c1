/**
 * Access tokens of one Zoho product. One token serves all calls of all replicas: it is cached in memory and in the
 * store, renewed before it expires by one asker at a time, and never asked for while Zoho wants to be left alone.
 * States: fresh, throttled, unavailable, revoked (lesson F-44).
 */
import { Context, Effect, Layer, type Redacted } from 'effect';
import { makeVendorClient } from '../http/vendor-client.ts';
import type { ZohoAuthError } from './errors.ts';
import {
  type Cached,
  EARLY_EXPIRY_MS,
  type RefreshParts,
  refresh,
  same,
  type ZohoProduct,
  type ZohoTokenConfig,
} from './refresh.ts';
import { credentialsKey, makeSeal } from './seal.ts';
import { makeSingleFlight } from './single-flight.ts';
import { makeMemoryTokenStore } from './token-store.ts';

export type { Clock, ZohoProduct, ZohoTokenConfig } from './refresh.ts';

export interface ZohoTokenStatus {
  readonly state: 'none' | 'fresh' | 'throttled' | 'unavailable' | 'revoked';
  /** What to do, when something is wrong. */
  readonly message: string | null;
}

export interface ZohoTokenShape {
  readonly product: ZohoProduct;
  /** A token with at least a minute to live. */
  readonly get: Effect.Effect<Redacted.Redacted, ZohoAuthError>;
  /** Another token than `rejected`, which the product refused. */
  readonly renew: (rejected: Redacted.Redacted) => Effect.Effect<Redacted.Redacted, ZohoAuthError>;
  /** For the health report; asks nobody. */
  readonly status: () => ZohoTokenStatus;
}

/** The token source of one product; each product's layer is given its own. */
export class ZohoToken extends Context.Service<ZohoToken, ZohoTokenShape>()('treejar/adapters/ZohoToken') {
  static readonly layer = (config: ZohoTokenConfig): Layer.Layer<ZohoToken> =>
    Layer.sync(ZohoToken, () => makeZohoToken(config));
}

const DEFAULT_TIMEOUT_MS = 15_000;

/** Builds the token source. Nothing is asked until the first {@link ZohoTokenShape.get}. */
export const makeZohoToken = (config: ZohoTokenConfig): ZohoTokenShape => {
  const accountsUrl = config.accountsUrl.replace(/(?<!\/)\/+$/, '');
  const parts: RefreshParts = {
    config,
    client: makeVendorClient({
      vendor: 'zoho-accounts',
      baseUrl: accountsUrl,
      timeoutMs: config.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      maxConcurrent: 1,
    }),
    store: config.store ?? makeMemoryTokenStore(),
    clock: config.clock ?? { now: () => Date.now() },
    seal: makeSeal(config.clientSecret, config.refreshToken),
    key: credentialsKey(accountsUrl, config.clientId, config.refreshToken),
  };
  let cached: Cached | null = null;
  let failure: ZohoAuthError | null = null;
  const alone = makeSingleFlight<Cached, ZohoAuthError>();

  const isFresh = (candidate: Cached | null): candidate is Cached =>
    candidate !== null && candidate.expiresAt - EARLY_EXPIRY_MS > parts.clock.now();

  const succeed = (fresh: Cached): void => {
    cached = fresh;
    failure = null;
  };
  const fail = (error: ZohoAuthError): void => {
    failure = error;
  };
  const refreshOnce = (rejected: Redacted.Redacted | null) =>
    alone(
      refresh(parts, rejected).pipe(
        Effect.tap((fresh) => Effect.sync(() => succeed(fresh))),
        Effect.tapError((error) => Effect.sync(() => fail(error))),
      ),
    );

  const get = Effect.suspend(() =>
    isFresh(cached) ? Effect.succeed(cached.token) : tokenOf(refreshOnce(null)),
  );

  const renew = Effect.fn('ZohoToken.renew')(function* (rejected: Redacted.Redacted) {
    if (isFresh(cached) && !same(cached.token, rejected)) return cached.token;
    cached = null;
    const joined = yield* tokenOf(refreshOnce(rejected));
    // The refresh we joined may have begun before the refusal and have taken the same token from the store.
    return same(joined, rejected) ? yield* tokenOf(refreshOnce(rejected)) : joined;
  });

  const status = (): ZohoTokenStatus => {
    if (isFresh(cached)) return { state: 'fresh', message: null };
    if (failure === null) return { state: 'none', message: null };
    const state =
      failure._tag === 'ZohoAuthThrottled' ? 'throttled' : failure.retryable ? 'unavailable' : 'revoked';
    return { state, message: failure.message };
  };

  return { product: config.product, get, renew, status };
};

const tokenOf = <E>(refreshed: Effect.Effect<Cached, E>) => Effect.map(refreshed, (fresh) => fresh.token);
