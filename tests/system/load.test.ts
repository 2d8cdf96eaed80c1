/**
 * The load run, short (`npm run load` is the long one): what holds whatever the load is, not how fast it is. First nobody
 * works and webhooks are turned away; then a replica that works comes, takes the backlog over, and plays dialogues beside it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { phoneOf, playCrowd } from '../../tools/load/crowd.ts';
import { SHORT } from '../../tools/load/latencies.ts';
import { flood } from '../../tools/load/overload.ts';
import { openStage, type Stage, startReplica } from '../../tools/load/stage.ts';
import { startVendors, type Vendors } from '../../tools/load/vendors.ts';
import { comeToRest, verify, witnessesOf } from '../../tools/load/verify.ts';
import type { WebhookLog } from '../../tools/load/webhooks.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { type Product, until } from '../support/product.ts';

/** Events that may wait; the flood has several times as many. */
const MAILBOX_LIMIT = 40;
const FLOOD_CUSTOMERS = 24;
const FLOOD = 200;
/** Far from the flood's. */
const CROWD_FROM = 1200;
const QUICK = { DEBOUNCE_MS: '150', DEBOUNCE_MAX_MS: '1000', REPLY_DEADLINE_MS: '60000' };
const PATIENCE_MS = 120_000;
const EMPTY = { lost: 0, unapplied: 0, unanswered: 0, doubled: 0, unsettled: 0, vanished: 0, parked: 0 };

let db: TestDatabase;
let vendors: Vendors;
let door: Product;
let flooded: WebhookLog;
let stage: Stage;

beforeAll(async () => {
  db = await testDatabase({ empty: true });
  vendors = await startVendors(SHORT);
  door = await startReplica(db.url, vendors, {
    ...QUICK,
    ROLES: 'ingest',
    MAILBOX_LIMIT: String(MAILBOX_LIMIT),
  });
});

afterAll(async () => {
  await door?.stop();
  await stage?.stop();
  await vendors?.close();
  await db?.drop();
});

describe('a shop under load', () => {
  it('answers 503 and when to come back while more waits than may wait, and goes on refusing strangers', async () => {
    // Each round is over before the next look at the mailboxes, or after it.
    flooded = await flood({ product: door }, options(FLOOD));
    const isFull = () => (flooded.answers.get(503) ?? 0) > 0;
    await until('the door to close', async () => {
      if (isFull()) return true;
      const more = await flood({ product: door }, options(1));
      flooded.posted.push(...more.posted);
      for (const [status, count] of more.answers) {
        flooded.answers.set(status, (flooded.answers.get(status) ?? 0) + count);
      }
      flooded.withoutRetryAfter += more.withoutRetryAfter;
      return isFull();
    });
    const taken = flooded.posted.filter(({ takenAt }) => takenAt !== null).length;
    expect(taken).toBeGreaterThan(MAILBOX_LIMIT);
    expect(flooded.withoutRetryAfter).toBe(0);
    expect([...flooded.answers.keys()].sort()).toEqual([200, 503]);
    expect((await door.webhook({ messages: [] }, { authorization: 'Bearer wrong' })).status).toBe(401);
  });

  it('loses and doubles nothing of what it took, and answers newcomers beside the backlog', async () => {
    stage = await openStage({ databaseUrl: db.url, vendors, cores: null, env: QUICK });
    const crowd = await playCrowd(
      stage,
      { dialogues: 8, forMs: 5000, arriveMs: 1000, thinkMs: [100, 600], patienceMs: PATIENCE_MS },
      CROWD_FROM,
    );
    expect(crowd.turns.length).toBeGreaterThanOrEqual(8);
    expect(await comeToRest(stage, PATIENCE_MS)).toBe(0);
    const posted = [...flooded.posted, ...crowd.webhooks.posted];
    expect(await verify(witnessesOf(stage), posted, crowd.turns)).toEqual(EMPTY);
    const answered = Array.from({ length: FLOOD_CUSTOMERS }, (_, n) =>
      vendors.wazzup.simulator.chat(phoneOf(n)).some(({ from }) => from === 'business'),
    );
    expect(answered).not.toContain(false);
  });

  it('takes webhooks again once the backlog is worked off', async () => {
    const answer = await until('the door to open', async () => {
      const again = await door.webhook({ test: true });
      return again.status === 200 ? again : null;
    });
    expect(answer.status).toBe(200);
  });
});

const options = (webhooks: number) => ({
  webhooks,
  customers: FLOOD_CUSTOMERS,
  inFlight: 16,
  giveUpAfterMs: 0,
});
