/** Each test runs real processes on a cluster of its own: what matters here happens between processes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startEmbedded } from './embedded.ts';
import { livingPostmaster } from './embedded-cluster.ts';
import { explainFault } from './embedded-error.ts';

const CACHE = join(import.meta.dirname, '../../.cache');
const FAST = { fsync: 'off' };
const CHILD = `
  const { startEmbedded } = await import(${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))});
  const db = await startEmbedded({ dataDir: process.argv[1], settings: { fsync: 'off' } });
  console.log(db.url);
  process.on('SIGTERM', () => db.stop().then(() => process.exit(0)));
  setInterval(() => undefined, 1000);`;

// Each test creates a cluster, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

let dir: string;
const children: ChildProcess[] = [];

const startChild = async (): Promise<{ child: ChildProcess; url: string }> => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', CHILD, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const url = await new Promise<string>((done, fail) => {
    child.stdout?.once('data', (chunk: Buffer) => done(chunk.toString().trim()));
    child.once('exit', (code) => fail(new Error(`the child ended with ${code}`)));
  });
  return { child, url };
};

const end = (child: ChildProcess, signal: NodeJS.Signals): Promise<void> =>
  new Promise((done) => {
    child.once('exit', () => done());
    child.kill(signal);
  });

const query = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

const alive = (): number | null => livingPostmaster(join(dir, 'postgres'));

beforeEach(() => {
  mkdirSync(CACHE, { recursive: true });
  dir = mkdtempSync(join(CACHE, 'embedded-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  const pid = alive();
  if (pid !== null) process.kill(pid, 'SIGKILL');
  await sleep(50);
  rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
});

it('keeps its data over a stop, stores the password for its owner only, and sees Arabic letters', async () => {
  const steps: string[] = [];
  const first = await startEmbedded({ dataDir: dir, settings: FAST, onProgress: (step) => steps.push(step) });
  expect(steps).toEqual(['creating the embedded PostgreSQL', 'starting the embedded PostgreSQL']);
  await query(first.url, 'create table kept (id int); insert into kept values (1)');
  await first.stop();
  await first.stop();
  expect(alive()).toBeNull();
  expect(statSync(join(dir, 'postgres.json')).mode & 0o777).toBe(0o600);
  const second = await startEmbedded({ dataDir: dir, settings: FAST });
  expect(second.url).toBe(first.url);
  expect(await query(second.url, 'select id from kept')).toEqual([{ id: 1 }]);
  await query(second.url, 'create extension pg_trgm');
  expect(await query(second.url, `select similarity('كرسي مكتب', 'كرسي') > 0.3 as alike`)).toEqual([
    { alike: true },
  ]);
  await second.stop();
});

it('is durable unless told otherwise', async () => {
  const db = await startEmbedded({ dataDir: dir });
  expect(
    await query(
      db.url,
      `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit') order by 1`,
    ),
  ).toEqual([
    { name: 'fsync', setting: 'on' },
    { name: 'synchronous_commit', setting: 'on' },
  ]);
  await db.stop();
});

it('two processes that start at once share one server, and the last one out stops it', async () => {
  const [one, two] = await Promise.all([startChild(), startChild()]);
  expect(one.url).toBe(two.url);
  const pid = alive();
  await end(one.child, 'SIGTERM');
  expect(alive()).toBe(pid);
  expect(await query(two.url, 'select 1 as ok')).toEqual([{ ok: 1 }]);
  await end(two.child, 'SIGTERM');
  expect(alive()).toBeNull();
});

it('after kill -9 of Node the orphaned server is used again', async () => {
  const { child, url } = await startChild();
  await query(url, 'create table kept (id int)');
  const pid = alive();
  await end(child, 'SIGKILL');
  expect(alive()).toBe(pid);
  const db = await startEmbedded({ dataDir: dir, settings: FAST });
  expect(db.pid).toBe(pid);
  expect(await query(db.url, 'select * from kept')).toEqual([]);
  await db.stop();
  expect(alive()).toBeNull();
});

it('after kill -9 of Node and of the server it recovers what was committed', async () => {
  const { child, url } = await startChild();
  await query(url, 'create table kept (id int); insert into kept select generate_series(1, 1000)');
  process.kill(alive() ?? 0, 'SIGKILL');
  await end(child, 'SIGKILL');
  const db = await startEmbedded({ dataDir: dir, settings: FAST });
  expect(await query(db.url, 'select count(*)::int as n from kept')).toEqual([{ n: 1000 }]);
  await db.stop();
});

it('a pid file whose number now belongs to another program does not stop the start', async () => {
  const first = await startEmbedded({ dataDir: dir, settings: FAST });
  await first.stop();
  writeFileSync(
    join(dir, 'postgres', 'postmaster.pid'),
    `${process.ppid}\n${dir}/postgres\n1\n1\n\n127.0.0.1\n1 1\n`,
  );
  const second = await startEmbedded({ dataDir: dir, settings: FAST });
  expect(second.pid).not.toBe(process.ppid);
  await second.stop();
});

it('a server whose password is unknown is replaced, never left beside a second one', async () => {
  const { child } = await startChild();
  const pid = alive();
  await end(child, 'SIGKILL');
  const access = JSON.parse(readFileSync(join(dir, 'postgres.json'), 'utf8')) as {
    port: number;
    password: string;
  };
  writeFileSync(join(dir, 'postgres.json'), JSON.stringify({ ...access, port: 1 }));
  const db = await startEmbedded({ dataDir: dir, settings: FAST });
  expect(db.pid).not.toBe(pid);
  expect(await query(db.url, 'select 1 as ok')).toEqual([{ ok: 1 }]);
  await db.stop();
});

it('a creation that was killed half-way leaves nothing in the way', async () => {
  mkdirSync(join(dir, 'postgres.new-1', 'base'), { recursive: true });
  writeFileSync(join(dir, 'postgres.pw-1'), 'x');
  const db = await startEmbedded({ dataDir: dir, settings: FAST });
  await db.stop();
  expect(existsSync(join(dir, 'postgres.new-1'))).toBe(false);
  expect(existsSync(join(dir, 'postgres.pw-1'))).toBe(false);
});

it('works below a folder that only its owner may enter', async () => {
  const closed = join(dir, 'closed');
  mkdirSync(closed, { mode: 0o700 });
  const db = await startEmbedded({ dataDir: join(closed, 'data'), settings: FAST });
  expect(await query(db.url, 'select 1 as ok')).toEqual([{ ok: 1 }]);
  await db.stop();
});

it('says in one sentence what to do about a lost password, a bad folder and a full disk', async () => {
  const db = await startEmbedded({ dataDir: dir, settings: FAST });
  await db.stop();
  rmSync(join(dir, 'postgres.json'));
  await expect(startEmbedded({ dataDir: dir })).rejects.toThrow(
    /password of the embedded PostgreSQL is lost/,
  );
  await expect(startEmbedded({ dataDir: join(dir, 'postgres.log', 'data') })).rejects.toMatchObject({
    _tag: 'EmbeddedPostgresError',
    retryable: false,
  });
  expect(explainFault('/data', 'initdb: error: could not write: No space left on device').message).toMatch(
    /disk that holds \/data is full/,
  );
  expect(explainFault('/data', "EACCES: permission denied, mkdir '/data'").message).toMatch(
    /set DATA_DIR to a writable folder/,
  );
});
