import { Effect } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeVendorClient } from '../http/vendor-client.ts';
import { authorized } from './authorized.ts';
import { failureOf, run, tokenFor } from './test-support.ts';
import { startZohoDouble, type ZohoDouble } from './zoho-double.ts';

let double: ZohoDouble;
beforeEach(async () => {
  double = await startZohoDouble();
});
afterEach(() => double.close());

const sender = () => {
  const client = makeVendorClient({
    vendor: 'zoho-inventory',
    baseUrl: double.inventoryUrl,
    timeoutMs: 2_000,
    maxConcurrent: 5,
  });
  return authorized(client, tokenFor(double, 'inventory'));
};
const items = { method: 'GET', path: '/items', query: { organization_id: '1', per_page: 1 } } as const;
const calls = (path: string) => double.server.log.filter((entry) => entry.path.startsWith(path)).length;

describe('an authorised call', () => {
  it('carries the token in the scheme Zoho wants, not Bearer', async () => {
    expect((await run(sender()(items))).status).toBe(200);
    const bearer = await fetch(`${double.inventoryUrl}/items?organization_id=1`, {
      headers: { authorization: 'Bearer x' },
    });
    expect(bearer.status).toBe(401);
  });

  it('renews an expired token once and repeats, so that the caller sees nothing', async () => {
    const send = sender();
    await run(send(items));
    double.state.oauth.invalidateTokens();
    expect((await run(send(items))).status).toBe(200);
    expect(double.state.oauth.issued).toBe(2);
    expect(calls('/inventory')).toBe(3);
  });

  it('renews once for many calls that meet the expired token together', async () => {
    const send = sender();
    await run(send(items));
    double.state.oauth.invalidateTokens();
    await run(
      Effect.all(
        [1, 2, 3, 4, 5].map(() => send(items)),
        { concurrency: 'unbounded' },
      ),
    );
    expect(double.state.oauth.issued).toBe(2);
  });

  it.each([
    ['Inventory code 57', 401, { code: 57, message: 'You are not authorized to perform this operation' }],
    [
      'CRM OAUTH_SCOPE_MISMATCH',
      401,
      { code: 'OAUTH_SCOPE_MISMATCH', details: {}, message: 'invalid oauth scope', status: 'error' },
    ],
    [
      'CRM AUTHENTICATION_FAILURE',
      401,
      { code: 'AUTHENTICATION_FAILURE', details: {}, message: 'x', status: 'error' },
    ],
    ['code 57 inside HTTP 200', 200, { code: 57, message: 'You are not authorized' }],
  ])(
    'wire/00 fact 7: %s is a missing permission: terminal, and no token is wasted on it',
    async (_name, status, body) => {
      double.server.addFault({ path: /items/, respond: { status, body } });
      const error = await failureOf(sender()(items));
      expect(error).toMatchObject({ _tag: 'ZohoAccessDenied', retryable: false, product: 'inventory' });
      expect(double.state.oauth.issued).toBe(1);
      expect(calls('/inventory')).toBe(1);
    },
  );

  it('gives up after one repeat when the product refuses every token', async () => {
    double.server.addFault({ path: /items/, respond: { status: 401, body: { code: 'INVALID_TOKEN' } } });
    const error = await failureOf(sender()(items));
    expect(error).toMatchObject({ _tag: 'ZohoTokenRefused', retryable: true });
    expect(calls('/inventory')).toBe(2);
    expect(double.state.oauth.issued).toBe(2);
  });

  it('passes other answers on untouched', async () => {
    double.server.addFault({ path: /items/, respond: { status: 500, body: '<html>' } });
    expect((await run(sender()(items))).status).toBe(500);
  });
});
