import { Clock, Effect, Fiber } from 'effect';
import { TestClock } from 'effect/testing';
import { describe, expect, test } from 'vitest';
import { makeMemoryLimiter } from '../redis/memory-limiter.ts';
import { both, makePace, type PaceLimit } from './vendor-pace.ts';

const LIMIT: PaceLimit = { key: 'shop', requests: 3, windowMs: 1000, maxWaitMs: 60_000 };
const run = <A, E>(program: Effect.Effect<A, E>) =>
  Effect.runPromise(program.pipe(Effect.provide(TestClock.layer())));

describe('a pace', () => {
  test('never lets more than N calls start in any window, and lets them go in order', async () => {
    const startedAt = await run(
      Effect.gen(function* () {
        const pace = makePace(makeMemoryLimiter(), LIMIT);
        const started: number[] = [];
        const call = (index: number) =>
          pace.pipe(
            Effect.andThen(Clock.currentTimeMillis),
            Effect.map((now) => started.push(now * 10 + index)),
          );
        yield* TestClock.adjust(400);
        yield* call(0);
        yield* TestClock.adjust(300);
        const fibers = yield* Effect.forEach([1, 2, 3, 4, 5, 6], (index) => Effect.forkChild(call(index)));
        yield* TestClock.adjust(5000);
        for (const fiber of fibers) yield* Fiber.join(fiber);
        return started;
      }),
    );
    expect(startedAt).toEqual([4000, 7001, 7002, 14003, 17004, 17005, 24006]);
  });

  test('refuses a call that would wait too long, and gives no place away for it', async () => {
    const wait = await run(
      Effect.gen(function* () {
        const pace = makePace(makeMemoryLimiter(), { ...LIMIT, requests: 1, maxWaitMs: 500 });
        yield* pace;
        yield* TestClock.adjust(100);
        const told = yield* Effect.flip(pace);
        yield* TestClock.adjust(900);
        yield* pace;
        return told;
      }),
    );
    expect(wait).toBe(900);
  });

  test('refuses those behind a long queue instead of keeping them for ever', async () => {
    const refused = await run(
      Effect.gen(function* () {
        const pace = makePace(makeMemoryLimiter(), { ...LIMIT, requests: 1, maxWaitMs: 2500 });
        const calls = yield* Effect.forEach([1, 2, 3, 4, 5, 6], () =>
          Effect.forkChild(Effect.result(pace), { startImmediately: true }),
        );
        yield* TestClock.adjust(10_000);
        const ends = yield* Effect.forEach(calls, Fiber.join);
        return ends.map((end) => end._tag);
      }),
    );
    expect(refused).toEqual(['Success', 'Success', 'Success', 'Failure', 'Failure', 'Failure']);
  });

  test('asks those it refuses back one after the other, at the pace itself, and none too late', async () => {
    const told = await run(
      Effect.gen(function* () {
        const pace = makePace(makeMemoryLimiter(), { ...LIMIT, requests: 4, maxWaitMs: 0 });
        yield* Effect.all([pace, pace, pace, pace]);
        const refused = yield* Effect.forEach([1, 2, 3, 4, 5], () => Effect.flip(pace));
        yield* TestClock.adjust(5000);
        yield* Effect.all([pace, pace, pace, pace]);
        const later = yield* Effect.flip(pace);
        const many = yield* Effect.forEach(Array.from({ length: 5000 }), () => Effect.flip(pace));
        return { refused, later, last: many.at(-1) };
      }),
    );
    expect(told).toEqual({ refused: [1000, 1250, 1500, 1750, 2000], later: 1000, last: 600_000 });
  });

  test('is one for all who share its limiter', async () => {
    const wait = await run(
      Effect.gen(function* () {
        const limiter = makeMemoryLimiter();
        const here = makePace(limiter, { ...LIMIT, maxWaitMs: 0 });
        const there = makePace(limiter, { ...LIMIT, maxWaitMs: 0 });
        yield* Effect.all([here, there, here]);
        return yield* Effect.flip(there);
      }),
    );
    expect(wait).toBe(1000);
  });

  test('leaves room for the others when the background has used its share', async () => {
    const left = await run(
      Effect.gen(function* () {
        const limiter = makeMemoryLimiter();
        const whole = makePace(limiter, { ...LIMIT, maxWaitMs: 0 });
        const share = makePace(limiter, { key: 'background', requests: 1, windowMs: 1000, maxWaitMs: 0 });
        yield* both(share, whole);
        const refused = yield* Effect.result(both(share, whole));
        yield* whole;
        yield* whole;
        return refused._tag;
      }),
    );
    expect(left).toBe('Failure');
  });
});
