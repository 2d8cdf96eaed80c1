/** Two replicas share one scheduler: a due run is one replica's, a failed one is tried again as its job says. */
import type { PgBoss } from 'pg-boss';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { eventually, memoryLog } from '../engine/testing/harness.ts';
import { closeBoss, openBoss } from './boss.ts';
import type { Job } from './job.ts';
import { startScheduler } from './scheduler.ts';

let db: TestDatabase;
let outside: PgBoss;
const bosses: PgBoss[] = [];

const open = async (): Promise<PgBoss> => {
  const boss = await openBoss({ databaseUrl: db.url, schedules: true, log: memoryLog().log });
  bosses.push(boss);
  return boss;
};

beforeEach(async () => {
  db = await testDatabase();
  outside = await open();
});

afterEach(async () => {
  await Promise.all(bosses.splice(0).map(closeBoss));
  await db.drop();
});

/** The first of January: no run comes by itself. */
const never = '0 0 1 1 *';

const start = async (jobs: readonly Job[]) => startScheduler(await open(), jobs, 'Asia/Dubai');

describe('the scheduler', () => {
  it('runs each due job once, whichever replica takes it, and keeps one schedule of each', async () => {
    const runs: string[] = [];
    const jobOf = (replica: string): Job => ({
      name: 'tidy',
      cron: never,
      expireInSeconds: 60,
      retryLimit: 0,
      run: () => Promise.resolve(void runs.push(replica)),
    });
    await start([jobOf('one')]);
    await start([jobOf('two')]);
    expect(await outside.send('tidy', {})).not.toBeNull();
    // While one waits to start, another is not added.
    expect(await outside.send('tidy', {})).toBeNull();
    const done = `select 1 from pgboss.job where name = 'tidy' and state = 'completed'`;
    await eventually(async () => (await db.pool.query(done)).rowCount === 1);
    expect(runs).toHaveLength(1);
    const { rows } = await db.pool.query('select name, cron, timezone from pgboss.schedule');
    expect(rows).toEqual([{ name: 'tidy', cron: never, timezone: 'Asia/Dubai' }]);
  });

  it('tries a failed run again where its job says so, and never where it does not', async () => {
    const failing = (name: string, retryLimit: number): Job => ({
      name,
      cron: never,
      expireInSeconds: 60,
      retryLimit,
      run: () => Promise.reject(new Error('planted')),
    });
    await start([failing('again', 2), failing('once', 0)]);
    await outside.send('again', {});
    await outside.send('once', {});
    const states = async (): Promise<Record<string, string>> => {
      const { rows } = await db.pool.query('select name, state from pgboss.job');
      return Object.fromEntries(rows.map(({ name, state }) => [name, state]));
    };
    await eventually(async () => (await states()).once === 'failed');
    await eventually(async () => (await states()).again === 'retry');
  });
});
