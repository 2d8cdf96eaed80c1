/** A database of its own for each test that asks: a copy of the migrated template. */
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { inject } from 'vitest';
import { makePool } from '../../adapters/postgres/pool.ts';

/** Connections of one test's pool; the test server allows 400 in all. */
const TEST_POOL_MAX = 10;
const TEMPLATE = 'treejar_template';

export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  readonly pool: pg.Pool;
  /** Closes the pool and drops the database, connections of others included. */
  readonly drop: () => Promise<void>;
}

const serverUrl = async (): Promise<string> => {
  const response = await fetch(inject('postgresBroker'));
  const text = await response.text();
  if (!response.ok) throw new Error(`The test database server did not start: ${text}`);
  return text;
};

const onDatabase = (url: string, name: string): string => url.replace(/\/[^/]*$/, `/${name}`);

const administer = async (url: string, sql: string): Promise<void> => {
  const pool = makePool(url, { max: 1, applicationName: 'treejar-test-admin' });
  try {
    await pool.query(sql);
  } finally {
    await pool.end();
  }
};

/**
 * Creates a fresh, migrated database. `empty: true` gives one without any migration, `like` a copy of another one of
 * this run (nobody may be connected to that one).
 * Call `drop()` in `afterAll` (the server is thrown away after the run in any case).
 */
export const testDatabase = async (
  options: { readonly empty?: boolean; readonly like?: string } = {},
): Promise<TestDatabase> => {
  const server = await serverUrl();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(
    server,
    `create database ${name} template ${options.like ?? (options.empty ? 'template0' : TEMPLATE)}`,
  );
  const url = onDatabase(server, name);
  const pool = makePool(url, { max: TEST_POOL_MAX, applicationName: 'treejar-test' });
  return {
    name,
    url,
    pool,
    drop: async () => {
      await pool.end();
      await administer(server, `drop database if exists ${name} with (force)`);
    },
  };
};
