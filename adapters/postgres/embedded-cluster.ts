/** The steps of an embedded cluster's life: create the files, look for a living server, start one, stop it. */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresBinaries } from './embedded-binaries.ts';
import { EmbeddedPostgresError, explainFault } from './embedded-error.ts';
import type { RunAs } from './embedded-user.ts';

/** The server's log is started afresh beyond this size, bytes (G10). */
const LOG_MAX_BYTES = 5 * 1024 * 1024;
const POLL_MS = 25;
/** Fast shutdown writes a checkpoint; beyond this the server is stopped the hard way, ms. */
const STOP_WAIT_MS = 20_000;

/** Where things are, below the data folder. */
export interface ClusterPaths {
  readonly cluster: string;
  readonly log: string;
  readonly lock: string;
  /** Port and password, 0600. */
  readonly access: string;
}

export const SUPERUSER = 'treejar';

export const clusterPaths = (dataDir: string): ClusterPaths => ({
  cluster: join(dataDir, 'postgres'),
  log: join(dataDir, 'postgres.log'),
  lock: join(dataDir, 'postgres.lock'),
  access: join(dataDir, 'postgres.json'),
});

export interface NewCluster {
  readonly dataDir: string;
  readonly binaries: PostgresBinaries;
  readonly account: RunAs;
  readonly password: string;
  /** False leaves writing to the operating system: for servers that nobody needs after a power cut. */
  readonly isDurable: boolean;
}

const runInitdb = (
  { binaries, account, isDurable }: NewCluster,
  target: string,
  pwfile: string,
  ctype: string,
) => {
  const [program = '', ...args] = [
    ...account.prefix,
    ...[binaries.initdb, '-D', target, '-U', SUPERUSER, '-A', 'scram-sha-256', `--pwfile=${pwfile}`],
    ...['--encoding=UTF8', '--locale=C', `--lc-ctype=${ctype}`, ...(isDurable ? [] : ['--no-sync'])],
  ];
  return spawnSync(program, args, {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
  });
};

/**
 * Creates the cluster beside its final place and renames it, so that a killed creation leaves nothing half made.
 * `C.UTF-8` lets pg_trgm and lower() see Arabic letters; machines without that locale fall back to `C`.
 */
export const createCluster = (wanted: NewCluster): void => {
  const { dataDir, account, password } = wanted;
  const { cluster } = clusterPaths(dataDir);
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith('postgres.new-') || name.startsWith('postgres.pw-'))
      rmSync(join(dataDir, name), { recursive: true, force: true });
  }
  const target = join(dataDir, `postgres.new-${process.pid}`);
  const pwfile = join(dataDir, `postgres.pw-${process.pid}`);
  try {
    writeFileSync(pwfile, password, { mode: 0o600 });
    for (const ctype of ['C.UTF-8', 'C']) {
      rmSync(target, { recursive: true, force: true });
      mkdirSync(target, { mode: 0o700 });
      if (process.getuid?.() === 0) {
        chownSync(target, account.uid, account.gid);
        chownSync(pwfile, account.uid, account.gid);
      }
      const result = runInitdb(wanted, target, pwfile, ctype);
      if (result.status === 0) {
        renameSync(target, cluster);
        return;
      }
      const said = `${result.error?.message ?? ''}\n${result.stdout ?? ''}\n${result.stderr ?? ''}`;
      if (!(ctype === 'C.UTF-8' && /invalid locale/.test(said))) throw explainFault(dataDir, said);
    }
  } finally {
    rmSync(pwfile, { force: true });
    rmSync(target, { recursive: true, force: true });
  }
};

/** The living postmaster of this cluster, or null; a pid that now belongs to another program does not count. */
export const livingPostmaster = (cluster: string): number | null => {
  let pid: number;
  try {
    pid = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw explainFault(cluster, String(error));
  }
  return isServerOf(pid, cluster) ? pid : null;
};

/** True when the server wrote that it accepts connections (line 8 of its pid file), false while it recovers. */
export const saysReady = (cluster: string): boolean => {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready';
  } catch {
    return false; // it stopped a moment ago
  }
};

const isServerOf = (pid: number, cluster: string): boolean => {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return words.includes(cluster) && (words[0] ?? '').endsWith('postgres');
  } catch {
    return false; // no such process any more
  }
};

/**
 * Removes a pid file whose number was given to another program since: Postgres itself would refuse to start.
 * (A number that belongs to nobody it handles alone.)
 */
export const dropStalePidFile = (cluster: string): void => {
  if (livingPostmaster(cluster) === null) rmSync(join(cluster, 'postmaster.pid'), { force: true });
};

/** A port that was free a moment ago; `preferred` when it still is, so that a bookmark in psql keeps working. */
export const freePort = async (preferred?: number): Promise<number> => {
  const tryPort = (port: number): Promise<number | null> =>
    new Promise((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(null));
      probe.listen(port, '127.0.0.1', () => {
        const address = probe.address();
        const got = address !== null && typeof address === 'object' ? address.port : null;
        probe.close(() => resolve(got));
      });
    });
  const port = (preferred === undefined ? null : await tryPort(preferred)) ?? (await tryPort(0));
  if (port === null) {
    throw new EmbeddedPostgresError({
      message: 'No free port on 127.0.0.1 for the embedded PostgreSQL.',
      retryable: true,
    });
  }
  return port;
};

const BASE_SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

const openLog = (path: string): number => {
  const tooLong = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_MAX_BYTES;
  const fd = openSync(path, tooLong ? 'w' : 'a', 0o600);
  chmodSync(path, 0o600);
  return fd;
};

export interface ServerProcess {
  readonly pid: number;
  /** Becomes true when the process ends. */
  readonly ended: () => boolean;
}

/** Spawns the server in a session of its own, so that Ctrl-C reaches Node only. It outlives a killed Node. */
export const spawnServer = (
  paths: ClusterPaths,
  binaries: PostgresBinaries,
  account: RunAs,
  settings: Readonly<Record<string, string>>,
): ServerProcess => {
  const flags = Object.entries({ ...BASE_SETTINGS, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const [program = '', ...args] = [...account.prefix, binaries.postgres, '-D', paths.cluster, ...flags];
  const log = openLog(paths.log);
  let over = false;
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
  });
  closeSync(log);
  child.once('exit', () => {
    over = true;
  });
  child.once('error', () => {
    over = true;
  });
  child.unref();
  return { pid: child.pid ?? 0, ended: () => over };
};

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH')
      throw explainFault(`process ${pid}`, String(error));
  }
};

/** Stops the server: fast shutdown (SIGINT), then immediate (SIGQUIT, recovers at the next start). */
export const stopServer = async (pid: number, cluster: string): Promise<void> => {
  for (const name of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    signal(pid, name);
    for (let waited = 0; waited < STOP_WAIT_MS; waited += POLL_MS) {
      if (!isServerOf(pid, cluster)) return;
      await sleep(POLL_MS);
    }
  }
  throw new EmbeddedPostgresError({
    message: `The embedded PostgreSQL (process ${pid}) does not stop.`,
    retryable: true,
  });
};
