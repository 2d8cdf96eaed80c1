import { Redacted } from 'effect';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeWebhook } from '../../adapters/wazzup/webhook.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { makeAudit } from '../auth/audit.ts';
import { makeAuth } from '../auth/auth.ts';
import { createOneTimeLink, ensureFirstAdmin } from '../auth/first-admin.ts';
import { hashPassword } from '../auth/passwords.ts';
import { BadCursor } from '../conversations/views-api.ts';
import { EngineBusy } from '../engine/errors.ts';
import { makeIngest } from '../server/ingest.ts';
import { fakeClock, fakeEngine, fakeLog, fakeViews } from '../server/test-fakes.ts';
import { makeWebhookStore } from '../server/webhook-store.ts';
import type { ApiContext } from './context.ts';
import { makeRequestKeys } from './request-keys.ts';
import { makeSettingsStore } from './settings-store.ts';
import { makeWebHandler, type WebHandler } from './web-handler.ts';

const ID = 'wz:c1:15555550142';
const PATH = `/conversations/${encodeURIComponent(ID)}`;
const API_TOKEN = 'script-token';
const SECRET = Redacted.make('session-secret');
const TEXT = 'a text nobody may find in logs or audit';

let db: TestDatabase;
let passwordHash: string;
beforeAll(async () => {
  db = await testDatabase();
  passwordHash = await hashPassword('correct horse');
});
afterAll(async () => {
  await db.drop();
});

const setup = (over: Partial<ApiContext> = {}) => {
  const engine = fakeEngine();
  const views = fakeViews(engine);
  const clock = fakeClock();
  const log = fakeLog();
  const webhookStore = makeWebhookStore(db.pool);
  const ctx: ApiContext = {
    engine,
    views,
    clock,
    log,
    auth: makeAuth({ pool: db.pool, clock, sessionSecret: SECRET, apiToken: Redacted.make(API_TOKEN) }),
    audit: makeAudit(db.pool, clock),
    settings: makeSettingsStore(db.pool, clock),
    requestKeys: makeRequestKeys(db.pool, clock),
    webhookStore,
    ingest: makeIngest({ engine, store: webhookStore, clock, channelIds: new Set(['c1']) }),
    decodeWebhook,
    health: async () => ({ status: 'ok', version: '1.2.3', components: { postgres: { status: 'ok' } } }),
    numbers: async () => ({ mailboxDepth: 0 }),
    secureCookies: true,
    version: '1.2.3',
    ...over,
  };
  const web: WebHandler = makeWebHandler(ctx);
  const raw = (method: string, path: string, init: RequestInit = {}) =>
    web.handle(new Request(`http://test/api/v1${path}`, { method, ...init }));
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const init: RequestInit = { headers: { authorization: `Bearer ${API_TOKEN}`, ...headers } };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      Object.assign(init.headers as object, { 'content-type': 'application/json' });
    }
    const response = await raw(method, path, init);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    };
  };
  return { engine, views, clock, log, ctx, web, raw, call };
};

beforeEach(async () => {
  await db.pool.query(`truncate admin_user, admin_session, one_time_link, live_ticket, login_failure, audit_entry,
    request_key, webhook_quarantine, settings_document, settings_change cascade`);
});

const user = async (email: string, role: 'viewer' | 'manager' | 'admin') => {
  await db.pool.query('insert into admin_user (email, name, role, password_hash) values ($1, $1, $2, $3)', [
    email,
    role,
    passwordHash,
  ]);
};

type Setup = ReturnType<typeof setup>;
const signIn = async ({ raw }: Setup, email: string, password = 'correct horse', address = '192.0.2.1') =>
  raw('POST', '/session', {
    body: JSON.stringify({ email, password }),
    headers: { 'content-type': 'application/json', 'x-treejar-address': address },
  });

const session = async (s: Setup, role: 'viewer' | 'manager' | 'admin') => {
  await user(`${role}@example.test`, role);
  const response = await signIn(s, `${role}@example.test`);
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { csrfToken } = (await response.json()) as { csrfToken: string };
  const headers = (csrf = csrfToken) => ({
    cookie,
    'x-csrf-token': csrf,
    'content-type': 'application/json',
  });
  return { cookie, csrfToken, headers };
};

describe('the API as a whole', () => {
  it('asks strangers to sign in, on every endpoint but health and signing in', async () => {
    const { raw, web } = setup();
    const paths = (web.openApi() as { paths: Record<string, Record<string, unknown>> }).paths;
    const open: string[] = [];
    for (const [path, operations] of Object.entries(paths)) {
      for (const method of Object.keys(operations)) {
        const url = path.replace('/api/v1', '').replaceAll(/\{\w+\}/g, '1');
        const response = await raw(method.toUpperCase(), url);
        if (response.status !== 401) open.push(`${method} ${url}`);
      }
    }
    expect(open.sort()).toEqual(['get /health', 'get /health/live', 'post /session', 'post /session/link']);
  });

  it('answers what does not exist with the shape of every error', async () => {
    const { call } = setup();
    for (const [method, path] of [
      ['GET', '/nothing'],
      ['DELETE', '/conversations'],
      ['GET', '/products'],
      ['GET', '/sandbox/chats'],
    ] as const) {
      const { status, body } = await call(method, path);
      expect(status).toBe(404);
      expect(body).toEqual({
        error: { code: 'not_found', message: expect.stringContaining('openapi.json') },
      });
    }
  });

  it('names the paths of wrong values and changes nothing', async () => {
    const { engine, call } = setup();
    engine.commit(ID);
    const empty = await call('POST', `${PATH}/messages`, { text: '   ' });
    expect(empty.status).toBe(422);
    expect(empty.body.error).toMatchObject({ code: 'invalid_request', issues: [{ path: 'text' }] });
    expect((await call('POST', `${PATH}/messages`, {})).body.error.issues).toMatchObject([{ path: 'text' }]);
    for (const query of ['limit=0', 'limit=201', 'limit=x', 'owner=me', 'waiting=maybe']) {
      const { status, body } = await call('GET', `/conversations?${query}`);
      expect([status, body.error?.issues?.[0]?.path]).toEqual([422, query.split('=')[0]]);
    }
    expect(engine.delivered).toEqual([]);
  });

  it('tells malformed JSON from another content type', async () => {
    const { raw } = setup();
    const headers = { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' };
    expect((await raw('POST', `${PATH}/notes`, { body: '{"text":', headers })).status).toBe(400);
    expect((await raw('POST', `${PATH}/notes`, { body: '['.repeat(999), headers })).status).toBe(400);
    const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
    const refused = await raw('POST', `${PATH}/notes`, { body: 'text=x', headers: form });
    expect(refused.status).toBe(415);
    expect(await refused.json()).toMatchObject({ error: { code: 'unsupported_media_type' } });
  });

  it('answers 503 with Retry-After while a store is away, and 500 without details for a fault of ours', async () => {
    const { views, call, log } = setup();
    views.list = () =>
      Promise.reject(Object.assign(new Error('ECONNREFUSED db:5432'), { code: 'ECONNREFUSED' }));
    const away = await call('GET', '/conversations');
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '5']);
    views.list = () => Promise.reject(Object.assign(new TypeError(`broken ${TEXT}`), { retryable: false }));
    const broken = await call('GET', '/conversations');
    expect(broken.status).toBe(500);
    expect(JSON.stringify(broken.body) + log.lines.join()).not.toContain(TEXT);
    views.list = () => Promise.reject(new BadCursor('nope'));
    expect((await call('GET', '/conversations?cursor=zzz')).body.error.issues).toMatchObject([
      { path: 'cursor' },
    ]);
  });

  it('does not send an answer that breaks its own contract', async () => {
    const { views, call, log } = setup();
    views.list = async () => ({ items: [{ id: 5 } as never], next: null });
    expect((await call('GET', '/conversations')).status).toBe(500);
    expect(log.lines.join()).toContain('does not fit its schema');
  });

  it('describes itself as OpenAPI 3.1', () => {
    const { web } = setup();
    const document = web.openApi() as { openapi: string; paths: Record<string, unknown> };
    expect(document.openapi).toMatch(/^3\.1/);
    expect(Object.keys(document.paths)).toContain('/api/v1/conversations/{id}/take-over');
    expect(JSON.stringify(document.paths)).toContain('422');
  });
});

describe('conversations', () => {
  it('lists, shows, pages and goes back in time', async () => {
    const { engine, call } = setup();
    engine.commit(ID);
    engine.commit(ID);
    expect((await call('GET', '/conversations?waiting=true&limit=1')).body.items).toMatchObject([
      { id: ID, seq: 2 },
    ]);
    expect((await call('GET', PATH)).body).toMatchObject({ id: ID, allowedEvents: expect.any(Array) });
    expect((await call('GET', `${PATH}/messages`)).body).toEqual({ items: [], next: null });
    expect((await call('GET', `${PATH}/journal?since=1`)).body.items).toMatchObject([{ seq: 2 }]);
    expect((await call('GET', `${PATH}/snapshot?at=1`)).body).toEqual({ value: 'idle', context: { seq: 1 } });
    for (const path of ['', '/messages', '/journal', '/snapshot?at=1']) {
      expect((await call('GET', `/conversations/wz:c1:nobody${path}`)).status).toBe(404);
    }
  });

  it('turns a take-over into an event of the manager and answers the state after it', async () => {
    const { engine, call } = setup();
    engine.commit(ID);
    const { status, body } = await call('POST', `${PATH}/take-over`);
    expect([status, body.seq]).toEqual([200, 2]);
    expect(engine.delivered).toMatchObject([
      { actorId: ID, cause: 'manager', body: { type: 'manager.takeOver', by: { id: 'api-token' } } },
    ]);
  });

  it('has one effect for one Idempotency-Key, even when the second is not allowed any more', async () => {
    const { engine, views, call } = setup();
    engine.commit(ID);
    const key = { 'idempotency-key': 'click-1' };
    await call('POST', `${PATH}/take-over`, undefined, key);
    views.allowed = [];
    expect((await call('POST', `${PATH}/take-over`, undefined, key)).status).toBe(200);
    expect(
      (await call('POST', `${PATH}/take-over`, undefined, { 'idempotency-key': 'click-2' })).status,
    ).toBe(409);
    expect(engine.delivered).toHaveLength(1);
  });

  it('refuses what the state does not allow, a closed window, and what the machine ignored', async () => {
    const { engine, views, call } = setup();
    engine.commit(ID);
    const notAllowed = await call('POST', `${PATH}/release`, { note: 'back to you' });
    expect([notAllowed.status, notAllowed.body.error.code]).toEqual([409, 'not_allowed_now']);
    views.windowClosesAt = '2026-01-15T09:59:59.000Z';
    const closed = await call('POST', `${PATH}/messages`, { text: TEXT });
    expect([closed.status, closed.body.error.code]).toEqual([409, 'window_closed']);
    expect(engine.delivered).toEqual([]);
    engine.ignores = 'no state takes it';
    expect((await call('POST', `${PATH}/notes`, { text: TEXT })).body.error.code).toBe('not_applied');
    expect((await call('POST', '/conversations/nobody/notes', { text: TEXT })).status).toBe(404);
  });

  it('releases without a body, and with a note', async () => {
    const { engine, views, call } = setup();
    engine.commit(ID);
    views.allowed = ['manager.release'];
    expect((await call('POST', `${PATH}/release`)).status).toBe(200);
    expect((await call('POST', `${PATH}/release`, { note: ' call back ' })).status).toBe(200);
    expect(engine.delivered.map((event) => event.body.note)).toEqual([null, 'call back']);
  });

  it('answers within two seconds what is there when the event is durable but not applied yet', async () => {
    const { engine, call } = setup();
    engine.commit(ID);
    engine.applies = false;
    const { status, body } = await call('POST', `${PATH}/take-over`);
    expect([status, body.seq]).toEqual([200, 1]);
  });

  it('asks to come back when the engine is busy, and records nothing', async () => {
    const { engine, call } = setup();
    engine.commit(ID);
    engine.failure = new EngineBusy({ message: 'busy', retryable: true, retryAfterMs: 5 });
    expect((await call('POST', `${PATH}/take-over`)).status).toBe(503);
    expect((await call('GET', '/admin/audit')).body.items).toEqual([]);
  });

  it('audits who did what, never the text', async () => {
    const { engine, call } = setup();
    engine.commit(ID);
    await call('POST', `${PATH}/messages`, { text: TEXT });
    const { body } = await call('GET', '/admin/audit');
    expect(body.items).toMatchObject([{ action: 'manager.reply', target: ID, actor: 'API token' }]);
    expect(JSON.stringify(body)).not.toContain(TEXT);
  });
});

describe('signing in', () => {
  it('sets a cookie that scripts cannot read, and that opens the API', async () => {
    const s = setup();
    await user('aisha@example.test', 'manager');
    const response = await signIn(s, ' Aisha@Example.test ');
    expect(response.status).toBe(200);
    const cookie = response.headers.get('set-cookie') ?? '';
    for (const part of ['HttpOnly', 'SameSite=Lax', 'Secure', 'Path=/']) expect(cookie).toContain(part);
    const current = await s.raw('GET', '/session', { headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(await current.json()).toMatchObject({
      email: 'aisha@example.test',
      role: 'manager',
      sandbox: false,
    });
    const stored = await db.pool.query('select token_hash from admin_session');
    expect(cookie).not.toContain(stored.rows[0].token_hash);
  });

  it('answers a wrong password and an unknown account alike', async () => {
    const s = setup();
    await user('aisha@example.test', 'manager');
    const wrong = await signIn(s, 'aisha@example.test', 'wrong');
    const unknown = await signIn(s, 'nobody@example.test', 'wrong');
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.json()).toEqual(await unknown.json());
  });

  it('locks an account and an address after five failures, for fifteen minutes', async () => {
    const s = setup();
    await user('aisha@example.test', 'manager');
    await user('omar@example.test', 'manager');
    for (let n = 0; n < 5; n += 1) {
      expect((await signIn(s, 'aisha@example.test', 'wrong', '192.0.2.9')).status).toBe(401);
    }
    const otherAddress = await signIn(s, 'aisha@example.test', 'correct horse', '192.0.2.10');
    expect(otherAddress.status).toBe(429);
    expect(Number(otherAddress.headers.get('retry-after'))).toBeGreaterThan(800);
    expect((await signIn(s, 'omar@example.test', 'correct horse', '192.0.2.9')).status).toBe(429);
    expect((await signIn(s, 'omar@example.test', 'correct horse', '192.0.2.10')).status).toBe(200);
    s.clock.advance(15 * 60_000 + 1000);
    expect((await signIn(s, 'aisha@example.test', 'correct horse', '192.0.2.9')).status).toBe(200);
  });

  it('needs the CSRF token for changes by cookie, and not for reading or for the script', async () => {
    const s = setup();
    s.engine.commit(ID);
    const { headers } = await session(s, 'manager');
    const other = await session(s, 'admin');
    expect((await s.raw('POST', `${PATH}/take-over`, { headers: { cookie: headers().cookie } })).status).toBe(
      403,
    );
    expect((await s.raw('POST', `${PATH}/take-over`, { headers: headers(other.csrfToken) })).status).toBe(
      403,
    );
    expect((await s.raw('GET', PATH, { headers: { cookie: headers().cookie } })).status).toBe(200);
    expect(s.engine.delivered).toEqual([]);
    expect((await s.raw('POST', `${PATH}/take-over`, { headers: headers() })).status).toBe(200);
    expect(s.engine.delivered[0]?.body.by).toMatchObject({ name: 'manager@example.test' });
  });

  it('keeps each role to what it may do', async () => {
    const s = setup();
    s.engine.commit(ID);
    const viewer = await session(s, 'viewer');
    const manager = await session(s, 'manager');
    const admin = await session(s, 'admin');
    const put = (headers: Record<string, string>) =>
      s.raw('PUT', '/admin/settings', { headers, body: '{"bot":{"enabled":false}}' });
    expect((await s.raw('GET', '/conversations', { headers: viewer.headers() })).status).toBe(200);
    expect((await s.raw('POST', `${PATH}/take-over`, { headers: viewer.headers() })).status).toBe(403);
    expect((await put(manager.headers())).status).toBe(403);
    expect((await put(admin.headers())).status).toBe(200);
  });

  it('ends a session on sign-out, after idling, and when the account is disabled', async () => {
    const s = setup();
    const { headers } = await session(s, 'manager');
    const open = async () => (await s.raw('GET', '/session', { headers: headers() })).status;
    s.clock.advance(11 * 3_600_000);
    expect(await open()).toBe(200);
    s.clock.advance(11 * 3_600_000);
    expect(await open()).toBe(200);
    s.clock.advance(13 * 3_600_000);
    expect(await open()).toBe(401);
    await db.pool.query('truncate admin_user cascade');
    const again = await session(s, 'manager');
    expect((await s.raw('DELETE', '/session', { headers: again.headers() })).status).toBe(204);
    expect((await s.raw('GET', '/session', { headers: again.headers() })).status).toBe(401);
    await db.pool.query('truncate admin_user cascade');
    const third = await session(s, 'manager');
    await db.pool.query('update admin_user set disabled_at = now()');
    expect((await s.raw('GET', '/session', { headers: third.headers() })).status).toBe(401);
  });

  it('takes a one-time link once, and not after half an hour', async () => {
    const s = setup();
    const userId = await ensureFirstAdmin(db.pool, {});
    const link = () =>
      createOneTimeLink({ pool: db.pool, clock: s.clock, sessionSecret: SECRET, url: 'http://here', userId });
    const redeem = async (url: string) => {
      const token = new URL(url).searchParams.get('link');
      const body = JSON.stringify({ token });
      return (await s.raw('POST', '/session/link', { body, headers: { 'content-type': 'application/json' } }))
        .status;
    };
    const first = await link();
    expect(first).toMatch(/^http:\/\/here\/admin\/\?link=/);
    expect([await redeem(first), await redeem(first)]).toEqual([200, 401]);
    const late = await link();
    s.clock.advance(31 * 60_000);
    expect(await redeem(late)).toBe(401);
  });

  it("sets and replaces the first administrator's password, ending the old sessions", async () => {
    const s = setup();
    await ensureFirstAdmin(db.pool, { email: 'Boss@example.test', password: Redacted.make('first one') });
    const response = await signIn(s, 'boss@example.test', 'first one');
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    await ensureFirstAdmin(db.pool, { email: 'boss@example.test', password: Redacted.make('first one') });
    expect((await s.raw('GET', '/session', { headers: { cookie } })).status).toBe(200);
    await ensureFirstAdmin(db.pool, { email: 'boss@example.test', password: Redacted.make('second one') });
    expect((await s.raw('GET', '/session', { headers: { cookie } })).status).toBe(401);
    expect((await signIn(s, 'boss@example.test', 'second one')).status).toBe(200);
  });

  it('gives tickets for the socket that are good once and briefly', async () => {
    const s = setup();
    const ticket = async () => (await s.call('POST', '/live/token')).body.token as string;
    const first = await ticket();
    expect(s.ctx.auth.ticketLooksGood(first)).toBe(true);
    for (const forged of ['', 'x', `${first}x`, first.replace(/\.\d+\./, '.9999999999999.')]) {
      expect(s.ctx.auth.ticketLooksGood(forged)).toBe(false);
    }
    expect(await s.ctx.auth.redeemTicket(first)).toMatchObject({ id: 'api-token' });
    expect(s.ctx.auth.ticketLooksGood(first)).toBe(false);
    expect(await s.ctx.auth.redeemTicket(first)).toBeNull();
    const late = await ticket();
    s.clock.advance(61_000);
    expect(s.ctx.auth.ticketLooksGood(late)).toBe(false);
    expect(await s.ctx.auth.redeemTicket(late)).toBeNull();
  });

  it('does not fall back to the cookie when a bearer token is wrong', async () => {
    const s = setup();
    const { headers } = await session(s, 'admin');
    const both = { ...headers(), authorization: 'Bearer wrong' };
    expect((await s.raw('GET', '/session', { headers: both })).status).toBe(401);
  });
});

describe('administration', () => {
  it('merges a part of the settings, keeps the rest, and tells who changed what', async () => {
    const { call } = setup();
    const before = (await call('GET', '/admin/settings')).body;
    expect(before).toMatchObject({
      bot: { enabled: true },
      followUps: { enabled: false },
      orders: { vatPercent: '5' },
    });
    const put = await call('PUT', '/admin/settings', { discounts: { segments: { Wholesale: '15' } } });
    expect(put.body).toEqual({ ...before, discounts: { segments: { Wholesale: '15' } } });
    expect(
      (await call('PUT', '/admin/settings', { bot: { enabled: false } })).body.discounts.segments,
    ).toEqual({
      Wholesale: '15',
    });
    const cleared = await call('PUT', '/admin/settings', { discounts: { segments: { Wholesale: null } } });
    expect(cleared.body.discounts.segments).toEqual({});
    const history = (await call('GET', '/admin/settings/history?limit=2')).body;
    expect(history.items).toMatchObject([{ actor: 'API token' }, { patch: { bot: { enabled: false } } }]);
    const older = (await call('GET', `/admin/settings/history?cursor=${history.next}`)).body;
    expect(older).toMatchObject({ items: [{ patch: { discounts: {} } }], next: null });
  });

  it('refuses wrong settings with their paths and changes nothing', async () => {
    const { call } = setup();
    const wrong = {
      bot: { enabled: 'yes' },
      discounts: { segments: { Wholesale: '150' } },
      conversation: { maxContextMessages: 0 },
      colour: 'red',
    };
    const { status, body } = await call('PUT', '/admin/settings', wrong);
    expect(status).toBe(422);
    expect(body.error.issues.map((issue: { path: string }) => issue.path).sort()).toEqual([
      'bot.enabled',
      'colour',
      'conversation.maxContextMessages',
      'discounts.segments.Wholesale',
    ]);
    expect((await call('GET', '/admin/settings')).body.bot.enabled).toBe(true);
    expect((await call('PUT', '/admin/settings', [])).status).toBe(422);
    expect((await call('GET', '/admin/settings/history')).body.items).toEqual([]);
  });

  it('shows unreadable payloads beside parked events, retries and discards them', async () => {
    const { ctx, engine, call } = setup();
    const good = {
      messageId: 'm1',
      channelId: 'c1',
      chatType: 'whatsapp',
      chatId: '15555550142',
      dateTime: '2026-01-15T10:20:30.123Z',
      type: 'text',
      status: 'inbound',
      text: 'x',
    };
    const rejected = [
      { path: 'messages[0]', reason: 'was unreadable to an older version', raw: good },
      { path: 'messages[1].chatId', reason: 'is missing', raw: { messageId: 'm2' } },
    ];
    await ctx.webhookStore.quarantine(rejected, ctx.clock.now());
    const letters = (await call('GET', '/admin/dead-letters?limit=1')).body;
    const rest = (await call('GET', `/admin/dead-letters?limit=1&cursor=${letters.next}`)).body;
    expect([letters.next === null, rest.next]).toEqual([false, null]);
    const items = [...letters.items, ...rest.items] as { id: string; name: string; kind: string }[];
    expect(items.map((item) => item.kind)).toEqual(['payload', 'payload']);
    const idOf = (name: string) => encodeURIComponent(items.find((item) => item.name === name)?.id ?? '');
    expect((await call('POST', `/admin/dead-letters/${idOf('messages[1].chatId')}/retry`)).status).toBe(409);
    expect((await call('POST', `/admin/dead-letters/${idOf('messages[0]')}/retry`)).body).toEqual({
      ok: true,
    });
    expect(engine.delivered).toMatchObject([{ eventId: 'm1' }]);
    expect((await call('POST', `/admin/dead-letters/${idOf('messages[1].chatId')}/discard`)).status).toBe(
      200,
    );
    expect((await call('GET', '/admin/dead-letters')).body).toEqual({ items: [], next: null });
    expect((await call('POST', '/admin/dead-letters/none/retry')).status).toBe(404);
  });

  it('shows health to everybody, and its parts to those who are signed in', async () => {
    const { raw, call } = setup();
    expect(await (await raw('GET', '/health')).json()).toEqual({ status: 'ok' });
    expect((await call('GET', '/health')).body.components).toEqual({ postgres: { status: 'ok' } });
    const ill = setup({ health: async () => ({ status: 'degraded', components: {} }) });
    expect((await ill.raw('GET', '/health')).status).toBe(503);
    expect((await ill.raw('GET', '/health/live')).status).toBe(200);
  });

  it('serves machines and numbers', async () => {
    const { call } = setup();
    expect((await call('GET', '/machines')).body.items).toEqual([{ id: 'conversation', version: '1' }]);
    expect((await call('GET', '/machines/conversation')).body).toMatchObject({ id: 'conversation' });
    expect((await call('GET', '/machines/x')).status).toBe(404);
    expect((await call('GET', '/admin/metrics')).body).toEqual({ runtime: { mailboxDepth: 0 } });
  });
});

describe('the shop and the sandbox', () => {
  const product = {
    sku: 'CH-616',
    name: 'Chair',
    nameAr: 'كرسي',
    description: null,
    category: 'chairs',
    price: { amount: '290.00', currency: 'AED' },
    stock: 4,
    unit: null,
    active: true,
    imageUrl: null,
    updatedAt: '2026-01-15T10:00:00.000Z',
  };
  const article = { kind: 'faq', title: 'Delivery', body: 'Two days', language: 'en' } as const;

  it('serves the catalog, and each sync run is audited', async () => {
    const asked: unknown[] = [];
    const { call } = setup({
      catalog: {
        list: async (query) => {
          asked.push(query);
          return { items: [product], next: null };
        },
        search: async (query) => {
          asked.push(query);
          return [{ ...product, score: 0.9 }];
        },
        sync: async () => ({ id: 'run-1' }),
        syncRun: async () => null,
      },
    });
    expect((await call('GET', '/products?category=chairs')).body.items).toEqual([product]);
    const search = await call('GET', `/products/search?q=${encodeURIComponent('كرسي مكتب')}&lang=ar&limit=3`);
    expect(search.body.items).toMatchObject([{ sku: 'CH-616', score: 0.9 }]);
    expect(asked).toEqual([
      { category: 'chairs', limit: 50 },
      { q: 'كرسي مكتب', lang: 'ar', limit: 3 },
    ]);
    expect((await call('GET', '/products/search')).status).toBe(422);
    const sync = await call('POST', '/products/sync');
    expect([sync.status, sync.body]).toEqual([202, { id: 'run-1' }]);
    expect((await call('GET', '/products/sync/run-9')).status).toBe(404);
    expect((await call('GET', '/admin/audit')).body.items).toMatchObject([
      { action: 'products.sync', target: 'run-1' },
    ]);
  });

  it('keeps articles', async () => {
    const stored = { id: 'a1', ...article, updatedAt: '2026-01-15T10:00:00.000Z' };
    const { call } = setup({
      knowledge: {
        list: async () => ({ items: [stored], next: null }),
        put: async (id) => (id === null || id === 'a1' ? stored : null),
        remove: async (id) => id === 'a1',
      },
    });
    expect((await call('POST', '/knowledge', article)).status).toBe(201);
    expect((await call('POST', '/knowledge', { ...article, kind: 'poem' })).body.error.issues[0].path).toBe(
      'kind',
    );
    expect((await call('PUT', '/knowledge/a1', article)).body).toEqual(stored);
    expect((await call('PUT', '/knowledge/a2', article)).status).toBe(404);
    expect((await call('DELETE', '/knowledge/a1')).status).toBe(204);
    expect((await call('DELETE', '/knowledge/a2')).status).toBe(404);
    const audited = (await call('GET', '/admin/audit')).body.items;
    expect(audited.map((entry: { action: string }) => entry.action)).toEqual([
      'knowledge.remove',
      'knowledge.update',
      'knowledge.create',
    ]);
  });

  it('asks CRM and stock, and says when the vendor is away', async () => {
    const { call } = setup({
      crm: { contactsByPhone: async () => [] },
      stock: {
        stock: async (sku) => {
          if (sku === 'AWAY')
            throw Object.assign(new Error('zoho'), { _tag: 'VendorTimeout', retryable: true });
          return null;
        },
      },
    });
    expect((await call('GET', '/crm/contacts?phone=%2B97150')).body).toEqual({ items: [], next: null });
    expect((await call('GET', '/inventory/stock?sku=X')).status).toBe(404);
    expect((await call('GET', '/inventory/stock?sku=AWAY')).status).toBe(503);
    expect((await call('GET', '/inventory/stock')).status).toBe(422);
  });

  it('writes as a customer and as a manager, in the sandbox only', async () => {
    const written: unknown[] = [];
    const { call } = setup({
      simulator: {
        customerWrites: async (message) => {
          written.push(message);
          return { messageId: 'm1' };
        },
        managerWrites: async (message) => {
          written.push(message);
          throw new Error('the product did not take the webhook');
        },
        chat: () => [],
        chats: () => [{ chatId: '15555550142', name: 'Alex', last: null, unread: 0 }],
        markRead: async () => undefined,
        onChange: () => () => undefined,
      },
    });
    expect((await call('GET', '/sandbox/chats')).body.items).toMatchObject([{ name: 'Alex' }]);
    const chat = '/sandbox/chats/15555550142';
    expect((await call('GET', chat)).body).toEqual({ items: [], next: null });
    expect((await call('POST', `${chat}/messages`, { text: 'hi', times: 2 })).status).toBe(201);
    expect((await call('POST', `${chat}/messages`, {})).status).toBe(422);
    expect((await call('POST', '/sandbox/chats/abc/messages', { text: 'hi' })).status).toBe(422);
    expect((await call('POST', `${chat}/manager`, { text: 'I am here', from: 'phone' })).status).toBe(503);
    expect((await call('POST', `${chat}/read`)).body).toEqual({ ok: true });
    expect(written).toMatchObject([
      { chatId: '15555550142', text: 'hi', times: 2 },
      { chatId: '15555550142', text: 'I am here', from: 'phone' },
    ]);
  });
});
