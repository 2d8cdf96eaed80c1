/**
 * The guarantees on hash-partitioned tables (design "Scale"): every hot table's key begins with the actor's id, so that
 * Postgres or Citus can distribute it with no change to the engine. The same test files run again, each database of
 * theirs made with partitions. A unique index without `actor_id`, an identity column or a `ctid` would fail here.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { TestDatabase } from '../../tests/support/postgres.ts';

/** `npm run test:long` runs every file of the engine so, `npm test` those that are quick. */
const LONG = process.env.TEST_LONG === '1';
const SQL_DIR = join(import.meta.dirname, '../../sql');
/** Later files about how rows are stored speak of tables, not of partitions; nothing depends on them. */
const ENGINE_FILES = ['0001_engine.sql', '0007_engine_versions.sql'];
const HOT_TABLES = ['actor', 'mailbox', 'journal', 'outbox', 'timer'];
const PARTITIONS = 4;

/** `create table t (…) with (…)` becomes a parent and its partitions, which take the storage settings. */
const partitionedSql = (): string => {
  let sql = ENGINE_FILES.map((file) => readFileSync(join(SQL_DIR, file), 'utf8')).join('\n');
  for (const table of HOT_TABLES) {
    const pattern = new RegExp(`create table ${table} (\\([\\s\\S]*?\\n\\))( with \\([^)]*\\))?;`);
    if (!pattern.test(sql)) throw new Error(`There is no table ${table} in ${ENGINE_FILES.join(', ')}.`);
    sql = sql.replace(pattern, (_all, columns: string, storage = '') => {
      const parts = Array.from({ length: PARTITIONS }, (_, i) => {
        const rule = `for values with (modulus ${PARTITIONS}, remainder ${i})`;
        return `create table ${table}_${i} partition of ${table} ${rule}${storage};`;
      });
      return `create table ${table} ${columns} partition by hash (actor_id);\n${parts.join('\n')}`;
    });
  }
  return sql;
};

vi.mock('../../tests/support/postgres.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../tests/support/postgres.ts')>();
  const makeTemplate = async (): Promise<string> => {
    const db = await original.testDatabase({ empty: true });
    await db.pool.query(partitionedSql());
    await db.pool.end();
    return db.name;
  };
  let template: Promise<string> | undefined;
  return {
    ...original,
    testDatabase: async (): Promise<TestDatabase> => {
      template ??= makeTemplate();
      return original.testDatabase({ like: await template });
    },
  };
});

const { testDatabase } = await import('../../tests/support/postgres.ts');

describe('on partitioned tables', async () => {
  it('the tables are partitioned, and rows spread over all partitions', async () => {
    const db = await testDatabase();
    await db.pool.query(
      `insert into actor (actor_id, kind, updated_at) select 'a' || n, 'x', 0 from generate_series(1, 100) n`,
    );
    const { rows } = await db.pool.query(`select relname from pg_class where relkind = 'p' order by relname`);
    expect(rows.map((row) => row.relname)).toEqual([...HOT_TABLES].sort());
    const spread = await db.pool.query('select count(distinct tableoid)::int as used from actor');
    expect(spread.rows[0].used).toBe(PARTITIONS);
    await db.drop();
  });

  await import('./atomicity.test.ts');
  await import('./pause.test.ts');
  await import('./timers.test.ts');
  if (LONG) {
    await import('./commands.test.ts');
    await import('./durability.test.ts');
    await import('./merge.test.ts');
    await import('./race-windows.test.ts');
    await import('./retention.test.ts');
  }
});
