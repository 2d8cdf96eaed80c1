/** A model call as programs make it: capped, paid and booked whatever becomes of it. Over HTTP against the double. */
import { Effect, Fiber, Layer, Redacted, Result, Schema } from 'effect';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeVendorHealthRegistry } from '../../adapters/http/vendor-health.ts';
import { type ModelFault, startOpenRouterDouble } from '../../adapters/openrouter/double.ts';
import { ChatModel, type ChatRequest } from '../../adapters/openrouter/openrouter.ts';
import type { Alerts } from '../conversation/alerts.ts';
import { type AskedBy, askModel, askModelAs, streamModel } from './ask-model.ts';
import { priceCap } from './job-limits.ts';
import type { ModelLedger } from './model-ledger.ts';
import { makeTestBooks } from './testing.ts';

const BY: AskedBy = {
  conversationId: 'wz:c1:15555550142',
  commandId: 'wz:c1:15555550142:4:think',
  attempt: 2,
  promptVersions: ['persona@1', 'rules@3'],
};
const request: ChatRequest = {
  job: 'dialogue',
  messages: [{ role: 'user', content: 'Hello' }],
  maxTokens: 100,
};

const setup = async () => {
  const double = await startOpenRouterDouble({ chunkMs: 1 });
  onTestFinished(() => double.close());
  const books = makeTestBooks();
  const model = ChatModel.layer({
    baseUrl: double.url,
    apiKey: Redacted.make('sk-1'),
    model: 'a/x',
    timeoutMs: 20_000,
    pace: { idleMs: 100 },
    breaker: { registry: makeVendorHealthRegistry() },
  });
  const provided = <A, E>(effect: Effect.Effect<A, E, ChatModel | ModelLedger | Alerts>) =>
    effect.pipe(Effect.provide(Layer.merge(model, books.layer)));
  const run = <A, E>(effect: Effect.Effect<A, E, ChatModel | ModelLedger | Alerts>) =>
    Effect.runPromise(Effect.result(provided(effect)));
  return { double, books, run, provided };
};
const failure = <A, E>(result: Result.Result<A, E>): E => Result.getOrThrow(Result.flip(result));

describe('a model call', () => {
  test('is booked with who asked and what it cost', async () => {
    const { books, run } = await setup();
    const reply = Result.getOrThrow(await run(askModel(request, BY)));
    expect(books.intents).toMatchObject([{ ...BY, job: 'dialogue' }]);
    expect(Number(books.intents[0]?.reserveUsd)).toBeGreaterThan(Number(reply.usage.costUsd));
    expect(books.ends).toMatchObject([
      {
        outcome: 'answered',
        finishReason: 'stop',
        bill: { generationId: reply.generationId, usage: reply.usage },
      },
    ]);
  });

  test.each<readonly [ModelFault, string, { billed: boolean; free: boolean }]>([
    ['length', 'ChatModelTruncated', { billed: true, free: false }],
    ['empty', 'ChatModelEmpty', { billed: true, free: false }],
    ['content-filter', 'ChatModelRefused', { billed: true, free: false }],
    ['429', 'ChatModelRateLimited', { billed: false, free: true }],
    ['401', 'ChatModelAccount', { billed: false, free: true }],
    ['502', 'ChatModelUnavailable', { billed: false, free: false }],
    ['timeout', 'ChatModelUnreachable', { billed: false, free: false }],
  ])('that fails by %s is booked too', async (fault, errorClass, { billed, free }) => {
    const { double, books, run } = await setup();
    double.fail(fault);
    expect(failure(await run(askModel({ ...request, timeoutMs: 200 }, BY)))).toMatchObject({
      _tag: errorClass,
    });
    expect(books.ends).toMatchObject([{ outcome: 'failed', errorClass, free }]);
    expect(Number(books.ends[0]?.bill?.usage.costUsd ?? 0) > 0).toBe(billed);
  });

  test('that is interrupted is booked as that, before the interruption ends', async () => {
    const { double, books, provided } = await setup();
    double.setLatency(5000);
    const fiber = Effect.runFork(provided(askModel({ ...request, timeoutMs: 10_000 }, BY)));
    while (books.intents.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await Effect.runPromise(Fiber.interrupt(fiber));
    expect(books.ends).toMatchObject([{ outcome: 'interrupted', bill: null, free: false }]);
  });

  test('without money is not made, is final, and tells the managers once a day', async () => {
    const { double, books, run } = await setup();
    books.close();
    for (let n = 0; n < 3; n += 1) {
      expect(failure(await run(askModel(request, BY)))).toMatchObject({
        _tag: 'BudgetSpent',
        retryable: false,
      });
    }
    expect(double.server.log).toHaveLength(0);
    expect([...books.alerts.keys()]).toEqual(['model-budget:dialogue:2026-03-01']);
  });

  test.each([
    ['of more tokens than its job may have', { maxTokens: 5000 }],
    ['of no tokens', { maxTokens: 0 }],
    ['whose thinking breaks the cap', { reasoning: { maxTokens: 5000 } }],
    ['of a whole book', { messages: [{ role: 'user' as const, content: 'x'.repeat(200_000) }] }],
    ['of an unknown job, by the strictest limits', { job: 'poetry', maxTokens: 2500 }],
    ['of a job with a name from the prototype', { job: 'constructor', maxTokens: 2500 }],
  ])('%s is neither paid nor sent', async (_, change) => {
    const { double, books, run } = await setup();
    expect(failure(await run(askModel({ ...request, ...change }, BY)))).toMatchObject({
      _tag: 'ChatModelRejected',
      code: 'over_cap',
      retryable: false,
    });
    expect([books.intents.length, double.server.log.length]).toEqual([0, 0]);
  });

  test('of a form is checked, and booked also when it does not fit', async () => {
    const { double, books, run } = await setup();
    const responseFormat = { name: 'verdict', schema: Schema.Struct({ score: Schema.Int }) };
    double.script({ kind: 'say', text: '{"score":24}' }, { kind: 'say', text: '{"score":"high"}' });
    const ask = () => run(askModelAs({ ...request, job: 'quality', responseFormat }, BY));
    expect(Result.getOrThrow(await ask()).value).toEqual({ score: 24 });
    expect(failure(await ask())).toMatchObject({ _tag: 'ChatModelBadReply', path: 'score' });
    expect(books.ends.map((end) => Number(end.bill?.usage.costUsd) > 0)).toEqual([true, true]);
  });

  test('that streams is booked with its usage, which comes last', async () => {
    const { double, books, run } = await setup();
    const said: string[] = [];
    double.script({ kind: 'say', text: 'One two three.' });
    Result.getOrThrow(await run(streamModel(request, BY, (text) => said.push(text))));
    expect(said.join('')).toBe('One two three.');
    expect(Number(books.ends[0]?.bill?.usage.costUsd)).toBeGreaterThan(0);
  });

  test('whose stream breaks is booked with its generation', async () => {
    const { double, books, run } = await setup();
    double.fail('stream-error');
    double.script({ kind: 'say', text: 'One two three four five.' });
    expect(failure(await run(streamModel(request, BY, () => undefined)))).toMatchObject({
      _tag: 'ChatModelUnavailable',
    });
    expect(books.ends).toMatchObject([
      { bill: { generationId: expect.stringMatching(/^gen-/) }, free: false },
    ]);
  });
});

test('a cap on the price is above what the dearest model would bill', () => {
  const cap = priceCap({ ...request, maxTokens: 1000 });
  expect(cap).toBeGreaterThan(1000 * 15e-6);
});
