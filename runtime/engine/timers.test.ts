/** G6: timers survive restarts, fire once, and one of a state that was left does nothing. */
import { Effect } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { raise, sendTo, setup } from 'xstate';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { add, counterKind, handler, shopEvent, shopKind } from './testing/counter.ts';
import { eventually, type TestEngine, testClock, testEngine } from './testing/harness.ts';

let db: TestDatabase;
const engines: TestEngine[] = [];

beforeEach(async () => {
  db = await testDatabase();
});

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop(100)));
  await db.drop();
});

const hanging = shopKind({ fetchPrice: handler(() => Effect.never, { timeoutMs: 3_600_000 }) });

const start = async (over: Partial<Parameters<typeof testEngine>[0]> = {}): Promise<TestEngine> => {
  const engine = await testEngine({
    databaseUrl: db.url,
    kinds: [hanging, counterKind({ machine: egg })],
    ...over,
  });
  engines.push(engine);
  return engine;
};

const value = async (engine: TestEngine, actorId: string) => (await engine.load(actorId))?.snapshot.value;
const timerCount = async () => (await db.pool.query('select 1 from timer')).rowCount;

/** Boils for 40 ms; `WAIT` begins anew. */
const egg = setup({
  types: { events: {} as { type: 'ADD' } | { type: 'WAIT' } | { type: 'PING' } },
}).createMachine({
  initial: 'raw',
  states: {
    raw: { on: { ADD: 'boiling' } },
    boiling: { after: { 40: 'done' }, on: { WAIT: { target: 'boiling', reenter: true } } },
    done: {
      on: {
        ADD: {
          actions: [
            raise({ type: 'PING' }, { delay: 10, id: 'p' }),
            sendTo(({ self }) => self, { type: 'PING' }),
          ],
        },
        PING: 'pinged',
      },
    },
    pinged: { on: { PING: 'raw' } },
  },
});

describe('G6: timers', () => {
  it('ring from memory, long before any poll, and leave the table when applied', async () => {
    const engine = await start({ limits: { pollMs: 3_600_000 } });
    await engine.deliver([add('egg', 1)]);
    await eventually(async () => (await value(engine, 'egg')) === 'done');
    const rows = await engine.journal('egg', 1, 10);
    expect(rows.map((row) => [row.cause, row.event.type, row.timers[0]?.op])).toEqual([
      ['customer', 'ADD', 'armed'],
      ['timer', 'xstate.after.40.(machine).boiling', 'fired'],
    ]);
    expect((rows[1]?.at ?? 0) - (rows[0]?.at ?? 0)).toBeGreaterThanOrEqual(40);
    expect(await timerCount()).toBe(0);
  });

  it('serve raise with a delay and sendTo itself too', async () => {
    const engine = await start();
    await engine.deliver([add('egg', 1)]);
    await eventually(async () => (await value(engine, 'egg')) === 'done');
    await engine.deliver([add('egg', 2)]);
    await eventually(async () => (await value(engine, 'egg')) === 'raw');
    expect(await timerCount()).toBe(0);
  });

  // To see it fail: skip `alarm.poll` in worker.ts.
  it('survive a restart, also when they came due while nobody lived', async () => {
    const clock = testClock();
    const first = await start({ clock });
    await first.deliver([shopEvent('s', 'ASK', '1')]);
    await eventually(async () => (await value(first, 's')) === 'asking');
    await first.stop(0);
    clock.advance(61_000);
    const second = await start({ clock });
    await eventually(async () => (await value(second, 's')) === 'late');
    expect(await timerCount()).toBe(0);
  });

  it('are not due early: a minute’s timer waits although every poll looks', async () => {
    const engine = await start();
    await engine.deliver([shopEvent('s', 'ASK', '1')]);
    await eventually(async () => (await value(engine, 's')) === 'asking');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await value(engine, 's')).toBe('asking');
    engine.clock.advance(60_000);
    await eventually(async () => (await value(engine, 's')) === 'late');
  });

  // To see it fail: drop the armedSeq check from take-event.ts.
  it('of a state that was left do nothing, although the state was entered again meanwhile', async () => {
    const engine = await start();
    await engine.deliver([shopEvent('s', 'ASK', '1')]);
    const armed = await eventually(
      async () => (await db.pool.query('select timer_id, armed_seq from timer')).rows[0],
    );
    // Fired just before the customer's message, applied after it: the row is gone, the event is in the mailbox.
    await engine.deliver([shopEvent('s', 'ASK', '2')]);
    await eventually(async () => (await engine.journal('s', 2, 1)).length === 1);
    await db.pool.query(
      `insert into mailbox (actor_id, event_id, kind, cause, sent_at, received_at, body)
       values ('s', $1, 'shop', 'timer', 0, 0, $2)`,
      [`${armed.timer_id}:${armed.armed_seq}:fired`, JSON.stringify({ type: armed.timer_id })],
    );
    const row = await eventually(async () => (await engine.journal('s', 3, 1))[0]);
    expect(row.ignored).toBe('timer of a state that was left');
    expect(await value(engine, 's')).toBe('asking');
    expect(await timerCount()).toBe(1);
  });

  it('that are armed anew count from the newer time', async () => {
    const engine = await start({ limits: { pollMs: 3_600_000 } });
    await engine.deliver([add('egg', 1)]);
    for (let i = 2; i < 6; i++) await engine.deliver([add('egg', i, { body: { type: 'WAIT' } })]);
    await eventually(async () => (await value(engine, 'egg')) === 'done');
    const rows = await engine.journal('egg', 1, 20);
    const last = rows.findLast((row) => row.timers.some((timer) => timer.op === 'armed'));
    // On a slow machine an older firing may lie in the mailbox already: it is ignored.
    const fired = rows.filter((row) => row.cause === 'timer' && row.ignored === null);
    expect(fired).toHaveLength(1);
    expect(fired[0]?.at).toBeGreaterThanOrEqual((last?.at ?? 0) + 40);
  });

  // To see it fail: make the firing's event id random in store/timers.ts.
  it('fire once although two replicas watch the same table', async () => {
    const engine = await start({ replicaId: 'one' });
    const other = await start({ replicaId: 'two' });
    const eggs = Array.from({ length: 40 }, (_, i) => add(`egg${i}`, 1));
    await Promise.all(eggs.map((event, i) => (i % 2 === 0 ? engine : other).deliver([event])));
    await eventually(async () => (await timerCount()) === 0 && (await engine.stats()).mailboxDepth === 0);
    const { rows } = await db.pool.query(`select actor_id from journal where cause = 'timer'`);
    expect(rows).toHaveLength(40);
    expect(new Set(rows.map((row) => row.actor_id)).size).toBe(40);
  });
});
