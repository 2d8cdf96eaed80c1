/** An operator holds one actor and lets it go: nothing of it moves meanwhile, and nothing is lost. */
import { Effect } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { add, counterKind, handler, shopEvent, shopKind } from './testing/counter.ts';
import { eventually, type TestEngine, testEngine } from './testing/harness.ts';
import type { AppliedStep } from './types.ts';

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

const value = async (engine: TestEngine, id: string) => (await engine.load(id))?.snapshot.value;
const seen = async (engine: TestEngine, id: string): Promise<readonly number[]> =>
  (await engine.load(id))?.snapshot.context.seen ?? [];
/** Long enough for several polls of the test engine (50 ms) to find what they should not touch. */
const someTime = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 250));

describe('a paused actor', () => {
  // To see it fail: leave out `insertPause` in pause.ts.
  it('takes no event, others do; resumed it takes them in the order they came', async () => {
    const engine = await start();
    await engine.deliver([add('a', 1), add('b', 1)]);
    await eventually(async () => (await seen(engine, 'b')).length === 1);
    expect(await engine.pause('a', 'it repeats itself')).toBe(true);
    for (let n = 2; n < 6; n++) await engine.deliver([add('a', n), add('b', n)]);
    expect(await engine.deliver([add('a', 3)])).toEqual(['duplicate']);
    await eventually(async () => (await seen(engine, 'b')).length === 5);
    await someTime();
    expect(await seen(engine, 'a')).toEqual([1]);
    expect(await engine.stats()).toMatchObject({ parked: 1, mailboxDepth: 5 });
    expect((await engine.deadLetters(5)).items).toMatchObject([
      { what: 'event', actorId: 'a', name: 'engine.paused', reason: 'it repeats itself' },
    ]);

    expect(await engine.resume('a')).toBe(true);
    await eventually(async () => (await seen(engine, 'a')).length === 5);
    expect(await seen(engine, 'a')).toEqual([1, 2, 3, 4, 5]);
    const rows = await engine.journal('a', 0, 20);
    expect(rows.map(({ seq, event, ignored }) => [seq, event.type, ignored])).toEqual([
      [1, 'xstate.init', null],
      [2, 'ADD', null],
      [3, 'engine.paused', 'paused: it repeats itself'],
      [4, 'engine.resumed', 'resumed'],
      ...[5, 6, 7, 8].map((seq) => [seq, 'ADD', null]),
    ]);
    expect((await engine.stats()).parked).toBe(0);
  });

  // To see it fail: let `advance` in pause.ts be skipped, so that the version stays as the other replica knows it.
  it('is paused on every replica, also on one that has it in memory', async () => {
    const [one, two] = [await start({ replicaId: 'one' }), await start({ replicaId: 'two' })];
    await two.deliver([add('a', 1)]);
    await two.deliver([add('a', 2)]);
    await eventually(async () => (await seen(two, 'a')).length === 2);
    expect(await one.pause('a', 'look at it')).toBe(true);
    await two.deliver([add('a', 3)]);
    await someTime();
    expect(await seen(two, 'a')).toEqual([1, 2]);
    expect(await two.resume('a')).toBe(true);
    await eventually(async () => (await seen(one, 'a')).length === 3);
  });

  // To see it fail: drop `notPaused` from store/commands.ts.
  it('starts no command; one that runs may end, and its result waits like any event', async () => {
    let release = (): void => {};
    const runs: string[] = [];
    const fetchPrice = handler(
      (_input, info) => {
        runs.push(info.actorId);
        return info.actorId === 'slow'
          ? Effect.promise(() => new Promise<number>((resolve) => (release = () => resolve(7))))
          : Effect.fail({ _tag: 'Busy', message: 'later', retryable: true });
      },
      { retry: { maxAttempts: 1000, baseMs: 150, capMs: 150 } },
    );
    const engine = await start({ kinds: [shopKind({ fetchPrice })] });
    await engine.deliver([shopEvent('slow', 'ASK', '1'), shopEvent('retried', 'ASK', '1')]);
    await eventually(async () => runs.includes('slow') && runs.includes('retried'));
    await engine.pause('slow', 'x');
    await engine.pause('retried', 'x');
    await someTime();
    const before = runs.length;
    release();
    await someTime();
    expect(runs.length).toBe(before);
    expect(await value(engine, 'slow')).toBe('asking');
    await engine.resume('slow');
    await engine.resume('retried');
    await eventually(async () => (await value(engine, 'slow')) === 'priced');
    await eventually(async () => runs.length > before);
  });

  it('lets timers come due in their place among the events', async () => {
    const engine = await start({ kinds: [shopKind({ fetchPrice: handler(() => Effect.never) })] });
    await engine.deliver([shopEvent('s', 'ASK', '1')]);
    await eventually(async () => (await value(engine, 's')) === 'asking');
    await engine.pause('s', 'x');
    engine.clock.advance(61_000);
    await eventually(async () => (await engine.stats()).mailboxDepth === 2);
    await engine.deliver([shopEvent('s', 'IDLE', '2')]);
    await someTime();
    expect(await value(engine, 's')).toBe('asking');
    await engine.resume('s');
    await eventually(async () => (await value(engine, 's')) === 'late');
    const types = (
      await eventually(async () => {
        const rows = await engine.journal('s', 2, 9);
        return rows.length === 4 && rows;
      })
    ).map(({ event }) => event.type);
    expect(types.slice(0, 2)).toEqual(['engine.paused', 'engine.resumed']);
    expect(types.slice(2)).toEqual(['xstate.after.patience.shop.asking', 'IDLE']);
  });

  it('is let go by either answer to its dead letter as well', async () => {
    const engine = await start();
    for (const answer of ['retry', 'discard'] as const) {
      await engine.deliver([add(answer, 1)]);
      await eventually(async () => (await seen(engine, answer)).length === 1);
      await engine.pause(answer, 'x');
      const [letter] = (await engine.deadLetters(1)).items;
      expect(await engine[answer](letter?.id ?? '')).toBe(true);
      await eventually(async () => (await engine.journal(answer, 3, 1))[0]?.event.type === 'engine.resumed');
      expect(await engine.resume(answer)).toBe(false);
    }
  });

  it('cannot be paused twice, nor can nobody; and commits tell of it', async () => {
    const engine = await start();
    const steps: AppliedStep[] = [];
    engine.onCommit((batch) => void steps.push(...batch));
    await engine.deliver([add('a', 1)]);
    await eventually(async () => (await seen(engine, 'a')).length === 1);
    expect(await engine.pause('nobody', 'x')).toBe(false);
    expect(await engine.resume('a')).toBe(false);
    expect(await Promise.all([engine.pause('a', 'x'), engine.pause('a', 'y')])).toContain(false);
    expect(await engine.pause('a', 'z')).toBe(false);
    expect(steps.map(({ row }) => row.seq)).toEqual([1, 2, 3]);
    expect((await engine.stats()).parked).toBe(1);
  });

  it('cannot be forged from outside', async () => {
    const engine = await start();
    for (const over of [{ body: { type: 'engine.paused' } }, { eventId: 'engine:pause:9' }]) {
      await expect(engine.deliver([add('a', 1, over)])).rejects.toMatchObject({ _tag: 'InvalidEvent' });
    }
  });
});
