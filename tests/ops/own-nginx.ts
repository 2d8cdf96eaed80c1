/** nginx/nginx.conf in a real nginx of the test's own, started as its container starts it: other ports and folders, and a certificate of a test authority. */
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
  /** Where the authority's files and, in live/shop, the certificate are. */
  readonly folder: string;
  readonly maintenance: (on: boolean) => void;
  readonly reload: () => void;
  readonly stop: () => Promise<void>;
}

const CURVE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const openssl = (folder: string, ...args: readonly string[]) =>
  execFileSync('openssl', args, { stdio: 'ignore', cwd: folder });

/** A test authority's certificate. */
const makeAuthority = (folder: string): Buffer => {
  const files = ['-keyout', 'ca.key', '-out', 'ca.pem'];
  openssl(folder, 'req', '-x509', ...CURVE, '-days', '2', ...files, '-subj', '/CN=Test authority');
  return readFileSync(join(folder, 'ca.pem'));
};

/** Another certificate of the authority in `folder` for shop.test, in `into`, as certbot would lay it down. */
export const makeCertificate = (folder: string, into: string, days = 2): void => {
  mkdirSync(into, { recursive: true });
  const key = ['-keyout', join(into, 'privkey.pem'), '-out', 'shop.csr'];
  openssl(folder, 'req', ...CURVE, ...key, '-subj', '/CN=shop.test');
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:shop.test');
  const authority = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names'];
  const out = ['-days', String(days), '-out', join(into, 'fullchain.pem')];
  openssl(folder, 'x509', '-req', '-in', 'shop.csr', ...authority, ...out);
};

/** One program on this machine, or replicas that a name server tells, all on one port. */
export type Behind = number | { readonly dns: number; readonly port: number };

const confFor = (folder: string, ports: { readonly http: number; readonly tls: number }, behind: Behind) => {
  const alone = typeof behind === 'number';
  return readFileSync(join(CONF, 'nginx.conf'), 'utf8')
    .replace('listen 80 ', `listen 127.0.0.1:${ports.http} `)
    .replace('listen 443 ', `listen 127.0.0.1:${ports.tls} `)
    .replace('http://app:8000', alone ? `http://127.0.0.1:${behind}` : `http://app.test:${behind.port}`)
    .replace('resolver 127.0.0.11 ', alone ? 'resolver 127.0.0.11 ' : `resolver 127.0.0.1:${behind.dns} `)
    .replaceAll('/etc/letsencrypt', folder)
    .replaceAll('/var/www/acme', join(folder, 'acme'))
    .replaceAll('/usr/share/nginx/maintenance', folder)
    .replace('/run/treejar/maintenance', join(folder, 'maintenance'))
    .replace('/var/run/nginx.pid', join(folder, 'pid'));
};

/** Starts it in front of `behind`. */
export const startNginx = async (behind: Behind): Promise<OwnNginx> => {
  const folder = mkdtempSync(join(tmpdir(), 'treejar-nginx-'));
  // Its workers are somebody else when the tests run as root.
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'acme/.well-known/acme-challenge'), { recursive: true });
  writeFileSync(join(folder, 'acme/.well-known/acme-challenge/token'), 'proof');
  cpSync(join(CONF, 'maintenance.html'), join(folder, 'maintenance.html'));
  const ca = makeAuthority(folder);
  makeCertificate(folder, join(folder, 'live/shop'));
  const http = await freePort();
  const tls = await freePort();
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, confFor(folder, { http, tls }, behind));
  const nginx: ChildProcess = spawn('sh', [join(CONF, 'serve.sh')], {
    stdio: 'ignore',
    // A group of its own: who watches the certificate goes with it.
    detached: true,
    env: {
      ...process.env,
      NGINX_CONF: file,
      CERTIFICATE_DIR: join(folder, 'live/shop'),
      CERTIFICATE_LOOK_S: '0.2',
    },
  });
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
    folder,
    ask: (path, headers = {}, body = '') => ask({ tls, ca, path, headers, body }),
    maintenance: (on) => (on ? writeFileSync(flag, '') : rmSync(flag)),
    reload: () => void nginx.kill('SIGHUP'),
    stop: async () => {
      const gone = new Promise((resolve) => nginx.once('exit', resolve));
      if (nginx.exitCode === null) {
        process.kill(-(nginx.pid ?? 0), 'SIGTERM');
        await gone;
      }
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
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
