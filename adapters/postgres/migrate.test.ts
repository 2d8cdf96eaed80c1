import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { migrate } from './migrate.ts';

let db: TestDatabase;
let dir: string;
const file = (name: string, sql: string): void => writeFileSync(join(dir, name), sql);
const tables = async (): Promise<string[]> => {
  const { rows } = await db.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations' order by 1`,
  );
  return rows.map((row) => row.name);
};

beforeEach(async () => {
  db = await testDatabase({ empty: true });
  dir = mkdtempSync(join(tmpdir(), 'migrate-'));
});
afterEach(async () => {
  await db.drop();
  rmSync(dir, { recursive: true });
});

describe('migrate', () => {
  it('applies the files in order, once', async () => {
    file('0002_b.sql', 'alter table a add column two int');
    file('0001_a.sql', 'create table a (one int)');
    file('notes.md', 'not a migration');
    expect(await migrate(db.pool, dir)).toEqual(['0001_a.sql', '0002_b.sql']);
    expect(await migrate(db.url, dir)).toEqual([]);
    file('0003_c.sql', 'create table c (one int)');
    expect(await migrate(db.pool, dir)).toEqual(['0003_c.sql']);
    expect(await tables()).toEqual(['a', 'c']);
  });

  it('lets replicas that start at once wait for one another', async () => {
    file('0001_a.sql', 'create table a (one int); select pg_sleep(0.2)');
    const all = await Promise.all([1, 2, 3, 4].map(() => migrate(db.url, dir)));
    expect(all.flat()).toEqual(['0001_a.sql']);
  });

  it('rolls a failing file back whole and keeps the ones before it', async () => {
    file('0001_a.sql', 'create table a (one int)');
    file('0002_b.sql', 'create table b (one int); select 1/0');
    await expect(migrate(db.pool, dir)).rejects.toMatchObject({
      _tag: 'MigrationError',
      message: expect.stringMatching(/0002_b\.sql failed and was rolled back: division by zero/),
    });
    expect(await tables()).toEqual(['a']);
  });

  it('refuses a file that changed after it was applied', async () => {
    file('0001_a.sql', 'create table a (one int)');
    await migrate(db.pool, dir);
    file('0001_a.sql', 'create table a (two int)');
    file('0002_b.sql', 'create table b (one int)');
    await expect(migrate(db.pool, dir)).rejects.toThrow(/0001_a\.sql was changed after it had been applied/);
    expect(await tables()).toEqual(['a']);
  });

  it('refuses a file numbered into the past, a twin number and a bad name', async () => {
    file('0002_b.sql', 'create table b (one int)');
    await migrate(db.pool, dir);
    file('0001_a.sql', 'create table a (one int)');
    await expect(migrate(db.pool, dir)).rejects.toThrow(/comes before 0002_b\.sql/);
    file('0002_twin.sql', 'select 1');
    await expect(migrate(db.pool, dir)).rejects.toThrow(/two migrations have the number 0002/);
    rmSync(join(dir, '0002_twin.sql'));
    file('later.sql', 'select 1');
    await expect(migrate(db.pool, dir)).rejects.toThrow(/NNNN_name\.sql/);
  });

  it('leaves no lock behind', async () => {
    file('0001_a.sql', 'select 1/0');
    await expect(migrate(db.pool, dir)).rejects.toThrow();
    const { rows } = await db.pool.query(
      `select 1 from pg_locks join pg_database d on d.oid = database
       where locktype = 'advisory' and datname = current_database()`,
    );
    expect(rows).toEqual([]);
  });
});

describe('test databases', () => {
  let other: TestDatabase;
  beforeAll(async () => {
    other = await testDatabase();
  });
  afterAll(() => other.drop());

  it('are separate from one another and reachable by their URL', async () => {
    await other.pool.query('create table mine (id bigint)');
    await other.pool.query('insert into mine values (7)');
    expect((await other.pool.query('select id from mine')).rows).toEqual([{ id: 7 }]);
    expect(await tables()).not.toContain('mine');
  });
});
