/**
 * Redis speeds things up and may vanish (design 5): replicas share it, lose it in the middle of conversations, and get it
 * back; no customer notices. To see this fail: let `adapters/redis/link.ts` wait for Redis instead of going on without.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import {
  conversationOf,
  type Doubles,
  inbound,
  type Product,
  replies,
  startDoubles,
  startProduct,
  until,
} from '../support/product.ts';
import { redisMissing, type TestRedis, testRedis } from '../support/redis.ts';

const missing = redisMissing();

describe.skipIf(missing !== null)(`two replicas with Redis${missing === null ? '' : ` (${missing})`}`, () => {
  let db: TestDatabase;
  let doubles: Doubles;
  let redis: TestRedis;
  let a: Product;
  let b: Product;

  beforeAll(async () => {
    [db, doubles, redis] = await Promise.all([testDatabase(), startDoubles(), testRedis()]);
    const env = { ...doubles.env, REDIS_URL: redis.url };
    [a, b] = await Promise.all([
      startProduct({ databaseUrl: db.url, env }),
      startProduct({ databaseUrl: db.url, env }),
    ]);
  });

  afterAll(async () => {
    await Promise.all([a.stop(), b.stop()]);
    await doubles.close();
    await redis.close();
    await db.drop();
  });

  const health = async (product: Product) => (await product.api('GET', '/health')).body.components.redis;
  const answered = (phone: string, count: number) =>
    until(`reply ${count} to ${phone}`, () => replies(doubles, phone).length >= count, 60_000);
  const ask = (product: Product, phone: string, text: string) =>
    product.webhook({ messages: [inbound(phone, text)] });

  it('share what they read, and say so in their health', async () => {
    expect(await health(a)).toMatchObject({ status: 'ok', detail: { mode: 'redis', outages: 0 } });
    const found = async () => (await a.api('GET', '/products/search?q=chair&limit=1')).body.items.length > 0;
    await until('the catalog', found);
    await ask(a, '971504100001', 'Do you have office chairs?');
    await answered('971504100001', 1);
    const keys = await redis.command('KEYS', 'treejar:cache:*');
    expect(keys).toContain('stock:1:');
    expect(keys).not.toContain('971504100001');
  });

  it('show each other their commits', async () => {
    const phone = '971504100002';
    const socket = new WebSocket(`${b.url.replace('http', 'ws')}/api/v1/live?token=${await liveToken(b)}`);
    const topics: string[] = [];
    socket.onmessage = ({ data }) => void topics.push(String(JSON.parse(String(data)).topic));
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    socket.send(JSON.stringify({ subscribe: 'conversations' }));
    await until('the list', () => topics.includes('conversations'));
    const before = topics.length;
    await ask(a, phone, 'Hello');
    await until('the other replica to show it', () => topics.length > before);
    socket.close();
    await answered(phone, 1);
  });

  it('serve on while Redis is killed, frozen and emptied under them, each customer once', async () => {
    const phones = Array.from({ length: 6 }, (_, index) => `97150410${String(1000 + index)}`);
    await Promise.all(phones.map((phone, index) => ask(index % 2 ? a : b, phone, 'Do you have desks?')));
    await redis.kill();
    await Promise.all(phones.map((phone) => answered(phone, 1)));
    await until('the loss in the health', async () => (await health(a)).status === 'degraded');
    expect((await a.api('GET', '/health')).status).toBe(200);
    await ask(a, '971504101001', 'And chairs?');
    await answered('971504101001', 2);
    await redis.restart();
    await until(
      'Redis in the health',
      async () => (await health(a)).status === 'ok' && (await health(b)).status === 'ok',
    );
    redis.pause();
    await ask(b, '971504101002', 'And chairs?');
    await answered('971504101002', 2);
    redis.resume();
    await redis.command('FLUSHALL');
    await ask(b, '971504101003', 'And chairs?');
    await answered('971504101003', 2);
    expect(phones.map((phone) => replies(doubles, phone).length)).toEqual([1, 2, 2, 2, 1, 1]);
    const { rows } = await db.pool.query(
      'select count(*)::int as all, count(distinct (actor_id, event_id))::int as different from journal',
    );
    expect(rows[0].all).toBe(rows[0].different);
    expect((await b.api('GET', `/conversations/${conversationOf('971504101002')}`)).status).toBe(200);
  });
});

const liveToken = async (product: Product): Promise<string> =>
  (await product.api('POST', '/live/token')).body.token;
