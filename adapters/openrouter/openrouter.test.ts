/** Contract tests of the adapter against the double over real HTTP. Each names the fact of wire/00 or wire/05. */
import { createServer } from 'node:http';
import { Effect, Fiber, Redacted, Result } from 'effect';
import { afterEach, describe, expect, test } from 'vitest';
import { retryAfterOf } from '../http/retry-after.ts';
import { makeVendorHealthRegistry } from '../http/vendor-health.ts';
import { type OpenRouterDouble, type OpenRouterDoubleOptions, startOpenRouterDouble } from './double.ts';
import { ChatModel, type ChatModelOptions, type ChatRequest } from './openrouter.ts';
import { decimalOf } from './reply.ts';

/** Far beyond what the double needs on a busy machine; tests of time-outs bring their own. */
const PATIENCE_MS = 15_000;
const open: OpenRouterDouble[] = [];
afterEach(async () => {
  for (const double of open.splice(0)) await double.close();
});

const start = async (options: OpenRouterDoubleOptions = {}) => {
  const double = await startOpenRouterDouble({ apiKey: 'sk-1', ...options });
  open.push(double);
  return double;
};

const tool = (name: string) => ({
  type: 'function' as const,
  function: {
    name,
    description: name,
    parameters: { type: 'object', properties: { query: { type: 'string' } } },
  },
});
const request: ChatRequest = {
  job: 'dialogue',
  messages: [
    { role: 'system', content: 'You are Noor, the sales assistant of Treejar, an office furniture company.' },
    { role: 'user', content: 'Do you have mesh chairs under 500 AED?' },
  ],
  tools: [tool('search_products')],
  maxTokens: 500,
};

const effectOf = <A, E>(
  url: string,
  use: (model: ChatModel['Service']) => Effect.Effect<A, E>,
  options: Partial<ChatModelOptions> = {},
) =>
  Effect.gen(function* () {
    return yield* use(yield* ChatModel);
  }).pipe(
    Effect.provide(
      ChatModel.layer({
        baseUrl: url,
        apiKey: Redacted.make('sk-1'),
        model: 'a/x',
        timeoutMs: PATIENCE_MS,
        ...options,
      }),
    ),
  );
const complete = (url: string, change: Partial<ChatRequest> = {}, options: Partial<ChatModelOptions> = {}) =>
  Effect.runPromise(
    Effect.result(effectOf(url, (model) => model.complete({ ...request, ...change }), options)),
  );
const success = <A, E>(result: Result.Result<A, E>): A => Result.getOrThrow(result);
const failure = <A, E>(result: Result.Result<A, E>): E => Result.getOrThrow(Result.flip(result));
const sentBody = (double: OpenRouterDouble) =>
  JSON.parse(double.server.log.at(-1)?.body ?? '{}') as Record<string, unknown>;

describe('an answer', () => {
  test('with tool calls keeps their arguments as text, and tells model, provider, usage and cost', async () => {
    const double = await start();
    const reply = success(await complete(double.url));
    expect(reply).toMatchObject({
      text: null,
      finishReason: 'tool_calls',
      model: 'a/x',
      provider: 'Sandbox',
      generationId: expect.stringMatching(/^gen-/),
      toolCalls: [{ id: expect.stringMatching(/^call_/), name: 'search_products' }],
    });
    expect(JSON.parse(reply.toolCalls[0]?.arguments ?? '')).toMatchObject({ max_price: 500 });
    expect(reply.usage.promptTokens).toBeGreaterThan(20);
    expect(reply.usage.costUsd).toMatch(/^0\.000\d+$/);
  });

  test('with a text has the text', async () => {
    const double = await start();
    double.script({ kind: 'say', text: 'Hello' });
    expect(success(await complete(double.url))).toMatchObject({
      text: 'Hello',
      toolCalls: [],
      finishReason: 'stop',
    });
  });

  test('with arguments that are no JSON arrives as it is (wire/05 §2)', async () => {
    const double = await start();
    double.fail('invalid-arguments');
    const [call] = success(await complete(double.url)).toolCalls;
    expect(call?.name).toBe('search_products');
    expect(() => JSON.parse(call?.arguments ?? '')).toThrow();
  });
});

describe('a request', () => {
  test('says its job in the title and demands tool support (fact 8: unknown tools are dropped silently)', async () => {
    const titles: (string | undefined)[] = [];
    const server = createServer((req, res) => {
      titles.push(req.headers['x-title'] as string | undefined, req.headers.authorization);
      res.end(JSON.stringify({ choices: [{ finish_reason: 'stop', message: { content: 'ok' } }] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    success(await complete(`http://127.0.0.1:${port}/api/v1/`));
    server.close();
    server.closeAllConnections();
    expect(titles).toEqual(['treejar-dialogue', 'Bearer sk-1']);
  });

  test('carries tools, cap and provider demands; without tools there are none', async () => {
    const double = await start();
    await complete(double.url, { temperature: 0.2, toolChoice: 'auto' });
    expect(sentBody(double)).toMatchObject({
      model: 'a/x',
      max_tokens: 500,
      temperature: 0.2,
      tool_choice: 'auto',
      stream: false,
      provider: { require_parameters: true },
    });
    await complete(double.url, { tools: [] });
    expect(sentBody(double)).not.toHaveProperty('tools');
    expect(sentBody(double)).not.toHaveProperty('provider');
  });

  test('names its fallbacks in order, the model first and once', async () => {
    const double = await start();
    await complete(double.url, {}, { fallbackModels: ['b/y', 'a/x', 'c/z'] });
    expect(sentBody(double).models).toEqual(['a/x', 'b/y', 'c/z']);
  });

  test('keeps a conversation together without telling its phone (domain 20.4)', async () => {
    const double = await start();
    await complete(double.url, { sessionId: 'wz:ch-1:971501234567' });
    const first = sentBody(double).session_id;
    await complete(double.url, { sessionId: 'wz:ch-1:971501234567' });
    expect(sentBody(double).session_id).toBe(first);
    expect(double.server.log.at(-1)?.body).not.toContain('971501234567');
  });
});

describe('a failure (fact 8: it can hide in a 200)', () => {
  test.each([
    ['error-in-200', 'ChatModelUnavailable', true],
    ['choice-error', 'ChatModelUnavailable', true],
    ['finish-error', 'ChatModelUnavailable', true],
    ['empty', 'ChatModelEmpty', true],
    ['no-choices', 'ChatModelBadReply', true],
    ['not-json', 'ChatModelBadReply', true],
    ['html', 'ChatModelBadReply', true],
    ['length', 'ChatModelTruncated', false],
    ['content-filter', 'ChatModelRefused', false],
    ['refusal', 'ChatModelRefused', false],
    ['400', 'ChatModelRejected', false],
    ['401', 'ChatModelAccount', false],
    ['402', 'ChatModelAccount', false],
    ['403', 'ChatModelRefused', false],
    ['404', 'ChatModelRejected', false],
    ['429', 'ChatModelRateLimited', true],
    ['500', 'ChatModelUnavailable', true],
    ['502', 'ChatModelUnavailable', true],
    ['503', 'ChatModelUnavailable', true],
  ] as const)('%s is %s, retryable: %s', async (fault, tag, retryable) => {
    const double = await start();
    double.fail(fault);
    expect(failure(await complete(double.url))).toMatchObject({ _tag: tag, retryable });
    expect(double.server.log).toHaveLength(1);
  });

  test('that was billed says what it cost', async () => {
    const double = await start();
    double.fail('length');
    expect(failure(await complete(double.url))).toMatchObject({
      costUsd: expect.stringMatching(/^0\.0+[1-9]/),
    });
  });

  test('of limits and load says when to come back', async () => {
    const double = await start();
    double.fail('429');
    expect(failure(await complete(double.url))).toMatchObject({ retryAfterMs: 2000 });
    double.fail('503');
    expect(failure(await complete(double.url))).toMatchObject({ retryAfterMs: 1000 });
  });

  test('of key or money tells the operator what to do', async () => {
    const double = await start({ apiKey: 'another' });
    expect(failure(await complete(double.url)).message).toContain('OPENROUTER_API_KEY');
    double.server.addFault({
      times: 1,
      respond: { status: 402, body: { error: { code: 402, message: 'no credits' } } },
    });
    expect(failure(await complete(double.url)).message).toContain('credits');
  });

  test('that the vendor calls passing is retryable whatever its code (wire/05 §4)', async () => {
    const double = await start();
    const error = {
      code: 404,
      message: 'x',
      availability: { code: 'temporarily_unavailable', retryable: true, retry_after: 3 },
    };
    double.server.addFault({ times: 1, respond: { status: 404, body: { error } } });
    expect(failure(await complete(double.url))).toMatchObject({
      _tag: 'ChatModelUnavailable',
      retryable: true,
      retryAfterMs: 3000,
    });
  });

  test('of the network or of a silent provider is retryable', async () => {
    const double = await start();
    double.server.addFault({ times: 1, dropBefore: true });
    expect(failure(await complete(double.url))).toMatchObject({
      _tag: 'ChatModelUnreachable',
      retryable: true,
    });
    double.fail('timeout');
    expect(failure(await complete(double.url, { timeoutMs: 50 }))).toMatchObject({
      _tag: 'ChatModelUnreachable',
      retryable: true,
    });
    double.server.addFault({ times: 1, slowBodyMs: 20 });
    expect(failure(await complete(double.url, { timeoutMs: 100 }))).toMatchObject({
      _tag: 'ChatModelUnreachable',
    });
  });

  test('never quotes the customer', async () => {
    const double = await start();
    const error = {
      code: 403,
      message: 'flagged: Do you have mesh chairs',
      metadata: { flagged_input: 'Do you have mesh chairs' },
    };
    double.server.addFault({ times: 1, respond: { status: 403, body: { error } } });
    expect(JSON.stringify(failure(await complete(double.url)))).not.toContain('mesh');
  });
});

describe('an interrupted call', () => {
  test('closes its connection', async () => {
    const server = createServer();
    const closed = new Promise<void>((resolve) =>
      server.on('request', (req) => req.socket.on('close', () => resolve())),
    );
    const asked = new Promise<void>((resolve) => server.once('request', () => resolve()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const fiber = Effect.runFork(
      effectOf(`http://127.0.0.1:${port}`, (model) => model.complete(request), { timeoutMs: 20_000 }),
    );
    await asked;
    await Effect.runPromise(Fiber.interrupt(fiber));
    await closed;
    server.close();
  });
});

describe('the health check', () => {
  test('costs no completion and knows a bad key', async () => {
    const double = await start();
    const check = (key: string) =>
      Effect.runPromise(
        Effect.result(effectOf(double.url, (model) => model.check(), { apiKey: Redacted.make(key) })),
      );
    success(await check('sk-1'));
    expect(failure(await check('sk-2'))).toMatchObject({ _tag: 'ChatModelAccount', reason: 'key' });
    expect(double.server.log.map((entry) => entry.path)).toEqual(['/api/v1/key', '/api/v1/key']);
  });
});

describe('the double', () => {
  test('refuses what a provider would refuse', async () => {
    const double = await start();
    const orphan = [...request.messages, { role: 'tool' as const, tool_call_id: 'call_x', content: '{}' }];
    expect(failure(await complete(double.url, { messages: orphan }))).toMatchObject({
      _tag: 'ChatModelRejected',
    });
  });

  test('takes faults by HTTP', async () => {
    const double = await start();
    const root = double.url.replace('/api/v1', '/_sandbox/faults');
    const post = (body: object) => fetch(root, { method: 'POST', body: JSON.stringify(body) });
    expect((await post({ fault: 'sulking' })).status).toBe(422);
    expect((await post({ fault: 'empty', times: 1 })).status).toBe(200);
    expect(failure(await complete(double.url))).toMatchObject({ _tag: 'ChatModelEmpty' });
    success(await complete(double.url));
  });
});

describe('small readings', () => {
  test.each([
    [0, '0'],
    [4.1e-7, '0.00000041'],
    [0.00041, '0.00041'],
    [1, '1'],
    [10, '10'],
    [-1, '0'],
  ])('cost %d is %s', (cost, text) => expect(decimalOf(cost)).toBe(text));

  test.each([
    [null, undefined],
    ['2', 2000],
    ['Thu, 01 Jan 1970 00:00:03 GMT', 3000],
    ['soon', undefined],
    ['100000', 300_000],
  ])('Retry-After %s is %s ms', (header, ms) => expect(retryAfterOf(header, 0)).toBe(ms));
});

test('after several failures in a row the provider is left alone, and the caller told for how long', async () => {
  const double = await start();
  double.server.addFault({ respond: { status: 502 } });
  const registry = makeVendorHealthRegistry();
  const breaker = { policy: { failures: 2, openMs: 5000, openMaxMs: 5000 }, registry };
  const calls = effectOf(
    double.url,
    (model) => Effect.forEach([1, 2, 3], () => Effect.result(model.complete(request))),
    { breaker },
  );
  const last = failure((await Effect.runPromise(calls)).at(-1) ?? Result.succeed(null));
  expect(last).toMatchObject({ _tag: 'ChatModelUnavailable', code: 'circuit_open', retryable: true });
  expect(last).toHaveProperty('retryAfterMs', expect.any(Number));
  expect(double.server.log.length).toBe(2);
  expect(Effect.runSync(registry.read)).toMatchObject([
    { vendor: 'openrouter', circuit: 'open', failures: 2, lastFailure: { class: 'server' } },
  ]);
});
