/** What retention removes, what it never removes, and what it does to the memory of duplicates. */
import { Effect } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { purge } from './retention.ts';
import { add, counterKind, handler, shopEvent, shopKind } from './testing/counter.ts';
import { eventually, type TestEngine, testEngine } from './testing/harness.ts';

const DAY_MS = 86_400_000;
const RETENTION = { mailboxDays: 30, outboxDays: 10 };

let db: TestDatabase;
const engines: TestEngine[] = [];

beforeEach(async () => {
  db = await testDatabase();
});

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop(500)));
  await db.drop();
});

const start = async (): Promise<TestEngine> => {
  const refuse = handler(() => Effect.fail({ _tag: 'Refused', message: 'no', retryable: false }));
  const engine = await testEngine({
    databaseUrl: db.url,
    kinds: [counterKind(), shopKind({ report: refuse })],
  });
  engines.push(engine);
  return engine;
};

const rows = async (table: string): Promise<number> =>
  Number((await db.pool.query(`select count(*) from ${table}`)).rows[0].count);

/** Time passes for the purge alone. */
const later = (engine: TestEngine, days: number) => ({ now: () => engine.clock.now() + days * DAY_MS });

describe('a purge', () => {
  it('removes applied events and finished commands beyond their days, and no journal', async () => {
    const engine = await start();
    await engine.deliver([add('a', 1), add('a', 2), shopEvent('s', 'ASK', '1')]);
    await eventually(async () => (await engine.load('s'))?.snapshot.value === 'priced');
    await eventually(async () => (await engine.stats()).parked === 1);
    const journal = await rows('journal');
    expect(await purge(db.pool, later(engine, 9), RETENTION)).toEqual({
      mailboxRows: 0,
      outboxRows: 0,
      complete: true,
    });
    // The parked report stays.
    expect(await purge(db.pool, later(engine, 11), RETENTION)).toEqual({
      mailboxRows: 0,
      outboxRows: 1,
      complete: true,
    });
    expect(await purge(db.pool, later(engine, 31), RETENTION)).toEqual({
      mailboxRows: 4,
      outboxRows: 0,
      complete: true,
    });
    expect(await rows('journal')).toBe(journal);
    expect(await rows('outbox')).toBe(1);
    expect((await engine.load('a'))?.snapshot.context.seen).toEqual([1, 2]);
  });

  it('leaves what waits, however old it is', async () => {
    const engine = await start();
    await engine.deliver([add('p', 1, { body: { type: 'POISON' } }), add('p', 2)]);
    await eventually(async () => (await engine.stats()).parked === 1);
    expect((await purge(db.pool, later(engine, 400), RETENTION)).mailboxRows).toBe(0);
    const [letter] = (await engine.deadLetters(1)).items;
    await engine.discard(letter?.id ?? '');
    await eventually(async () => (await engine.load('p'))?.snapshot.context.seen.length === 1);
  });

  it('ends the memory of duplicates: a redelivery after it is a new event, one before it is none', async () => {
    const engine = await start();
    await engine.deliver([add('a', 1)]);
    await purge(db.pool, later(engine, 29), RETENTION);
    expect(await engine.deliver([add('a', 1)])).toEqual(['duplicate']);
    await purge(db.pool, later(engine, 31), RETENTION);
    expect(await engine.deliver([add('a', 1)])).toEqual(['accepted']);
    await eventually(async () => (await engine.load('a'))?.snapshot.context.seen.length === 2);
  });

  it('does no more than its limits in one run, oldest first, and says that there is more', async () => {
    const engine = await start();
    for (let n = 1; n <= 10; n++) await engine.deliver([add('a', n)]);
    await eventually(async () => (await engine.load('a'))?.snapshot.context.seen.length === 10);
    await db.pool.query(
      `update mailbox set received_at = received_at - 1000 * (100 - split_part(event_id, '-', 2)::int)`,
    );
    const limits = { batchRows: 2, batches: 3, pauseMs: 0 };
    expect(await purge(db.pool, later(engine, 31), RETENTION, limits)).toEqual({
      mailboxRows: 6,
      outboxRows: 0,
      complete: false,
    });
    const left = await db.pool.query(`select event_id from mailbox order by received_at`);
    expect(left.rows.map((row) => row.event_id)).toEqual(['add-7', 'add-8', 'add-9', 'add-10']);
  });

  it('refuses to keep less than a week', async () => {
    const clock = { now: () => 0 };
    await expect(purge(db.pool, clock, { mailboxDays: 1, outboxDays: 30 })).rejects.toThrow(
      /at least 7 days/,
    );
    await expect(purge(db.pool, clock, { mailboxDays: 30, outboxDays: Number.NaN })).rejects.toThrow(
      /at least 7/,
    );
  });

  it('finds its rows by index', async () => {
    await db.pool.query(`insert into mailbox (actor_id, event_id, kind, cause, sent_at, received_at, applied_seq)
      select 'a', n::text, 'counter', 'system', n, n, 1 from generate_series(1, 5000) n`);
    await db.pool.query('analyze mailbox');
    const plan = await db.pool.query(`explain select actor_id from mailbox
      where applied_seq is not null and received_at < 10 order by received_at limit 100`);
    // The second name is that of a partition's part of it.
    expect(JSON.stringify(plan.rows)).toMatch(/mailbox_applied|mailbox_\d+_received_at_idx/);
  });
});
