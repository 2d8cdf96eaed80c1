/** A PostgreSQL server of the test's own, from the system's packages: those come with pg_dump, the embedded one does not. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { makePool } from '../../adapters/postgres/pool.ts';
import { freePort, until } from '../support/product.ts';

const PACKAGES = '/usr/lib/postgresql';

/** The newest version with server and clients side by side; null: not installed. */
export const installedPostgres = (): string | null => {
  const versions = existsSync(PACKAGES) ? readdirSync(PACKAGES).map(Number) : [];
  const folders = versions
    .filter((version) => version >= 15)
    .sort((a, b) => b - a)
    .map((version) => join(PACKAGES, String(version), 'bin'));
  return (
    folders.find((bin) => ['postgres', 'initdb', 'pg_dump'].every((name) => existsSync(join(bin, name)))) ??
    null
  );
};

export interface OwnPostgres {
  readonly port: number;
  readonly urlOf: (database: string) => string;
  readonly stop: () => Promise<void>;
}

/** Root may not run PostgreSQL: then the account that its package brought does. */
const account = (): { uid: number; gid: number } | null => {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
};

/** Starts an empty server below `folder`, which others must be able to pass through. */
export const startOwnPostgres = async (bin: string, folder: string): Promise<OwnPostgres> => {
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const who = account();
  if (who) chownSync(data, who.uid, who.gid);
  const as = who ?? {};
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'treejar', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    {
      ...as,
      stdio: 'ignore',
      cwd: folder,
    },
  );
  const port = await freePort();
  const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: '', fsync: 'off' };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server: ChildProcess = spawn(join(bin, 'postgres'), ['-D', data, ...flags], {
    ...as,
    stdio: 'ignore',
    cwd: folder,
  });
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const urlOf = (database: string) => `postgres://treejar@127.0.0.1:${port}/${database}`;
  await until('the server', async () => {
    const pool = makePool(urlOf('postgres'), { max: 1, applicationName: 'treejar-test' });
    return pool
      .query('select 1')
      .then(
        () => true,
        () => false,
      )
      .finally(() => pool.end());
  });
  return {
    port,
    urlOf,
    stop: async () => {
      server.kill('SIGINT');
      await gone;
    },
  };
};
