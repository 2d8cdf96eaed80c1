import { Effect } from 'effect';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { add, counterKind, handler, shopEvent, shopKind } from './testing/counter.ts';
import { eventually, type TestEngine, testEngine } from './testing/harness.ts';
import type { AppliedStep } from './types.ts';

let db: TestDatabase;
let engine: TestEngine;
const reported: unknown[] = [];

beforeAll(async () => {
  db = await testDatabase();
  const report = handler((input) => Effect.sync(() => void reported.push(input)));
  engine = await testEngine({ databaseUrl: db.url, kinds: [counterKind(), shopKind({ report })] });
});

afterAll(async () => {
  await engine.stop(1000);
  await db.drop();
  expect(engine.lines.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
});

const context = async (actorId: string) => (await engine.load(actorId))?.snapshot.context;

describe('an actor on the engine', () => {
  it('is born with its first event and keeps what it was sent', async () => {
    expect(await engine.deliver([add('a1', 1), add('a1', 2), add('a1', 1)])).toEqual([
      'accepted',
      'accepted',
      'duplicate',
    ]);
    await eventually(async () => (await context('a1'))?.seen.length === 2);
    const rows = await engine.journal('a1', 0, 100);
    expect(rows.map(({ seq, event, from, to, ignored }) => [seq, event.type, from, to, ignored])).toEqual([
      [1, 'xstate.init', [], ['counting'], null],
      [2, 'ADD', ['counting'], ['counting'], null],
      [3, 'ADD', ['counting'], ['counting'], null],
    ]);
    expect(rows[1]?.guards).toEqual([{ guard: 'isPositive', result: true }]);
    expect(rows[1]?.contextDiff).toEqual([{ op: 'add', path: '/context/seen/0', value: 1 }]);
    expect(rows[1]?.event.at).toBeTypeOf('number');
    expect(await engine.snapshotAt('a1', 2)).toEqual({
      value: 'counting',
      context: { seen: [1], name: 'a1' },
    });
    expect(await engine.snapshotAt('a1', 4)).toBeNull();
    expect(await engine.load('nobody')).toBeNull();
  });

  it('journals an event that no state accepts and does nothing else', async () => {
    await engine.deliver([add('a2', -1), add('a2', 1, { body: { type: 'UNHEARD_OF' } })]);
    const rows = await eventually(async () => {
      const all = await engine.journal('a2', 1, 10);
      return all.length === 2 && all;
    });
    expect(rows.map((row) => row.ignored)).toEqual([
      'no transition in this state',
      'no transition in this state',
    ]);
    expect(rows[0]?.guards).toEqual([{ guard: 'isPositive', result: false }]);
    expect(await context('a2')).toEqual({ seen: [], name: 'a2' });
  });

  it('runs an invoked program and takes its result, then a fire-and-forget action', async () => {
    const steps: AppliedStep[] = [];
    const off = engine.onCommit(
      (batch) => void steps.push(...batch.filter(({ row }) => row.actorId === 's1')),
    );
    await engine.deliver([shopEvent('s1', 'ASK', 'e1')]);
    await eventually(async () => (await context('s1'))?.price === 100);
    await eventually(async () => reported.length === 1);
    off();
    expect(reported).toEqual([{ price: 100 }]);
    const rows = await engine.journal('s1', 0, 10);
    expect(rows.map((row) => [row.event.type, row.to[0]])).toEqual([
      ['xstate.init', 'idle'],
      ['ASK', 'asking'],
      ['xstate.done.actor.price', 'priced'],
    ]);
    expect(rows[1]?.commands).toEqual([{ id: 's1:2:fetchPrice', name: 'fetchPrice', op: 'invoke' }]);
    expect(rows[1]?.timers).toEqual([
      { id: expect.stringContaining('patience'), op: 'armed', at: expect.any(Number) },
    ]);
    expect(rows[2]?.commands).toEqual([{ id: 's1:3:report', name: 'report', op: 'action' }]);
    expect(rows[2]?.timers).toEqual([{ id: expect.stringContaining('patience'), op: 'cancelled' }]);
    expect(steps.map(({ row }) => row.seq)).toEqual([1, 2, 3]);
    expect((await engine.load('s1'))?.timers).toEqual({});
  });
});
