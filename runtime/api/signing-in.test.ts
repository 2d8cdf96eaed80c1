import { Redacted } from 'effect';
import { describe, expect, it } from 'vitest';
import { createOneTimeLink, ensureFirstAdmin } from '../auth/first-admin.ts';
import { db, ID, PATH, SECRET, session, setup, signIn, user } from './test-web-handler.ts';

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
