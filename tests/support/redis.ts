/**
 * A real Redis for tests: its own process, port and folder, that can be killed, restarted, stopped and emptied. Where
 * there is no `redis-server`, root installs it with apt once; others get the reason, and their tests are skipped.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const INSTALL_MS = 120_000;
const START_MS = 10_000;

/**
 * Debian's package redis-tools holds the server under another name (one program, which looks at what it is called), and
 * unlike redis-server it starts no service on the machine.
 */
const PROGRAMS = ['redis-server', 'redis-check-rdb'] as const;
const INSTALL = 'apt-get update -qq && apt-get install -y -qq --no-install-recommends redis-tools';

const program = (): string | null =>
  PROGRAMS.find((name) => {
    const asked = spawnSync(name, ['--version'], { argv0: 'redis-server', encoding: 'utf8' });
    return asked.status === 0 && asked.stdout.startsWith('Redis server');
  }) ?? null;

/** `null`: there is a server. Otherwise why not, in words for the test's report. */
export const redisMissing = (): string | null => {
  if (program() !== null) return null;
  if (process.getuid?.() !== 0) {
    return 'redis-server is not installed; install the package redis-server or redis-tools to run these tests';
  }
  // Test files run side by side: one installs, the others wait and find it.
  const lock = join(tmpdir(), 'treejar-redis-install.lock');
  const script = `command -v ${PROGRAMS.join(' || command -v ')} || (${INSTALL})`;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('flock', [lock, 'sh', '-c', script], { env, stdio: 'ignore', timeout: INSTALL_MS });
  return program() === null ? 'redis-server is not installed, and apt-get could not install it' : null;
};

export interface TestRedis {
  readonly url: string;
  /** Runs one command on a connection of its own; the raw answer. */
  readonly command: (...parts: readonly string[]) => Promise<string>;
  /** SIGKILL: connections break. */
  readonly kill: () => Promise<void>;
  /** Starts it again, empty, on the same port. */
  readonly restart: () => Promise<void>;
  /** SIGSTOP: connections stay, nobody answers. */
  readonly pause: () => void;
  readonly resume: () => void;
  readonly close: () => Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** Starts a server of its own. Call `close()` when done; it also ends with this process. */
export const testRedis = async (): Promise<TestRedis> => {
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), 'treejar-redis-'));
  let child: ChildProcess | null = null;
  const onExit = (): void => void child?.kill('SIGKILL');
  process.once('exit', onExit);

  const start = async (): Promise<void> => {
    const args = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      dir,
    ];
    child = spawn(program() ?? 'redis-server', args, { argv0: 'redis-server', stdio: 'ignore' });
    child.once('error', () => undefined); // told below: it does not answer
    const until = Date.now() + START_MS;
    while ((await command(port, ['PING']).catch(() => '')) !== '+PONG') {
      if (Date.now() > until) throw new Error('redis-server did not start in time');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const kill = async (): Promise<void> => {
    const dying = child;
    child = null;
    if (!dying || dying.exitCode !== null) return;
    const gone = new Promise((resolve) => dying.once('exit', resolve));
    dying.kill('SIGKILL');
    await gone;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    command: (...parts) => command(port, parts),
    kill,
    restart: start,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    close: async () => {
      await kill();
      process.off('exit', onExit);
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

/** The wire is simple enough (RESP): no client of the product is needed to look into the server. */
const command = (port: number, parts: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      const bulk = parts.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join('');
      socket.write(`*${parts.length}\r\n${bulk}`);
    });
    socket.setTimeout(2000, () => socket.destroy(new Error('redis-server does not answer')));
    socket.once('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString('utf8').trimEnd());
    });
  });
