import { Effect, Fiber, Result } from 'effect';
import { TestClock } from 'effect/testing';
import { describe, expect, test } from 'vitest';
import { LATENCY_BOUNDS_MS, percentile, RECENT_CALLS } from './call-stats.ts';
import { type BreakerPolicy, breakerFor, type Judge, type VendorBreaker } from './vendor-breaker.ts';
import { VendorCircuitOpen } from './vendor-errors.ts';
import { makeVendorHealthRegistry } from './vendor-health.ts';

const POLICY: BreakerPolicy = { failures: 3, openMs: 1000, openMaxMs: 4000 };
/** A call's answer is its HTTP status. */
const JUDGE: Judge<number, 'unreachable'> = {
  answered: (status) => (status >= 500 ? 'server' : status === 429 ? 'rate_limited' : null),
  failed: (error) => error,
  retryAfterMs: (status) => (status === 503 ? 3000 : undefined),
};

const set = () => {
  const registry = makeVendorHealthRegistry();
  const breaker = breakerFor('Shop', { policy: POLICY, registry });
  return { registry, breaker, health: Effect.map(registry.read, ([first]) => first) };
};
const answer = (breaker: VendorBreaker, status: number) => breaker.guard(Effect.succeed(status), JUDGE);
const unreachable = (breaker: VendorBreaker) =>
  Effect.result(breaker.guard(Effect.fail('unreachable' as const), JUDGE));
const times = (count: number, call: Effect.Effect<unknown, unknown>) =>
  Effect.forEach(Array.from({ length: count }), () => Effect.ignore(call));
const run = <A, E>(program: Effect.Effect<A, E>) =>
  Effect.runPromise(program.pipe(Effect.provide(TestClock.layer())));

describe('the circuit', () => {
  test('opens after that many failures in a row, and then no call is made', () => {
    const { breaker } = set();
    let made = 0;
    const failing = Effect.suspend(() => Effect.fail('unreachable' as const)).pipe(
      Effect.tapError(() => Effect.sync(() => made++)),
    );
    return run(
      Effect.gen(function* () {
        yield* times(2, breaker.guard(failing, JUDGE));
        yield* breaker.check;
        yield* times(5, breaker.guard(failing, JUDGE));
        expect(made).toBe(3);
        const refused = Result.getOrThrow(Result.flip(yield* Effect.result(answer(breaker, 200))));
        expect(refused).toBeInstanceOf(VendorCircuitOpen);
        expect(refused).toMatchObject({ vendor: 'Shop', retryable: true, retryAfterMs: 1000 });
        expect(yield* Effect.flip(breaker.check)).toMatchObject({ _tag: 'VendorCircuitOpen' });
      }),
    );
  });

  test.each([400, 401, 404, 409, 422, 429])('is not opened by %i, however often', (status) => {
    const { breaker, health } = set();
    return run(
      Effect.gen(function* () {
        yield* times(20, answer(breaker, status));
        expect(yield* answer(breaker, 200)).toBe(200);
        expect((yield* health)?.circuit).toBe('closed');
      }),
    );
  });

  test('counts failures in a row only: an answer in between starts afresh', () => {
    const { breaker, health } = set();
    return run(
      Effect.gen(function* () {
        for (let round = 0; round < 5; round++) {
          yield* times(2, answer(breaker, 500));
          yield* answer(breaker, 404);
        }
        expect(yield* health).toMatchObject({ circuit: 'closed', failures: 10, calls: 15 });
      }),
    );
  });

  test('lets one call try after the wait, refuses the others meanwhile, and closes when it succeeds', () => {
    const { breaker, health } = set();
    return run(
      Effect.gen(function* () {
        yield* times(3, answer(breaker, 502));
        yield* TestClock.adjust(999);
        expect((yield* health)?.circuit).toBe('open');
        yield* TestClock.adjust(1);
        yield* breaker.check;
        const probe = yield* Effect.forkChild(breaker.guard(Effect.delay(Effect.succeed(200), 100), JUDGE), {
          startImmediately: true,
        });
        const other = Result.getOrThrow(Result.flip(yield* Effect.result(answer(breaker, 200))));
        expect(other).toMatchObject({ _tag: 'VendorCircuitOpen', retryable: true });
        expect((other as VendorCircuitOpen).retryAfterMs).toBeGreaterThan(0);
        yield* TestClock.adjust(100);
        expect(yield* Fiber.join(probe)).toBe(200);
        expect(yield* answer(breaker, 200)).toBe(200);
        expect((yield* health)?.circuit).toBe('closed');
      }),
    );
  });

  test('waits twice as long after each failed try, up to the limit', () => {
    const { breaker } = set();
    return run(
      Effect.gen(function* () {
        yield* times(3, answer(breaker, 500));
        const waits: number[] = [];
        for (let round = 0; round < 5; round++) {
          const refused = (yield* Effect.flip(breaker.check)) as VendorCircuitOpen;
          waits.push(refused.retryAfterMs);
          yield* TestClock.adjust(refused.retryAfterMs);
          yield* answer(breaker, 500);
        }
        expect(waits).toEqual([1000, 2000, 4000, 4000, 4000]);
      }),
    );
  });

  test('stays open as long as the vendor asks, within the limit', () => {
    const { breaker } = set();
    return run(
      Effect.gen(function* () {
        yield* times(3, answer(breaker, 503));
        expect(yield* Effect.flip(breaker.check)).toMatchObject({ retryAfterMs: 3000 });
      }),
    );
  });

  test('takes a cancelled try for no try: the next call is the try', () => {
    const { breaker, health } = set();
    return run(
      Effect.gen(function* () {
        yield* times(3, unreachable(breaker));
        yield* TestClock.adjust(1000);
        const probe = yield* Effect.forkChild(breaker.guard(Effect.never, JUDGE), { startImmediately: true });
        yield* Fiber.interrupt(probe);
        expect((yield* health)?.circuit).toBe('half-open');
        expect(yield* answer(breaker, 200)).toBe(200);
        expect(yield* health).toMatchObject({ circuit: 'closed', calls: 4 });
      }),
    );
  });
});

describe('the health of a vendor', () => {
  test('tells circuit, last success, last failure, counts and percentiles', () => {
    const { breaker, health } = set();
    return run(
      Effect.gen(function* () {
        yield* TestClock.adjust(1_000_000);
        for (const ms of [10, 20, 30, 40, 700]) {
          const call = yield* Effect.forkChild(breaker.guard(Effect.delay(Effect.succeed(200), ms), JUDGE));
          yield* TestClock.adjust(ms);
          yield* Fiber.join(call);
        }
        yield* TestClock.adjust(200);
        yield* answer(breaker, 429);
        expect(yield* health).toMatchObject({
          vendor: 'shop',
          circuit: 'closed',
          lastSuccessAt: 1_000_800,
          lastFailure: { class: 'rate_limited', at: 1_001_000 },
          calls: 6,
          failures: 1,
          refusals: 0,
          p50Ms: 20,
          p95Ms: 700,
        });
        expect((yield* health)?.latency.sumMs).toBe(800);
        expect((yield* health)?.latency.buckets.length).toBe(LATENCY_BOUNDS_MS.length + 1);
        expect((yield* health)?.latency.buckets.slice(0, 7)).toEqual([2, 1, 2, 0, 0, 0, 1]);
      }),
    );
  });

  test('counts what the open circuit refused apart from the calls', () => {
    const { breaker, health } = set();
    return run(
      Effect.gen(function* () {
        yield* times(3, unreachable(breaker));
        yield* times(7, answer(breaker, 200));
        yield* Effect.ignore(breaker.check);
        expect(yield* health).toMatchObject({ circuit: 'open', calls: 3, failures: 3, refusals: 8 });
      }),
    );
  });

  test('keeps a bounded number of durations, the newest', () => {
    const { breaker, health } = set();
    return run(
      Effect.gen(function* () {
        yield* times(
          RECENT_CALLS,
          Effect.tap(answer(breaker, 200), () => Effect.void),
        );
        const slow = yield* Effect.forkChild(breaker.guard(Effect.delay(Effect.succeed(200), 500), JUDGE));
        yield* TestClock.adjust(500);
        yield* Fiber.join(slow);
        expect(yield* health).toMatchObject({ calls: RECENT_CALLS + 1, p50Ms: 0 });
      }),
    );
  });

  test('shows two clients of one vendor as one, with the worse circuit', () => {
    const registry = makeVendorHealthRegistry();
    const crm = breakerFor('zoho-accounts', { policy: POLICY, registry });
    const inventory = breakerFor('zoho-accounts', { policy: POLICY, registry });
    breakerFor('Wazzup', { registry });
    return run(
      Effect.gen(function* () {
        yield* answer(crm, 200);
        yield* times(3, answer(inventory, 500));
        const shown = (yield* registry.read).map(({ vendor, circuit, calls, failures }) => ({
          vendor,
          circuit,
          calls,
          failures,
        }));
        expect(shown).toEqual([
          { vendor: 'wazzup', circuit: 'closed', calls: 0, failures: 0 },
          { vendor: 'zoho-accounts', circuit: 'open', calls: 4, failures: 3 },
        ]);
      }),
    );
  });

  test('has no percentiles of no calls', () => {
    expect(percentile([], 0.5)).toBeNull();
    expect(percentile([7], 0.95)).toBe(7);
  });
});
