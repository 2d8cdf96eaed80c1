import { describe, expect, it } from 'vitest';
import { BadCursor } from '../conversations/views-api.ts';
import { EngineBusy } from '../engine/errors.ts';
import { API_TOKEN, ID, PATH, setup, TEXT } from './test-web-handler.ts';

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

  it('names the request and the kind of the error in what it logs of a handler that failed', async () => {
    const { views, call, log } = setup();
    views.list = () => Promise.reject(new TypeError(TEXT));
    const { status } = await call('GET', '/conversations', undefined, { 'x-request-id': 'request-12345' });
    expect(status).toBe(500);
    const about = log.lines.filter((line) => line.includes('"requestId":"request-12345"'));
    expect(about.join('\n')).toMatch(/a handler failed .*"error":"TypeError"/);
    expect(about).toHaveLength(log.lines.length);
    expect(log.lines.join()).not.toContain(TEXT);
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

  it('carries the time after which a chat is offered back, and refuses one that is no sensible time', async () => {
    const { engine, call } = setup();
    engine.commit(ID);
    for (const returnInMs of [0, 1.5, -60_000, 8 * 24 * 3_600_000, '1h']) {
      expect((await call('POST', `${PATH}/take-over`, { returnInMs })).status).toBe(422);
    }
    expect(engine.delivered).toEqual([]);
    expect((await call('POST', `${PATH}/take-over`, { returnInMs: 1_800_000 })).status).toBe(200);
    expect(engine.delivered).toMatchObject([{ body: { type: 'manager.takeOver', returnInMs: 1_800_000 } }]);
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
    expect(body.items).toMatchObject([
      { action: 'manager.reply', target: 'wz:c1:155555***0142', actor: 'API token' },
    ]);
    expect(JSON.stringify(body)).not.toContain(TEXT);
  });
});
