/** The drill (domain 25.3): a shop is loaded, backed up, destroyed, restored with one command, and compared row by row. */
import { execFile, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../adapters/postgres/migrate.ts';
import { makePool } from '../../adapters/postgres/pool.ts';
import { installedPostgres, type OwnPostgres, startOwnPostgres } from './own-postgres.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const BIN = installedPostgres();
const READY = BIN !== null && spawnSync('gpg', ['--version']).status === 0;
/** Of one shop's months: the figures of the drill are about these. */
const MESSAGES = 20_000;
const SECRET_WORDS = 'a customer wrote flamingo';

let folder: string;
let server: OwnPostgres;

interface Ended {
  readonly code: number;
  readonly output: string;
}

const run = (
  script: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> =>
  new Promise((resolve) => {
    const own = {
      PATH: `${BIN}:${process.env.PATH}`,
      PGHOST: '127.0.0.1',
      PGPORT: String(server.port),
      PGUSER: 'treejar',
      PGDATABASE: 'shop',
      BACKUP_DIR: join(folder, 'backups'),
      MEDIA_DIR: join(folder, 'media'),
      BACKUP_PASSPHRASE_FILE: join(folder, 'passphrase'),
      ...env,
    };
    execFile('bash', [join(ROOT, 'ops/backup', script), ...args], { env: own }, (error, stdout, stderr) =>
      resolve({
        code: typeof error?.code === 'number' ? error.code : error ? 1 : 0,
        output: stdout + stderr,
      }),
    );
  });

const withPool = async <A>(
  database: string,
  work: (pool: ReturnType<typeof makePool>) => Promise<A>,
): Promise<A> => {
  const pool = makePool(server.urlOf(database), { max: 1, applicationName: 'treejar-test' });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
};

/** Every table but the record of backups, which the backup itself goes on writing: its number of rows, and a hash of them. */
const fingerprint = () =>
  withPool('shop', async (pool) => {
    const { rows } = await pool.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and c.relkind = 'r'
         and c.relname <> 'backup_run' order by 1`,
    );
    const prints: Record<string, unknown> = {};
    for (const { name } of rows) {
      const print = await pool.query(
        `select count(*)::int as rows, md5(coalesce(string_agg(h, '' order by h), '')) as hash
         from (select md5(t::text) as h from ${name} t) hashed`,
      );
      prints[name] = print.rows[0];
    }
    return prints;
  });

const backups = (): readonly string[] =>
  readdirSync(join(folder, 'backups')).filter((name) => name.startsWith('treejar-'));

const fill = (pool: ReturnType<typeof makePool>) =>
  pool.query(
    `insert into message (conversation_id, message_id, sender, kind, text, status, status_rank, seq, changed_seq, at)
     select 'wz:c:' || n % 500, 'm' || n, case n % 2 when 0 then 'customer' else 'bot' end, 'text',
       $2 || md5(n::text), 'read', 6, n, n, n from generate_series(1, $1::int) n`,
    [MESSAGES, SECRET_WORDS],
  );

describe.skipIf(!READY)(
  'backups (skipped where PostgreSQL with its tools, or GnuPG, is not installed)',
  () => {
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'treejar-drill-'));
      // The server is another account's when the tests run as root.
      chmodSync(folder, 0o755);
      server = await startOwnPostgres(BIN ?? '', folder);
      writeFileSync(join(folder, 'passphrase'), 'correct horse battery staple\n');
      mkdirSync(join(folder, 'media', 'quotations'), { recursive: true });
      writeFileSync(join(folder, 'media', 'quotations', 'Q 1.pdf'), SECRET_WORDS.repeat(1000));
      await withPool('postgres', (pool) => pool.query('create database shop'));
      await migrate(server.urlOf('shop'), join(ROOT, 'sql'));
      await withPool('shop', fill);
    });

    afterAll(async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('brings a destroyed shop back as it was, with one command', async () => {
      const before = await fingerprint();
      expect(before['public.message']).toMatchObject({ rows: MESSAGES });
      const made = await run('backup.sh');
      expect(made, made.output).toMatchObject({ code: 0 });
      expect(backups()).toHaveLength(1);
      // Where the shop looks for its age.
      const noted = await withPool('shop', (pool) => pool.query('select name, bytes from backup_run'));
      expect(noted.rows).toMatchObject([{ name: backups()[0] }]);
      expect(Number(noted.rows[0]?.bytes)).toBeGreaterThan(100_000);

      await withPool('postgres', (pool) => pool.query('drop database shop with (force)'));
      // As a new server has it.
      await withPool('postgres', (pool) => pool.query('create database shop'));
      rmSync(join(folder, 'media'), { recursive: true });
      const began = performance.now();
      const restored = await run('restore.sh', ['latest']);
      const seconds = (performance.now() - began) / 1000;
      expect(restored, restored.output).toMatchObject({ code: 0 });
      process.stdout.write(
        `drill: ${MESSAGES} messages restored in ${seconds.toFixed(1)} s; ${made.output.trim()}\n`,
      );

      expect(await fingerprint()).toEqual(before);
      expect(readFileSync(join(folder, 'media', 'quotations', 'Q 1.pdf'), 'utf8')).toBe(
        SECRET_WORDS.repeat(1000),
      );
      // The version that made it finds nothing to migrate: the restored schema is the whole one.
      expect(await migrate(server.urlOf('shop'), join(ROOT, 'sql'))).toEqual([]);
    });

    it('keeps nothing readable on the disk', () => {
      const [name = ''] = backups();
      const files = readdirSync(join(folder, 'backups', name));
      expect(files.toSorted()).toEqual(['SHA256SUMS', 'database.dump.gpg', 'media.tar.gz.gpg']);
      for (const file of files) {
        expect(readFileSync(join(folder, 'backups', name, file)).includes('flamingo'), file).toBe(false);
      }
    });

    it('does not write over a shop unless told so', async () => {
      const refused = await run('restore.sh', ['latest']);
      expect(refused.code).toBe(1);
      expect(refused.output).toContain('--replace');
    });

    it('leaves everything in its place when the backup is damaged or the passphrase is another', async () => {
      const before = await fingerprint();
      const [name = ''] = backups();
      const copy = join(folder, 'backups', 'treejar-20200101T000000Z');
      cpSync(join(folder, 'backups', name), copy, { recursive: true });
      const dump = join(copy, 'database.dump.gpg');
      const bytes = readFileSync(dump);
      bytes.writeUInt8((bytes[bytes.length >> 1] ?? 0) ^ 1, bytes.length >> 1);
      writeFileSync(dump, bytes);
      const damaged = await run('restore.sh', ['--replace', 'treejar-20200101T000000Z']);
      expect(damaged).toMatchObject({ code: 1 });
      expect(damaged.output).toContain('damaged');

      writeFileSync(join(folder, 'other'), 'wrong\n');
      const locked = await run('restore.sh', ['--replace', 'latest'], {
        BACKUP_PASSPHRASE_FILE: join(folder, 'other'),
      });
      expect(locked.code).not.toBe(0);
      expect(await fingerprint()).toEqual(before);
    });

    it('throws backups away after 30 days, and only after a good one', async () => {
      const old = join(folder, 'backups', 'treejar-20200101T000000Z');
      const failed = await run('backup.sh', [], { PGPORT: '1' });
      expect(failed.code).not.toBe(0);
      expect(existsSync(old)).toBe(true);
      expect(readdirSync(join(folder, 'backups')).filter((name) => name.startsWith('.partial'))).toEqual([]);
      expect((await run('backup.sh')).code).toBe(0);
      expect(existsSync(old)).toBe(false);
      expect(backups().length).toBeGreaterThanOrEqual(2);
    });
  },
);
