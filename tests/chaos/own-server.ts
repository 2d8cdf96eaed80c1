/** A PostgreSQL of this test's own, to be killed. Its folder lies where tests/support sweeps up after killed runs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbedded } from '../../adapters/postgres/embedded.ts';
import { livingPostmaster } from '../../adapters/postgres/embedded-cluster.ts';
import { migrate } from '../../adapters/postgres/migrate.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const RUNS = join(ROOT, '.cache', 'test');

export interface OwnServer {
  readonly url: string;
  /** Immediate shutdown, as when the machine's plug is pulled for the server: open transactions are gone; then a start. */
  readonly crash: () => Promise<void>;
  /** Ends connections of the engine, at most `count`, in the middle of whatever they do. */
  readonly cut: (count: number) => Promise<void>;
  readonly drop: () => Promise<void>;
}

export const startOwnServer = async (): Promise<OwnServer> => {
  mkdirSync(RUNS, { recursive: true });
  const dataDir = mkdtempSync(join(RUNS, 'run-'));
  writeFileSync(join(dataDir, 'owner'), String(process.pid));
  const cluster = join(dataDir, 'postgres');
  const options = { dataDir, settings: { fsync: 'off', max_connections: '200' } };
  let server = await startEmbedded(options);
  const { url } = server;
  await migrate(url, join(ROOT, 'sql'));
  const crash = async (): Promise<void> => {
    process.kill(server.pid, 'SIGQUIT');
    while (livingPostmaster(cluster) !== null) await sleep(10);
    server = await startEmbedded(options);
    if (server.url !== url) throw new Error('The server came back on another port: run the test again.');
  };
  const cut = async (count: number): Promise<void> => {
    const client = new pg.Client(url);
    client.on('error', () => undefined); // the failing query tells
    await client.connect();
    await client.query(
      `select pg_terminate_backend(pid) from (select pid from pg_stat_activity
         where application_name like 'treejar-engine%' order by random() limit $1) as busy`,
      [count],
    );
    await client.end();
  };
  const drop = async (): Promise<void> => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  };
  return { url, crash, cut, drop };
};
