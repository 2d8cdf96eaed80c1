import type { HttpRequest, HttpResponse, TemplatedApp, WebSocketBehavior } from 'uWebSockets.js';
import { describe, expect, it } from 'vitest';
import type { Principal } from '../api/access.ts';
import { judgeUpgrade, mountLive, originAllowed, type UpgradeRequest } from './live-endpoint.ts';
import { fakeLog } from './test-fakes.ts';

const PUBLIC = 'https://shop.example';

const principal: Principal = {
  kind: 'session',
  id: 'u1',
  email: 'a@example.test',
  name: 'Aisha',
  role: 'manager',
  csrfToken: null,
  sessionHash: 'h1',
};

const auth = {
  ticketLooksGood: (token: string) => token === 'good',
  redeemTicket: async () => principal,
  isApiToken: (authorization: string | null) => authorization === 'Bearer script-token',
  authenticate: async (): Promise<Principal | null> => principal,
};

const request = (over: Partial<UpgradeRequest>): UpgradeRequest => ({
  token: null,
  authorization: null,
  cookie: null,
  origin: null,
  host: 'shop.example',
  ...over,
});

const COOKIE = 'treejar_session=abc';

describe('who may open a live socket', () => {
  it.each([
    ['a good ticket, from anywhere', request({ token: 'good', origin: 'https://elsewhere.example' })],
    ['the script token', request({ authorization: 'Bearer script-token' })],
    ['a cookie from our own page', request({ cookie: COOKIE, origin: PUBLIC })],
    [
      'a cookie from the host that was asked',
      request({ cookie: COOKIE, origin: 'http://10.0.0.5:8000', host: '10.0.0.5:8000' }),
    ],
  ])('%s', (_name, given) => {
    expect(judgeUpgrade(given, auth, PUBLIC).kind).toBe('open');
  });

  it.each([
    [401, 'nothing', request({})],
    [401, 'a bad ticket, whatever else is there', request({ token: 'bad', cookie: COOKIE, origin: PUBLIC })],
    [
      401,
      'a wrong token beside a cookie',
      request({ authorization: 'Bearer x', cookie: COOKIE, origin: PUBLIC }),
    ],
    [401, 'a cookie of another name', request({ cookie: 'other=abc', origin: PUBLIC })],
    [403, 'a cookie from another site', request({ cookie: COOKIE, origin: 'https://evil.example' })],
    [403, 'a cookie without an origin', request({ cookie: COOKIE })],
    [403, 'a cookie from a sandboxed frame', request({ cookie: COOKIE, origin: 'null' })],
  ])('is answered %i with %s', (status, _name, given) => {
    expect(judgeUpgrade(given, auth, PUBLIC)).toMatchObject({ kind: 'refuse', reply: { status } });
  });

  it('compares whole origins', () => {
    expect(originAllowed('https://shop.example.evil.example', 'shop.example', PUBLIC)).toBe(false);
    expect(originAllowed('https://shop.example:444', 'shop.example', PUBLIC)).toBe(false);
  });
});

interface Data {
  readonly marker?: never;
}

const mounted = (lookUp: () => Promise<Principal | null>) => {
  let behavior: WebSocketBehavior<Data> | null = null;
  const app = {
    ws: (_path: string, given: WebSocketBehavior<Data>) => {
      behavior = given;
    },
  } as unknown as TemplatedApp;
  const heard: string[] = [];
  const connected: unknown[] = [];
  const hub = {
    connect: (socket: unknown) => {
      connected.push(socket);
      return { received: (text: string) => void heard.push(text), closed: () => void heard.push('closed') };
    },
    connections: () => 0,
    sessions: () => [],
    endSessions: () => undefined,
    stop: () => undefined,
  };
  const log = fakeLog();
  mountLive({ app, hub, auth: { ...auth, authenticate: lookUp }, publicOrigin: () => PUBLIC, log });
  if (!behavior) throw new Error('nothing was mounted');
  const { upgrade, open, message, close } = behavior as WebSocketBehavior<Data>;
  const headers: Record<string, string> = { cookie: COOKIE, origin: PUBLIC, host: 'shop.example' };
  const req = {
    getHeader: (name: string) => headers[name] ?? '',
    getQuery: () => undefined,
  } as unknown as HttpRequest;
  let data: Data | null = null;
  const res = {
    upgrade: (given: Data) => {
      data = given;
    },
  } as unknown as HttpResponse;
  upgrade?.(res, req, {} as never);
  const ended: number[] = [];
  const ws = { getUserData: () => data, end: (code: number) => void ended.push(code) } as never;
  const say = (text: string) => message?.(ws, new TextEncoder().encode(text).buffer as ArrayBuffer, false);
  return { data: () => data, ws, open, close, say, heard, connected, ended, log };
};

const settle = () => new Promise((resume) => setImmediate(resume));

describe('the upgrade', () => {
  it('is made before the handler returns, though the sign-in is still being looked up', () => {
    const { data } = mounted(() => new Promise(() => undefined));
    expect(data()).not.toBeNull();
  });

  it('keeps what is said before the sign-in is known, in order', async () => {
    let know = (_found: Principal | null): void => undefined;
    const live = mounted(() => new Promise((resolve) => (know = resolve)));
    live.open?.(live.ws);
    live.say('one');
    live.say('two');
    expect(live.heard).toEqual([]);
    know(principal);
    await settle();
    live.say('three');
    expect(live.heard).toEqual(['one', 'two', 'three']);
  });

  it('ends a socket whose sign-in is not good, without having listened to it', async () => {
    const live = mounted(async () => null);
    live.open?.(live.ws);
    live.say('one');
    await settle();
    expect([live.ended, live.heard, live.connected]).toEqual([[4401], [], []]);
  });

  it('tells a client to try again when the sign-in cannot be looked up', async () => {
    const live = mounted(() => Promise.reject(new Error('database away')));
    live.open?.(live.ws);
    await settle();
    expect(live.ended).toEqual([1013]);
    expect(live.log.lines).toHaveLength(1);
  });

  it('does not admit a socket that closed meanwhile', async () => {
    const live = mounted(async () => principal);
    live.open?.(live.ws);
    live.close?.(live.ws, 1006, new ArrayBuffer(0));
    await settle();
    expect([live.connected, live.ended]).toEqual([[], []]);
  });

  it('does not let a stranger fill the memory', () => {
    const live = mounted(() => new Promise(() => undefined));
    live.open?.(live.ws);
    for (let n = 0; n <= 20; n += 1) live.say('x');
    expect(live.ended).toEqual([1008]);
  });
});
