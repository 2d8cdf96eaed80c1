/** nginx.conf in a real nginx; the program behind it is a small server that tells what reached it. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, until } from '../support/product.ts';

const CONF = join(import.meta.dirname, '..', '..', 'nginx');
const NGINX = spawnSync('nginx', ['-v']).status === 0;
const SMALL = 1000;
const TOO_LARGE = 1_100_000;

interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

let folder: string;
let app: Server;
let nginx: ChildProcess | undefined;
let http: number;
let tls: number;

const get = (path: string, headers: Record<string, string> = {}, body = ''): Promise<Seen> =>
  new Promise((resolve, reject) => {
    const method = body === '' ? 'GET' : 'POST';
    const options = { port: tls, host: '127.0.0.1', servername: 'shop.test', path, method, headers };
    const ca = readFileSync(join(folder, 'live/shop/fullchain.pem'));
    const asked = request({ ...options, ca, agent: false }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
      });
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
      );
    });
    asked.on('upgrade', (answer, socket) => {
      socket.destroy();
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: '' });
    });
    asked.on('error', reject);
    asked.end(body);
  });

describe.skipIf(!NGINX)('nginx in front of the program (skipped where nginx is not installed)', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'treejar-nginx-'));
    // Its workers are somebody else when the tests run as root.
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'live/shop'), { recursive: true });
    mkdirSync(join(folder, 'acme/.well-known/acme-challenge'), { recursive: true });
    writeFileSync(join(folder, 'acme/.well-known/acme-challenge/token'), 'proof');
    cpSync(join(CONF, 'maintenance.html'), join(folder, 'maintenance.html'));
    const key = join(folder, 'live/shop/privkey.pem');
    const subject = ['-subj', '/CN=shop.test', '-addext', 'subjectAltName=DNS:shop.test'];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out'];
    execFileSync('openssl', [...made, join(folder, 'live/shop/fullchain.pem'), ...subject], {
      stdio: 'ignore',
    });
    app = createServer((asked, answer) => answer.end(JSON.stringify(asked.headers)));
    app.on('upgrade', (_, socket) => {
      socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    });
    const behind = await freePort();
    await new Promise<void>((resolve) => app.listen(behind, '127.0.0.1', resolve));
    http = await freePort();
    tls = await freePort();
    const text = readFileSync(join(CONF, 'nginx.conf'), 'utf8')
      .replace('listen 80 ', `listen 127.0.0.1:${http} `)
      .replace('listen 443 ', `listen 127.0.0.1:${tls} `)
      .replace('http://app:8000', `http://127.0.0.1:${behind}`)
      .replaceAll('/etc/letsencrypt', folder)
      .replaceAll('/var/www/acme', join(folder, 'acme'))
      .replaceAll('/usr/share/nginx/maintenance', folder)
      .replace('/var/run/nginx.pid', join(folder, 'pid'));
    const file = join(folder, 'nginx.conf');
    writeFileSync(file, text);
    nginx = spawn('nginx', ['-c', file, '-g', 'daemon off;'], { stdio: 'ignore' });
    await until('nginx', () =>
      fetch(`http://127.0.0.1:${http}/nginx-alive`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
  });

  afterAll(async () => {
    nginx?.kill('SIGTERM');
    app.closeAllConnections();
    app.close();
    await new Promise((resolve) => (nginx?.exitCode === null ? nginx.once('exit', resolve) : resolve(null)));
    rmSync(folder, { recursive: true, force: true });
  });

  it('sends plain HTTP to HTTPS, but answers the certificate authority', async () => {
    const plain = await fetch(`http://127.0.0.1:${http}/admin/?a=1`, { redirect: 'manual' });
    expect(plain.status).toBe(308);
    expect(plain.headers.get('location')).toBe('https://127.0.0.1/admin/?a=1');
    const proof = await fetch(`http://127.0.0.1:${http}/.well-known/acme-challenge/token`);
    expect(await proof.text()).toBe('proof');
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

  it('shows the maintenance page with a time to come back when no replica answers', async () => {
    app.closeAllConnections();
    await new Promise((resolve) => app.close(resolve));
    const away = await get('/admin/');
    expect(away.status).toBe(503);
    expect(away.headers['retry-after']).toBe('30');
    expect(away.body).toContain('Back in a moment');
  });
});
