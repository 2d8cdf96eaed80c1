/** Where the state of a refresh token is kept, so that all replicas share one access token and one quota (wire/02 §4). */
import { Effect, Schema, Semaphore } from 'effect';

/** The shared state of one refresh token. Times are ms since the epoch. */
export const TokenState = Schema.Struct({
  /** The access token, sealed: a copy of the store gives nobody access. */
  token: Schema.NullOr(Schema.Struct({ sealed: Schema.String, expiresAt: Schema.Number })),
  /** Set while Zoho must not be asked again. */
  refusal: Schema.NullOr(
    Schema.Struct({
      kind: Schema.Literals(['throttled', 'revoked', 'unavailable', 'elsewhere']),
      /** Zoho's word or a short reason. */
      reason: Schema.String,
      until: Schema.Number,
    }),
  ),
  /** When Zoho was asked, within the quota's window, oldest first. */
  askedAt: Schema.Array(Schema.Number),
});
export type TokenState = typeof TokenState.Type;

export const emptyTokenState: TokenState = { token: null, refusal: null, askedAt: [] };

/** The store itself failed; the caller turns it into a retryable error. */
export class TokenStoreError extends Schema.TaggedError<TokenStoreError>()('TokenStoreError', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

export interface TokenStore {
  readonly read: (key: string) => Effect.Effect<TokenState | null, TokenStoreError>;
  readonly write: (key: string, state: TokenState) => Effect.Effect<void, TokenStoreError>;
  /** Runs `use` while nobody else, on any replica, holds the lock of `key`. */
  readonly lock: <A, E>(key: string, use: Effect.Effect<A, E>) => Effect.Effect<A, E | TokenStoreError>;
}

/** The default store: one process. It holds one entry for each refresh token in use, so a handful. */
export const makeMemoryTokenStore = (): TokenStore => {
  const states = new Map<string, TokenState>();
  const locks = new Map<string, Semaphore.Semaphore>();
  const lockOf = (key: string): Semaphore.Semaphore => {
    const lock = locks.get(key) ?? Semaphore.makeUnsafe(1);
    locks.set(key, lock);
    return lock;
  };
  return {
    read: (key) => Effect.sync(() => states.get(key) ?? null),
    write: (key, state) => Effect.sync(() => void states.set(key, state)),
    lock: (key, use) => lockOf(key).withPermits(1)(use),
  };
};
