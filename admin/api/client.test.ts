import { describe, expect, it } from 'vitest';
import { type ClientOptions, makeClient } from './client.ts';
import { ApiError } from './error.ts';

const respond = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });

const setup = (answer: () => Response | Promise<Response>) => {
  const calls: { url: string; init: RequestInit }[] = [];
  const seen = { unauthorized: 0, offset: 0 };
  const options: ClientOptions = {
    fetch: async (url, init) => {
      calls.push({ url: String(url), init: init ?? {} });
      return answer();
    },
    now: () => 1_000_000,
    csrfToken: () => 'csrf-1',
    onUnauthorized: () => {
      seen.unauthorized += 1;
    },
    onServerTime: (offset) => {
      seen.offset = offset;
    },
  };
  return { calls, seen, client: makeClient(options) };
};

const failure = async (promise: Promise<unknown>): Promise<ApiError> => {
  const error = await promise.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(error instanceof ApiError)) throw new Error(`expected an ApiError, got ${String(error)}`);
  return error;
};

describe('the API client', () => {
  it('sends the CSRF token and the idempotency key with a change, and neither with a read', async () => {
    const { calls, client } = setup(() => respond(200, { ok: true }));
    await client.request('POST', '/conversations/x/notes', { body: { text: 'hi' }, idempotencyKey: 'k1' });
    await client.request('GET', '/conversations', {
      query: { q: 'chair & desk', owner: undefined, limit: 5 },
    });
    const [write, read] = calls;
    expect(write?.init.headers).toMatchObject({ 'X-CSRF-Token': 'csrf-1', 'Idempotency-Key': 'k1' });
    expect(read?.init.headers).not.toHaveProperty('X-CSRF-Token');
    expect(read?.url).toBe('/api/v1/conversations?q=chair+%26+desk&limit=5');
  });

  it('turns the error body into a typed error with its issues', async () => {
    const body = {
      error: { code: 'invalid', message: 'Fix the title.', issues: [{ path: 'title', message: 'empty' }] },
    };
    const { client } = setup(() => respond(422, body));
    const error = await failure(client.request('POST', '/knowledge', { body: {} }));
    expect(error).toMatchObject({
      status: 422,
      code: 'invalid',
      message: 'Fix the title.',
      retryable: false,
    });
    expect(error.issues).toEqual([{ path: 'title', message: 'empty' }]);
  });

  it('knows what may be tried again, and when', async () => {
    const { client } = setup(() => respond(503, '<html>gateway</html>', { 'Retry-After': '3' }));
    const error = await failure(client.request('GET', '/products'));
    expect(error).toMatchObject({ status: 503, code: 'http_503', retryable: true, retryAfterMs: 3000 });
  });

  it('takes the body of a status that is an answer too', async () => {
    const { client } = setup(() => respond(503, { status: 'degraded' }));
    expect(await client.request('GET', '/health', { answers: [503] })).toEqual({ status: 'degraded' });
    const refused = setup(() => respond(503, { error: { code: 'unavailable', message: 'Try again soon.' } }));
    expect(await failure(refused.client.request('GET', '/health', { answers: [503] }))).toMatchObject({
      code: 'unavailable',
    });
    const without = setup(() => respond(503, '<html>gateway</html>'));
    expect(await failure(without.client.request('GET', '/health', { answers: [503] }))).toMatchObject({
      status: 503,
    });
  });

  it('reports a dead network as a retryable error of its own', async () => {
    const { client } = setup(() => Promise.reject(new TypeError('fetch failed')));
    expect(await failure(client.request('GET', '/products'))).toMatchObject({
      status: 0,
      code: 'network',
      retryable: true,
    });
  });

  it('asks for a sign-in when the session is gone, but not when a sign-in is refused', async () => {
    const { client, seen } = setup(() =>
      respond(401, { error: { code: 'unauthorized', message: 'Sign in.' } }),
    );
    await failure(client.request('GET', '/conversations'));
    expect(seen.unauthorized).toBe(1);
    await failure(client.request('POST', '/session', { body: {} }));
    expect(seen.unauthorized).toBe(1);
  });

  it('learns how far the server clock is from ours', async () => {
    const { client, seen } = setup(() => respond(200, {}, { Date: new Date(1_005_000).toUTCString() }));
    await client.request('GET', '/products');
    expect(seen.offset).toBe(5000);
  });
});
