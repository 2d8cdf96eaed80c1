/** The in-process implementations: their clock, and their bounds (G10). */
import { Effect } from 'effect';
import { TestClock } from 'effect/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_TTL_MS, MAX_VALUE_CHARS } from './cache.ts';
import { MAX_CHANNELS, MAX_MESSAGE_CHARS } from './fanout.ts';
import { MAX_LIMIT } from './limiter.ts';
import { makeMemoryCache } from './memory-cache.ts';
import { makeMemoryFanout } from './memory-fanout.ts';
import { makeMemoryLimiter } from './memory-limiter.ts';

const timed = <A, E>(program: Effect.Effect<A, E>) =>
  Effect.runPromise(program.pipe(Effect.provide(TestClock.layer())));
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('the cache', () => {
  test('keeps a value until its time is over, and no longer', () =>
    timed(
      Effect.gen(function* () {
        const cache = makeMemoryCache();
        yield* cache.set('a', '1', 100);
        yield* TestClock.adjust(99);
        expect(yield* cache.get('a')).toBe('1');
        yield* TestClock.adjust(1);
        expect(yield* cache.get('a')).toBeNull();
        yield* cache.set('b', '1', Number.POSITIVE_INFINITY);
        yield* TestClock.adjust(MAX_TTL_MS);
        expect(yield* cache.get('b')).toBeNull();
      }),
    ));

  test('drops what was not used for longest, by entries and by size', () =>
    timed(
      Effect.gen(function* () {
        const cache = makeMemoryCache({ entries: 3, chars: 100 });
        for (const key of ['a', 'b', 'c']) yield* cache.set(key, key, 1000);
        yield* cache.get('a');
        yield* cache.set('d', 'd', 1000);
        expect(yield* cache.get('b')).toBeNull();
        expect(yield* cache.get('a')).toBe('a');
        yield* cache.set('e', 'x'.repeat(98), 1000);
        expect(yield* cache.get('a')).toBeNull();
        expect(yield* cache.get('e')).not.toBeNull();
        yield* cache.set('e', 'small', 1000);
        yield* cache.set('f', 'x'.repeat(90), 1000);
        expect(yield* cache.get('e')).toBe('small');
      }),
    ));

  test('forgets the old value when the new one is too large or has no time to live', () =>
    timed(
      Effect.gen(function* () {
        const cache = makeMemoryCache();
        for (const [value, ttl] of [
          ['x'.repeat(MAX_VALUE_CHARS + 1), 1000],
          ['new', 0],
          ['new', -5],
        ] as const) {
          yield* cache.set('a', 'old', 1000);
          yield* cache.set('a', value, ttl);
          expect(yield* cache.get('a')).toBeNull();
        }
      }),
    ));
});

describe('the limiter', () => {
  test('holds in every window, wherever it begins, and refuses no more than it must', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 60 }),
        (limit, pauses) =>
          timed(
            Effect.gen(function* () {
              const limiter = makeMemoryLimiter();
              const allowed: number[] = [];
              let now = 0;
              for (const pause of pauses) {
                yield* TestClock.adjust(pause);
                now += pause;
                const taken = yield* limiter.take('k', limit, 100);
                const inWindow = allowed.filter((at) => at > now - 100).length;
                expect(taken.allowed).toBe(inWindow < limit);
                if (taken.allowed) {
                  allowed.push(now);
                  expect(taken.remaining).toBe(limit - inWindow - 1);
                } else {
                  const freeAt = (allowed[allowed.length - limit] ?? 0) + 100;
                  expect(taken.retryAfterMs).toBe(freeAt - now);
                }
              }
            }),
          ),
      ),
      { numRuns: 60 },
    ));

  test('gives back what somebody else refused', () =>
    timed(
      Effect.gen(function* () {
        const limiter = makeMemoryLimiter();
        yield* limiter.take('k', 1, 100);
        limiter.giveBack('k');
        limiter.giveBack('never taken');
        expect(yield* limiter.take('k', 1, 100)).toEqual({ allowed: true, remaining: 0 });
      }),
    ));

  test('remembers a bounded number of keys and takes', () =>
    timed(
      Effect.gen(function* () {
        const limiter = makeMemoryLimiter({ keys: 2, takes: 3 });
        for (const key of ['a', 'b', 'c']) yield* limiter.take(key, 1, 1000);
        expect((yield* limiter.take('c', 1, 1000)).allowed).toBe(false);
        expect((yield* limiter.take('a', 1, 1000)).allowed).toBe(true);
        const many = makeMemoryLimiter({ keys: 10, takes: 3 });
        yield* many.take('old', 1, 1000);
        for (let i = 0; i < 3; i++) yield* many.take('new', 3, 1000);
        expect((yield* many.take('new', 3, 1000)).allowed).toBe(false);
        expect((yield* many.take('old', 1, 1000)).allowed).toBe(true);
      }),
    ));

  test.each([
    [0, 100],
    [1.5, 100],
    [MAX_LIMIT + 1, 100],
    [1, 0],
    [1, Number.POSITIVE_INFINITY],
  ])('takes no limit of %d in %d ms', async (limit, windowMs) => {
    await expect(timed(makeMemoryLimiter().take('k', limit, windowMs))).rejects.toThrow(RangeError);
  });
});

describe('the fan-out', () => {
  const listener = (into: string[]) => ({
    message: (message: string) => void into.push(message),
    gap: () => undefined,
  });

  test('reaches every listener of the channel and no other, until it ends', async () => {
    const fanout = makeMemoryFanout(silent);
    const [a, b, other]: [string[], string[], string[]] = [[], [], []];
    const end = await Effect.runPromise(fanout.subscribe('x', listener(a)));
    await Effect.runPromise(fanout.subscribe('x', listener(b)));
    await Effect.runPromise(fanout.subscribe('y', listener(other)));
    await Effect.runPromise(fanout.publish('x', '1'));
    end();
    end();
    await Effect.runPromise(fanout.publish('x', '2'));
    expect([a, b, other]).toEqual([['1'], ['1', '2'], []]);
  });

  test('a listener that throws is logged and keeps nothing from the others', async () => {
    const errors: string[] = [];
    const fanout = makeMemoryFanout({ ...silent, error: (_, message) => void errors.push(message) });
    const heard: string[] = [];
    const broken = () => {
      throw new Error('secret of a customer');
    };
    await Effect.runPromise(fanout.subscribe('x', { message: broken, gap: broken }));
    await Effect.runPromise(fanout.subscribe('x', listener(heard)));
    await Effect.runPromise(fanout.publish('x', '1'));
    expect(heard).toEqual(['1']);
    expect(errors).toEqual(['a live listener failed']);
  });

  test('refuses what is too large and too many channels', async () => {
    const fanout = makeMemoryFanout(silent);
    const large = await Effect.runPromise(
      Effect.flip(fanout.publish('x', 'x'.repeat(MAX_MESSAGE_CHARS + 1))),
    );
    expect(large).toMatchObject({ _tag: 'FanoutRefused', reason: 'message_too_large', retryable: false });
    const fill = Effect.forEach(Array.from({ length: MAX_CHANNELS }), (_, i) =>
      fanout.subscribe(`c${i}`, listener([])),
    );
    const [first] = await Effect.runPromise(fill);
    const subscribe = fanout.subscribe('one more', listener([]));
    expect(await Effect.runPromise(Effect.flip(subscribe))).toMatchObject({ reason: 'too_many_channels' });
    first?.();
    await Effect.runPromise(subscribe);
  });
});
