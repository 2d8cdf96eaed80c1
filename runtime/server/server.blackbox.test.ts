/** The server from outside: real sockets, the real library, a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';

interface Running {
  readonly url: string;
  readonly port: number;
  readonly media: string;
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  readonly stderr: () => string;
}

const PROGRAM = new URL('./blackbox-main.ts', import.meta.url).pathname;
const UWS = new URL('../../tools/launch/uws.mjs', import.meta.url).href;
const NODE = new URL('../../tools/launch/node24.mjs', import.meta.url).href;

let db: TestDatabase;
let folder: string;
let command: readonly string[];
let server: Running;

const start = async (env: Record<string, string> = {}): Promise<Running> => {
  const [program, ...args] = [...command, PROGRAM];
  const child = spawn(program ?? '', args, {
    env: { ...process.env, DATABASE_URL: db.url, DATA_DIR: folder, ADMIN_DIR: join(folder, 'admin'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const first = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void exited.then((code) => reject(new Error(`the server ended with ${code}: ${stderr}`)));
  });
  return { ...JSON.parse(await first), child, exited, stderr: () => stderr };
};

beforeAll(async () => {
  db = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'treejar-server-'));
  mkdirSync(join(folder, 'admin/assets'), { recursive: true });
  mkdirSync(join(folder, 'media/photos'), { recursive: true });
  writeFileSync(join(folder, 'admin/index.html'), '<!doctype html><title>Treejar</title>');
  writeFileSync(join(folder, 'admin/assets/index-AbCd1234.js'), 'export {};');
  writeFileSync(join(folder, 'media/photos/a.jpg'), Buffer.alloc(3_000_000, 7));
  const { ensureUws } = (await import(UWS)) as { ensureUws: () => readonly string[] };
  const { requireNode24 } = (await import(NODE)) as { requireNode24: () => string };
  command = [...ensureUws(), requireNode24()];
  server = await start();
});
afterAll(async () => {
  server?.child.kill('SIGTERM');
  await server?.exited;
  await db.drop();
  rmSync(folder, { recursive: true });
});

const script = { authorization: 'Bearer script-token' };
const message = (messageId: string, text = 'hello') => ({
  messageId,
  channelId: 'c1',
  chatType: 'whatsapp',
  chatId: '15555550142',
  dateTime: '2026-01-15T10:20:30.123Z',
  type: 'text',
  status: 'inbound',
  text,
});
const post = (body: unknown, url = server.url) =>
  fetch(`${url}/api/v1/webhook/wazzup/webhook-secret`, { method: 'POST', body: JSON.stringify(body) });

const json = async <T>(response: Response | Promise<Response>): Promise<T> =>
  (await (await response).json()) as T;
interface Problem {
  readonly error: { readonly code: string };
}

/** One raw exchange, for what no HTTP client would send. */
const raw = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
    socket.setTimeout(3000, () => socket.destroy());
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });

interface Frame {
  readonly topic: string;
  readonly type: string;
  readonly seq: number;
}

const openLive = async (path: string, headers?: Record<string, string>) => {
  const frames: Frame[] = [];
  const options = headers ? { headers } : undefined;
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, options as unknown as string[]);
  const closed = new Promise<number>((resolve) => {
    socket.onclose = (event) => resolve(event.code);
  });
  const opened = new Promise<boolean>((resolve) => {
    socket.onopen = () => resolve(true);
    void closed.then(() => resolve(false));
  });
  socket.onmessage = (event) => frames.push(JSON.parse(String(event.data)));
  return { socket, frames, closed, opened: await opened };
};

describe('the server', () => {
  it('takes webhooks at both addresses and shows what they made', async () => {
    expect(await (await post({ messages: [message('m1')] })).json()).toEqual({ ok: true });
    const bearer = await fetch(`${server.url}/api/v1/webhook/wazzup`, {
      method: 'POST',
      headers: { authorization: 'Bearer webhook-secret' },
      body: JSON.stringify({ messages: [message('m2')] }),
    });
    expect(bearer.status).toBe(200);
    const list = await fetch(`${server.url}/api/v1/conversations`, { headers: script });
    expect(await list.json()).toMatchObject({ items: [{ id: 'wz:c1:15555550142', seq: 2 }] });
    const detail = await fetch(`${server.url}/api/v1/conversations/wz%3Ac1%3A15555550142`, {
      headers: script,
    });
    expect(detail.status).toBe(200);
  });

  it("names each webhook's answer: the proxy's id when there is one, else one of ours", async () => {
    const ask = async (secret: string, id?: string) => {
      const headers = id === undefined ? {} : { 'x-request-id': id };
      const options = { method: 'POST', body: '{"test":true}', headers };
      const answer = await fetch(`${server.url}/api/v1/webhook/wazzup/${secret}`, options);
      return answer.headers.get('x-request-id');
    };
    expect(await ask('webhook-secret', 'from-the-proxy-1')).toBe('from-the-proxy-1');
    expect(await ask('wrong', 'from-the-proxy-2')).toBe('from-the-proxy-2');
    for (const id of [await ask('webhook-secret'), await ask('webhook-secret', '<script>')]) {
      expect(id).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('answers 401 to a stranger, before the body', async () => {
    const answer = await fetch(`${server.url}/api/v1/webhook/wazzup/wrong`, {
      method: 'POST',
      body: 'not json',
    });
    expect(answer.status).toBe(401);
    expect((await fetch(`${server.url}/api/v1/webhook/wazzup`, { method: 'POST', body: '{}' })).status).toBe(
      401,
    );
  });

  it('answers 413 to a body that is too large, told or not told beforehand', async () => {
    expect((await post({ messages: [message('big', 'x'.repeat(200_000))] })).status).toBe(413);
    const head =
      'POST /api/v1/webhook/wazzup/webhook-secret HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n';
    const chunk = `${(150_000).toString(16)}\r\n${'x'.repeat(150_000)}\r\n0\r\n\r\n`;
    expect(await raw(head + chunk)).toMatch(/^HTTP\/1\.1 413 /);
    const api = await fetch(`${server.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'a', password: 'x'.repeat(200_000) }),
    });
    expect([api.status, (await json<Problem>(api)).error.code]).toEqual([413, 'too_large']);
  });

  it('survives clients that go away in the middle', async () => {
    for (let n = 0; n < 20; n += 1) {
      const socket = connect(server.port, '127.0.0.1');
      socket.write(
        'POST /api/v1/webhook/wazzup/webhook-secret HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{"mess',
      );
      await new Promise((resume) => setTimeout(resume, 2));
      socket.destroy();
    }
    expect((await fetch(`${server.url}/api/v1/health/live`)).status).toBe(200);
  });

  it('answers health, OpenAPI, metrics, and 404 in the shape of every error', async () => {
    expect(await (await fetch(`${server.url}/api/v1/health`)).json()).toEqual({ status: 'ok' });
    const full = await (await fetch(`${server.url}/api/v1/health`, { headers: script })).json();
    expect(full).toMatchObject({ version: '1.2.3', components: { postgres: { status: 'ok' }, mailbox: {} } });
    const openapi = await json<{ openapi: string }>(fetch(`${server.url}/api/v1/openapi.json`));
    expect(openapi.openapi).toMatch(/^3\.1/);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toContain('treejar_webhook_total{outcome="accepted"}');
    expect(metrics).toContain('treejar_mailbox_depth 1');
    const outside = await fetch(`${server.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(outside.status).toBe(401);
    const missing = await fetch(`${server.url}/api/v2/x`);
    expect([missing.status, (await json<Problem>(missing)).error.code]).toEqual([404, 'not_found']);
    expect((await fetch(`${server.url}/api/v1/session`, { method: 'PATCH' })).status).toBe(404);
  });

  it('serves the admin with strict headers, its assets for ever, and never a file beside it', async () => {
    const root = await fetch(`${server.url}/`, { redirect: 'manual' });
    expect([root.status, root.headers.get('location')]).toEqual([308, '/admin/']);
    const page = await fetch(`${server.url}/admin/conversations/some-id`);
    expect(await page.text()).toContain('Treejar');
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self';/);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const asset = await fetch(`${server.url}/admin/assets/index-AbCd1234.js`);
    expect(asset.headers.get('cache-control')).toContain('immutable');
    const etag = asset.headers.get('etag') ?? '';
    const again = await fetch(`${server.url}/admin/assets/index-AbCd1234.js`, {
      headers: { 'if-none-match': etag },
    });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await fetch(`${server.url}/admin/assets/missing.js`)).status).toBe(404);
    expect(
      await raw('GET /admin/..%2f..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
    ).not.toContain('root:');
  });

  it('serves a large signed file whole, also to a slow reader, and refuses a changed link', async () => {
    const photo = await fetch(server.media);
    expect(photo.headers.get('content-type')).toBe('image/jpeg');
    expect((await photo.arrayBuffer()).byteLength).toBe(3_000_000);
    const head = await fetch(server.media, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe('3000000');
    expect((await fetch(`${server.media}x`)).status).toBe(404);
    const slow = await new Promise<number>((resolve, reject) => {
      request(server.media, (response) => {
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.byteLength;
          response.pause();
          setTimeout(() => response.resume(), 1);
        });
        response.on('end', () => resolve(size));
        response.on('error', reject);
      }).end();
    });
    expect(slow).toBe(3_000_000);
  });

  it('opens the inspector’s socket for those who are signed in, and closes it for a conversation that is not there', async () => {
    const path = '/api/v1/inspect?conversation=nobody';
    expect((await openLive(path)).opened).toBe(false);
    const { opened, closed } = await openLive(path, script);
    expect(opened).toBe(true);
    expect(await closed).toBe(4404);
  });

  it('streams live with a ticket that is good once', async () => {
    const ticket = await fetch(`${server.url}/api/v1/live/token`, { method: 'POST', headers: script });
    const { token } = await json<{ token: string }>(ticket);
    await post({ messages: [message('live-0')] });
    const { socket, frames, opened } = await openLive(`/api/v1/live?token=${token}`);
    expect(opened).toBe(true);
    expect((await openLive(`/api/v1/live?token=${token}`)).opened).toBe(false);
    socket.send(JSON.stringify({ subscribe: 'conversation:wz:c1:15555550142' }));
    await expect.poll(() => frames[0]?.type).toBe('snapshot');
    const start = frames[0]?.seq ?? 0;
    await Promise.all(Array.from({ length: 30 }, (_, n) => post({ messages: [message(`live-${n + 1}`)] })));
    const seqs = () => frames.filter((frame) => frame.type === 'transition').map((frame) => frame.seq);
    await expect.poll(() => seqs().length).toBe(30);
    expect(seqs()).toEqual(Array.from({ length: 30 }, (_, n) => start + n + 1));
    socket.close();
  });

  it('closes a socket whose session is not known', async () => {
    const stranger = await openLive('/api/v1/live', {
      cookie: 'treejar_session=made-up',
      origin: server.url,
    });
    stranger.socket.send('{"subscribe":"conversations"}');
    expect(await stranger.closed).toBe(4401);
    expect(stranger.frames).toEqual([]);
  });

  it('opens a socket by cookie only to its own page', async () => {
    await db.pool.query(
      "insert into admin_user (email, name, role) values ('a@example.test', 'A', 'viewer')",
    );
    const { createOneTimeLink } = await import('../auth/first-admin.ts');
    const { Redacted } = await import('effect');
    const { rows } = await db.pool.query('select id from admin_user');
    const link = await createOneTimeLink({
      pool: db.pool,
      clock: { now: () => Date.now() },
      sessionSecret: Redacted.make('session-secret'),
      url: server.url,
      userId: rows[0].id,
    });
    const signIn = await fetch(`${server.url}/api/v1/session/link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: new URL(link).searchParams.get('link') }),
    });
    expect(signIn.status).toBe(200);
    const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const own = await openLive('/api/v1/live', { cookie, origin: server.url });
    expect(own.opened).toBe(true);
    own.socket.close();
    expect((await openLive('/api/v1/live', { cookie, origin: 'https://evil.example' })).opened).toBe(false);
    expect((await openLive('/api/v1/live', { cookie })).opened).toBe(false);
    expect((await openLive('/api/v1/live')).opened).toBe(false);
  });

  it('does not share its port', async () => {
    await expect(start({ PORT: String(server.port) })).rejects.toThrow('cannot listen');
  });

  it('stops gracefully: what is in flight is answered, new webhooks are told to come back, sockets end with 1001', async () => {
    const second = await start({ SLOW_MS: '500' });
    const before = server;
    server = second;
    try {
      const ticket = await fetch(`${second.url}/api/v1/live/token`, { method: 'POST', headers: script });
      const live = await openLive(`/api/v1/live?token=${(await json<{ token: string }>(ticket)).token}`);
      const inFlight = post({ messages: [message('slow')] }, second.url);
      await new Promise((resume) => setTimeout(resume, 100));
      second.child.kill('SIGTERM');
      await new Promise((resume) => setTimeout(resume, 100));
      const late = await post({ messages: [message('late')] }, second.url);
      expect([late.status, late.headers.get('retry-after')]).toEqual([503, '5']);
      expect((await inFlight).status).toBe(200);
      expect(await live.closed).toBe(1001);
      expect(await second.exited).toBe(0);
    } finally {
      second.child.kill('SIGKILL');
      server = before;
    }
  });
});
