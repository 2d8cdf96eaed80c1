/**
 * Vitest global set-up: one embedded server per run, started when the first test asks for a database, in a folder of
 * its own, so that two runs at once never meet. What a killed run left behind is swept by the next one.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { type EmbeddedPostgres, startEmbedded } from '../../adapters/postgres/embedded.ts';
import { livingPostmaster } from '../../adapters/postgres/embedded-cluster.ts';
import { migrate } from '../../adapters/postgres/migrate.ts';

export const TEMPLATE = 'treejar_template';
const ROOT = resolve(import.meta.dirname, '../..');
const RUNS = join(ROOT, '.cache', 'test');

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with the server's URL; the first request starts it. */
    readonly postgresBroker: string;
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** False for a zombie too: our own child is not reaped while we exit, and it touches nothing any more. */
const isRunning = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false; // gone altogether
  }
};

/** The longest wait for a killed server, ms. */
const KILL_WAIT_MS = 5_000;

/** Blocks, because it also runs while the process exits. The files go last: a dying server still touches them. */
const discard = (dir: string): void => {
  const pid = livingPostmaster(join(dir, 'postgres'));
  if (pid !== null) {
    process.kill(pid, 'SIGQUIT');
    const nothing = new Int32Array(new SharedArrayBuffer(4));
    for (let waited = 0; waited < KILL_WAIT_MS && isRunning(pid); waited += 10)
      Atomics.wait(nothing, 0, 0, 10);
  }
  rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
};

const sweep = (): void => {
  for (const name of readdirSync(RUNS)) {
    const owner = join(RUNS, name, 'owner');
    if (existsSync(owner) && !isAlive(Number(readFileSync(owner, 'utf8')))) discard(join(RUNS, name));
  }
};

const startServer = async (dir: string): Promise<EmbeddedPostgres> => {
  // Nothing here outlives the run, so there is no reason to wait for the disk.
  const server = await startEmbedded({ dataDir: dir, settings: { fsync: 'off', max_connections: '400' } });
  const client = new pg.Client(server.url);
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  await migrate(server.url.replace(/\/[^/]*$/, `/${TEMPLATE}`), join(ROOT, 'sql'));
  return server;
};

/** Called by Vitest once per project; the answer is its tear-down. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  mkdirSync(RUNS, { recursive: true });
  sweep();
  const dir = mkdtempSync(join(RUNS, 'run-'));
  writeFileSync(join(dir, 'owner'), String(process.pid));
  const onExit = (): void => discard(dir);
  process.once('exit', onExit);
  let server: Promise<EmbeddedPostgres> | undefined;
  const broker = createServer((_request, response) => {
    server ??= startServer(dir);
    server.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    );
  });
  await new Promise<void>((done) => broker.listen(0, '127.0.0.1', done));
  project.provide('postgresBroker', `http://127.0.0.1:${(broker.address() as AddressInfo).port}/`);
  return async () => {
    broker.closeAllConnections();
    broker.close();
    await server?.then(
      (running) => running.stop(),
      () => undefined, // the failed start was reported to the test that asked
    );
    process.off('exit', onExit);
    discard(dir);
  };
};
