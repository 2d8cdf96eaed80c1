/**
 * The product is killed with SIGKILL in the middle of a turn and started again: the reply arrives once (G1, G5, G6).
 * To see these fail: let the runner complete a command without asking for its replica (G5), answer the webhook before
 * `engine.deliver` resolves (G1), or arm timers in memory only (G6).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import {
  conversationOf,
  type Doubles,
  freePort,
  inbound,
  type Product,
  pause,
  replies,
  SECRET,
  startDoubles,
  startProduct,
  until,
} from '../support/product.ts';

let db: TestDatabase;
let doubles: Doubles;
let port: number;
let product: Product;

const start = () => startProduct({ databaseUrl: db.url, env: doubles.env, port });

beforeAll(async () => {
  db = await testDatabase();
  doubles = await startDoubles();
  port = await freePort();
  product = await start();
  doubles.wazzup.setWebhook(`${product.url}/api/v1/webhook/wazzup`, SECRET);
});

afterAll(async () => {
  await product.stop();
  await doubles.close();
  await db.drop();
});

const label = async (phone: string) =>
  (await product.api('GET', `/conversations/${conversationOf(phone)}`)).body.stateLabel as string | undefined;

/** Long enough for a second copy to show itself. */
const SETTLE_MS = 1500;
/** A sender that comes again every 200 ms, for longer than the slowest machine takes to start the product. */
const TRIES = 600;

describe('kill -9 in the middle of a turn', () => {
  it('while the burst is gathered: the timer fires after the restart', async () => {
    const phone = '971502000001';
    const sent = await product.webhook({ messages: [inbound(phone, 'Hello')] });
    expect(sent.status).toBe(200);
    await product.kill();
    product = await start();
    await until('the reply', () => replies(doubles, phone).length > 0);
    await pause(SETTLE_MS);
    expect(replies(doubles, phone).length).toBe(1);
  });

  it('while the model thinks: it is asked again, and the customer hears one answer', async () => {
    const phone = '971502000002';
    doubles.openrouter.setLatency(3000);
    await product.webhook({ messages: [inbound(phone, 'Hello, do you have desks?')] });
    await until('the model to be asked', async () => (await label(phone)) === 'Thinking');
    await product.kill();
    doubles.openrouter.setLatency(0);
    product = await start();
    await until('the reply', () => replies(doubles, phone).length > 0);
    await pause(SETTLE_MS);
    expect(replies(doubles, phone).length).toBe(1);
  });

  it('after the channel took the reply and before we knew: the same id is sent again, and it arrives once', async () => {
    const phone = '971502000003';
    // The vendor does its work and then answers so late that we are dead by then.
    doubles.wazzup.server.addFault({ path: /\/message$/, method: 'POST', times: 1, slowBodyMs: 200 });
    await product.webhook({ messages: [inbound(phone, 'Hello')] });
    await until('the channel to have it', () => replies(doubles, phone).length > 0);
    await product.kill();
    const before = doubles.wazzup.server.log.filter((entry) => entry.path.endsWith('/message')).length;
    product = await start();
    await until(
      'the second try',
      () => doubles.wazzup.server.log.filter((entry) => entry.path.endsWith('/message')).length > before,
    );
    await until('the turn to end', async () => (await label(phone)) === 'Waiting for the customer');
    await pause(SETTLE_MS);
    expect(replies(doubles, phone).length).toBe(1);
  });

  it('many times at random: every message that was answered 200 is answered once, none twice', async () => {
    const phones = Array.from(
      { length: 12 },
      (_, index) => `97150200010${index.toString().padStart(2, '0')}`,
    );
    const accepted = new Set<string>();
    for (let round = 0; round < 3; round++) {
      const writing = phones.slice(round * 4, round * 4 + 4).map(async (phone) => {
        const message = inbound(phone, 'Hello');
        for (let attempt = 0; attempt < TRIES && !accepted.has(phone); attempt++) {
          const answer = await product.webhook({ messages: [message] }).catch(() => null);
          if (answer?.status === 200) accepted.add(phone);
          else await pause(200);
        }
      });
      await pause(60 + round * 170);
      await product.kill();
      product = await start();
      await Promise.all(writing);
    }
    expect(accepted.size).toBe(phones.length);
    for (const phone of phones) await until(`a reply to ${phone}`, () => replies(doubles, phone).length > 0);
    await pause(SETTLE_MS);
    expect(phones.map((phone) => replies(doubles, phone).length)).toEqual(phones.map(() => 1));
  });

  it('stops gracefully on SIGTERM with exit code 0, refusing new webhooks meanwhile', async () => {
    const phone = '971502000004';
    doubles.openrouter.setLatency(1200);
    await product.webhook({ messages: [inbound(phone, 'Hello')] });
    await until('the model to be asked', async () => (await label(phone)) === 'Thinking');
    const ended = product.stop();
    expect(await ended).toBe(0);
    doubles.openrouter.setLatency(0);
    product = await start();
    await until('the reply', () => replies(doubles, phone).length > 0);
    await pause(SETTLE_MS);
    expect(replies(doubles, phone).length).toBe(1);
  });
});
