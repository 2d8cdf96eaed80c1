import { Effect, Redacted } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  EARLY_EXPIRY_MS,
  REFRESH_BUDGET,
  REVOKED_RECHECK_MS,
  THROTTLE_MS,
  UNAVAILABLE_PAUSE_MS,
} from './refresh.ts';
import { failureOf, makeTestClock, run, tokenFor } from './test-support.ts';
import { makeMemoryTokenStore, type TokenState, type TokenStore } from './token-store.ts';
import { startZohoDouble, type ZohoDouble } from './zoho-double.ts';

let double: ZohoDouble;
let clock: ReturnType<typeof makeTestClock>;

beforeEach(async () => {
  clock = makeTestClock();
  double = await startZohoDouble({ clock });
});
afterEach(() => double.close());

const tokenRequests = () => double.server.log.filter((entry) => entry.path === '/oauth/v2/token');
const token = (more: Parameters<typeof tokenFor>[2] = {}) => tokenFor(double, 'crm', { clock, ...more });

describe('a Zoho access token', () => {
  it('is asked for once by many callers at once, and then served from memory', async () => {
    const memory = makeMemoryTokenStore();
    let locks = 0;
    const store: TokenStore = {
      ...memory,
      lock: (key, use) =>
        Effect.suspend(() => {
          locks += 1;
          return memory.lock(key, use);
        }),
    };
    const source = token({ store });
    const many = await run(
      Effect.all(
        Array.from({ length: 20 }, () => source.get),
        { concurrency: 'unbounded' },
      ),
    );
    expect(new Set(many.map(Redacted.value)).size).toBe(1);
    await run(source.get);
    expect(tokenRequests()).toHaveLength(1);
    expect(locks).toBe(1);
    expect(source.status()).toEqual({ state: 'fresh', message: null });
  });

  it('is asked for once by several replicas on one store', async () => {
    const store = makeMemoryTokenStore();
    const replicas = [token({ store }), token({ store }), token({ store })];
    const tokens = await run(
      Effect.all(
        replicas.map((replica) => replica.get),
        { concurrency: 'unbounded' },
      ),
    );
    expect(new Set(tokens.map(Redacted.value)).size).toBe(1);
    expect(tokenRequests()).toHaveLength(1);
  });

  it('is renewed before it expires', async () => {
    const source = token();
    const first = await run(source.get);
    clock.advance(3_600_000 - EARLY_EXPIRY_MS - 1);
    expect(Redacted.value(await run(source.get))).toBe(Redacted.value(first));
    clock.advance(2);
    expect(Redacted.value(await run(source.get))).not.toBe(Redacted.value(first));
  });

  it('is not believed for longer than an hour, whatever expires_in says', async () => {
    double.state.oauth.expiresIn = 3_600_000;
    const source = token();
    await run(source.get);
    clock.advance(3_600_000);
    await run(source.get);
    expect(tokenRequests()).toHaveLength(2);
  });

  it.each([0, -1, Number.NaN])('is refused when expires_in is %s', async (expiresIn) => {
    double.state.oauth.expiresIn = expiresIn;
    expect(await failureOf(token().get)).toMatchObject({ _tag: 'ZohoAuthUnavailable', retryable: true });
  });

  it('is not lost for the others when one caller gives up', async () => {
    double.server.addFault({ path: /token/, delayMs: 120, times: 1 });
    const source = token();
    const impatient = run(source.get.pipe(Effect.timeoutOption(20)));
    const patient = run(source.get);
    expect((await impatient)._tag).toBe('None');
    expect(Redacted.value(await patient)).toMatch(/^1000\./);
    expect(tokenRequests()).toHaveLength(1);
  });

  it('is stored sealed, so that a copy of the store gives nobody access', async () => {
    const written: TokenState[] = [];
    const memory = makeMemoryTokenStore();
    const spy = {
      ...memory,
      write: (key: string, state: TokenState) => {
        written.push(state);
        return memory.write(key, state);
      },
    };
    const issued = await run(token({ store: spy }).get);
    expect(JSON.stringify(written)).not.toContain(Redacted.value(issued).slice(5, 30));
    expect(written[0]?.token?.sealed).toEqual(expect.any(String));
  });

  it('is used although the store could not keep it', async () => {
    const { TokenStoreError } = await import('./token-store.ts');
    const broken = {
      ...makeMemoryTokenStore(),
      write: () => Effect.fail(new TokenStoreError({ message: 'disk full', retryable: true })),
    };
    expect(Redacted.value(await run(token({ store: broken }).get))).toMatch(/^1000\./);
  });
});

describe('wire/00 fact 4: the token endpoint answers errors with HTTP 200', () => {
  it('tells the throttle from a refusal, waits at least 10 minutes and does not ask meanwhile', async () => {
    const access = {
      error: 'Access Denied',
      error_description: 'You have made too many requests continuously.',
      status: 'failure',
    };
    double.server.addFault({ path: /token/, respond: { status: 200, body: access }, times: 1 });
    const source = token();
    const error = await failureOf(source.get);
    expect(error).toMatchObject({ _tag: 'ZohoAuthThrottled', retryable: true });
    expect(error).toHaveProperty('retryAfterMs', THROTTLE_MS);
    expect(THROTTLE_MS).toBeGreaterThanOrEqual(600_000);
    clock.advance(THROTTLE_MS - 1_000);
    expect(await failureOf(source.get)).toMatchObject({ _tag: 'ZohoAuthThrottled', retryAfterMs: 1_000 });
    expect(tokenRequests()).toHaveLength(1);
    expect(source.status().state).toBe('throttled');
    clock.advance(1_000);
    await run(source.get);
    expect(source.status().state).toBe('fresh');
  });

  it('keeps other replicas from asking while Zoho throttles', async () => {
    const store = makeMemoryTokenStore();
    double.server.addFault({
      path: /token/,
      respond: { status: 400, body: { error: 'Access Denied' } },
      times: 1,
    });
    await failureOf(token({ store }).get);
    expect(await failureOf(token({ store }).get)).toMatchObject({ _tag: 'ZohoAuthThrottled' });
    expect(tokenRequests()).toHaveLength(1);
  });

  it.each([
    ['invalid_code', 'refresh token'],
    ['invalid_client', 'ZOHO_CLIENT_ID'],
    ['invalid_client_secret', 'ZOHO_CLIENT_SECRET'],
    ['invalid_grant', 'refresh token'],
  ])('takes %s for terminal and tells the operator what to do', async (code, advice) => {
    double.state.oauth.error = code;
    const source = token({ accountsUrl: double.accountsUrl });
    const error = await failureOf(source.get);
    expect(error).toMatchObject({ _tag: 'ZohoAuthRevoked', retryable: false, code });
    expect(error.message).toContain(advice);
    expect(error.message).toContain('https://api-console.zoho');
    expect(source.status()).toMatchObject({ state: 'revoked', message: error.message });
    await failureOf(source.get);
    expect(tokenRequests()).toHaveLength(1);
  });

  it('looks again after a while, for a person may have repaired it (lesson F-44)', async () => {
    double.state.oauth.error = 'invalid_client';
    const source = token();
    await failureOf(source.get);
    double.state.oauth.error = null;
    clock.advance(REVOKED_RECHECK_MS);
    expect(Redacted.value(await run(source.get))).toMatch(/^1000\./);
  });

  it('starts clean with a new refresh token', async () => {
    const store = makeMemoryTokenStore();
    double.state.oauth.error = 'invalid_code';
    await failureOf(token({ store }).get);
    double.state.oauth.error = null;
    await run(token({ store, refreshToken: Redacted.make('1000.another.refresh') }).get);
  });

  it('never shows the secrets in an error', async () => {
    double.state.oauth.error = 'invalid_code';
    const error = await failureOf(token().get);
    expect(JSON.stringify(error)).not.toMatch(/test-secret|1000\.test\.refresh/);
  });
});

describe('trouble that passes', () => {
  it.each([
    ['HTML inside 200', { respond: { status: 200, body: '<html>maintenance</html>' } }],
    ['an empty body', { respond: { status: 200, body: '' } }],
    ['a 500', { respond: { status: 500, body: { error: 'invalid_client' } } }],
    ['a token without text', { respond: { status: 200, body: { access_token: '', expires_in: 3600 } } }],
    ['a dropped connection', { dropAfter: true }],
  ])('%s is retryable after a pause, and one request serves all who wait', async (_name, fault) => {
    double.server.addFault({ path: /token/, times: 1, ...fault });
    const source = token();
    const errors = await run(
      Effect.all([source.get, source.get, source.get].map(Effect.flip), { concurrency: 'unbounded' }),
    );
    for (const error of errors) expect(error).toMatchObject({ _tag: 'ZohoAuthUnavailable', retryable: true });
    expect(tokenRequests().length).toBeLessThanOrEqual(1);
    clock.advance(UNAVAILABLE_PAUSE_MS);
    await run(source.get);
  });

  it('a slow body counts as no answer', async () => {
    double.server.addFault({ path: /token/, slowBodyMs: 20, times: 1 });
    expect(await failureOf(token({ timeoutMs: 150 }).get)).toMatchObject({
      _tag: 'ZohoAuthUnavailable',
      retryable: true,
    });
  });
});

describe('the quota of 10 tokens per 10 minutes', () => {
  it('is never used up by us, and a restart does not forget it', async () => {
    const store = makeMemoryTokenStore();
    for (let i = 0; i < REFRESH_BUDGET; i += 1) {
      const source = token({ store });
      const current = await run(source.get);
      await run(source.renew(current));
      if (tokenRequests().length >= REFRESH_BUDGET) break;
    }
    const restarted = token({ store });
    const current = await run(restarted.get);
    const error = await failureOf(restarted.renew(current));
    expect(error).toMatchObject({ _tag: 'ZohoAuthThrottled', retryable: true, retryAfterMs: 600_000 });
    expect(tokenRequests()).toHaveLength(REFRESH_BUDGET);
  });

  it('the double throttles the eleventh request inside HTTP 200', async () => {
    const ask = () =>
      fetch(`${double.accountsUrl}/oauth/v2/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          client_id: 'a',
          client_secret: 'b',
          refresh_token: 'c',
        }),
      });
    for (let i = 0; i < 10; i += 1) expect(await (await ask()).json()).toHaveProperty('access_token');
    const eleventh = await ask();
    expect(eleventh.status).toBe(200);
    expect(await eleventh.json()).toMatchObject({ error: 'Access Denied' });
  });
});

describe('renewing a refused token', () => {
  it('gives the newer token to those who come late with the old one', async () => {
    const source = token();
    const old = await run(source.get);
    const both = await run(Effect.all([source.renew(old), source.renew(old)], { concurrency: 'unbounded' }));
    const late = await run(source.renew(old));
    expect(new Set([...both, late].map(Redacted.value)).size).toBe(1);
    expect(Redacted.value(late)).not.toBe(Redacted.value(old));
    expect(tokenRequests()).toHaveLength(2);
  });
});

describe('data centres (wire/02 §1)', () => {
  it('a token of another data centre fails loudly', async () => {
    double.state.oauth.apiDomain = 'https://www.zohoapis.com';
    const error = await failureOf(token({ apiBaseUrl: 'https://www.zohoapis.eu/crm/v8' }).get);
    expect(error).toMatchObject({ _tag: 'ZohoWrongDataCentre', retryable: false });
    expect(error.message).toContain('ZOHO_CRM_BASE_URL');
    expect(error.message).toContain('https://www.zohoapis.com');
  });

  it('a base URL that is a proxy is no mismatch', async () => {
    double.state.oauth.apiDomain = 'https://www.zohoapis.eu';
    await run(token({ apiBaseUrl: 'http://proxy.internal:8080/crm/v8' }).get);
  });
});
