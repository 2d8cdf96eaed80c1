/**
 * Each test stops the engine inside one race window, at a named trigger point, and lets the other side of the race go
 * first. A window that nothing stands in is where a guarantee would break once in a million.
 */
import { Effect } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { add, counterKind, handler, shopEvent, shopKind } from './testing/counter.ts';
import { type Gate, makeGate } from './testing/gate.ts';
import { eventually, type TestEngine, testEngine } from './testing/harness.ts';
import { plant } from './testing/plant.ts';
import type { CommandHandler } from './types.ts';

let db: TestDatabase;
const engines: TestEngine[] = [];
let gate: Gate;

beforeEach(async () => {
  db = await testDatabase();
  gate = makeGate();
});

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop(500)));
  await db.drop();
});

type Options = Partial<Parameters<typeof testEngine>[0]>;

const start = async (over: Options = {}): Promise<TestEngine> => {
  const engine = await testEngine({ databaseUrl: db.url, kinds: [counterKind(), shopKind()], ...over });
  engines.push(engine);
  return engine;
};

/** The one that is stopped in windows, and another that is not. */
const pair = async (over: Options = {}): Promise<readonly [TestEngine, TestEngine]> => [
  await start({ replicaId: 'stopped', ...over, trigger: gate.trigger }),
  await start({ replicaId: 'other', ...over }),
];

/** Runs the test with a bug in the engine's SQL. */
const planted = async (
  bug: readonly [from: string, to: string],
  test: () => Promise<void>,
): Promise<void> => {
  const seed = plant(bug);
  try {
    await test();
  } finally {
    seed.remove();
  }
  expect(seed.changed()).toBeGreaterThan(0);
};

const value = async (engine: TestEngine, id: string) => (await engine.load(id))?.snapshot.value;
const seen = async (engine: TestEngine, id: string): Promise<readonly number[]> =>
  (await engine.load(id))?.snapshot.context.seen ?? [];
const someTime = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200));
const types = async (engine: TestEngine, id: string) =>
  (await engine.journal(id, 1, 20)).map(
    ({ event, ignored }) => `${event.type}${ignored === null ? '' : ' (ignored)'}`,
  );

/** What the actor has seen in the end. */
const overtaken = async (): Promise<readonly number[]> => {
  const [stopped, other] = await pair();
  await stopped.deliver([add('a', 1)]);
  gate.shut('merge.after-load');
  const late = stopped.deliver([add('a', 2)]);
  await gate.reached('merge.after-load');
  await other.deliver([add('a', 3)]);
  await eventually(async () => (await seen(other, 'a')).length === 2);
  gate.open('merge.after-load');
  expect(await late).toEqual(['accepted']);
  await eventually(async () => (await other.stats()).mailboxDepth === 0);
  return seen(await start({ replicaId: 'reader', limits: { cacheActors: 0 } }), 'a');
};

describe('between reading an actor and merging its event', () => {
  it('another replica is faster: the event goes after it, once', async () => {
    expect(await overtaken()).toEqual([1, 3, 2]);
  });

  it('(planted bugs: no version check, and no key of the journal behind it) is noticed', async () => {
    await db.pool.query('alter table journal drop constraint journal_pkey');
    await planted([' and actor.version = n.from_version', ''], async () => {
      expect(await overtaken()).not.toEqual([1, 3, 2]);
    });
  });

  it('the same event comes in elsewhere: it is applied once, and one of the two is told so', async () => {
    const [stopped, other] = await pair();
    await stopped.deliver([add('a', 1)]);
    gate.shut('merge.before-commit');
    const late = stopped.deliver([add('a', 2)]);
    await gate.reached('merge.before-commit');
    const first = other.deliver([add('a', 2)]);
    await someTime();
    gate.open('merge.before-commit');
    expect([...(await late), ...(await first)].sort()).toEqual(['accepted', 'duplicate']);
    await eventually(async () => (await other.stats()).mailboxDepth === 0);
    expect(await seen(other, 'a')).toEqual([1, 2]);
  });

  it('an operator pauses the actor: the event waits', async () => {
    const [stopped, other] = await pair();
    await stopped.deliver([add('a', 1)]);
    gate.shut('merge.after-load');
    const late = stopped.deliver([add('a', 2)]);
    await gate.reached('merge.after-load');
    expect(await other.pause('a', 'look')).toBe(true);
    gate.open('merge.after-load');
    expect(await late).toEqual(['accepted']);
    await someTime();
    expect(await seen(other, 'a')).toEqual([1]);
    await other.resume('a');
    await eventually(async () => (await seen(other, 'a')).length === 2);
  });

  it('a new actor is born elsewhere: it is born once', async () => {
    const [stopped, other] = await pair();
    gate.shut('merge.after-load');
    const late = stopped.deliver([add('n', 1)]);
    await gate.reached('merge.after-load');
    await other.deliver([add('n', 2)]);
    await eventually(async () => (await seen(other, 'n')).length === 1);
    gate.open('merge.after-load');
    await late;
    await eventually(async () => (await seen(other, 'n')).length === 2);
    const rows = await other.journal('n', 0, 10);
    expect(rows.map(({ event }) => event.type)).toEqual(['xstate.init', 'ADD', 'ADD']);
  });
});

describe('between a commit and its answer', () => {
  // To see them fail: give each delivery an event id of its own (accept-event.ts).
  for (const [point, limits] of [
    ['deliver.after-commit', { mergeBatchEvents: 0 }],
    ['merge.after-commit', {}],
  ] as const) {
    it(`${point}: the sender hears nothing, comes again, and nothing happens twice`, async () => {
      const engine = await start({ trigger: gate.trigger, limits });
      gate.failOnce(point, Object.assign(new Error('cut'), { code: 'ECONNRESET' }));
      const first = await engine.deliver([add('a', 1)]).catch((error: { _tag: string }) => error._tag);
      expect(['EngineBusy', ['accepted'], ['duplicate']]).toContainEqual(first);
      expect(await engine.deliver([add('a', 1)])).toEqual(['duplicate']);
      await eventually(async () => (await engine.stats()).mailboxDepth === 0);
      expect(await seen(engine, 'a')).toEqual([1]);
    });
  }
});

describe('inside a batch that holds its actors', () => {
  // To see it fail: drop `idle_in_transaction_session_timeout` from database.ts.
  it('a process stands still: the server ends its transaction, another replica applies, it notices', async () => {
    const limits = { idleInTransactionMs: 300, mergeBatchEvents: 0 };
    const [stopped, other] = await pair({ limits });
    gate.shut('apply.after-load');
    await stopped.deliver([add('a', 1), add('a', 2)]);
    await gate.reached('apply.after-load');
    await eventually(async () => (await seen(other, 'a')).length === 2);
    gate.open('apply.after-load');
    await other.deliver([add('a', 3)]);
    await stopped.deliver([add('a', 4)]);
    await eventually(async () => (await seen(other, 'a')).length === 4);
    expect(await seen(other, 'a')).toEqual([1, 2, 3, 4]);
  });

  it('events that come in meanwhile wait for the next batch, in their order', async () => {
    const [stopped, other] = await pair({ limits: { mergeBatchEvents: 0 } });
    gate.shut('apply.before-commit');
    await stopped.deliver([add('a', 1)]);
    await gate.reached('apply.before-commit');
    for (let n = 2; n < 6; n++) await (n % 2 === 0 ? other : stopped).deliver([add('a', n)]);
    gate.open('apply.before-commit');
    await eventually(async () => (await seen(other, 'a')).length === 5);
    expect(await seen(other, 'a')).toEqual([1, 2, 3, 4, 5]);
  });
});

/** A price that is fetched when the test says so. */
const pricing = () => {
  const runs: { readonly attempt: number; readonly answer: (price: number) => void }[] = [];
  const fetchPrice: CommandHandler = handler(
    (_input, { attempt }) =>
      Effect.promise(() => new Promise<number>((answer) => void runs.push({ attempt, answer }))),
    { timeoutMs: 60_000 },
  );
  return { runs, kinds: [shopKind({ fetchPrice })] };
};

/** The runs of a command that was cancelled before its claim. */
const cancelledFirst = async (): Promise<readonly unknown[]> => {
  const { runs, kinds } = pricing();
  const engine = await start({ kinds, trigger: gate.trigger });
  gate.shut('command.before-claim');
  await engine.deliver([shopEvent('s', 'ASK', '1')]);
  await gate.reached('command.before-claim');
  // The memory of the replica forgets it too; this is about the table.
  await (await start({ kinds, replicaId: 'other' })).deliver([shopEvent('s', 'STOP', '2')]);
  await eventually(async () => (await value(engine, 's')) === 'idle');
  gate.open('command.before-claim');
  return runs;
};

/** What the journal has of a command that was cancelled between its end and its completion. */
const cancelledLast = async (): Promise<readonly string[]> => {
  const { runs, kinds } = pricing();
  const engine = await start({ kinds, trigger: gate.trigger });
  gate.shut('command.after-run');
  await engine.deliver([shopEvent('s', 'ASK', '1')]);
  const run = await eventually(async () => runs[0]);
  run.answer(7);
  await gate.reached('command.after-run');
  await engine.deliver([shopEvent('s', 'STOP', '2')]);
  await eventually(async () => (await value(engine, 's')) === 'idle');
  gate.shut('command.after-complete');
  gate.open('command.after-run');
  await gate.reached('command.after-complete');
  gate.open('command.after-complete');
  await eventually(async () => (await engine.stats()).mailboxDepth === 0);
  return types(engine, 's');
};

describe('on the way of a command', () => {
  it('before its claim: what was cancelled never starts', async () => {
    const runs = await cancelledFirst();
    await someTime();
    expect(runs).toEqual([]);
  });

  it('(planted bug: a claim that takes anything) is noticed', async () => {
    await planted([`o.status = 'pending' and o.replica = $3`, 'o.replica = $3'], async () => {
      const runs = await cancelledFirst();
      await eventually(async () => runs.length > 0);
    });
  });

  it('between claim and start: it is interrupted before it does anything', async () => {
    const { runs, kinds } = pricing();
    const engine = await start({ kinds, trigger: gate.trigger });
    gate.shut('command.before-run');
    await engine.deliver([shopEvent('s', 'ASK', '1')]);
    await gate.reached('command.before-run');
    await engine.deliver([shopEvent('s', 'STOP', '2')]);
    await eventually(async () => (await value(engine, 's')) === 'idle');
    await someTime();
    gate.open('command.before-run');
    await someTime();
    expect(runs).toEqual([]);
  });

  it('between its end and its completion: a result nobody waits for is not delivered', async () => {
    expect(await cancelledLast()).toEqual(['ASK', 'STOP']);
    const { rows } = await db.pool.query(`select status from outbox where name = 'fetchPrice'`);
    expect(rows).toEqual([{ status: 'cancelled' }]);
  });

  it('(planted bug: a completion that asks for nothing) is noticed', async () => {
    await planted(
      [`and o.status = 'running' and o.replica = $10 and o.attempt = n.attempt`, 'and $10::text is not null'],
      async () => {
        expect(await cancelledLast()).not.toEqual(['ASK', 'STOP']);
      },
    );
  });

  it('its replica loses the lease while it runs: another runs it too, one result counts', async () => {
    const { runs, kinds } = pricing();
    const limits = { leaseMs: 400, heartbeatMs: 3_600_000 };
    const stopped = await start({ kinds, replicaId: 'stopped', limits });
    await stopped.deliver([shopEvent('s', 'ASK', '1')]);
    await eventually(async () => runs.length === 1);
    const other = await start({ kinds, replicaId: 'other' });
    await eventually(async () => runs.length === 2);
    expect(runs.map(({ attempt }) => attempt)).toEqual([1, 2]);
    runs[0]?.answer(1);
    await someTime();
    runs[1]?.answer(2);
    await eventually(async () => (await value(other, 's')) === 'priced');
    await someTime();
    expect((await other.load('s'))?.snapshot.context.price).toBe(2);
    const results = (await types(other, 's')).filter((type) => type.startsWith('xstate.done.actor.price'));
    expect(results).toEqual(['xstate.done.actor.price']);
  });
});

describe('when a timer is about to fire', () => {
  // To see it fail: leave the armedSeq check out of take-event.ts and the key out of the firing (store/timers.ts).
  it('its state is left: it does nothing', async () => {
    const { kinds } = pricing();
    const engine = await start({ kinds, trigger: gate.trigger, limits: { pollMs: 3_600_000 } });
    await engine.deliver([shopEvent('s', 'ASK', '1')]);
    await eventually(async () => (await value(engine, 's')) === 'asking');
    gate.shut('timer.before-fire');
    engine.clock.advance(61_000);
    const other = await start({
      kinds,
      replicaId: 'other',
      clock: engine.clock,
      trigger: gate.trigger,
      limits: { pollMs: 3_600_000 },
    });
    await gate.reached('timer.before-fire');
    await engine.deliver([shopEvent('s', 'STOP', '2')]);
    await eventually(async () => (await value(engine, 's')) === 'idle');
    gate.open('timer.before-fire');
    await someTime();
    expect(await types(other, 's')).toEqual(['ASK', 'STOP']);
    expect(await value(other, 's')).toBe('idle');
  });
});
