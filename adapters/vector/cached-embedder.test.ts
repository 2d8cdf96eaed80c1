import { Effect, Fiber, Layer, ManagedRuntime } from 'effect';
import { expect, it } from 'vitest';
import { cachedQueriesLayer, cacheQueries, MAX_REMEMBERED } from './cached-embedder.ts';
import { Embedder, EmbedderError, type EmbedderShape, type EmbedTask } from './embedder.ts';

/** Counts what it is asked; answers after a moment, or fails. */
const counting = (fails: () => boolean = () => false) => {
  const asked: { texts: readonly string[]; task: EmbedTask }[] = [];
  const embedder: EmbedderShape = {
    model: 'counting',
    dimensions: 2,
    embed: (texts, task) =>
      Effect.gen(function* () {
        asked.push({ texts, task });
        yield* Effect.sleep(5);
        if (fails()) return yield* new EmbedderError({ message: 'away', retryable: true });
        return texts.map((text) => Float32Array.of(text.length, 1));
      }),
  };
  return { embedder, asked };
};
const run = <A, E>(effect: Effect.Effect<A, E>) => Effect.runPromise(effect);

it('asks once for a question that several ask at the same time, or again soon', async () => {
  const { embedder, asked } = counting();
  const cached = await run(cacheQueries(embedder));
  const ask = cached.embed(['chair'], 'query');
  const both = await run(Effect.all([ask, ask], { concurrency: 'unbounded' }));
  expect(both).toEqual([[Float32Array.of(5, 1)], [Float32Array.of(5, 1)]]);
  await run(ask);
  await run(cached.embed(['desk'], 'query'));
  expect(asked.map(({ texts }) => texts)).toEqual([['chair'], ['desk']]);
});

it('does not take a passage for a question', async () => {
  const { embedder, asked } = counting();
  const cached = await run(cacheQueries(embedder));
  await run(cached.embed(['chair'], 'query'));
  await run(cached.embed(['chair'], 'passage'));
  await run(cached.embed(['chair'], 'passage'));
  expect(asked.map(({ task }) => task)).toEqual(['query', 'passage', 'passage']);
});

it('asks again after a failure', async () => {
  let away = true;
  const { embedder, asked } = counting(() => away);
  const cached = await run(cacheQueries(embedder));
  await expect(run(cached.embed(['chair'], 'query'))).rejects.toMatchObject({ _tag: 'EmbedderError' });
  away = false;
  expect(await run(cached.embed(['chair'], 'query'))).toHaveLength(1);
  expect(asked).toHaveLength(2);
});

it('answers those who still wait when the first asker gives up', async () => {
  const { embedder } = counting();
  const cached = await run(cacheQueries(embedder));
  const answer = await run(
    Effect.gen(function* () {
      const first = yield* Effect.forkChild(cached.embed(['chair'], 'query'));
      yield* Effect.yieldNow;
      const second = yield* Effect.forkChild(cached.embed(['chair'], 'query'));
      yield* Effect.yieldNow;
      yield* Fiber.interrupt(first);
      return yield* Fiber.join(second);
    }),
  );
  expect(answer).toHaveLength(1);
});

it('remembers a bounded number of questions', async () => {
  const { embedder, asked } = counting();
  const cached = await run(cacheQueries(embedder));
  const questions = Array.from({ length: MAX_REMEMBERED + 1 }, (_, i) => `question ${i}`);
  await run(Effect.forEach(questions, (text) => cached.embed([text], 'query'), { concurrency: 'unbounded' }));
  await run(cached.embed([questions[0] ?? ''], 'query'));
  expect(asked).toHaveLength(MAX_REMEMBERED + 2);
});

it('is one memory for all who share the layer', async () => {
  const { embedder, asked } = counting();
  const runtime = ManagedRuntime.make(cachedQueriesLayer(Layer.succeed(Embedder, embedder)));
  const ask = Effect.flatMap(Embedder, (shared) => shared.embed(['chair'], 'query'));
  await runtime.runPromise(ask);
  await runtime.runPromise(ask);
  await runtime.dispose();
  expect(asked).toHaveLength(1);
});
