/** The nightly run: what it removes, where it stops, and what that does to the memory of duplicates. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { add, counterKind } from '../engine/testing/counter.ts';
import { memoryLog, type TestEngine, testEngine } from '../engine/testing/harness.ts';
import { retention } from './retention.ts';

const DAY_MS = 86_400_000;
const KEEP = { mailboxDays: 30, outboxDays: 10 };
const SMALL = { portion: { batchRows: 2, batches: 1, pauseMs: 0 }, runMs: 60_000 };

let db: TestDatabase;
let engine: TestEngine;

beforeEach(async () => {
  db = await testDatabase();
  engine = await testEngine({ databaseUrl: db.url, kinds: [counterKind()] });
});

afterEach(async () => {
  await engine.stop(500);
  await db.drop();
});

/** Ten events that are applied. */
const tenEvents = async (): Promise<void> => {
  await engine.deliver(Array.from({ length: 10 }, (_, n) => add('a', n)));
  await expect.poll(async () => (await engine.stats()).mailboxDepth, { timeout: 15_000 }).toBe(0);
};

const left = async (): Promise<number> =>
  Number((await db.pool.query('select count(*) from mailbox')).rows[0].count);

const run = async (
  days: number,
  over: { readonly limits?: typeof SMALL; readonly isStopping?: () => boolean } = {},
) => {
  const { log, lines } = memoryLog();
  const clock = { now: () => Math.floor(engine.clock.now()) + days * DAY_MS };
  const parts = { pool: db.pool, clock, log, isStopping: over.isStopping ?? (() => false) };
  await retention(parts, KEEP, over.limits).run();
  return lines.at(-1);
};

describe('the nightly removal', () => {
  it('goes on, portion by portion, until nothing old is left, and says how much it was', async () => {
    await tenEvents();
    expect(await run(29, { limits: SMALL })).toMatchObject({ level: 'info', fields: { mailboxRows: 0 } });
    expect(await left()).toBe(10);
    expect(await run(31, { limits: SMALL })).toMatchObject({ level: 'info', fields: { mailboxRows: 10 } });
    expect(await left()).toBe(0);
  });

  it('a webhook that comes again is a duplicate before it, and a new event after it', async () => {
    await tenEvents();
    await run(29);
    expect(await engine.deliver([add('a', 1)])).toEqual(['duplicate']);
    await run(31);
    expect(await engine.deliver([add('a', 1)])).toEqual(['accepted']);
  });

  it('begins no other portion when its time is over or the process stops, and warns that rows are left', async () => {
    await tenEvents();
    const limits = { ...SMALL, runMs: 0 };
    expect(await run(31, { limits })).toMatchObject({ level: 'warn', fields: { mailboxRows: 0 } });
    let asked = 0;
    const isStopping = () => ++asked > 2;
    expect(await run(31, { limits: SMALL, isStopping })).toMatchObject({
      level: 'warn',
      fields: { mailboxRows: 4 },
    });
    expect(await left()).toBe(6);
  });
});
