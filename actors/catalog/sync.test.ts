import { Effect } from 'effect';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbedderError, type EmbedderShape } from '../../adapters/vector/embedder.ts';
import { embedLocally, LOCAL_MODEL } from '../../adapters/vector/local/local-embedder.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { type FakeSource, item, makeFakeSource } from './fake-source.ts';
import { type Replica, startReplica } from './test-catalog.ts';

const many = (count: number) =>
  Array.from({ length: count }, (_, i) => item({ sku: `CH-${1000 + i}`, name: `Chair ${i}` }));

describe('catalog sync', () => {
  let db: TestDatabase;
  let source: FakeSource;
  const replicas: Replica[] = [];
  const start = async (...args: [FakeSource?, Parameters<typeof startReplica>[2]?]): Promise<Replica> => {
    const replica = await startReplica(db, args[0] ?? source, args[1]);
    replicas.push(replica);
    return replica;
  };

  beforeEach(async () => {
    db = await testDatabase();
    source = makeFakeSource(many(5));
    source.pageSize = 2;
  });
  afterEach(async () => {
    await Promise.all(replicas.splice(0).map((replica) => replica.stop()));
    await db.drop();
  });
  afterAll(() => expect(replicas).toEqual([]));

  it('reads every page once and tells what it did', async () => {
    const replica = await start();
    expect(await replica.sync()).toMatchObject({
      status: 'done',
      mode: 'full',
      seen: 5,
      changed: 5,
      embedded: 5,
      deactivated: 0,
      error: null,
    });
    expect(source.asked.map(({ n }) => n)).toEqual([1, 2, 3]);
    expect(await replica.run(replica.catalog.list({ limit: 50 }))).toMatchObject({
      next: null,
      items: { length: 5 },
    });
  });

  it('embeds again only what changed in words, not in price or stock (lesson F-17)', async () => {
    const replica = await start();
    await replica.sync();
    source.items[0] = item({ ...many(1)[0], sku: 'CH-1000', price: '250.00', stock: 3 });
    source.items[1] = { ...(source.items[1] ?? item({ sku: 'x' })), description: 'now with castors' };
    expect(await replica.sync()).toMatchObject({ changed: 2, embedded: 1 });
    expect(await replica.sync()).toMatchObject({ changed: 0, embedded: 0 });
    const [product] = await replica.run(replica.catalog.bySkus(['ch1000']));
    expect(product).toMatchObject({ price: '250.00', stock: 3 });
  });

  it('deactivates what a full pass misses, deletes nothing, and takes it back when it returns (domain 12.5)', async () => {
    const replica = await start();
    await replica.sync();
    const [gone] = source.items.splice(2, 1);
    expect(await replica.sync()).toMatchObject({ status: 'done', deactivated: 1 });
    expect(await replica.run(replica.catalog.bySkus(['CH-1002']))).toMatchObject([{ active: false }]);
    expect(
      (await replica.run(replica.catalog.search({ query: 'chair', limit: 50 }))).map((hit) => hit.sku),
    ).not.toContain('CH-1002');
    if (gone) source.items.push(gone);
    expect(await replica.sync()).toMatchObject({ changed: 1, deactivated: 0 });
    expect(await replica.run(replica.catalog.bySkus(['CH-1002']))).toMatchObject([{ active: true }]);
  });

  it('does not deactivate an item that slipped between two pages while the list moved', async () => {
    const replica = await start();
    await replica.sync();
    const whole = [...source.items];
    // After page 1 an item of it is gone, so page 2 begins one item too late: CH-1002 is met by no page.
    source.beforePage = async (n) => {
      if (source.asked.length === 4 + 1) source.items = whole.slice(1);
      if (n === 1) source.items = whole;
    };
    expect(await replica.sync()).toMatchObject({ status: 'done', deactivated: 0 });
  });

  it('refuses to switch the shop off when the source answers an empty list', async () => {
    const replica = await start();
    await replica.sync();
    source.items = [];
    const run = await replica.sync();
    expect(run).toMatchObject({ status: 'failed', deactivated: 0 });
    expect(run.error).toMatch(/5 of 5 active items are missing/);
  });

  it('deactivates nothing while rows could not be read: they may be the missing ones', async () => {
    const replica = await start();
    await replica.sync();
    source.items.pop();
    source.rejected = 1;
    expect(await replica.sync()).toMatchObject({ status: 'failed', deactivated: 0, rejected: 2 });
  });

  it('keeps an unknown price unknown, and never a zero (lesson F-15)', async () => {
    source.items = [
      item({ sku: 'A-1', price: '0.00' }),
      item({ sku: 'A-2', price: null }),
      item({ sku: 'A-3', price: '7.5' }),
    ];
    const replica = await start();
    await replica.sync();
    const products = await replica.run(replica.catalog.bySkus(['A-1', 'A-2', 'A-3']));
    expect(products.map((product) => product.price)).toEqual([null, null, '7.50']);
  });

  it('counts items that cannot be sold, and survives odd texts', async () => {
    source.items = [
      item({ sku: '  ' }),
      item({ sku: '---', itemId: 'dashes' }),
      item({
        sku: 'OK-1',
        name: 'nul \0 byte, half \ud83d emoji',
        modifiedAt: 'yesterday',
        stock: -3.7,
        attributes: { size: '60\0' },
      }),
      item({ sku: 'OK-2', stock: Number.NaN, modifiedAt: null }),
    ];
    const replica = await start();
    expect(await replica.sync()).toMatchObject({ status: 'done', rejected: 2, changed: 2 });
    expect(await replica.run(replica.catalog.bySkus(['OK-1', 'OK-2']))).toMatchObject([
      { stock: 0, attributes: { size: '60' } },
      { stock: null },
    ]);
  });

  it('asks a page again when the vendor stumbles, and fails with the vendor’s words when it does not help', async () => {
    const replica = await start();
    const throttled = { _tag: 'Throttled', message: 'wait a little', retryable: true, retryAfterMs: 1 };
    source.failures.push(throttled, throttled);
    expect(await replica.sync()).toMatchObject({ status: 'done', seen: 5 });
    source.failures.push({ _tag: 'Refused', message: 'renew the token', retryable: false });
    expect(await replica.sync()).toMatchObject({
      status: 'failed',
      error: 'renew the token',
      deactivated: 0,
    });
  });

  it('stores prices although the embedder is down, says so, and catches up', async () => {
    let down = true;
    const embedder: EmbedderShape = {
      model: LOCAL_MODEL,
      dimensions: 1024,
      embed: (texts, task) =>
        down && task === 'passage'
          ? Effect.fail(new EmbedderError({ message: 'no answer', retryable: true }))
          : Effect.sync(() => texts.map(embedLocally)),
    };
    const replica = await start(source, { embedder });
    const run = await replica.sync();
    expect(run).toMatchObject({ status: 'failed', changed: 5, embedded: 0 });
    expect(run.error).toMatch(/wait for their vectors: no answer/);
    expect(await replica.run(replica.catalog.search({ query: 'chair', limit: 5 }))).toHaveLength(5);
    down = false;
    expect(await replica.sync('schedule')).toMatchObject({ status: 'done', embedded: 5 });
  });

  it('embeds everything again for another model, and never mixes vectors of two', async () => {
    await (await start()).sync();
    const other: EmbedderShape = {
      model: 'other-2',
      dimensions: 1024,
      embed: (texts) => Effect.sync(() => texts.map(embedLocally)),
    };
    const replica = await start(source, { embedder: other });
    await expect
      .poll(async () => (await db.pool.query('select distinct model from embedding')).rows)
      .toEqual([{ model: 'other-2' }]);
    expect(await replica.run(replica.catalog.search({ query: 'chair', limit: 5 }))).toHaveLength(5);
  });

  it('reads only changes on schedule after a full pass, with an overlap, and everything when an operator asks', async () => {
    const replica = await start();
    const full = await replica.sync('schedule');
    expect(full.mode).toBe('full');
    const delta = await replica.sync('schedule');
    expect(delta).toMatchObject({ mode: 'delta', deactivated: 0 });
    const since = source.asked.at(-1)?.since ?? 0;
    expect(Date.parse(full.startedAt) - since).toBe(10 * 60_000);
    expect(await replica.sync('manual')).toMatchObject({ mode: 'full' });
    await db.pool.query(`update sync_run set started_at = started_at - interval '25 hours'`);
    expect(await replica.sync('schedule')).toMatchObject({ mode: 'full' });
  });

  it('runs once at a time across replicas: the second joins the first', async () => {
    const [first, second] = [await start(), await start()];
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    source.beforePage = () => gate;
    const id = await first.run(first.catalog.sync('manual'));
    expect(await second.run(second.catalog.sync('schedule'))).toBe(id);
    expect(await first.run(first.catalog.sync('manual'))).toBe(id);
    expect(await second.run(second.catalog.syncRun(id))).toMatchObject({
      status: 'running',
      phase: 'reading',
      seen: 0,
    });
    letGo();
    await expect.poll(async () => (await second.run(second.catalog.syncRun(id)))?.status).toBe('done');
    expect(source.asked.filter(({ n }) => n === 1)).toHaveLength(1);
  });

  it('is carried on from its last page when its process stops', async () => {
    const first = await start();
    let reached = () => {};
    const atPageTwo = new Promise<void>((resolve) => {
      reached = resolve;
    });
    source.beforePage = (n) => {
      if (n === 1) return Promise.resolve();
      reached();
      return new Promise(() => {});
    };
    const id = await first.run(first.catalog.sync('manual'));
    await atPageTwo;
    await first.stop();
    source.beforePage = async () => {};
    const second = await start();
    expect(await second.run(second.catalog.resumeSync)).toBe(id);
    await expect.poll(async () => (await second.run(second.catalog.syncRun(id)))?.status).toBe('done');
    expect(await second.run(second.catalog.syncRun(id))).toMatchObject({
      phase: null,
      seen: 5,
      changed: 5,
      deactivated: 0,
    });
    expect(source.asked.filter(({ n }) => n === 1)).toHaveLength(1);
    expect(await second.run(second.catalog.resumeSync)).toBeNull();
  });

  it('refuses the writes of a worker whose run was taken over', async () => {
    const replica = await start();
    source.beforePage = async (n) => {
      if (n === 2) await db.pool.query(`update sync_run set owner = gen_random_uuid()`);
    };
    const id = await replica.run(replica.catalog.sync('manual'));
    await expect.poll(() => source.asked.length).toBe(2);
    await expect
      .poll(
        async () =>
          (
            await db.pool.query(
              `select count(*)::int as n from pg_locks join pg_database d on d.oid = database
               where locktype = 'advisory' and datname = current_database()`,
            )
          ).rows[0]?.n,
      )
      .toBe(0);
    expect((await db.pool.query('select item_id from product')).rowCount).toBe(2);
    expect(await replica.run(replica.catalog.syncRun(id))).toMatchObject({ status: 'running', seen: 2 });
  });

  it('shows another replica’s changes after its next look', async () => {
    const [writer, reader] = [await start(), await start(source, { refreshMs: 30 })];
    await writer.sync();
    await expect
      .poll(async () => (await reader.run(reader.catalog.search({ query: 'chair', limit: 9 }))).length)
      .toBe(5);
    expect(await reader.run(reader.catalog.resolve('ch 1003'))).toEqual({ kind: 'exact', sku: 'CH-1003' });
    source.items.push(item({ sku: 'NEW-1', name: 'Velvet Armchair' }));
    await writer.sync();
    await expect
      .poll(async () => (await reader.run(reader.catalog.search({ query: 'velvet', limit: 9 })))[0]?.sku)
      .toBe('NEW-1');
  });

  it('answers null for a run that never was', async () => {
    const replica = await start();
    for (const id of ['999', 'x', '', "1' or true"])
      expect(await replica.run(replica.catalog.syncRun(id))).toBeNull();
  });
});
