/** What is promised is read now, what is shown may be seconds old, and replicas share what they read (domain 12.2, 12.7). */
import { Clock, Effect, Fiber, Layer } from 'effect';
import { TestClock } from 'effect/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { VendorUnreachable } from '../../adapters/http/vendor-errors.ts';
import { Cache } from '../../adapters/redis/cache.ts';
import { makeMemoryCache } from '../../adapters/redis/memory-cache.ts';
import { ZohoInventory } from '../../adapters/zoho-inventory/zoho-inventory.ts';
import { SHOWN_FRESH_MS, StockReadings } from './stock-readings.ts';

const item = (sku: string, stock: number) => ({
  itemId: '1',
  sku,
  name: 'Chair',
  description: '',
  category: 'Chairs',
  price: '120.00',
  currency: 'AED',
  stock,
  unit: 'pcs',
  active: true,
  imageName: null,
  imageId: null,
  modifiedAt: '',
  attributes: { colour: 'black' },
});

/** Inventory with one figure, which counts who asks, and takes its time. */
const shelf = { stock: 7, calls: 0, latencyMs: 0, away: false };
beforeEach(() => {
  Object.assign(shelf, { stock: 7, calls: 0, latencyMs: 0, away: false });
});
const inventory = Layer.mock(ZohoInventory, {
  itemBySku: (sku) =>
    Effect.gen(function* () {
      shelf.calls++;
      const { stock } = shelf;
      if (shelf.latencyMs > 0) yield* Effect.sleep(shelf.latencyMs);
      if (shelf.away) return yield* new VendorUnreachable({ vendor: 'x', message: 'away', retryable: true });
      return sku === 'NONE' ? null : item(sku, stock);
    }),
});

/** Two replicas on one cache. */
const replicas = Effect.gen(function* () {
  const cache = makeMemoryCache();
  const one = StockReadings.layer.pipe(Layer.provide(inventory), Layer.provide(Layer.succeed(Cache, cache)));
  const make = Effect.map(Layer.build(Layer.fresh(one)), (context) => context);
  const [a, b] = [yield* make, yield* make];
  return {
    cache,
    a: yield* Effect.provideContext(StockReadings, a),
    b: yield* Effect.provideContext(StockReadings, b),
  };
});

const run = <A, E>(program: Effect.Effect<A, E, import('effect').Scope.Scope>) =>
  Effect.runPromise(program.pipe(Effect.scoped, Effect.provide(TestClock.layer())));

describe('readings of price and stock', () => {
  test('what is shown is read once for all replicas, until it is too old', () =>
    run(
      Effect.gen(function* () {
        const { a, b } = yield* replicas;
        expect((yield* a.recent('CH-1'))?.stock).toBe(7);
        shelf.stock = 3;
        yield* TestClock.adjust(SHOWN_FRESH_MS - 1);
        expect(yield* b.recent('CH-1')).toEqual(item('CH-1', 7));
        expect(shelf.calls).toBe(1);
        yield* TestClock.adjust(1);
        expect((yield* b.recent('CH-1'))?.stock).toBe(3);
      }),
    ));

  test('what is promised is never taken from what was read before, and becomes what is shown', () =>
    run(
      Effect.gen(function* () {
        const { a, b } = yield* replicas;
        yield* a.now('CH-1');
        shelf.stock = 3;
        yield* TestClock.adjust(2);
        expect((yield* a.now('CH-1'))?.stock).toBe(3);
        shelf.stock = 1;
        expect((yield* b.recent('CH-1'))?.stock).toBe(3);
      }),
    ));

  test('those who ask at the same moment share one call', () =>
    run(
      Effect.gen(function* () {
        shelf.latencyMs = 100;
        const { a } = yield* replicas;
        const asking = yield* Effect.forEach([1, 2, 3, 4, 5], () =>
          Effect.forkChild(a.now('CH-1'), { startImmediately: true }),
        );
        yield* TestClock.adjust(100);
        expect((yield* Effect.forEach(asking, Fiber.join)).map((found) => found?.stock)).toEqual([
          7, 7, 7, 7, 7,
        ]);
        expect(shelf.calls).toBe(1);
      }),
    ));

  test('a failure is not remembered, and neither is a value of another shape', () =>
    run(
      Effect.gen(function* () {
        const { a, cache } = yield* replicas;
        shelf.away = true;
        expect((yield* Effect.flip(a.recent('CH-1')))._tag).toBe('VendorUnreachable');
        shelf.away = false;
        expect((yield* a.recent('CH-1'))?.stock).toBe(7);
        yield* TestClock.adjust(2);
        yield* cache.set('stock:1:CH-1', '{"sku":"CH-1","stock":"many"}', 1000);
        expect((yield* a.recent('CH-1'))?.stock).toBe(7);
        expect(shelf.calls).toBe(3);
      }),
    ));

  test('an item that is not there is known to be not there', () =>
    run(
      Effect.gen(function* () {
        const { a } = yield* replicas;
        expect(yield* a.recent('NONE')).toBeNull();
        expect(yield* a.recent('NONE')).toBeNull();
        expect(shelf.calls).toBe(1);
        expect(yield* Clock.currentTimeMillis).toBe(0);
      }),
    ));
});
