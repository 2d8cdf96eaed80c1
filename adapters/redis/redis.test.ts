/** The implementations on a real Redis, while it is well: what replicas share. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { redisMissing, type TestRedis, testRedis } from '../../tests/support/redis.ts';
import { MAX_VALUE_CHARS } from './cache.ts';
import { listenTo, newPrefix, type Replica, run, startReplica, until, up } from './testing/replica.ts';

const missing = redisMissing();
let redis: TestRedis;
const open: Replica[] = [];
beforeAll(async () => {
  if (!missing) redis = await testRedis();
});
afterAll(() => redis?.close());
afterEach(async () => {
  for (const replica of open.splice(0)) await replica.close();
});

/** Two replicas of one shop. */
const two = async (prefix = newPrefix()) => {
  const replicas = [await startReplica(redis.url, prefix), await startReplica(redis.url, prefix)] as const;
  open.push(...replicas);
  await Promise.all(replicas.map(up));
  return replicas;
};

describe.skipIf(missing)(missing ?? 'the cache in Redis', () => {
  test('is one for all replicas', async () => {
    const [a, b] = await two();
    await run(a.cache.set('k', 'value ✓', 5000));
    expect(await run(b.cache.get('k'))).toBe('value ✓');
    await run(b.cache.delete('k'));
    expect(await run(a.cache.get('k'))).toBeNull();
  });

  test('ends each value in its time', async () => {
    const [a] = await two();
    await run(a.cache.set('k', 'v', 60));
    expect(await run(a.cache.get('k'))).toBe('v');
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(await run(a.cache.get('k'))).toBeNull();
  });

  test('forgets the old value when the new one is too large', async () => {
    const [a, b] = await two();
    await run(a.cache.set('k', 'old', 5000));
    await run(a.cache.set('k', 'x'.repeat(MAX_VALUE_CHARS + 1), 5000));
    expect(await run(b.cache.get('k'))).toBeNull();
  });

  test('keeps shops apart by their prefix, and every key has an end', async () => {
    const [a] = await two('shop-a:');
    const [b] = await two('shop-b:');
    await run(a.cache.set('k', 'a', 5000));
    await run(a.limiter.take('k', 3, 5000));
    expect(await run(b.cache.get('k'))).toBeNull();
    for (const key of ['shop-a:cache:k', 'shop-a:limit:k']) {
      expect(Number((await redis.command('PTTL', key)).slice(1))).toBeGreaterThan(0);
    }
  });
});

describe.skipIf(missing)(missing ?? 'the limiter in Redis', () => {
  test('is one for all replicas, whatever they do at once', async () => {
    const [a, b] = await two();
    const takes = await Promise.all(
      Array.from({ length: 60 }, (_, i) => run((i % 2 ? a : b).limiter.take('k', 20, 60_000))),
    );
    expect(takes.filter(({ allowed }) => allowed).length).toBe(20);
    const left = takes.flatMap((taken) => (taken.allowed ? taken.remaining : []));
    expect(left.toSorted((x, y) => x - y)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  test('tells when it is worth asking again, and then allows', async () => {
    const [a, b] = await two();
    await run(a.limiter.take('k', 1, 200));
    const refused = await run(b.limiter.take('k', 1, 200));
    expect(refused).toMatchObject({ allowed: false });
    const waitMs = refused.allowed ? 0 : refused.retryAfterMs;
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(200);
    await new Promise((resolve) => setTimeout(resolve, waitMs + 5));
    expect(await run(b.limiter.take('k', 1, 200))).toMatchObject({ allowed: true });
  });

  test('a refused take costs neither Redis nor the replica anything', async () => {
    const [a, b] = await two();
    await run(a.limiter.take('k', 2, 300));
    await run(a.limiter.take('k', 2, 300));
    for (let i = 0; i < 20; i++) await run(b.limiter.take('k', 2, 300));
    await new Promise((resolve) => setTimeout(resolve, 320));
    expect(await run(b.limiter.take('k', 2, 300))).toEqual({ allowed: true, remaining: 1 });
  });

  test('survives FLUSHALL without letting one replica exceed the limit', async () => {
    const [a] = await two();
    for (let i = 0; i < 5; i++) await run(a.limiter.take('k', 5, 60_000));
    await redis.command('FLUSHALL');
    await redis.command('SCRIPT', 'FLUSH');
    expect(await run(a.limiter.take('k', 5, 60_000))).toMatchObject({ allowed: false });
    expect(await run(a.limiter.take('other', 5, 60_000))).toMatchObject({ allowed: true });
  });
});

describe.skipIf(missing)(missing ?? 'the fan-out over Redis', () => {
  test('reaches listeners of all replicas once each, in the order of one sender', async () => {
    const [a, b] = await two();
    const own = await listenTo(a, 'x');
    const other = await listenTo(b, 'x');
    const stranger = await listenTo(b, 'y');
    const sent = Array.from({ length: 50 }, (_, i) => `line\n${i}`);
    for (const message of sent) await run(a.fanout.publish('x', message));
    await until(() => other.heard.messages.length >= 50);
    expect(own.heard.messages).toEqual(sent);
    expect(other.heard.messages).toEqual(sent);
    expect(stranger.heard.messages).toEqual([]);
    expect([own.heard.gaps, other.heard.gaps]).toEqual([0, 0]);
  });

  test('who listens hears what is said right after', async () => {
    const [a, b] = await two();
    for (let round = 0; round < 20; round++) {
      const { heard, end } = await listenTo(b, 'x');
      await run(a.fanout.publish('x', 'now'));
      await until(() => heard.messages.length === 1);
      end();
    }
  });

  test('stops to listen at Redis with the last listener, and only then', async () => {
    const prefix = newPrefix();
    const [a] = await two(prefix);
    const listeners = async () =>
      (await redis.command('PUBSUB', 'NUMSUB', `${prefix}fan:x`)).split(':').at(-1);
    const first = await listenTo(a, 'x');
    const second = await listenTo(a, 'x');
    first.end();
    await run(a.fanout.publish('x', '1'));
    expect(await listeners()).toBe('1');
    second.end();
    await until(async () => (await listeners()) === '0');
    expect(second.heard.messages).toEqual(['1']);
  });
});

describe.skipIf(missing)(missing ?? 'the link', () => {
  test('without the permission to listen keeps its connections and tries again', async () => {
    const prefix = newPrefix();
    const acl = (rule: string) => redis.command('ACL', 'SETUSER', 'default', rule);
    await acl('-subscribe');
    const a = await startReplica(redis.url, prefix);
    open.push(a);
    await up(a);
    const { heard } = await listenTo(a, 'x');
    const before = await redis.command('INFO', 'clients');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await redis.command('INFO', 'clients')).toBe(before);
    await acl('+subscribe');
    await until(() => heard.gaps > 0);
    await redis.command('PUBLISH', `${prefix}fan:x`, 'stranger\nhello');
    await until(() => heard.messages.includes('hello'));
    expect(a.logged.filter((line) => line.includes('refuses'))).toHaveLength(1);
  });

  test('says that it is up, and closes both connections', async () => {
    const [a] = await two();
    expect(a.status()).toMatchObject({ mode: 'redis', state: 'up', outages: 0, lastError: null });
    const clients = async () =>
      (await redis.command('CLIENT', 'LIST')).split('\n').filter((line) => / name=treejar/.test(line)).length;
    await until(async () => (await clients()) === 4);
    for (const replica of open.splice(0)) await replica.close();
    await until(async () => (await clients()) === 0);
    expect(a.logged).toEqual([]);
  });

  test('a refusal of Redis is a miss, told of once, and named in the status', async () => {
    const [a] = await two();
    await redis.command('CONFIG', 'SET', 'maxmemory', '1');
    for (let i = 0; i < 5; i++) await run(a.cache.set('k', 'v', 1000));
    expect(await run(a.limiter.take('k', 1, 1000))).toMatchObject({ allowed: true });
    await redis.command('CONFIG', 'SET', 'maxmemory', '0');
    expect(a.logged.filter((line) => line.includes('refuses'))).toHaveLength(1);
    expect(a.status()).toMatchObject({ state: 'up', lastError: 'OOM' });
  });

  test('a wrong password is named and leaks nowhere', async () => {
    await redis.command('CONFIG', 'SET', 'requirepass', 'right');
    const replica = await startReplica(redis.url.replace('://', '://:s3cret-guess@'));
    open.push(replica);
    await until(() => replica.logged.length > 0);
    expect(replica.logged.join()).toContain('WRONGPASS');
    expect(replica.logged.join() + JSON.stringify(replica.status())).not.toContain('s3cret-guess');
    expect(await run(replica.cache.get('k'))).toBeNull();
    await replica.close();
    open.splice(0);
    const welcome = await startReplica(redis.url.replace('://', '://:right@'));
    open.push(welcome);
    await up(welcome);
  });
});
