/** A relay is faster than the database's notifications, and may lose everything: then those carry the news, later. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import type { Relay } from './notifier.ts';
import { add, counterKind } from './testing/counter.ts';
import { eventually, testEngine } from './testing/harness.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

/** What one replica says reaches all; `lossy`: it takes everything and delivers nothing. */
const makeRelays = () => {
  const hearers = new Set<(payload: string) => void>();
  const state = { up: true, lossy: false, carried: 0 };
  const relay: Relay = {
    isUp: () => state.up,
    publish: (payload) => {
      if (state.lossy) return;
      state.carried++;
      for (const hear of hearers) hear(payload);
    },
    subscribe: (hear) => {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
  };
  return { state, relay, hearers };
};

const start = async (relay: Relay, notifyRelayedMs: number) => {
  const common = { databaseUrl: db.url, kinds: [counterKind()], relay, limits: { notifyRelayedMs } };
  const worker = await testEngine({ ...common, replicaId: 'worker' });
  const front = await testEngine({ ...common, replicaId: 'front', worker: false });
  const heads: string[] = [];
  front.onForeignCommit((batch) => void heads.push(...batch.map(({ actorId }) => actorId)));
  const listening = `select 1 from pg_stat_activity where query like 'listen%' and datname = current_database()`;
  await eventually(async () => (await db.pool.query(listening)).rowCount === 2);
  const stop = () => Promise.all([worker.stop(1000), front.stop(1000)]);
  return { front, heads, stop };
};

describe('heads of commits', () => {
  it('come by the relay long before their notification is due', async () => {
    const { relay, state, hearers } = makeRelays();
    const { front, heads, stop } = await start(relay, 3_600_000);
    await front.deliver([add('relayed', 1)]);
    await eventually(async () => heads.includes('relayed'));
    expect(state.carried).toBeGreaterThan(0);
    await stop();
    expect(hearers.size).toBe(0);
  });

  it('come by notification when the relay loses them', async () => {
    const { relay, state } = makeRelays();
    state.lossy = true;
    const { front, heads, stop } = await start(relay, 50);
    await front.deliver([add('lost', 1)]);
    await eventually(async () => heads.includes('lost'));
    await stop();
  });

  it('do not wait for a relay that is down', async () => {
    const { relay, state } = makeRelays();
    state.up = false;
    const { front, heads, stop } = await start(relay, 3_600_000);
    await front.deliver([add('down', 1)]);
    await eventually(async () => heads.includes('down'));
    expect(state.carried).toBe(0);
    await stop();
  });
});
