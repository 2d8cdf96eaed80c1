/** Redis lost at any moment costs speed and nothing else (design 5): killed, stopped, never there, under load. */
import { afterEach, describe, expect, test } from 'vitest';
import { redisMissing, type TestRedis, testRedis } from '../../tests/support/redis.ts';
import { OPERATION_MS } from './link.ts';
import { down, listenTo, newPrefix, type Replica, run, startReplica, until, up } from './testing/replica.ts';

const missing = redisMissing();
const servers: TestRedis[] = [];
const replicas: Replica[] = [];
afterEach(async () => {
  for (const replica of replicas.splice(0)) await replica.close();
  for (const server of servers.splice(0)) await server.close();
});

const start = async () => {
  const redis = await testRedis();
  servers.push(redis);
  const prefix = newPrefix();
  const replica = async () => {
    const started = await startReplica(redis.url, prefix, OPERATION_MS);
    replicas.push(started);
    return started;
  };
  return { redis, replica, prefix };
};

/** A loaded machine wakes timers late; a Redis that is waited for would take far longer. */
const SLACK_MS = 2000;

describe.skipIf(missing)(missing ?? 'Redis away', () => {
  test('killed and restarted under load: no operation fails or waits for it, and everything works after', async () => {
    const { redis, replica } = await start();
    const [a, b] = [await replica(), await replica()];
    await Promise.all([up(a), up(b)]);
    const other = await listenTo(b, 'x');
    let stop = false;
    let done = 0;
    const worker = async (id: number) => {
      while (!stop) {
        await run(a.cache.set(`k${id}`, String(id), 5000));
        const value = await run(a.cache.get(`k${id}`));
        expect([null, String(id)]).toContain(value);
        await run(a.limiter.take(`k${id}`, 1000, 1000));
        await run(a.fanout.publish('x', String(id)));
        done++;
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    };
    const load = Promise.all([1, 2, 3, 4].map(worker));
    for (let round = 0; round < 3; round++) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await redis.kill();
      await down(a);
      const before = done;
      await until(() => done > before + 20);
      await redis.restart();
      await Promise.all([up(a), up(b)]);
    }
    stop = true;
    await load;
    await until(() => other.heard.gaps > 0);
    await until(async () => {
      await run(a.cache.set('after', 'yes', 5000));
      return (await run(b.cache.get('after'))) === 'yes';
    });
    await until(async () => {
      await run(a.fanout.publish('x', 'after'));
      return other.heard.messages.at(-1) === 'after';
    });
    expect(a.status()).toMatchObject({ state: 'up', outages: 3 });
    expect(a.logged.filter((line) => line.startsWith('Redis is away'))).toHaveLength(1);
    expect(a.logged.filter((line) => line.startsWith('Redis is back'))).toHaveLength(1);
  }, 60_000);

  test('stopped: operations give up after 50 ms, soon without waiting at all, until it goes on', async () => {
    const { redis, replica } = await start();
    const a = await replica();
    await up(a);
    await until(async () => {
      await run(a.cache.set('k', 'v', 60_000));
      return (await run(a.cache.get('k'))) === 'v';
    });
    redis.pause();
    const before = performance.now();
    for (let i = 0; i < 3; i++) expect(await run(a.cache.get('k'))).toBeNull();
    expect(performance.now() - before).toBeLessThan(3 * OPERATION_MS + SLACK_MS);
    const meanwhile = performance.now();
    for (let i = 0; i < 200; i++) {
      expect(await run(a.cache.get('k'))).toBeNull();
      expect(await run(a.limiter.take('k', 200, 60_000))).toMatchObject({ allowed: true });
    }
    expect(performance.now() - meanwhile).toBeLessThan((400 * OPERATION_MS) / 4);
    await down(a);
    expect(await run(a.limiter.take('k', 200, 60_000))).toMatchObject({ allowed: false });
    redis.resume();
    await up(a);
    await until(async () => (await run(a.cache.get('k'))) === 'v');
  });

  test('a moment of silence is no outage: no reconnection, no line in the log', async () => {
    const { redis, replica } = await start();
    const a = await replica();
    await up(a);
    redis.pause();
    for (let i = 0; i < 4; i++) await run(a.cache.get('k'));
    redis.resume();
    await until(async () => {
      await run(a.cache.set('k', 'v', 1000));
      return (await run(a.cache.get('k'))) === 'v';
    });
    expect(a.status()).toMatchObject({ state: 'up', outages: 0 });
    expect(a.logged).toEqual([]);
  });

  test('never there: everything works in-process, one line is logged, and it is used once it comes', async () => {
    const { redis, replica } = await start();
    await redis.kill();
    const a = await replica();
    const own = await listenTo(a, 'x');
    await until(() => a.logged.length > 0);
    await run(a.fanout.publish('x', 'alone'));
    expect(own.heard.messages).toEqual(['alone']);
    expect(await run(a.limiter.take('k', 1, 60_000))).toMatchObject({ allowed: true });
    expect(await run(a.limiter.take('k', 1, 60_000))).toMatchObject({ allowed: false });
    expect(await run(a.cache.get('k'))).toBeNull();
    expect(a.status()).toMatchObject({ mode: 'redis', state: 'down', lastError: 'ECONNREFUSED' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(a.logged).toHaveLength(1);
    await redis.restart();
    await up(a);
    const b = await replica();
    await up(b);
    await until(async () => {
      await run(b.fanout.publish('x', 'together'));
      return own.heard.messages.includes('together');
    });
  });

  test('what was deleted or changed meanwhile is never read again', async () => {
    const { redis, replica, prefix } = await start();
    const [a, b] = [await replica(), await replica()];
    await Promise.all([up(a), up(b)]);
    for (const key of ['deleted', 'changed']) {
      await until(async () => {
        await run(a.cache.set(key, 'old', 60_000));
        return (await run(b.cache.get(key))) === 'old';
      });
    }
    redis.pause();
    await run(a.cache.delete('deleted'));
    await run(a.cache.set('changed', 'new', 60_000));
    redis.resume();
    await until(async () => (await run(b.cache.get('deleted'))) === null);
    for (let i = 0; i < 20; i++) {
      expect(await run(a.cache.get('deleted'))).toBeNull();
      expect(['new', null]).toContain(await run(a.cache.get('changed')));
    }
    // By Redis itself: a busy moment of ours would be a miss too.
    for (const key of ['deleted', 'changed']) {
      await until(async () => !(await redis.command('GET', `${prefix}cache:${key}`)).includes('old'));
    }
  });

  test('messages that could not leave are announced as a gap to the other replicas', async () => {
    const { redis, replica } = await start();
    const [a, b] = [await replica(), await replica()];
    await Promise.all([up(a), up(b)]);
    const other = await listenTo(b, 'x');
    await redis.command('CLIENT', 'PAUSE', '150', 'ALL');
    await run(a.fanout.publish('x', 'lost or late'));
    await until(() => other.heard.gaps > 0);
    expect(b.status().outages).toBe(0);
  });

  test('the limit of one replica holds through an outage', async () => {
    const { redis, replica } = await start();
    const a = await replica();
    await up(a);
    let allowed = 0;
    const take = async () => {
      if ((await run(a.limiter.take('k', 10, 60_000))).allowed) allowed++;
    };
    for (let i = 0; i < 6; i++) await take();
    await redis.kill();
    for (let i = 0; i < 6; i++) await take();
    await redis.restart();
    await up(a);
    for (let i = 0; i < 6; i++) await take();
    expect(allowed).toBe(10);
  });
});
