/** An article that Inventory does not sell is told to managers once a day, whoever asks for it (domain 9.8). */
import { Effect, Layer, Logger } from 'effect';
import { TestClock } from 'effect/testing';
import { expect, it } from 'vitest';
import { AlertNotRecorded, Alerts } from './alerts.ts';
import { tellGone } from './gone-article.ts';

const told: string[] = [];
let isAway = false;
const layer = Layer.mergeAll(
  Logger.layer([]),
  TestClock.layer(),
  Layer.succeed(Alerts, {
    raise: (id) =>
      isAway
        ? Effect.fail(new AlertNotRecorded({ message: 'the database is away', retryable: true }))
        : Effect.sync(() => void told.push(id)),
    close: () => Effect.void,
  }),
);

it('has one id for an article and day, another for the next day, and holds no answer up', async () => {
  await Effect.gen(function* () {
    yield* tellGone('CH-1');
    yield* tellGone('CH-1');
    yield* tellGone('CH-2');
    yield* TestClock.adjust('1 day');
    yield* tellGone('CH-1');
    isAway = true;
    yield* tellGone('CH-3');
  }).pipe(Effect.provide(layer), Effect.runPromise);
  expect([...new Set(told)]).toHaveLength(3);
  expect(told[0]).toBe(told[1]);
});
