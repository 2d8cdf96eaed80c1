/** nginx/nginx.conf in a real nginx of the test's own: other ports and folders, and a certificate of a test authority. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, until } from '../support/product.ts';

const CONF = join(import.meta.dirname, '..', '..', 'nginx');
export const hasNginx = (): boolean =>
  spawnSync('nginx', ['-v']).status === 0 && spawnSync('openssl', ['version']).status === 0;

export interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface OwnNginx {
  readonly http: number;
  readonly tls: number;
  /** The test authority's certificate. */
  readonly ca: Buffer;
  /** `Upgrade` requests are answered with the status of the upgrade. A body makes it a POST. */
  readonly ask: (path: string, headers?: Record<string, string>, body?: string) => Promise<Seen>;
  readonly maintenance: (on: boolean) => void;
  readonly reload: () => void;
  readonly stop: () => Promise<void>;
}

/** An authority and a certificate of it for shop.test, as certbot would lay them down. */
const makeCertificates = (folder: string): Buffer => {
  const live = join(folder, 'live/shop');
  mkdirSync(live, { recursive: true });
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { stdio: 'ignore', cwd: folder });
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...curve,
    '-days',
    '2',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=Test authority',
  );
  openssl(
    'req',
    ...curve,
    '-keyout',
    join(live, 'privkey.pem'),
    '-out',
    'shop.csr',
    '-subj',
    '/CN=shop.test',
  );
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:shop.test');
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names'];
  openssl('x509', '-req', '-in', 'shop.csr', ...signed, '-out', join(live, 'fullchain.pem'));
  return readFileSync(join(folder, 'ca.pem'));
};

/** Starts it in front of a program on `behind`, a port of this machine. */
export const startNginx = async (behind: number): Promise<OwnNginx> => {
  const folder = mkdtempSync(join(tmpdir(), 'treejar-nginx-'));
  // Its workers are somebody else when the tests run as root.
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'acme/.well-known/acme-challenge'), { recursive: true });
  writeFileSync(join(folder, 'acme/.well-known/acme-challenge/token'), 'proof');
  cpSync(join(CONF, 'maintenance.html'), join(folder, 'maintenance.html'));
  const ca = makeCertificates(folder);
  const http = await freePort();
  const tls = await freePort();
  const text = readFileSync(join(CONF, 'nginx.conf'), 'utf8')
    .replace('listen 80 ', `listen 127.0.0.1:${http} `)
    .replace('listen 443 ', `listen 127.0.0.1:${tls} `)
    .replace('http://app:8000', `http://127.0.0.1:${behind}`)
    .replaceAll('/etc/letsencrypt', folder)
    .replaceAll('/var/www/acme', join(folder, 'acme'))
    .replaceAll('/usr/share/nginx/maintenance', folder)
    .replace('/run/treejar/maintenance', join(folder, 'maintenance'))
    .replace('/var/run/nginx.pid', join(folder, 'pid'));
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, text);
  const nginx: ChildProcess = spawn('nginx', ['-c', file, '-g', 'daemon off;'], { stdio: 'ignore' });
  await until('nginx', () =>
    fetch(`http://127.0.0.1:${http}/nginx-alive`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  const flag = join(folder, 'maintenance');
  return {
    http,
    tls,
    ca,
    ask: (path, headers = {}, body = '') => ask({ tls, ca, path, headers, body }),
    maintenance: (on) => (on ? writeFileSync(flag, '') : rmSync(flag)),
    reload: () => void nginx.kill('SIGHUP'),
    stop: async () => {
      const gone = new Promise((resolve) => nginx.once('exit', resolve));
      if (nginx.exitCode === null) {
        nginx.kill('SIGTERM');
        await gone;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

interface Asked {
  readonly tls: number;
  readonly ca: Buffer;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const ask = ({ tls, ca, path, headers, body }: Asked): Promise<Seen> =>
  new Promise((resolve, reject) => {
    const method = body === '' ? 'GET' : 'POST';
    const options = { port: tls, host: '127.0.0.1', servername: 'shop.test', path, method, headers };
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
