import type { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { eventually, memoryLog } from '../engine/testing/harness.ts';
import { closeBoss, openBoss } from '../jobs/boss.ts';
import { startScheduler } from '../jobs/scheduler.ts';
import { makeJobRunner } from './run-job.ts';

let db: TestDatabase;
let boss: PgBoss;
beforeAll(async () => {
  db = await testDatabase();
  boss = await openBoss({ databaseUrl: db.url, schedules: true, log: memoryLog().log });
});
afterAll(async () => {
  await closeBoss(boss);
  await db.drop();
});

/** The first of January: no run comes by itself. */
const NEVER = '0 0 1 1 *';

it('starts a scheduled job now, and adds none while one waits', async () => {
  let runs = 0;
  const job = {
    name: 'tidy',
    cron: NEVER,
    expireInSeconds: 60,
    retryLimit: 0,
    run: () => {
      runs += 1;
      return Promise.resolve();
    },
  };
  const scheduler = await startScheduler(boss, [job], 'Asia/Dubai');
  const runner = makeJobRunner(db.pool, boss);
  expect(await runner.run('tidy')).toEqual({ status: 'started' });
  await eventually(async () => runs === 1);
  await scheduler.stop(5000);
  // Nobody works on it any more: the second waits, the third is not added.
  expect(await runner.run('tidy')).toEqual({ status: 'started' });
  expect(await runner.run('tidy')).toEqual({ status: 'waiting' });
});

it('puts back what failed in a queue without a schedule', async () => {
  await boss.createQueue('letters', { retryLimit: 0 });
  const runner = makeJobRunner(db.pool, boss);
  expect(await runner.run('letters')).toEqual({ status: 'nothing' });
  await boss.send('letters', {});
  const [taken] = await boss.fetch('letters');
  await boss.fail('letters', taken?.id ?? '');
  expect(await runner.run('letters')).toEqual({ status: 'retried', count: 1 });
  expect(await boss.fetch('letters')).toHaveLength(1);
});

it('knows no queue that is not there, and says where no jobs run', async () => {
  expect(await makeJobRunner(db.pool, boss).run('nonsense')).toEqual({ status: 'missing' });
  expect(await makeJobRunner(db.pool, null).run('tidy')).toEqual({ status: 'away' });
});
