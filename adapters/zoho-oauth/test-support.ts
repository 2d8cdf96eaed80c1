/** What the contract tests of the three Zoho adapters share. */
import { Effect, Logger, Redacted } from 'effect';
import type { ZohoDouble } from './zoho-double.ts';
import { makeZohoToken, type ZohoProduct, type ZohoTokenConfig, type ZohoTokenShape } from './zoho-token.ts';

/** A clock that a test moves. */
export const makeTestClock = (start: number = Date.parse('2026-02-01T08:00:00Z')) => {
  let now = start;
  return {
    now: () => now,
    advance: (ms: number) => {
      now += ms;
    },
  };
};

/** A token source that asks the double. */
export const tokenFor = (
  double: ZohoDouble,
  product: ZohoProduct,
  more: Partial<ZohoTokenConfig> = {},
): ZohoTokenShape =>
  makeZohoToken({
    product,
    accountsUrl: double.accountsUrl,
    apiBaseUrl: product === 'crm' ? double.crmUrl : double.inventoryUrl,
    clientId: '1000.TESTCLIENT',
    clientSecret: Redacted.make('test-secret'),
    refreshToken: Redacted.make('1000.test.refresh'),
    ...more,
  });

/** Warnings are part of what is tested, not of the test's output. */
const QUIET = Logger.layer([]);

export const run = <A, E>(effect: Effect.Effect<A, E>): Promise<A> =>
  Effect.runPromise(Effect.provide(effect, QUIET));

/** The typed error of an effect that must fail. */
export const failureOf = <A, E>(effect: Effect.Effect<A, E>): Promise<E> =>
  Effect.runPromise(Effect.provide(Effect.flip(effect), QUIET));
