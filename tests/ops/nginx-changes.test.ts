/** What changes behind and in nginx while customers write: replicas one by one, its configuration, its certificate. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, until } from '../support/product.ts';
import { type OwnDns, startDns } from './own-dns.ts';
import { hasNginx, makeCertificate, type OwnNginx, startNginx } from './own-nginx.ts';

const RENEW = join(import.meta.dirname, '..', '..', 'nginx', 'renew.sh');

interface Replica {
  readonly server: Server;
  readonly answered: () => number;
  /** How many webhooks it has sent away since it was told to stop. */
  readonly refused: () => number;
  readonly stop: () => Promise<void>;
}

/**
 * A stand-in for a replica; its sockets say everything back. It ends like the program (server.ts): webhooks are answered
 * 503 while what is in flight is finished, then nobody listens any more.
 */
const startReplica = async (address: string, port: number): Promise<Replica> => {
  let answered = 0;
  let refused = 0;
  let stopping = false;
  const server = createServer((asked, answer) => {
    asked.resume();
    if (stopping && asked.method === 'POST') {
      refused += 1;
      answer.writeHead(503, { 'retry-after': '5' }).end();
      return;
    }
    // Long enough that requests are in flight when it is told to stop.
    asked.on('end', () => setTimeout(() => answer.end(address), 10));
    answered += 1;
  });
  server.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  const stop = async () => {
    stopping = true;
    await until('a webhook to be refused', () => refused > 2);
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    });
  };
  return { server, answered: () => answered, refused: () => refused, stop };
};

/** A live socket through nginx, and a way to say something and wait until it comes back. */
const openSocket = async (nginx: OwnNginx) => {
  const options = { port: nginx.tls, host: '127.0.0.1', servername: 'shop.test', ca: nginx.ca };
  let seen = '';
  let ended = false;
  const socket = await new Promise<TLSSocket>((resolve, reject) => {
    const made = connect({ ...options, ALPNProtocols: ['http/1.1'] }, () => resolve(made));
    made.on('error', reject);
    made.on('data', (chunk: Buffer) => {
      seen += chunk.toString('latin1');
    });
    made.on('close', () => {
      ended = true;
    });
  });
  socket.write(
    'GET /api/v1/live HTTP/1.1\r\nHost: shop.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  );
  await until('the upgrade', () => seen.includes(' 101 ') && seen.includes('\r\n\r\n'));
  return {
    echo: async (words: string) => {
      socket.write(words);
      await until(`${words} back`, () => seen.includes(words) || ended);
      return !ended;
    },
    close: () => socket.destroy(),
  };
};

/** Asks without a pause, webhooks and pages in turn, until told to stop; answers how each was answered. */
const keepAsking = (nginx: OwnNginx) => {
  const seen: (number | string)[] = [];
  let stopped = false;
  const one = async (webhook: boolean) => {
    while (!stopped) {
      const asked = webhook ? nginx.ask('/api/v1/webhook/wazzup', {}, '{}') : nginx.ask('/admin/');
      seen.push(await asked.then(({ status }) => status).catch((error: Error) => error.message));
    }
  };
  const running = [one(true), one(true), one(false)];
  return {
    seen,
    stop: async () => {
      stopped = true;
      await Promise.all(running);
      return seen;
    },
  };
};

describe.skipIf(!hasNginx())('nginx before two replicas (skipped where nginx is not installed)', () => {
  let dns: OwnDns;
  let port: number;
  let nginx: OwnNginx;
  const replicas = new Map<string, Replica>();
  const start = async (address: string) => replicas.set(address, await startReplica(address, port));
  const answered = (address: string) => replicas.get(address)?.answered() ?? 0;

  beforeAll(async () => {
    port = await freePort();
    for (const address of ['127.0.0.2', '127.0.0.3']) await start(address);
    dns = await startDns(['127.0.0.2', '127.0.0.3']);
    nginx = await startNginx({ dns: dns.port, port });
  });

  afterAll(async () => {
    await nginx.stop();
    dns.stop();
    for (const { server } of replicas.values()) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('loses no request while both are replaced one by one, as a deploy does it, and while it is reloaded', async () => {
    const load = keepAsking(nginx);
    await until('both to be asked', () => answered('127.0.0.2') > 3 && answered('127.0.0.3') > 3);
    // ops/deploy.sh: a new one beside the old ones, then an old one goes.
    const replace = async (fresh: string, old: string, stays: string) => {
      await start(fresh);
      dns.say([old, stays, fresh]);
      await replicas.get(old)?.stop();
      const asked = load.seen.length;
      // The name server still tells the one that is gone: nginx asks the next one.
      await until('requests after the stop', () => load.seen.length > asked + 20);
      dns.say([stays, fresh]);
      nginx.reload();
      await until(`${fresh} to be asked`, () => answered(fresh) > 3);
    };
    await replace('127.0.0.4', '127.0.0.2', '127.0.0.3');
    await replace('127.0.0.5', '127.0.0.3', '127.0.0.4');
    const seen = await load.stop();
    expect(seen.length).toBeGreaterThan(60);
    expect(new Set(seen)).toEqual(new Set([200]));
  });

  it('passes on that all have too much to do, and when to come back', async () => {
    const last = ['127.0.0.4', '127.0.0.5'].flatMap((address) => replicas.get(address) ?? []);
    const ending = last.map(({ stop }) => stop());
    const seen: unknown[] = [];
    while (last.some(({ refused }) => refused() < 3)) {
      const { status, headers } = await nginx.ask('/api/v1/webhook/wazzup', {}, '{}');
      seen.push([status, headers['retry-after']]);
    }
    await Promise.all(ending);
    // The program's own answer, not the maintenance page's.
    expect(seen[0]).toEqual([503, '5']);
  });
});

/** Fails the first time; the second time it puts $NEXT in the place of the certificate, first the key and later the rest; then none is due. */
const CERTBOT = `#!/bin/sh
set -eu
echo "$*" >> "$LOG"
for last; do :; done
mkdir -p "$last/.well-known/acme-challenge"
echo "proof of $(wc -l < "$LOG")" > "$last/.well-known/acme-challenge/renewal"
case $(wc -l < "$LOG") in
  1) exit 1 ;;
  2)
    mv "$NEXT/privkey.pem" "$CERTIFICATE_DIR/privkey.pem"
    sleep 0.6
    mv "$NEXT/fullchain.pem" "$CERTIFICATE_DIR/fullchain.pem" ;;
esac
`;

describe.skipIf(!hasNginx())('the renewal (skipped where nginx is not installed)', () => {
  let replica: Replica;
  let nginx: OwnNginx;
  let renewal: ChildProcess | undefined;
  const live = () => join(nginx.folder, 'live/shop');

  /** What a new connection is shown. */
  const shown = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const options = { port: nginx.tls, host: '127.0.0.1', servername: 'shop.test', ca: nginx.ca };
      const socket = connect(options, () => {
        resolve(socket.getPeerCertificate().fingerprint256);
        socket.destroy();
      });
      socket.on('error', reject);
    });

  beforeAll(async () => {
    const port = await freePort();
    replica = await startReplica('127.0.0.1', port);
    nginx = await startNginx(port);
  });

  afterAll(async () => {
    renewal?.kill('SIGKILL');
    await nginx.stop();
    replica.server.closeAllConnections();
    replica.server.close();
  });

  it('is tried again when it failed, and nginx then shows the new certificate; no socket and no request is lost', async () => {
    const next = join(nginx.folder, 'next');
    makeCertificate(nginx.folder, next, 90);
    mkdirSync(join(nginx.folder, 'bin'));
    writeFileSync(join(nginx.folder, 'bin/certbot'), CERTBOT, { mode: 0o755 });
    const log = join(nginx.folder, 'certbot.log');
    const before = await shown();
    const socket = await openSocket(nginx);
    expect(await socket.echo('before')).toBe(true);
    const load = keepAsking(nginx);

    renewal = spawn('sh', [RENEW], {
      stdio: 'ignore',
      env: {
        PATH: `${join(nginx.folder, 'bin')}:${process.env.PATH}`,
        CERTIFICATE_DIR: live(),
        ACME_DIR: join(nginx.folder, 'acme'),
        RENEW_EVERY_S: '0.2',
        NEXT: next,
        LOG: log,
      },
    });
    const after = await until('the new certificate', async () => {
      const now = await shown();
      return now === before ? null : now;
    });

    expect(after).not.toBe(before);
    expect(await socket.echo('after')).toBe(true);
    socket.close();
    expect(new Set(await load.stop())).toEqual(new Set([200]));
    const proof = await fetch(`http://127.0.0.1:${nginx.http}/.well-known/acme-challenge/renewal`);
    expect(await proof.text()).toContain('proof of');
    const asked = readFileSync(log, 'utf8').trim().split('\n');
    expect(asked.length).toBeGreaterThan(1);
    const words = `renew --quiet --webroot --webroot-path ${join(nginx.folder, 'acme')}`;
    expect(new Set(asked)).toEqual(new Set([words]));
  });

  it('shows the container as unhealthy when the certificate ends soon, or is not there', () => {
    const check = (folder: string) =>
      spawnSync('sh', [RENEW, 'check'], { env: { ...process.env, CERTIFICATE_DIR: folder }, stdio: 'ignore' })
        .status;
    expect(check(live())).toBe(0);
    const short = join(nginx.folder, 'short');
    makeCertificate(nginx.folder, short, 19);
    expect(check(short)).toBe(1);
    expect(check(join(nginx.folder, 'nowhere'))).not.toBe(0);
  });

  it('goes on with the certificate it has when the new one cannot be used', async () => {
    const before = await shown();
    const good = join(nginx.folder, 'good.pem');
    copyFileSync(join(live(), 'fullchain.pem'), good);
    writeFileSync(join(live(), 'fullchain.pem'), 'no certificate');
    // Several looks of serve.sh fall into these requests.
    const load = keepAsking(nginx);
    await until('many answers', () => load.seen.length > 100);
    expect(new Set(await load.stop())).toEqual(new Set([200]));
    expect(await shown()).toBe(before);
    copyFileSync(good, join(live(), 'fullchain.pem'));
  });
});
