/**
 * The merged way (merge-batch.ts): durable and applied in one commit while the mailbox is empty, and through the mailbox
 * as soon as anything stands in its way. G2, G3, G4 and G8 hold on both; here is what only this way could break.
 */
import { Effect } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assign, setup } from 'xstate';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { add, counterKind, handler, shopEvent, shopKind } from './testing/counter.ts';
import { makeGate } from './testing/gate.ts';
import { eventually, type TestEngine, testEngine } from './testing/harness.ts';
import type { AppliedStep, Projection } from './types.ts';

let db: TestDatabase;
const engines: TestEngine[] = [];

beforeEach(async () => {
  db = await testDatabase();
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

const seen = async (engine: TestEngine, actorId: string): Promise<readonly number[]> =>
  (await engine.load(actorId))?.snapshot.context.seen ?? [];

const count = async (sql: string): Promise<number> => Number((await db.pool.query(sql)).rows[0]?.count);

/** Transactions that this database has committed: how many a flood of events takes is the point of merging. */
const commits = (): Promise<number> =>
  count('select xact_commit as count from pg_stat_database where datname = current_database()');

describe('an empty mailbox', () => {
  it('lets events be durable and applied when deliver answers, with no second step', async () => {
    const engine = await start({ limits: { pollMs: 3_600_000 } });
    expect(await engine.deliver([add('a', 1), add('b', 1)])).toEqual(['accepted', 'accepted']);
    expect(await seen(engine, 'a')).toEqual([1]);
    expect(await engine.deliver([add('a', 2)])).toEqual(['accepted']);
    expect(await seen(engine, 'a')).toEqual([1, 2]);
    const { rows } = await db.pool.query(
      'select event_id, applied_seq::int, body from mailbox where actor_id = $1 order by 2',
      ['a'],
    );
    expect(rows).toEqual([
      { event_id: 'add-1', applied_seq: 2, body: null },
      { event_id: 'add-2', applied_seq: 3, body: null },
    ]);
  });

  it('lets many callers share a commit', async () => {
    const engine = await start({ limits: { pollMs: 3_600_000, lanes: 1 } });
    await engine.deliver([add('warm', 1)]);
    const before = await commits();
    await Promise.all(Array.from({ length: 200 }, (_, n) => engine.deliver([add(`a${n}`, 1)])));
    await db.pool.query('select pg_sleep(1.1)'); // backends report their counts once a second
    await engine.deliver([add('warm', 2)]);
    expect((await commits()) - before).toBeLessThan(40);
    expect(await count('select count(*) from actor')).toBe(201);
  });

  it('gives the machine the body as a replay would: not the object that the caller still holds', async () => {
    const engine = await start();
    const body = { type: 'ADD', n: 1, gone: undefined, when: new Date(0) };
    await engine.deliver([add('a', 1, { body })]);
    const event = (await engine.journal('a', 1, 1))[0]?.event;
    expect(event).toEqual({ type: 'ADD', n: 1, when: '1970-01-01T00:00:00.000Z', at: event?.at });
  });
});

describe('what stands in its way', () => {
  // To see it fail: drop the `entered` count from merge-advances.ts.
  it('a duplicate in a batch of news is answered as one, and the news is applied', async () => {
    const engine = await start({ limits: { lanes: 1 } });
    await engine.deliver([add('a', 1), add('b', 1)]);
    const answers = await Promise.all([
      engine.deliver([add('a', 2)]),
      engine.deliver([add('b', 1)]),
      engine.deliver([add('c', 1), add('c', 1)]),
    ]);
    expect(answers).toEqual([['accepted'], ['duplicate'], ['accepted', 'duplicate']]);
    await eventually(async () => (await engine.stats()).mailboxDepth === 0);
    expect(await Promise.all(['a', 'b', 'c'].map((id) => seen(engine, id)))).toEqual([[1, 2], [1], [1]]);
  });

  // To see it fail: drop the `moved` count from merge-advances.ts.
  it('a snapshot that another replica made stale is noticed and read again', async () => {
    const [one, two] = [await start({ replicaId: 'one' }), await start({ replicaId: 'two' })];
    for (let n = 1; n <= 10; n++) {
      await (n % 2 === 0 ? one : two).deliver([add('a', n), add(`own${n % 2}`, n)]);
      // The fallback applies after it answers; the next delivery must not overtake it on the other replica.
      await eventually(async () => (await one.stats()).mailboxDepth === 0);
    }
    expect(await seen(one, 'a')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const { rows } = await db.pool.query(`select seq::int from journal where actor_id = 'a' order by seq`);
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(one.lines.concat(two.lines).filter(({ level }) => level !== 'info')).toEqual([]);
  });

  // To see it fail: drop `not exists` from merge-advances.ts.
  it('mail that lies there already is applied before it', async () => {
    const gate = makeGate();
    const slow = await start({ replicaId: 'slow', worker: false });
    const engine = await start({ replicaId: 'fast', trigger: gate.trigger });
    await engine.deliver([add('a', 1)]);
    gate.shut('apply.before-lock'); // the wake-up of the second event finds the lane closed
    await slow.deliver([add('a', 2)]);
    await gate.reached('apply.before-lock');
    const third = engine.deliver([add('a', 3)]);
    gate.open('apply.before-lock');
    await third;
    await eventually(async () => (await seen(engine, 'a')).length === 3);
    expect(await seen(engine, 'a')).toEqual([1, 2, 3]);
  });

  it('mail that nobody told this replica of is applied before it as well', async () => {
    const engine = await start({ limits: { pollMs: 3_600_000 } });
    await engine.deliver([add('a', 1)]);
    await db.pool.query(
      `insert into mailbox (actor_id, event_id, kind, cause, sent_at, received_at, body)
       values ('a', 'add-2', 'counter', 'customer', 0, 0, '{"type":"ADD","n":2}')`,
    );
    await engine.deliver([add('a', 3)]);
    await eventually(async () => (await seen(engine, 'a')).length === 3);
    expect(await seen(engine, 'a')).toEqual([1, 2, 3]);
  });

  // To see it fail: take `skip locked` from merge-advances.ts and raise lockWaitMs.
  it('an actor that another transaction holds delays nobody else', async () => {
    const engine = await start({ limits: { lanes: 1, lockWaitMs: 60_000 } });
    await engine.deliver([add('held', 1), add('free', 1)]);
    const holder = await db.pool.connect();
    await holder.query('begin');
    await holder.query(`select from actor where actor_id = 'held' for update`);
    await Promise.all([engine.deliver([add('held', 2)]), engine.deliver([add('free', 2)])]);
    await eventually(async () => (await seen(engine, 'free')).length === 2);
    await engine.deliver([add('free', 3)]);
    await eventually(async () => (await seen(engine, 'free')).length === 3);
    expect(await seen(engine, 'held')).toEqual([1]);
    await holder.query('commit');
    holder.release();
    await eventually(async () => (await seen(engine, 'held')).length === 2);
  });
});

describe('poison among news (G8)', () => {
  // To see it fail: let `attempt` in merge-batch.ts return a move although something was parked.
  it('parks itself; the others of its commit are applied at once, and its actor waits', async () => {
    const engine = await start({ limits: { lanes: 1, pollMs: 3_600_000 } });
    const poison = add('p', 2, { body: { type: 'POISON' } });
    await Promise.all([engine.deliver([add('p', 1), poison, add('p', 3)]), engine.deliver([add('q', 1)])]);
    await eventually(async () => (await seen(engine, 'q')).length === 1);
    const [letter] = await eventually(async () => {
      const { items } = await engine.deadLetters(5);
      return items.length > 0 && items;
    });
    expect(letter).toMatchObject({ actorId: 'p', name: 'POISON', reason: 'the machine choked', attempts: 1 });
    await engine.deliver([add('p', 4), add('q', 2)]);
    await eventually(async () => (await seen(engine, 'q')).length === 2);
    expect(await seen(engine, 'p')).toEqual([1]);
    await engine.discard(letter?.id ?? '');
    await eventually(async () => (await seen(engine, 'p')).length === 3);
    await engine.deliver([add('p', 5)]);
    await eventually(async () => (await seen(engine, 'p')).length === 4);
    expect(await seen(engine, 'p')).toEqual([1, 3, 4, 5]);
  });

  // To see it fail: do not drop the actor from the cache in merge-batch.ts.
  it('a machine that changes its context in place, against the rules, and then fails leaves nothing in memory', async () => {
    const machine = setup({
      types: { context: {} as { seen: number[] }, events: {} as { type: 'ADD'; n: number } },
    }).createMachine({
      context: { seen: [] },
      on: {
        ADD: {
          actions: assign(({ context, event }) => {
            context.seen.push(event.n);
            if (event.n === 13) throw new Error('after the deed');
            return { seen: context.seen };
          }),
        },
      },
    });
    const engine = await start({ kinds: [counterKind({ machine, inputFor: () => undefined })] });
    await engine.deliver([add('a', 1)]);
    await engine.deliver([add('a', 3)]);
    await engine.deliver([add('a', 13)]);
    await eventually(async () => (await engine.stats()).parked === 1);
    await engine.discard((await engine.deadLetters(1)).items[0]?.id ?? '');
    await eventually(async () => (await engine.stats()).mailboxDepth === 0);
    expect(await seen(engine, 'a')).toEqual([1, 3]);
  });
});

describe('one commit or nothing (G4)', () => {
  const refuse: Projection = {
    name: 'refuse',
    sql: 'insert into told (n) select 1 / (13 - n) from jsonb_to_recordset($1::jsonb) as r (n int)',
    rows: (steps: readonly AppliedStep[]) => steps.map(({ row }) => ({ n: row.event.n ?? 0 })),
  };

  for (const point of ['merge.before-load', 'merge.after-load', 'merge.before-commit'] as const) {
    it(`a fault at ${point} leaves no trace, and the events go through the mailbox once`, async () => {
      const gate = makeGate();
      const never = handler(() => Effect.never);
      const engine = await start({ trigger: gate.trigger, kinds: [shopKind({ fetchPrice: never })] });
      const steps: AppliedStep[] = [];
      engine.onCommit((batch) => void steps.push(...batch));
      gate.failOnce(point, new Error('pulled the plug'));
      gate.shut('apply.before-lock');
      expect(await engine.deliver([shopEvent('s', 'ASK', 'e1')])).toEqual(['accepted']);
      await gate.reached('apply.before-lock');
      for (const table of ['journal', 'outbox', 'timer', 'actor']) {
        expect(await count(`select count(*) from ${table}`)).toBe(0);
      }
      expect(steps).toEqual([]);
      gate.open('apply.before-lock');
      await eventually(async () => (await engine.load('s'))?.snapshot.value === 'asking');
      expect(await count('select count(*) from outbox')).toBe(1);
      expect(await count('select count(*) from timer')).toBe(1);
    });
  }

  it('a fault after the commit does not apply anything twice, and its command runs', async () => {
    const gate = makeGate();
    const engine = await start({ trigger: gate.trigger });
    gate.failOnce('merge.after-commit', new Error('the answer got lost'));
    await engine.deliver([shopEvent('s', 'ASK', 'e1')]);
    await eventually(async () => (await engine.load('s'))?.snapshot.value === 'priced');
    expect((await engine.journal('s', 0, 10)).map((row) => row.event.type)).toEqual([
      'xstate.init',
      'ASK',
      'xstate.done.actor.price',
    ]);
  });

  it('read models move with it, and one that refuses an event takes nobody else down', async () => {
    await db.pool.query('create table told (n int)');
    const engine = await start({ kinds: [counterKind({ projections: [refuse] })], limits: { lanes: 1 } });
    await Promise.all([
      engine.deliver([add('a', 1)]),
      engine.deliver([add('b', 13)]),
      engine.deliver([add('c', 2)]),
    ]);
    await eventually(async () => (await engine.stats()).parked === 1);
    await eventually(async () => (await seen(engine, 'c')).length === 1);
    expect(await seen(engine, 'a')).toEqual([1]);
    expect(await engine.load('b')).toBeNull();
  });

  it('is refused as busy when the database is away, and nothing of it is stored', async () => {
    const gate = makeGate();
    const engine = await start({ trigger: gate.trigger });
    const gone = Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
    gate.failOnce('merge.before-commit', gone);
    gate.failOnce('deliver.before-commit', gone);
    await expect(engine.deliver([add('a', 1)])).rejects.toMatchObject({
      _tag: 'EngineBusy',
      retryable: true,
    });
    expect(await count('select count(*) from mailbox')).toBe(0);
    expect(await engine.deliver([add('a', 1)])).toEqual(['accepted']);
  });
});
