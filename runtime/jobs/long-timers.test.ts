/** Long timers kept twice: by the engine's table, which is the truth, and as jobs, which only make it look there. */
import { Effect } from 'effect';
import type { PgBoss } from 'pg-boss';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import type { Trigger } from '../engine/context.ts';
import { add, counterKind, handler, shopEvent, shopKind } from '../engine/testing/counter.ts';
import { eventually, memoryLog, type TestEngine, testClock, testEngine } from '../engine/testing/harness.ts';
import { closeBoss, openBoss } from './boss.ts';
import { LONG_TIMERS, mirrorLongTimers, workLongTimers } from './long-timers.ts';
import type { Scheduler } from './scheduler.ts';

/** A shop that asks waits for a minute (testing/counter.ts): just long enough to be a long timer. */
const hanging = shopKind({ fetchPrice: handler(() => Effect.never, { timeoutMs: 3_600_000 }) });
const DUE_MS = 61_000;

let db: TestDatabase;
let boss: PgBoss;
const engines: TestEngine[] = [];
const workers: Scheduler[] = [];

beforeAll(async () => {
  db = await testDatabase();
  boss = await openBoss({ databaseUrl: db.url, schedules: false, log: memoryLog().log });
});

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop(10_000)));
  await Promise.all(engines.splice(0).map((engine) => engine.stop(500)));
  await db.pool.query('truncate actor, mailbox, journal, outbox, timer');
  await boss.deleteAllJobs(LONG_TIMERS);
});

afterAll(async () => {
  await closeBoss(boss);
  await db.drop();
});

type Options = Partial<Parameters<typeof testEngine>[0]>;

/** Polls and clockwork stand still: nothing but a job makes a timer fire. */
const NO_CLOCKWORK = { pollMs: 3_600_000, timerHorizonMs: 0 };

const start = async (over: Options = {}): Promise<TestEngine> => {
  const longTimers = await mirrorLongTimers(boss);
  const engine = await testEngine({
    databaseUrl: db.url,
    kinds: [counterKind(), hanging],
    limits: NO_CLOCKWORK,
    longTimers,
    ...over,
  });
  engines.push(engine);
  return engine;
};

const work = async (engine: TestEngine): Promise<void> =>
  void workers.push(await workLongTimers(boss, engine));

interface JobRow {
  readonly singleton_key: string;
  readonly state: string;
  readonly due: number;
  readonly xmin: string;
}

const jobs = async (): Promise<readonly JobRow[]> => {
  const { rows } = await db.pool.query<JobRow>(
    `select singleton_key, state, extract(epoch from start_after)::float8 * 1000 as due, xmin::text
     from pgboss.job where name = $1 order by created_on, state`,
    [LONG_TIMERS],
  );
  return rows;
};

const timers = async () => {
  const { rows } = await db.pool.query(
    'select actor_id, timer_id, due_at::float8 as due, xmin::text from timer order by actor_id',
  );
  return rows;
};

/** The job queue's own clock is the database's: instead of waiting, the job's time comes at once. */
const letJobsBeDue = () =>
  db.pool.query(`update pgboss.job set start_after = now() where name = $1 and state = 'created'`, [
    LONG_TIMERS,
  ]);

const state = async (engine: TestEngine, id: string) => (await engine.load(id))?.snapshot.value;
const firings = async (engine: TestEngine, id: string): Promise<number> =>
  (await engine.journal(id, 0, 50)).filter(({ cause }) => cause === 'timer').length;

describe('a long timer', () => {
  it.each([
    ['merged', {}],
    ['through the mailbox', { mergeBatchEvents: 0 }],
  ])('becomes a job in the commit that arms it, %s', async (_way, limits) => {
    const engine = await start({ limits: { ...NO_CLOCKWORK, ...limits } });
    await engine.deliver([shopEvent('s', 'ASK', '1'), add('egg', 1)]);
    await eventually(async () => (await state(engine, 's')) === 'asking');
    const [timer] = await timers();
    const [job, ...others] = await jobs();
    expect(job).toMatchObject({ state: 'created', due: timer.due, singleton_key: `s ${timer.timer_id}` });
    // Both rows were written by one transaction.
    expect(job?.xmin).toBe(timer.xmin);
    // The egg's timer is a short one.
    expect(others).toEqual([]);
  });

  it('is rolled back with its commit', async () => {
    const seen: number[] = [];
    const trigger: Trigger = async (point) => {
      if (point === 'apply.before-lock') seen.push((await jobs()).length + (await timers()).length);
      if (point === 'apply.before-commit' && seen.length === 1) {
        throw Object.assign(new Error('cut'), { code: '40001' });
      }
    };
    const engine = await start({ trigger, limits: { ...NO_CLOCKWORK, mergeBatchEvents: 0 } });
    await engine.deliver([shopEvent('s', 'ASK', '1')]);
    await eventually(async () => (await state(engine, 's')) === 'asking');
    expect(seen).toEqual([0, 0]);
    expect(await jobs()).toHaveLength(1);
  });

  it('fires by its job alone, once, although two replicas look', async () => {
    const clock = testClock();
    const [one, two] = [await start({ clock }), await start({ clock, replicaId: 'two' })];
    await one.deliver([shopEvent('s', 'ASK', '1')]);
    clock.advance(DUE_MS);
    await Promise.all([one, two].map((engine) => engine.lookAtTimers([])));
    expect(await state(one, 's')).toBe('asking');
    await work(one);
    await work(two);
    await letJobsBeDue();
    await eventually(async () => (await state(one, 's')) === 'late');
    const [timer] = await jobs();
    const again = { actorId: 's', timerId: timer?.singleton_key.slice(2) ?? '' };
    expect(await two.lookAtTimers([again, again])).toEqual([]);
    expect(await firings(one, 's')).toBe(1);
    await eventually(async () => (await jobs()).every((job) => job.state === 'completed'));
  });

  it('whose state was left does nothing when its job comes', async () => {
    const clock = testClock();
    const engine = await start({ clock });
    await engine.deliver([shopEvent('s', 'ASK', '1')]);
    await engine.deliver([shopEvent('s', 'STOP', '2')]);
    clock.advance(DUE_MS);
    await work(engine);
    await letJobsBeDue();
    await eventually(async () => (await jobs()).every((job) => job.state === 'completed'));
    expect([await state(engine, 's'), await firings(engine, 's')]).toEqual(['idle', 0]);
  });

  it('that is armed anew keeps one job, which comes again at the new time', async () => {
    const clock = testClock();
    const engine = await start({ clock });
    await engine.deliver([shopEvent('s', 'ASK', '1')]);
    clock.advance(30_000);
    await engine.deliver([shopEvent('s', 'ASK', '2')]);
    expect(await jobs()).toHaveLength(1);
    await work(engine);
    await letJobsBeDue();
    await eventually(async () => (await jobs()).length === 2);
    const [timer] = await timers();
    expect((await jobs()).filter((job) => job.state === 'created')).toMatchObject([{ due: timer.due }]);
    expect([await state(engine, 's'), await firings(engine, 's')]).toEqual(['asking', 0]);
  });
});

describe('a job queue that is out of order', () => {
  it('holds up nobody: actors go on, their timers are in the table, and the log says so once', async () => {
    const longTimers = {
      fromMs: 60_000,
      write: () => Promise.reject(Object.assign(new Error('no such table'), { code: '42P01' })),
    };
    const engine = await start({ longTimers });
    await engine.deliver([shopEvent('s', 'ASK', '1'), shopEvent('t', 'ASK', '1')]);
    await eventually(async () => (await state(engine, 's')) === 'asking');
    await eventually(async () => (await state(engine, 't')) === 'asking');
    expect(await timers()).toHaveLength(2);
    expect((await engine.stats()).parked).toBe(0);
    expect(engine.lines.filter(({ message }) => /cannot be mirrored/.test(message))).toHaveLength(1);
  });
});
