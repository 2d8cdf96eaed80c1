/** Applies the numbered files of `sql/`, each once, in order, each in a transaction of its own. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Schema } from 'effect';
import pg from 'pg';
import { makePool } from './pool.ts';

/** A migration cannot be applied, or the files and the database disagree about the past. */
export class MigrationError extends Schema.TaggedError<MigrationError>()('MigrationError', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** Any constant works as long as every replica uses the same one. */
const ADVISORY_LOCK_KEY = 7_233_941_001;
const FILE_NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

const refuse = (message: string): MigrationError => new MigrationError({ message, retryable: false });

/** Reads the folder: `NNNN_name.sql`, numbers unique, sorted. Anything else that ends in .sql is a mistake. */
export const readMigrations = (dir: string): readonly Migration[] => {
  const names = readdirSync(dir)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const numbers = new Map<string, string>();
  return names.map((name) => {
    const number = FILE_NAME.exec(name)?.[1];
    if (number === undefined) throw refuse(`Rename ${join(dir, name)}: migrations are called NNNN_name.sql.`);
    const twin = numbers.get(number);
    if (twin !== undefined)
      throw refuse(`Renumber one of ${twin} and ${name}: two migrations have the number ${number}.`);
    numbers.set(number, name);
    const sql = readFileSync(join(dir, name), 'utf8');
    return { name, sql, checksum: createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex') };
  });
};

const applied = async (client: pg.PoolClient): Promise<ReadonlyMap<string, string>> => {
  await client.query(`create table if not exists schema_migrations (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from schema_migrations order by name',
  );
  return new Map(rows.map((row) => [row.name, row.checksum]));
};

const apply = async (client: pg.PoolClient, migration: Migration): Promise<void> => {
  try {
    await client.query('begin');
    await client.query(migration.sql);
    await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // a broken connection rolls back by itself
    throw refuse(
      `Migration ${migration.name} failed and was rolled back: ${error instanceof Error ? error.message : error}`,
    );
  }
};

const checkPast = (files: readonly Migration[], done: ReadonlyMap<string, string>): void => {
  for (const { name, checksum } of files) {
    const known = done.get(name);
    if (known !== undefined && known !== checksum) {
      throw refuse(
        `${name} was changed after it had been applied: restore it and put the change into a new file.`,
      );
    }
  }
  const last = [...done.keys()].at(-1);
  const late = files.find((file) => last !== undefined && !done.has(file.name) && file.name < last);
  if (late !== undefined) {
    throw refuse(
      `${late.name} comes before ${last}, which is applied already: give it the next free number.`,
    );
  }
};

const migrateWith = async (pool: pg.Pool, dir: string): Promise<readonly string[]> => {
  const files = readMigrations(dir);
  const client = await pool.connect();
  try {
    // Session level: it spans the transactions, and the server drops it if this process dies.
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK_KEY]);
    const done = await applied(client);
    checkPast(files, done);
    const fresh = files.filter((file) => !done.has(file.name));
    for (const file of fresh) await apply(client, file);
    return fresh.map((file) => file.name);
  } finally {
    const unlocked = await client
      .query('select pg_advisory_unlock($1)', [ADVISORY_LOCK_KEY])
      .catch((error: Error) => error);
    client.release(unlocked instanceof Error ? unlocked : undefined);
  }
};

/**
 * Brings the database up to date and returns the names of the files it applied, in order. Replicas that start at
 * once wait for one another. An applied file that changed, or a file numbered into the past, is a {@link MigrationError}.
 */
export const migrate = async (target: pg.Pool | string, dir = 'sql'): Promise<readonly string[]> => {
  if (target instanceof pg.Pool) return migrateWith(target, dir);
  const pool = makePool(target, { max: 1, applicationName: 'treejar-migrate' });
  try {
    return await migrateWith(pool, dir);
  } finally {
    await pool.end();
  }
};
