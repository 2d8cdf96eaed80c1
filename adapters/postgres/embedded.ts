/**
 * Real PostgreSQL 16 from npm, below the data folder. Processes that name one folder share one server; the last one
 * out stops it; a server orphaned by `kill -9` is found and used again.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from './embedded-binaries.ts';
import {
  type ClusterPaths,
  clusterPaths,
  createCluster,
  dropStalePidFile,
  freePort,
  livingPostmaster,
  SUPERUSER,
  saysReady,
  spawnServer,
  stopServer,
} from './embedded-cluster.ts';
import { EmbeddedPostgresError, explainFault } from './embedded-error.ts';
import { chooseAccount } from './embedded-user.ts';
import { withFileLock } from './file-lock.ts';

const DATABASE = 'treejar';
/** One such connection per process tells the others that the server is in use. */
const KEEPER = 'treejar-keeper';
const POLL_MS = 25;
/** A server that says it is ready answers at once, or it is out of reach (another container's network), ms. */
const READY_WAIT_MS = 1_500;
/** One that recovers after a crash may need this long, ms. */
const RECOVERY_WAIT_MS = 60_000;
const START_WAIT_MS = 120_000;
/** Another program may take the port between the probe and the start. */
const START_ATTEMPTS = 5;

export interface EmbeddedOptions {
  readonly dataDir: string;
  /** One short line per slow step, for a person who waits. */
  readonly onProgress?: (step: string) => void;
  /** Server settings on top of the safe defaults, e.g. `{ fsync: 'off' }` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  readonly url: string;
  /** The postmaster's process id, for a caller that must kill it in an exit handler. */
  readonly pid: number;
  /** Leaves the server; the last process stops it. Safe to call twice. */
  readonly stop: () => Promise<void>;
}

interface Access {
  readonly port: number;
  readonly password: string;
}

const urlOf = (access: Access, database: string): string =>
  `postgres://${SUPERUSER}:${access.password}@127.0.0.1:${access.port}/${database}`;

const readAccess = (path: string): Access | null => {
  if (!existsSync(path)) return null;
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<Access>;
    return typeof value.port === 'number' && typeof value.password === 'string'
      ? { port: value.port, password: value.password }
      : null;
  } catch (error) {
    throw explainFault(path, String(error));
  }
};

/** Survives a power cut: without the password the cluster could not be entered any more. */
const writeAccess = (path: string, access: Access): void => {
  writeFileSync(`${path}.new`, `${JSON.stringify(access)}\n`, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
};

/** Connects as keeper and makes sure that it is our cluster that answers, not a stranger on the same port. */
const connectKeeper = async (access: Access, cluster: string): Promise<pg.Client> => {
  const client = new pg.Client({
    connectionString: urlOf(access, 'postgres'),
    application_name: KEEPER,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // The server may be stopped under us; the pools report that, the keeper has nothing to add.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ dir: string }>(`select current_setting('data_directory') as dir`);
    if (rows[0]?.dir !== cluster) throw new Error(`port ${access.port} belongs to ${rows[0]?.dir}`);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
};

/** Tries until the server answers, the time is over, or `given` says that there is nothing to wait for. */
const waitForKeeper = async (
  access: Access,
  cluster: string,
  waitMs: number,
  isOver: () => boolean,
): Promise<pg.Client | null> => {
  for (let waited = 0; waited < waitMs; waited += POLL_MS) {
    if (isOver()) return null;
    try {
      return await connectKeeper(access, cluster);
    } catch {
      await sleep(POLL_MS); // not listening yet, or still recovering
    }
  }
  return null;
};

const ensureDatabase = async (keeper: pg.Client): Promise<void> => {
  const { rowCount } = await keeper.query('select 1 from pg_database where datname = $1', [DATABASE]);
  if (rowCount === 0) await keeper.query(`create database ${DATABASE}`);
};

interface Running {
  readonly access: Access;
  readonly keeper: pg.Client;
  readonly pid: number;
}

/** The server that runs already, when it answers to the stored port and password; otherwise it is put down. */
const reuse = async (paths: ClusterPaths, progress: (step: string) => void): Promise<Running | null> => {
  const pid = livingPostmaster(paths.cluster);
  if (pid === null) return null;
  const access = readAccess(paths.access);
  const waitMs = saysReady(paths.cluster) ? READY_WAIT_MS : RECOVERY_WAIT_MS;
  const isOver = (): boolean => livingPostmaster(paths.cluster) === null;
  const keeper = access === null ? null : await waitForKeeper(access, paths.cluster, waitMs, isOver);
  if (access !== null && keeper !== null) return { access, keeper, pid };
  progress('replacing a database server that does not answer');
  await stopServer(pid, paths.cluster);
  return null;
};

const launch = async (paths: ClusterPaths, password: string, options: EmbeddedOptions): Promise<Running> => {
  const binaries = findBinaries();
  const account = chooseAccount(paths.cluster, binaries.postgres);
  let port = readAccess(paths.access)?.port;
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
    dropStalePidFile(paths.cluster);
    const access = { port: await freePort(port), password };
    writeAccess(paths.access, access);
    const server = spawnServer(paths, binaries, account, { ...options.settings, port: String(access.port) });
    const keeper = await waitForKeeper(access, paths.cluster, START_WAIT_MS, server.ended);
    const pid = livingPostmaster(paths.cluster);
    if (keeper !== null && pid !== null) return { access, keeper, pid };
    port = undefined;
    // A port taken in between, or the remains of a server that was killed a moment ago: both pass.
    await sleep(200 * attempt);
  }
  throw explainFault(paths.cluster, readFileSync(paths.log, 'utf8').slice(-4_000));
};

const enter = async (paths: ClusterPaths, options: EmbeddedOptions): Promise<Running> => {
  const progress = options.onProgress ?? (() => undefined);
  const found = await reuse(paths, progress);
  if (found !== null) return found;
  let access = readAccess(paths.access);
  if (!existsSync(paths.cluster)) {
    progress('creating the embedded PostgreSQL');
    access = { port: 0, password: randomBytes(24).toString('hex') };
    // Before the cluster appears: a start killed in between must not leave one whose password nobody knows.
    writeAccess(paths.access, access);
    const binaries = findBinaries();
    createCluster({
      dataDir: resolve(paths.cluster, '..'),
      binaries,
      account: chooseAccount(paths.cluster, binaries.initdb),
      password: access.password,
      isDurable: options.settings?.fsync !== 'off',
    });
  }
  if (access === null) {
    throw new EmbeddedPostgresError({
      message: `The password of the embedded PostgreSQL is lost (${paths.access} is missing or broken): restore that file, or move ${paths.cluster} away to begin with an empty database.`,
      retryable: false,
    });
  }
  progress('starting the embedded PostgreSQL');
  return launch(paths, access.password, options);
};

/** Under the lock: leave, and stop the server when no other process keeps it. */
const leave = async (paths: ClusterPaths, keeper: pg.Client): Promise<void> => {
  let others: number;
  try {
    const { rows } = await keeper.query<{ others: number }>(
      `select count(*)::int as others from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()`,
      [KEEPER],
    );
    others = rows[0]?.others ?? 0;
    await keeper.end();
  } catch {
    return; // the server is gone already: nothing to stop, and its next starter looks after the files
  }
  const pid = livingPostmaster(paths.cluster);
  if (others === 0 && pid !== null) await stopServer(pid, paths.cluster);
};

/**
 * Starts (or joins) the server of `dataDir` and returns the URL of its database `treejar`.
 * Fails with {@link EmbeddedPostgresError}: unwritable folder, full disk, no binaries for this platform.
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<EmbeddedPostgres> => {
  let dataDir = resolve(options.dataDir);
  try {
    mkdirSync(dataDir, { recursive: true });
    dataDir = realpathSync(dataDir);
    writeFileSync(clusterPaths(dataDir).lock, '', { flag: 'a', mode: 0o600 });
  } catch (error) {
    throw explainFault(dataDir, String(error));
  }
  const paths = clusterPaths(dataDir);
  const running = await withFileLock(paths.lock, async () => {
    try {
      const entered = await enter(paths, options);
      await ensureDatabase(entered.keeper);
      return entered;
    } catch (error) {
      throw error instanceof EmbeddedPostgresError ? error : explainFault(dataDir, String(error));
    }
  });
  let leaving: Promise<void> | undefined;
  return {
    url: urlOf(running.access, DATABASE),
    pid: running.pid,
    stop: () => {
      leaving ??= withFileLock(paths.lock, () => leave(paths, running.keeper));
      return leaving;
    },
  };
};
