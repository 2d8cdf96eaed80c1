/** nginx.conf in a real nginx; the program behind it is a small server that tells what reached it. */
import { createServer, type Server } from 'node:http';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/product.ts';
import { hasNginx, type OwnNginx, startNginx } from './own-nginx.ts';

const SMALL = 1000;
const TOO_LARGE = 1_100_000;

let app: Server;
let nginx: OwnNginx;

/** The protocol that the handshake ends in, or null when nginx refuses it. */
const speaks = (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string | null> =>
  new Promise((resolve) => {
    const options = { port: nginx.tls, host: '127.0.0.1', servername: 'shop.test', ca: nginx.ca };
    // This side must be willing to speak what is refused.
    const ciphers = 'DEFAULT@SECLEVEL=0';
    const socket = connect({ ...options, ciphers, minVersion: version, maxVersion: version }, () => {
      resolve(socket.authorized ? socket.getProtocol() : 'not the right certificate');
      socket.destroy();
    });
    socket.on('error', () => resolve(null));
  });

describe.skipIf(!hasNginx())('nginx in front of the program (skipped where nginx is not installed)', () => {
  const get: OwnNginx['ask'] = (...args) => nginx.ask(...args);

  beforeAll(async () => {
    app = createServer((asked, answer) => answer.end(JSON.stringify(asked.headers)));
    app.on('upgrade', (_, socket) => {
      socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    });
    const behind = await freePort();
    await new Promise<void>((resolve) => app.listen(behind, '127.0.0.1', resolve));
    nginx = await startNginx(behind);
  });

  afterAll(async () => {
    await nginx.stop();
    app.closeAllConnections();
    app.close();
  });

  it('sends plain HTTP to HTTPS, but answers the certificate authority', async () => {
    const plain = await fetch(`http://127.0.0.1:${nginx.http}/admin/?a=1`, { redirect: 'manual' });
    expect(plain.status).toBe(308);
    expect(plain.headers.get('location')).toBe('https://127.0.0.1/admin/?a=1');
    const proof = await fetch(`http://127.0.0.1:${nginx.http}/.well-known/acme-challenge/token`);
    expect(await proof.text()).toBe('proof');
  });

  it('speaks TLS 1.2 and 1.3, nothing older', async () => {
    expect(await speaks('TLSv1.3')).toBe('TLSv1.3');
    expect(await speaks('TLSv1.2')).toBe('TLSv1.2');
    expect(await speaks('TLSv1.1')).toBeNull();
  });

  it('tells the program the true address, whatever the client claims, and nothing the client makes up', async () => {
    const { body } = await get('/api/v1/health', {
      'X-Forwarded-For': '6.6.6.6',
      'X-Treejar-Address': '6.6.6.6',
    });
    expect(JSON.parse(body)).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' });
    expect(body).not.toContain('6.6.6.6');
  });

  it('lets sockets through', async () => {
    const headers = { Connection: 'Upgrade', Upgrade: 'websocket' };
    expect((await get('/api/v1/live', headers)).status).toBe(101);
  });

  it('refuses bodies above the limit, and metrics from outside', async () => {
    expect((await get('/api/v1/webhook/wazzup', {}, 'x'.repeat(SMALL))).status).toBe(200);
    expect((await get('/api/v1/webhook/wazzup', {}, 'x'.repeat(TOO_LARGE))).status).toBe(413);
    expect((await get('/metrics')).status).toBe(404);
  });

  it('slows signing in down much earlier than webhooks', async () => {
    const statuses = async (path: string) => {
      const all = await Promise.all(Array.from({ length: 25 }, () => get(path, {}, '{}')));
      return all.map(({ status }) => status);
    };
    expect((await statuses('/api/v1/session')).filter((status) => status === 429).length).toBeGreaterThan(5);
    expect((await statuses('/api/v1/webhook/wazzup')).every((status) => status === 200)).toBe(true);
  });

  it('answers all requests while it takes up a renewed certificate', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 40; n += 1) {
      if (n % 10 === 5) nginx.reload();
      statuses.push((await get('/admin/')).status);
    }
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('shows the maintenance page when the owner says so, and lets the certificate authority in all the same', async () => {
    nginx.maintenance(true);
    const closed = await get('/admin/');
    const webhook = await get('/api/v1/webhook/wazzup', {}, '{}');
    nginx.maintenance(false);
    expect(closed).toMatchObject({ status: 503, headers: { 'retry-after': '30' } });
    expect(closed.body).toContain('Back in a moment');
    // Wazzup sends again.
    expect(webhook).toMatchObject({ status: 503, headers: { 'retry-after': '30' } });
    expect((await get('/admin/')).status).toBe(200);
  });

  it('shows the maintenance page with a time to come back when no replica answers', async () => {
    app.closeAllConnections();
    await new Promise((resolve) => app.close(resolve));
    const away = await get('/admin/');
    expect(away.status).toBe(503);
    expect(away.headers['retry-after']).toBe('30');
    expect(away.body).toContain('Back in a moment');
    expect(await get('/api/v1/webhook/wazzup', {}, '{}')).toMatchObject({
      status: 503,
      headers: { 'retry-after': '30' },
    });
  });
});
