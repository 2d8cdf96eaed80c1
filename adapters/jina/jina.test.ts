/** Contract tests of the embedder against the double over real HTTP. Each names the fact of wire/00 or wire/07. */
import { Effect, Redacted, Result } from 'effect';
import { afterEach, describe, expect, test } from 'vitest';
import { DIMENSIONS, Embedder, type EmbedTask, MAX_TEXTS_PER_CALL } from '../vector/embedder.ts';
import { embedLocally } from '../vector/local/local-embedder.ts';
import { makeLocalStore } from '../vector/local/local-store.ts';
import { vectorStoreContract } from '../vector/store-contract.ts';
import { type JinaDouble, type JinaDoubleOptions, startJinaDouble } from './double.ts';
import { type JinaOptions, type JinaUsage, jinaEmbedderLayer, MAX_CHARS_PER_CALL } from './jina.ts';

const open: JinaDouble[] = [];
afterEach(async () => {
  for (const double of open.splice(0)) await double.close();
});

const start = async (options: JinaDoubleOptions = {}): Promise<JinaDouble> => {
  const double = await startJinaDouble({ apiKey: 'jina_1', ...options });
  open.push(double);
  return double;
};
const embedderAt = (url: string, options: Partial<JinaOptions> = {}) =>
  Effect.runSync(
    Embedder.pipe(
      Effect.provide(
        jinaEmbedderLayer({
          baseUrl: url,
          apiKey: Redacted.make('jina_1'),
          model: 'jina-embeddings-v3',
          ...options,
        }),
      ),
    ),
  );
const embed = (
  url: string,
  texts: readonly string[],
  task: EmbedTask = 'passage',
  options: Partial<JinaOptions> = {},
) => Effect.runPromise(Effect.result(embedderAt(url, options).embed(texts, task)));
const success = <A, E>(result: Result.Result<A, E>): A => Result.getOrThrow(result);
const failure = <A, E>(result: Result.Result<A, E>): E => Result.getOrThrow(Result.flip(result));
const bodies = (double: JinaDouble) =>
  double.server.log.map(({ body }) => JSON.parse(body) as { input: string[]; [key: string]: unknown });

vectorStoreContract('in-process store with vectors from Jina', async () => ({
  store: makeLocalStore(),
  embedder: embedderAt((await start()).url),
  collection: 'items',
}));

describe('a request', () => {
  test('indexes with retrieval.passage and asks with retrieval.query (wire/00 fact 10)', async () => {
    const double = await start();
    success(await embed(double.url, ['Mesh chair'], 'passage'));
    success(await embed(double.url, ['a chair'], 'query'));
    const common = {
      model: 'jina-embeddings-v3',
      dimensions: DIMENSIONS,
      normalized: true,
      late_chunking: false,
      truncate: true,
      embedding_type: 'float',
    };
    expect(bodies(double)).toEqual([
      { ...common, task: 'retrieval.passage', input: ['Mesh chair'] },
      { ...common, task: 'retrieval.query', input: ['a chair'] },
    ]);
  });

  test('names model and size, so that no vectors of different ones meet (wire/07 §6)', async () => {
    expect(embedderAt('http://127.0.0.1:1').model).toBe('jina-embeddings-v3/1024');
    expect(embedderAt('http://127.0.0.1:1', { dimensions: 512 }).model).toBe('jina-embeddings-v3/512');
  });

  test('keeps to the limits of count and size', async () => {
    const double = await start();
    const many = Array.from({ length: MAX_TEXTS_PER_CALL + 1 }, (_, i) => `chair ${i}`);
    expect(success(await embed(double.url, many))).toHaveLength(many.length);
    expect(bodies(double).map(({ input }) => input.length)).toEqual([MAX_TEXTS_PER_CALL, 1]);
    success(
      await embed(
        double.url,
        Array.from({ length: 10 }, () => 'desk '.repeat(5000)),
      ),
    );
    for (const { input } of bodies(double))
      expect(input.join('').length).toBeLessThanOrEqual(MAX_CHARS_PER_CALL);
  });

  test('cuts a text that is longer than the model reads, inside no character', async () => {
    const double = await start();
    success(await embed(double.url, ['🪑'.repeat(50_000)]));
    const [sent = ''] = bodies(double)[0]?.input ?? [];
    expect(sent.length).toBeLessThanOrEqual(40_000);
    expect(sent.isWellFormed()).toBe(true);
  });
});

describe('an answer', () => {
  test('is put in the order asked, whatever order it comes in', async () => {
    const double = await start();
    const texts = ['executive desk', 'mesh chair', 'filing cabinet'];
    expect(success(await embed(double.url, texts))).toEqual(texts.map(embedLocally));
  });

  test('gives blank texts the zero vector without asking for them', async () => {
    const double = await start();
    const [blank, chair] = success(await embed(double.url, [' \n', 'chair']));
    expect(blank?.every((value) => value === 0)).toBe(true);
    expect(chair).toEqual(embedLocally('chair'));
    expect(success(await embed(double.url, ['', ' ']))).toHaveLength(2);
    expect(success(await embed(double.url, []))).toEqual([]);
    expect(double.server.log).toHaveLength(1);
  });

  test('tells what was billed', async () => {
    const double = await start();
    const seen: JinaUsage[] = [];
    const onUsage = (usage: JinaUsage) => Effect.sync(() => void seen.push(usage));
    success(await embed(double.url, ['eight ch', 'four'], 'passage', { onUsage }));
    expect(seen).toEqual([{ texts: 2, tokens: 3, task: 'passage' }]);
  });

  test('that is not normalised is set right', async () => {
    const double = await start();
    double.fail('not-normalised');
    const [vector] = success(await embed(double.url, ['mesh chair']));
    expect(vector?.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 4);
  });

  test.each(['not-json', 'fewer-vectors', 'wrong-size', 'same-index', 'not-numbers', 'zero-vector'] as const)(
    'that is malformed (%s) never becomes a vector',
    async (fault) => {
      const double = await start();
      double.fail(fault);
      expect(failure(await embed(double.url, ['mesh chair', 'desk']))).toMatchObject({
        _tag: 'EmbedderError',
        code: 'bad_reply',
        retryable: true,
      });
    },
  );
});

describe('a failing vendor', () => {
  test('passing faults may be tried again, with the wait that was asked for', async () => {
    const double = await start();
    double.fail('rate-limit');
    expect(failure(await embed(double.url, ['x']))).toMatchObject({
      code: 'RATE_TOKEN_LIMIT_EXCEEDED',
      retryable: true,
      retryAfterMs: 3000,
    });
    double.fail('server-error');
    expect(failure(await embed(double.url, ['x']))).toMatchObject({ retryable: true });
    double.server.addFault({ dropBefore: true, times: 1 });
    expect(failure(await embed(double.url, ['x']))).toMatchObject({ code: 'unreachable', retryable: true });
    expect(double.server.log).toHaveLength(2);
  });

  test.each([
    ['no-balance', 'top it up'],
    ['payment-required', 'top it up'],
  ] as const)('%s is final and tells the operator what to do', async (fault, advice) => {
    const double = await start();
    double.fail(fault);
    expect(failure(await embed(double.url, ['x']))).toMatchObject({
      retryable: false,
      message: expect.stringContaining(advice),
    });
  });

  test('a wrong key and an unknown model are final and name their settings', async () => {
    const double = await start();
    const wrongKey = await embed(double.url, ['x'], 'passage', { apiKey: Redacted.make('no') });
    expect(failure(wrongKey)).toMatchObject({
      retryable: false,
      message: expect.stringContaining('JINA_API_KEY'),
    });
    const wrongModel = await embed(double.url, ['x'], 'passage', { model: 'jina-embeddings-v9' });
    expect(failure(wrongModel)).toMatchObject({
      retryable: false,
      message: expect.stringContaining('JINA_MODEL'),
    });
  });

  test('a batch that times out is cut in half until it passes (wire/07 §4), a single text is not', async () => {
    const double = await start({ busyAbove: 2 });
    const texts = ['chair', 'desk', 'sofa', 'stool', 'pod'];
    expect(success(await embed(double.url, texts))).toEqual(texts.map(embedLocally));
    const none = await start({ busyAbove: 0 });
    expect(failure(await embed(none.url, texts))).toMatchObject({ code: 'SERVICE_TIMEOUT', retryable: true });
    expect(none.server.log.length).toBeLessThan(10);
  });

  test('a customer does not wait for a slow vendor', async () => {
    const double = await start();
    double.server.addFault({ delayMs: 2000, times: 1 });
    const began = performance.now();
    const slow = await embed(double.url, ['x'], 'query', { queryTimeoutMs: 100 });
    expect(failure(slow)).toMatchObject({ retryable: true });
    expect(performance.now() - began).toBeLessThan(1500);
  });

  test('errors never repeat what the vendor said: it can quote a customer', async () => {
    const double = await start();
    for (const status of [400, 402, 403, 422, 429, 500]) {
      const body = { detail: [{ input: 'SECRET WORDS' }], code: 'SECRET WORDS' };
      double.server.addFault({ respond: { status, body }, times: 1 });
      expect(JSON.stringify(failure(await embed(double.url, ['x'])))).not.toContain('SECRET');
    }
  });
});

describe('the double', () => {
  const ask = async (url: string, change: object) => {
    const response = await fetch(`${url}/embeddings`, {
      method: 'POST',
      headers: { authorization: 'Bearer jina_1' },
      body: JSON.stringify({ model: 'jina-embeddings-v3', input: ['mesh chair', 'oak desk'], ...change }),
    });
    const body = (await response.json()) as { data?: { index: number; embedding: number[] }[] };
    const found = body.data?.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
    return { status: response.status, vectors: found ?? [] };
  };

  test('spoils vectors without a task and with late chunking, as the vendor does', async () => {
    const { url } = await start();
    const good = await ask(url, { task: 'retrieval.passage' });
    expect((await ask(url, {})).vectors[0]).not.toEqual(good.vectors[0]);
    const late = await ask(url, { task: 'retrieval.passage', late_chunking: true });
    expect(late.vectors[0]).toEqual(late.vectors[1]);
  });

  test('refuses what the vendor refuses', async () => {
    const { url } = await start();
    expect((await ask(url, { dimensions: 4096 })).status).toBe(422);
    expect((await ask(url, { task: 'retrieval' })).status).toBe(422);
    expect((await ask(url, { input: [] })).status).toBe(400);
    expect((await ask(url, { input: ['x'.repeat(40_000)] })).status).toBe(400);
    expect((await ask(url, { input: ['x'.repeat(40_000)], truncate: true })).status).toBe(200);
  });
});
