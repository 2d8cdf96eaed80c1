import { Clock, Effect, Fiber } from 'effect';
import { TestClock } from 'effect/testing';
import { describe, expect, test } from 'vitest';
import { makeSlidingLimit } from './rate-limit.ts';

describe('a sliding limit', () => {
  test('never lets more than N requests start in any window, and lets them go in order', async () => {
    const startedAt = await Effect.runPromise(
      Effect.gen(function* () {
        const reserve = makeSlidingLimit({ requests: 3, windowMs: 1000, maxWaitMs: 60_000 });
        const started: number[] = [];
        const request = reserve.pipe(
          Effect.andThen(Clock.currentTimeMillis),
          Effect.map((now) => started.push(now)),
        );
        yield* TestClock.adjust(400);
        yield* request;
        yield* TestClock.adjust(300);
        const fibers = yield* Effect.forEach([1, 2, 3, 4, 5, 6], () => Effect.forkChild(request));
        yield* TestClock.adjust(5000);
        for (const fiber of fibers) yield* Fiber.join(fiber);
        return started;
      }).pipe(Effect.provide(TestClock.layer())),
    );
    expect(startedAt).toEqual([400, 700, 700, 1400, 1700, 1700, 2400]);
  });

  test('refuses a request that would wait too long, and gives no place away for it', async () => {
    const outcome = await Effect.runPromise(
      Effect.gen(function* () {
        const reserve = makeSlidingLimit({ requests: 1, windowMs: 1000, maxWaitMs: 500 });
        yield* reserve;
        yield* TestClock.adjust(100);
        const wait = yield* Effect.flip(reserve);
        yield* TestClock.adjust(900);
        yield* reserve;
        return wait;
      }).pipe(Effect.provide(TestClock.layer())),
    );
    expect(outcome).toBe(900);
  });
});
