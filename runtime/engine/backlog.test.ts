/** What waits in the mailboxes: counted without what an operator holds (G8), and worked off oldest first. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { add, counterKind } from './testing/counter.ts';
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
  const engine = await testEngine({ databaseUrl: db.url, kinds: [counterKind()], ...over });
  engines.push(engine);
  return engine;
};

describe('the backlog', () => {
  it('counts what waits, and no further than asked', async () => {
    const engine = await start({ worker: false });
    expect(await engine.backlog(100)).toBe(0);
    for (let n = 0; n < 5; n++) await engine.deliver([add('a', n)]);
    expect([await engine.backlog(100), await engine.backlog(3)]).toEqual([5, 3]);
  });

  it('does not count what stands behind a paused actor', async () => {
    const engine = await start();
    await engine.deliver([add('a', 1), add('b', 1)]);
    await eventually(async () => (await engine.stats()).mailboxDepth === 0);
    await engine.pause('a', 'an operator looks at it');
    for (let n = 2; n < 6; n++) await engine.deliver([add('a', n), add('b', n)]);
    await eventually(async () => (await engine.journal('b', 0, 100)).length === 6);
    expect((await engine.stats()).mailboxDepth).toBeGreaterThanOrEqual(4);
    expect(await engine.backlog(100)).toBe(0);
  });

  // To see it fail: order by actor_id in find-work.ts.
  it('is worked off by a replica that finds it in the order of its arrival', async () => {
    const ids = Array.from({ length: 30 }, (_, n) => `actor-${(n * 7) % 30}`);
    const taker = await start({ worker: false });
    for (const id of ids) await taker.deliver([add(id, 1)]);
    const worker = await start({
      replicaId: 'finder',
      limits: { lanes: 1, batchActors: 4, pendingPage: 9, pollGraceMs: 0 },
    });
    const order: string[] = [];
    worker.onCommit((steps) => {
      for (const { row } of steps) if (row.event.type === 'ADD') order.push(row.actorId);
    });
    await eventually(async () => (await taker.backlog(100)) === 0);
    await eventually(async () => order.length === ids.length);
    const lateBy = ids.map((id, place) => Math.abs(order.indexOf(id) - place));
    // Within one commit the rows are sorted by key; a commit has four.
    expect(Math.max(...lateBy)).toBeLessThan(4);
  });
});
