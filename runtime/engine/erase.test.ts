/** An actor is forgotten: nothing is left of it, others keep theirs, and the same id begins anew. */
import { Effect } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { add, counterKind, handler, shopEvent, shopKind } from './testing/counter.ts';
import { eventually, type TestEngine, testEngine } from './testing/harness.ts';

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

const nothingElse = async (): Promise<void> => undefined;
const seen = async (engine: TestEngine, id: string): Promise<readonly number[]> =>
  (await engine.load(id))?.snapshot.context.seen ?? [];
const TABLES = ['actor', 'mailbox', 'journal', 'outbox', 'timer'];
const rowsOf = async (id: string): Promise<number> => {
  let sum = 0;
  for (const table of TABLES) {
    sum += (await db.pool.query(`select from ${table} where actor_id = $1`, [id])).rowCount ?? 0;
  }
  return sum;
};

describe('an erased actor', () => {
  // To see it fail: leave a table out of TABLES in erase.ts.
  it('leaves no row, its neighbour all of them; what others keep goes in the same commit', async () => {
    const engine = await start();
    await engine.deliver([add('a', 1), add('b', 1), add('a', 2)]);
    await eventually(async () => (await seen(engine, 'a')).length === 2 && (await seen(engine, 'b'))[0]);
    const neighbour = await rowsOf('b');
    let before = 0;
    const also = async (client: { query: (sql: string) => Promise<{ rowCount: number | null }> }) => {
      before = (await client.query(`select from journal where actor_id = 'a'`)).rowCount ?? 0;
    };
    expect(await engine.erase('a', also)).toBe(true);
    expect(before).toBeGreaterThan(2);
    expect(await rowsOf('a')).toBe(0);
    expect(await rowsOf('b')).toBe(neighbour);
    expect(await engine.erase('a', nothingElse)).toBe(false);
  });

  it('stays whole and held when what others keep cannot go, and is erased the next time', async () => {
    const engine = await start();
    await engine.deliver([add('a', 1)]);
    await eventually(async () => (await seen(engine, 'a')).length === 1);
    await expect(engine.erase('a', () => Promise.reject(new Error('the disk is away')))).rejects.toThrow(
      'the disk is away',
    );
    expect(await seen(engine, 'a')).toEqual([1]);
    expect((await engine.deadLetters(5)).items).toMatchObject([{ actorId: 'a', name: 'engine.paused' }]);
    expect(await engine.erase('a', nothingElse)).toBe(true);
    expect(await rowsOf('a')).toBe(0);
    expect((await engine.deadLetters(5)).items).toEqual([]);
  });

  // To see it fail: leave out the notice in erase.ts. The other replica then goes on from its old snapshot.
  it('begins anew on every replica, also at a version that another one remembers', async () => {
    const one = await start({ replicaId: 'one' });
    const two = await start({ replicaId: 'two' });
    const knows = async (engine: TestEngine, numbers: readonly number[]) => {
      for (const n of numbers) await engine.deliver([add('a', n)]);
    };
    await knows(two, [1, 2, 3]);
    await eventually(async () => (await seen(two, 'a')).length === 3);
    const { version } = (await two.load('a')) ?? { version: 0 };
    expect(await one.erase('a', nothingElse)).toBe(true);
    await knows(one, [11, 12, 13]);
    await eventually(async () => ((await one.load('a'))?.version ?? 0) === version);
    await knows(two, [14]);
    await eventually(async () => (await seen(one, 'a')).length === 4);
    expect(await seen(one, 'a')).toEqual([11, 12, 13, 14]);
  });

  it('waits for a command that runs, so that nothing is written afterwards', async () => {
    let finish = (): void => undefined;
    const running = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let started = false;
    const wait = () =>
      Effect.promise(async () => {
        started = true;
        await running;
        return 7;
      });
    const fetchPrice = handler(wait, { timeoutMs: 60_000 });
    const engine = await start({ kinds: [counterKind(), shopKind({ fetchPrice })] });
    await engine.deliver([shopEvent('s', 'ASK', '1')]);
    await eventually(async () => started);
    let erased = false;
    const erasing = engine.erase('s', nothingElse).then(() => {
      erased = true;
    });
    await eventually(async () => (await engine.deadLetters(5)).items.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(erased).toBe(false);
    expect(await rowsOf('s')).toBeGreaterThan(0);
    finish();
    await erasing;
    expect(await rowsOf('s')).toBe(0);
  });
});
