/**
 * Redis speeds things up and may vanish (design 5): replicas share it, lose it in the middle of conversations, and get it
 * back; no customer notices. To see this fail: let `adapters/redis/link.ts` wait for Redis instead of going on without.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../simulation/random.ts';
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
import { redisMissing, type TestRedis, testRedis } from '../support/redis.ts';

const missing = redisMissing();

const LONG = process.env.TEST_LONG === '1';
const SEED = Number(process.env.CHAOS_SEED ?? 1);
const CUSTOMERS = LONG ? 40 : 12;
const MESSAGES = LONG ? 20 : 3;
/** Long enough for a second copy to show itself. */
const SETTLE_MS = 1500;

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
    const socket = await live(b);
    socket.say({ subscribe: 'conversations' });
    await until('the list', () => socket.frames.some(({ topic }) => topic === 'conversations'));
    const before = socket.frames.length;
    await ask(a, phone, 'Hello');
    await until('the other replica to show it', () => socket.frames.length > before);
    socket.close();
    await answered(phone, 1);
  });

  it('show each other who writes in a conversation', async () => {
    const phone = '971504100003';
    await ask(a, phone, 'Hello');
    await answered(phone, 1);
    const topic = `conversation:${conversationOf(phone)}`;
    const [here, there] = await Promise.all([live(a), live(b)]);
    for (const socket of [here, there]) socket.say({ subscribe: topic });
    const writing = () =>
      here.frames.filter(({ type }) => type === 'presence').at(-1)?.data as { writing: string[] } | undefined;
    await until('presence on both', () =>
      [here, there].every(({ frames }) => frames.some(({ type }) => type === 'presence')),
    );
    there.say({ presence: topic, writing: true });
    await until('the other replica’s writer', () => (writing()?.writing.length ?? 0) > 0);
    there.close();
    await until('the writer to be gone', () => writing()?.writing.length === 0);
    here.close();
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

  it(
    'lose and double nothing while blow after blow falls on Redis under load',
    async () => {
      const random = new Random(SEED);
      const phones = Array.from({ length: CUSTOMERS }, (_, index) => `97150420${String(1000 + index)}`);
      let talking = true;
      const blows = { kill: 0, flush: 0, freeze: 0 };
      const storm = async (): Promise<void> => {
        while (talking || Object.values(blows).includes(0)) {
          const blow = random.pick(['kill', 'flush', 'freeze'] as const);
          blows[blow]++;
          if (blow === 'flush') await redis.command('FLUSHALL');
          if (blow === 'kill') await redis.kill();
          if (blow === 'freeze') redis.pause();
          await pause(random.int(50, 400));
          if (blow === 'kill') await redis.restart();
          if (blow === 'freeze') redis.resume();
          await pause(random.int(50, 400));
        }
      };
      /** One after the other, so that each message has an answer of its own. */
      const talk = async (phone: string, index: number): Promise<void> => {
        for (let said = 1; said <= MESSAGES; said++) {
          const taken = await ask(said % 2 === index % 2 ? a : b, phone, `Do you have desks? (${said})`);
          expect(taken.status).toBe(200);
          await answered(phone, said);
        }
      };
      const blowing = storm();
      await Promise.all(phones.map(talk)).finally(() => {
        talking = false;
      });
      await blowing;
      await pause(SETTLE_MS);
      expect(
        phones.map((phone) => replies(doubles, phone).length),
        `SEED=${SEED}`,
      ).toEqual(phones.map(() => MESSAGES));
      const { rows } = await db.pool.query(
        `select count(*)::int as all, count(distinct (actor_id, event_id))::int as different,
         count(*) filter (where event ->> 'type' = 'customer.message')::int as messages
       from journal where actor_id like $1`,
        [conversationOf('97150420%')],
      );
      expect(rows).toEqual([{ all: rows[0].all, different: rows[0].all, messages: CUSTOMERS * MESSAGES }]);
      expect((await a.api('GET', '/admin/dead-letters')).body.items).toEqual([]);
    },
    LONG ? 1_200_000 : 300_000,
  );
});

interface Frame {
  readonly topic?: string;
  readonly type: string;
  readonly data?: unknown;
}

const live = async (product: Product) => {
  const url = `${product.url.replace('http', 'ws')}/api/v1/live?token=${await liveToken(product)}`;
  const socket = new WebSocket(url);
  const frames: Frame[] = [];
  socket.onmessage = ({ data }) => void frames.push(JSON.parse(String(data)));
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });
  return {
    frames,
    say: (message: object) => socket.send(JSON.stringify(message)),
    close: () => socket.close(),
  };
};

const liveToken = async (product: Product): Promise<string> =>
  (await product.api('POST', '/live/token')).body.token;
