/** One refresh: who may ask Zoho for a token, when, and what its answer means for the next asker. */
import { Effect, Redacted } from 'effect';
import type { TransportError, VendorClient } from '../http/vendor-client.ts';
import {
  type ZohoAuthError,
  ZohoAuthRevoked,
  ZohoAuthThrottled,
  ZohoAuthUnavailable,
  ZohoWrongDataCentre,
} from './errors.ts';
import type { Seal } from './seal.ts';
import { adviceFor, consoleOf, isOtherDataCentre, readTokenAnswer } from './token-response.ts';
import { emptyTokenState, type TokenState, type TokenStore, type TokenStoreError } from './token-store.ts';

export interface Clock {
  readonly now: () => number;
}

export type ZohoProduct = 'crm' | 'inventory';

export interface ZohoTokenConfig {
  readonly product: ZohoProduct;
  /** `https://accounts.zoho.<dc>`, no path. */
  readonly accountsUrl: string;
  /** The product's base URL; compared with the token's data centre. */
  readonly apiBaseUrl: string;
  readonly clientId: string;
  readonly clientSecret: Redacted.Redacted;
  readonly refreshToken: Redacted.Redacted;
  readonly store?: TokenStore;
  readonly clock?: Clock;
  /** For the token endpoint, ms; 15 s by default (wire/02 §6). */
  readonly timeoutMs?: number;
}

/** A token is renewed this long before it expires, ms (wire/02 §6). */
export const EARLY_EXPIRY_MS = 60_000;
/** Zoho's own block lasts at least this long, ms; asking meanwhile prolongs it (wire/02 §5). */
export const THROTTLE_MS = 600_000;
/** Refused credentials are tried again after this, ms: a person may have repaired them in the console. */
export const REVOKED_RECHECK_MS = 900_000;
/** After a failure that passes, ms; many waiting calls must not become many requests. */
export const UNAVAILABLE_PAUSE_MS = 3_000;
/** Of Zoho's 10 tokens per 10 minutes we use at most this many, so that a person can still get one (wire/02 §4). */
export const REFRESH_BUDGET = 8;
const REFRESH_WINDOW_MS = 600_000;

/** What a refresh needs. */
export interface RefreshParts {
  readonly config: ZohoTokenConfig;
  readonly client: VendorClient;
  readonly store: TokenStore;
  readonly clock: Clock;
  readonly seal: Seal;
  readonly key: string;
}

export interface Cached {
  readonly token: Redacted.Redacted;
  readonly expiresAt: number;
}

interface Outcome {
  readonly state: TokenState;
  readonly result: Effect.Effect<Cached, ZohoAuthError>;
}

/** Compares two tokens without showing them. */
export const same = (a: Redacted.Redacted, b: Redacted.Redacted): boolean =>
  Redacted.value(a) === Redacted.value(b);

/** Under the shared lock: takes the token another replica has just got, or asks Zoho when that is allowed. */
export const refresh = (
  parts: RefreshParts,
  rejected: Redacted.Redacted | null,
): Effect.Effect<Cached, ZohoAuthError> => {
  const { store, key } = parts;
  const underLock = Effect.gen(function* () {
    const state = (yield* store.read(key)) ?? emptyTokenState;
    const shared = usableToken(parts, state, rejected);
    if (shared) return shared;
    const held = refusalOf(parts, state);
    if (held) return yield* held;
    const outcome = yield* ask(parts, state);
    // A token that cannot be shared is still a token: the store's trouble is reported, not passed on.
    yield* store
      .write(key, outcome.state)
      .pipe(
        Effect.catch((error) =>
          Effect.logWarning('the shared Zoho token could not be stored', { reason: error.message }),
        ),
      );
    return yield* outcome.result;
  });
  return store
    .lock(key, underLock)
    .pipe(Effect.catchTag('TokenStoreError', (error) => storeTrouble(parts, error)));
};

const storeTrouble = (parts: RefreshParts, error: TokenStoreError) =>
  Effect.fail(
    new ZohoAuthUnavailable({
      product: parts.config.product,
      message: `the shared store of Zoho tokens failed: ${error.message}`,
      retryable: true,
      retryAfterMs: UNAVAILABLE_PAUSE_MS,
    }),
  );

const usableToken = (
  parts: RefreshParts,
  state: TokenState,
  rejected: Redacted.Redacted | null,
): Cached | null => {
  if (!state.token || state.token.expiresAt - EARLY_EXPIRY_MS <= parts.clock.now()) return null;
  const token = parts.seal.open(state.token.sealed);
  if (!token || (rejected && same(token, rejected))) return null;
  return { token, expiresAt: state.token.expiresAt };
};

/** Why Zoho must not be asked now, if so. */
const refusalOf = (parts: RefreshParts, state: TokenState): ZohoAuthError | null => {
  const now = parts.clock.now();
  if (state.refusal && state.refusal.until > now)
    return errorOf(parts, state.refusal, state.refusal.until - now);
  const recent = state.askedAt.filter((at) => at > now - REFRESH_WINDOW_MS);
  const oldest = recent[0];
  if (oldest === undefined || recent.length < REFRESH_BUDGET) return null;
  return new ZohoAuthThrottled({
    product: parts.config.product,
    message: `${REFRESH_BUDGET} Zoho tokens were asked for within 10 minutes, which is our share of the quota: look for a restart loop, or a product that refuses every token`,
    retryable: true,
    retryAfterMs: oldest + REFRESH_WINDOW_MS - now,
  });
};

const errorOf = (
  parts: RefreshParts,
  refusal: NonNullable<TokenState['refusal']>,
  retryAfterMs: number,
): ZohoAuthError => {
  const { product, accountsUrl } = parts.config;
  switch (refusal.kind) {
    case 'throttled': {
      const message =
        'Zoho gives out no more tokens for now (10 per 10 minutes); wait, and do not ask meanwhile';
      return new ZohoAuthThrottled({ product, message, retryable: true, retryAfterMs });
    }
    case 'unavailable': {
      const message = `Zoho's accounts host is in trouble (${refusal.reason}); it is tried again by itself`;
      return new ZohoAuthUnavailable({ product, message, retryable: true, retryAfterMs });
    }
    case 'elsewhere':
      return wrongDataCentre(parts.config, refusal.reason);
    case 'revoked': {
      const variables =
        product === 'crm' ? 'ZOHO_REFRESH_TOKEN' : 'ZOHO_INVENTORY_REFRESH_TOKEN (or ZOHO_REFRESH_TOKEN)';
      const message = adviceFor(refusal.reason, consoleOf(accountsUrl), variables);
      return new ZohoAuthRevoked({ product, message, retryable: false, code: refusal.reason });
    }
  }
};

/** One request to the token endpoint, and the state that follows from it. */
const ask = (parts: RefreshParts, state: TokenState): Effect.Effect<Outcome> => {
  const { config, client, clock } = parts;
  const form = {
    grant_type: 'refresh_token',
    client_id: config.clientId,
    client_secret: Redacted.value(config.clientSecret),
    refresh_token: Redacted.value(config.refreshToken),
  };
  return client.request({ method: 'POST', path: '/oauth/v2/token', form }).pipe(
    Effect.map((response) => readTokenAnswer(response.status, response.text())),
    Effect.catch((error: TransportError) =>
      Effect.succeed({ kind: 'unavailable' as const, reason: error.message }),
    ),
    Effect.map((answer): Outcome => {
      const now = clock.now();
      const askedAt = [...state.askedAt.filter((at) => at > now - REFRESH_WINDOW_MS), now].slice(
        -REFRESH_BUDGET,
      );
      if (answer.kind !== 'token') {
        const reason =
          answer.kind === 'revoked'
            ? answer.code
            : answer.kind === 'unavailable'
              ? answer.reason
              : 'Access Denied';
        const pause = PAUSES[answer.kind];
        const refusal = { kind: answer.kind, reason, until: now + pause };
        return {
          state: { token: null, refusal, askedAt },
          result: Effect.fail(errorOf(parts, refusal, pause)),
        };
      }
      if (isOtherDataCentre(answer.apiDomain, config.apiBaseUrl)) {
        const refusal = {
          kind: 'elsewhere' as const,
          reason: answer.apiDomain ?? '',
          until: now + REVOKED_RECHECK_MS,
        };
        return {
          state: { token: null, refusal, askedAt },
          result: Effect.fail(errorOf(parts, refusal, REVOKED_RECHECK_MS)),
        };
      }
      const fresh = { token: Redacted.make(answer.accessToken), expiresAt: now + answer.lifeMs };
      const token = { sealed: parts.seal.close(fresh.token), expiresAt: fresh.expiresAt };
      return { state: { token, refusal: null, askedAt }, result: Effect.succeed(fresh) };
    }),
  );
};

const PAUSES = {
  throttled: THROTTLE_MS,
  revoked: REVOKED_RECHECK_MS,
  unavailable: UNAVAILABLE_PAUSE_MS,
} as const;

const wrongDataCentre = (config: ZohoTokenConfig, apiDomain: string) => {
  const variable = config.product === 'crm' ? 'ZOHO_CRM_BASE_URL' : 'ZOHO_INVENTORY_BASE_URL';
  return new ZohoWrongDataCentre({
    product: config.product,
    message: `the Zoho credentials belong to ${apiDomain}, but ${variable} is ${config.apiBaseUrl}: set it, and ZOHO_ACCOUNTS_URL, to one data centre`,
    retryable: false,
  });
};
