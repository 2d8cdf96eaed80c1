/** One embedded PostgreSQL per run, with everything that makes it durable switched on, and a fresh database per benchmark. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbedded } from '../adapters/postgres/embedded.ts';
import { livingPostmaster } from '../adapters/postgres/embedded-cluster.ts';
import { migrate } from '../adapters/postgres/migrate.ts';
import { makePool } from '../adapters/postgres/pool.ts';
import type { Format } from './report.ts';

export const SETTINGS = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '1GB',
  max_wal_size: '4GB',
  max_connections: '300',
} as const;

export interface BenchServer {
  readonly url: string;
  readonly pid: number;
  /** A new, migrated database; `migrated: false` an empty one for a peer that brings its own tables. */
  readonly database: (name: string, migrated?: boolean) => Promise<string>;
  readonly drop: (name: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** How main.ts tells a benchmark's process what to do. */
export interface BenchOptions {
  readonly url: string;
  readonly pid: number;
  readonly scale: number;
  readonly rounds: number;
  readonly format: Format;
}

const RUNS = resolve(import.meta.dirname, '..', '.cache', 'bench');

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Ends servers whose run was killed, and removes their folders. */
const sweep = async (): Promise<void> => {
  for (const name of readdirSync(RUNS)) {
    const dir = join(RUNS, name);
    const owner = join(dir, 'owner');
    if (existsSync(owner) && isAlive(Number(readFileSync(owner, 'utf8')))) continue;
    const postmaster = livingPostmaster(join(dir, 'postgres'));
    if (postmaster !== null) process.kill(postmaster, 'SIGQUIT');
    for (let waited = 0; postmaster !== null && isAlive(postmaster) && waited < 5000; waited += 50)
      await sleep(50);
    rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
};

/** Starts the server in a folder that is removed by `stop`. */
export const startBenchServer = async (
  settings: Readonly<Record<string, string>> = SETTINGS,
): Promise<BenchServer> => {
  mkdirSync(RUNS, { recursive: true });
  await sweep();
  const dir = mkdtempSync(join(RUNS, 'run-'));
  writeFileSync(join(dir, 'owner'), String(process.pid));
  const server = await startEmbedded({ dataDir: dir, settings });
  const joined = joinBenchServer(server.url, server.pid);
  return {
    ...joined,
    stop: async () => {
      await joined.stop();
      await server.stop();
      rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
};

/** A server that another process started; `stop` only leaves it. */
export const joinBenchServer = (url: string, pid: number): BenchServer => {
  const admin = makePool(url, { max: 1, applicationName: 'treejar-bench' });
  const urlOf = (name: string): string => url.replace(/\/[^/]*$/, `/${name}`);
  const drop = async (name: string): Promise<void> => {
    await admin.query(`drop database if exists "${name}" with (force)`);
  };
  return {
    url,
    pid,
    drop,
    database: async (name, migrated = true) => {
      await drop(name);
      await admin.query(`create database "${name}"`);
      if (!migrated) return urlOf(name);
      const pool = makePool(urlOf(name), { max: 1, applicationName: 'treejar-bench' });
      await migrate(pool);
      await pool.end();
      return urlOf(name);
    },
    stop: () => admin.end(),
  };
};
