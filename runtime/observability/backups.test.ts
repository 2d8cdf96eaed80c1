import { Context, Effect } from 'effect';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Alerts } from '../../actors/conversation/alerts.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { BACKUP_AGE_LIMIT_MS, readBackupAge, watchBackups } from './backups.ts';

const HOUR = 3_600_000;
const LAST = Date.parse('2026-01-15T22:00:00Z');
let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const raisedBy = async (now: number): Promise<readonly string[]> => {
  const raised: string[] = [];
  const alerts = Context.make(Alerts, {
    raise: (id) => Effect.sync(() => void raised.push(id)),
    close: () => Effect.void,
  });
  await watchBackups(db.pool, { now: () => now }, alerts)();
  return raised;
};

describe('the age of the last good backup', () => {
  it('counts from the birth of the database while there is none, and warns after 26 hours', async () => {
    const born = await db.pool.query<{ at: Date }>('select min(applied_at) as at from schema_migrations');
    const at = born.rows[0]?.at.getTime() ?? 0;
    expect(await readBackupAge(db.pool, { now: () => at + HOUR })).toEqual({ ageMs: HOUR, name: null });
    expect(await raisedBy(at + BACKUP_AGE_LIMIT_MS)).toEqual([]);
    expect(await raisedBy(at + BACKUP_AGE_LIMIT_MS + 1)).toEqual(['backup:never']);
  });

  it('counts from the newest one, and names it in the alert', async () => {
    await db.pool.query(
      `insert into backup_run (finished_at, name, bytes, seconds)
       values ($1, 'treejar-older', 1, 1), ($2, 'treejar-newer', 1, 1)`,
      [new Date(LAST - 24 * HOUR), new Date(LAST)],
    );
    expect(await readBackupAge(db.pool, { now: () => LAST + 5 * HOUR })).toEqual({
      ageMs: 5 * HOUR,
      name: 'treejar-newer',
    });
    expect(await raisedBy(LAST + BACKUP_AGE_LIMIT_MS)).toEqual([]);
    expect(await raisedBy(LAST + BACKUP_AGE_LIMIT_MS + 1)).toEqual(['backup:treejar-newer']);
  });
});
