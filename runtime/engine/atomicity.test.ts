/**
 * G4: snapshot, journal, outbox, timers and read models change in one commit, or not at all.
 * G8: a poison event or command parks itself with its reason and blocks nobody else.
 */
import { Effect } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromPromise, setup } from 'xstate';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { add, counterKind, handler, shopEvent, shopKind } from './testing/counter.ts';
import { makeGate } from './testing/gate.ts';
import { eventually, type TestEngine, THROUGH_MAILBOX, testEngine } from './testing/harness.ts';
import type { AppliedStep, Projection } from './types.ts';

let db: TestDatabase;
const engines: TestEngine[] = [];

beforeEach(async () => {
  db = await testDatabase();
  await db.pool.query(
    'create table seen_sum (actor_id text primary key, seq bigint not null, sum int not null)',
  );
});

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop(500)));
  await db.drop();
});

const start = async (over: Partial<Parameters<typeof testEngine>[0]> = {}): Promise<TestEngine> => {
  const engine = await testEngine({ databaseUrl: db.url, kinds: [counterKind(), shopKind()], ...over });
  engines.push(engine);
  return engine;
};

const value = async (engine: TestEngine, actorId: string) => (await engine.load(actorId))?.snapshot.value;
const seen = async (engine: TestEngine, actorId: string): Promise<readonly number[]> =>
  (await engine.load(actorId))?.snapshot.context.seen ?? [];

/** Adds up what each counter has seen; a 13 makes the statement fail in the database. */
const sums: Projection = {
  name: 'sums',
  sql: `insert into seen_sum (actor_id, seq, sum)
        select actor_id, max(seq), max(sum) from jsonb_to_recordset($1::jsonb) as r (actor_id text, seq bigint, sum int, bad int)
        where 1 / (1 - bad) = 1 group by actor_id
        on conflict (actor_id) do update set seq = excluded.seq, sum = excluded.sum`,
  rows: (steps: readonly AppliedStep[]) =>
    steps.map(({ row, snapshot }) => {
      const numbers: readonly number[] = snapshot.context.seen;
      const sum = numbers.reduce((total, n) => total + n, 0);
      return { actor_id: row.actorId, seq: row.seq, sum, bad: row.event.n === 13 ? 1 : 0 };
    }),
};

const rowsOf = async (table: string, actorId: string): Promise<number> => {
  const { rowCount } = await db.pool.query(`select 1 from ${table} where actor_id = $1`, [actorId]);
  return rowCount ?? 0;
};

describe('G4: one commit or nothing', () => {
  // To see it fail: commit in database.ts before `work` returns, or write the journal through `context.db.pool`.
  for (const point of ['apply.after-load', 'apply.after-write', 'apply.before-commit'] as const) {
    it(`a fault at ${point} leaves no trace, and the next attempt writes everything once`, async () => {
      const gate = makeGate();
      const never = handler(() => Effect.never);
      const engine = await start({
        trigger: gate.trigger,
        kinds: [shopKind({ fetchPrice: never })],
        limits: THROUGH_MAILBOX,
      });
      const steps: AppliedStep[] = [];
      engine.onCommit((batch) => void steps.push(...batch));
      gate.failOnce(point, new Error('pulled the plug'));
      gate.shut('apply.before-lock');
      await engine.deliver([shopEvent('s', 'ASK', 'e1')]);
      await gate.reached('apply.before-lock');
      gate.open('apply.before-lock');
      gate.shut('apply.before-lock');
      await gate.reached('apply.before-lock'); // the second attempt stands at the door: the first was rolled back
      for (const table of ['journal', 'outbox', 'timer']) expect(await rowsOf(table, 's')).toBe(0);
      expect(await engine.load('s')).toBeNull();
      expect(steps).toEqual([]);
      gate.open('apply.before-lock');
      await eventually(async () => (await value(engine, 's')) === 'asking');
      expect(await Promise.all(['journal', 'outbox', 'timer'].map((table) => rowsOf(table, 's')))).toEqual([
        2, 1, 1,
      ]);
      expect((await engine.stats()).parked).toBe(0);
    });
  }

  it('read models move in the same commit, so that they never disagree with the snapshot', async () => {
    const engine = await start({ kinds: [counterKind({ projections: [sums] })] });
    await engine.deliver([add('a', 1), add('a', 2)]);
    await eventually(async () => (await seen(engine, 'a')).length === 2);
    expect((await db.pool.query('select seq::int, sum from seen_sum')).rows).toEqual([{ seq: 3, sum: 3 }]);
  });
});

describe('G8: poison parks itself alone', () => {
  // To see it fail: drop `isolate` from lane.ts (the read model's test), and with it the catch in `advance` (the rest).
  it('a throwing transition parks its event; the actor waits, everybody else goes on', async () => {
    const engine = await start();
    const poison = add('p', 2, { body: { type: 'POISON' } });
    await engine.deliver([add('p', 1), poison, add('p', 3), add('q', 1), add('q', 2)]);
    await eventually(async () => (await seen(engine, 'q')).length === 2);
    const [letter] = await eventually(async () => {
      const { items } = await engine.deadLetters(10);
      return items.length > 0 && items;
    });
    expect(letter).toMatchObject({
      what: 'event',
      actorId: 'p',
      name: 'POISON',
      reason: 'the machine choked',
      attempts: 1,
    });
    expect(await seen(engine, 'p')).toEqual([1]);
    await engine.deliver([add('p', 4)]);
    expect(engine.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
    expect(JSON.stringify(engine.lines)).not.toContain('"p"');

    expect(await engine.retry(letter?.id ?? '')).toBe(true);
    await eventually(async () => (await engine.deadLetters(10)).items[0]?.attempts === 2);
    expect(await seen(engine, 'p')).toEqual([1]);

    expect(await engine.discard(letter?.id ?? '')).toBe(true);
    await eventually(async () => (await seen(engine, 'p')).length === 3);
    expect(await seen(engine, 'p')).toEqual([1, 3, 4]);
    const rows = await engine.journal('p', 0, 10);
    expect(rows.map((row) => row.ignored)).toEqual([null, null, 'discarded: the machine choked', null, null]);
    expect(await engine.discard(letter?.id ?? '')).toBe(false);
    expect(await engine.retry('nonsense')).toBe(false);
  });

  it('a read model that fails parks the event to blame, and nothing of its step remains', async () => {
    const engine = await start({ kinds: [counterKind({ projections: [sums] })] });
    await engine.deliver([add('p', 12), add('p', 13), add('p', 14), add('q', 1), add('q', 2)]);
    await eventually(async () => (await engine.stats()).parked === 1);
    await eventually(async () => (await seen(engine, 'q')).length === 2);
    expect(await seen(engine, 'p')).toEqual([12]);
    expect((await engine.deadLetters(10)).items[0]).toMatchObject({
      actorId: 'p',
      reason: 'division by zero',
    });
    expect((await db.pool.query(`select sum from seen_sum where actor_id = 'p'`)).rows).toEqual([
      { sum: 12 },
    ]);
  });

  it('a machine that cannot even begin parks the first event', async () => {
    const inputFor = (actorId: string): unknown => {
      if (actorId === 'bad') throw new Error('no such customer');
      return { name: actorId };
    };
    const engine = await start({ kinds: [counterKind({ inputFor })] });
    await engine.deliver([add('bad', 1), add('good', 1)]);
    await eventually(async () => (await seen(engine, 'good')).length === 1);
    const [letter] = (
      await eventually(async () => (await engine.deadLetters(5)).items[0] && (await engine.deadLetters(5)))
    ).items;
    expect(letter?.reason).toBe('no such customer');
    expect(await engine.load('bad')).toBeNull();
    expect(await engine.discard(letter?.id ?? '')).toBe(true);
    await eventually(async () => (await engine.stats()).mailboxDepth === 0);
    expect(await engine.journal('bad', 0, 5)).toEqual([]);
  });

  it('an endless cycle of transitions parks its event instead of hanging the process', async () => {
    const machine = setup({}).createMachine({
      initial: 'calm',
      states: { calm: { on: { ADD: 'a' } }, a: { always: 'b' }, b: { always: 'a' } },
    });
    const engine = await start({ kinds: [counterKind({ machine })] });
    await engine.deliver([add('loop', 1)]);
    await eventually(async () => (await engine.stats()).parked === 1);
  });

  it('an error that no state handles parks the result', async () => {
    const machine = setup({
      actors: { job: fromPromise(() => Promise.reject(new Error('hosted'))) },
    }).createMachine({
      initial: 'idle',
      states: { idle: { on: { ADD: 'busy' } }, busy: { invoke: { id: 'job', src: 'job' } } },
    });
    const job = handler(() =>
      Effect.fail({ _tag: 'Refused', message: 'the vendor said no', retryable: false }),
    );
    const engine = await start({ kinds: [counterKind({ machine, commands: { job } })] });
    await engine.deliver([add('e', 1)]);
    const letter = await eventually(async () => (await engine.deadLetters(5)).items[0]);
    expect(letter).toMatchObject({ name: 'xstate.error.actor.job' });
    expect(letter.reason).toContain('the vendor said no');
    expect(await value(engine, 'e')).toBe('busy');
  });

  it('a fire-and-forget command that fails for good is parked; retry runs it again, discard ends it', async () => {
    let healthy = false;
    const runs: number[] = [];
    const report = handler((_input, info) => {
      runs.push(info.attempt);
      return healthy
        ? Effect.succeed('sent')
        : Effect.fail({ _tag: 'Refused', message: 'not today', retryable: false });
    });
    const engine = await start({ kinds: [shopKind({ report })] });
    await engine.deliver([shopEvent('s', 'ASK', '1'), shopEvent('t', 'ASK', '1')]);
    const letters = await eventually(async () => {
      const { items } = await engine.deadLetters(10);
      return items.length === 2 && items;
    });
    expect(letters[0]).toMatchObject({ what: 'command', name: 'report', reason: 'not today', attempts: 1 });
    const page = await engine.deadLetters(1);
    expect((await engine.deadLetters(1, page.next ?? '')).items[0]?.id).toBe(letters[1]?.id);
    expect((await engine.deadLetters(2)).next).toBeNull();

    healthy = true;
    expect(await engine.retry(letters[0]?.id ?? '')).toBe(true);
    expect(await engine.discard(letters[1]?.id ?? '')).toBe(true);
    await eventually(async () => (await engine.stats()).parked === 0 && runs.length === 3);
    const statuses = await eventually(async () => {
      const { rows } = await db.pool.query(`select status from outbox where name = 'report' order by status`);
      return rows[0]?.status === 'done' && rows.map((row) => row.status);
    });
    expect(statuses).toEqual(['done', 'failed']);
  });
});
