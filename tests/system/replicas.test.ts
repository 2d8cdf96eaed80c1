/**
 * Two replicas on one database: work is done once, whoever accepted it, and a dead replica's work is taken over (G3).
 * To see this fail: drop `for update` and the version check from the engine's apply transaction.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import {
  conversationOf,
  type Doubles,
  inbound,
  type Product,
  pause,
  replies,
  startDoubles,
  startProduct,
  until,
} from '../support/product.ts';

let db: TestDatabase;
let doubles: Doubles;
let a: Product;
let b: Product;

beforeAll(async () => {
  db = await testDatabase();
  doubles = await startDoubles();
  [a, b] = await Promise.all([
    startProduct({ databaseUrl: db.url, env: doubles.env }),
    startProduct({ databaseUrl: db.url, env: doubles.env }),
  ]);
});

afterAll(async () => {
  await Promise.all([a.stop(), b.stop()]);
  await doubles.close();
  await db.drop();
});

describe('two replicas', () => {
  it('answer each customer once, though every delivery reaches both', async () => {
    const phones = Array.from({ length: 15 }, (_, index) => `97150400${String(index).padStart(4, '0')}`);
    await Promise.all(
      phones.map(async (phone) => {
        const body = { messages: [inbound(phone, 'Hello')] };
        const answers = await Promise.all([a.webhook(body), b.webhook(body)]);
        expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
      }),
    );
    for (const phone of phones) await until('a reply', () => replies(doubles, phone).length > 0, 60_000);
    await pause(1500);
    expect(phones.map((phone) => replies(doubles, phone).length)).toEqual(phones.map(() => 1));
    const { rows } = await db.pool.query(
      'select count(*)::int as journals, count(distinct (actor_id, event_id))::int as events from journal',
    );
    expect(rows[0].journals).toBe(rows[0].events);
  });

  it('show on each what the other did', async () => {
    const phone = '971504009001';
    await a.webhook({ messages: [inbound(phone, 'Hello')] });
    await until('a reply', () => replies(doubles, phone).length > 0);
    const seen = await b.api('GET', `/conversations/${conversationOf(phone)}`);
    expect(seen.body.owner).toBe('bot');
    const taken = await b.api('POST', `/conversations/${conversationOf(phone)}/take-over`);
    expect(taken.body.owner).toBe('manager');
    expect((await a.api('GET', `/conversations/${conversationOf(phone)}`)).body.owner).toBe('manager');
  });

  it('carry on what a killed replica had begun', async () => {
    const phone = '971504009002';
    doubles.openrouter.setLatency(2500);
    await a.webhook({ messages: [inbound(phone, 'Hello')] });
    await until('the model to be asked', async () => {
      return (await b.api('GET', `/conversations/${conversationOf(phone)}`)).body.stateLabel === 'Thinking';
    });
    await a.kill();
    doubles.openrouter.setLatency(0);
    await until('the other replica to answer', () => replies(doubles, phone).length > 0, 60_000);
    await pause(1500);
    expect(replies(doubles, phone).length).toBe(1);
  });
});
