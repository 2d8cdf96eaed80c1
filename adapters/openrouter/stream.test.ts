/** Streaming against the double over real HTTP (wire/05 §3). */
import { createServer, type ServerResponse } from 'node:http';
import { Effect, Fiber, Result } from 'effect';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ModelFault } from './double.ts';
import type { ChatModelOptions, ChatRequest } from './openrouter.ts';
import { sentBody, startDouble, withModel } from './testing.ts';

const request: ChatRequest = {
  job: 'dialogue',
  messages: [
    { role: 'system', content: 'You are Noor, the sales assistant of Treejar.' },
    { role: 'user', content: 'Do you have mesh chairs under 500 AED?' },
  ],
  maxTokens: 500,
};
const tool = {
  type: 'function' as const,
  function: { name: 'search_products', description: 'search', parameters: { type: 'object' } },
};
const LONG = 'Yes, the Aeron mesh chair is here: it is ergonomic, it is black, and it is in stock today.';

const stream = async (
  url: string,
  change: Partial<ChatRequest> = {},
  options: Partial<ChatModelOptions> = {},
) => {
  const pieces: string[] = [];
  const use = withModel(
    url,
    (model) => Effect.result(model.stream({ ...request, ...change }, (text) => pieces.push(text))),
    options,
  );
  return { result: await Effect.runPromise(use), pieces };
};
const failure = <A, E>(result: Result.Result<A, E>): E => Result.getOrThrow(Result.flip(result));

/** A provider that says exactly this. */
const provider = async (answer: (res: ServerResponse) => void): Promise<string> => {
  const server = createServer((req, res) => {
    req.resume();
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    answer(res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
};
const chunk = (delta: object, rest: object = {}): string =>
  `data: ${JSON.stringify({ id: 'gen-1', choices: [{ index: 0, delta, finish_reason: null }], ...rest })}\n\n`;
const END = `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`;

describe('a streamed answer', () => {
  test('comes in pieces, and is the same in the end as an unstreamed one', async () => {
    const double = await startDouble();
    double.script({ kind: 'say', text: LONG }, { kind: 'say', text: LONG });
    const { result, pieces } = await stream(double.url);
    expect(sentBody(double)).toMatchObject({ stream: true });
    const plain = await Effect.runPromise(withModel(double.url, (model) => model.complete(request)));
    const streamed = Result.getOrThrow(result);
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.join('')).toBe(LONG);
    expect(streamed.generationId).toMatch(/^gen-/);
    expect({ ...streamed, generationId: null, usage: null }).toEqual({
      ...plain,
      generationId: null,
      usage: null,
    });
    expect(Number(streamed.usage.costUsd)).toBeGreaterThan(0);
    expect(streamed.usage.completionTokens).toBe(plain.usage.completionTokens);
  });

  test('joins tool calls by index, however their parts are mixed', async () => {
    const url = await provider((res) => {
      const part = (index: number, call: object) => chunk({ tool_calls: [{ index, ...call }] });
      res.write(': OPENROUTER PROCESSING\n\n');
      res.write(part(0, { id: 'c0', function: { name: 'search_products', arguments: '{"que' } }));
      res.write(part(1, { id: 'c1', function: { name: 'check_stock', arguments: '' } }));
      res.write(part(1, { function: { arguments: '{"sku":"A"}' } }));
      res.write(part(0, { function: { arguments: 'ry":"chair"}' } }));
      res.end(END);
    });
    const { result, pieces } = await stream(url);
    expect(Result.getOrThrow(result).toolCalls).toEqual([
      { id: 'c0', name: 'search_products', arguments: '{"query":"chair"}' },
      { id: 'c1', name: 'check_stock', arguments: '{"sku":"A"}' },
    ]);
    expect(pieces).toEqual([]);
  });

  test('of tools by the double fits its unstreamed one', async () => {
    const double = await startDouble();
    const reply = Result.getOrThrow((await stream(double.url, { tools: [tool] })).result);
    expect(reply).toMatchObject({ text: null, finishReason: 'tool_calls' });
    expect(JSON.parse(reply.toolCalls[0]?.arguments ?? '')).toMatchObject({ max_price: 500 });
  });

  test('that comes as plain JSON, or as a letter cut in two, is read all the same', async () => {
    const url = await provider((res) => {
      const bytes = Buffer.from(`: hello\n\n${chunk({ content: 'مرحبا' })}${END}`);
      const middle = bytes.indexOf(Buffer.from('مرحبا')) + 1;
      res.write(bytes.subarray(0, middle));
      setTimeout(() => res.end(bytes.subarray(middle)), 10);
    });
    expect(Result.getOrThrow((await stream(url)).result).text).toBe('مرحبا');
  });
});

describe('a stream that fails', () => {
  const fast = { pace: { firstMs: 400, idleMs: 150 } };
  test.each<readonly [ModelFault, string, boolean]>([
    ['stream-error', 'ChatModelUnavailable', true],
    ['stream-cut', 'ChatModelUnreachable', true],
    ['stream-stall', 'ChatModelUnreachable', true],
    ['stream-garbled', 'ChatModelBadReply', true],
    ['choice-error', 'ChatModelUnavailable', true],
    ['finish-error', 'ChatModelUnavailable', true],
    ['error-in-200', 'ChatModelUnavailable', true],
    ['empty', 'ChatModelEmpty', true],
    ['length', 'ChatModelTruncated', false],
    ['content-filter', 'ChatModelRefused', false],
    ['refusal', 'ChatModelRefused', false],
    ['html', 'ChatModelBadReply', true],
    ['429', 'ChatModelRateLimited', true],
    ['401', 'ChatModelAccount', false],
    ['timeout', 'ChatModelUnreachable', true],
  ])('by %s is %s, retryable: %s', async (fault, tag, retryable) => {
    const double = await startDouble();
    double.fail(fault);
    const waits = fault === 'stream-stall' || fault === 'timeout';
    const { result } = await stream(double.url, {}, waits ? fast : {});
    expect(failure(result)).toMatchObject({ _tag: tag, retryable });
    expect(double.server.log.length).toBeLessThanOrEqual(1);
  });

  test('in the middle has said something by then, and tells which generation it was', async () => {
    const double = await startDouble();
    double.script({ kind: 'say', text: LONG });
    double.fail('stream-error');
    const { result, pieces } = await stream(double.url);
    expect(pieces.length).toBeGreaterThan(0);
    expect(failure(result)).toHaveProperty('bill.generationId', expect.stringMatching(/^gen-/));
  });

  test('at the token limit was billed', async () => {
    const double = await startDouble();
    double.fail('length');
    expect(failure((await stream(double.url)).result)).toMatchObject({
      costUsd: expect.stringMatching(/^0\.0+[1-9]/),
      bill: { usage: { promptTokens: expect.any(Number) } },
    });
  });

  test('by a string for a code is a passing fault (seen at the vendor)', async () => {
    const url = await provider((res) => {
      res.write(chunk({ content: 'Hel' }));
      res.end(`data: ${JSON.stringify({ error: { code: 'server_error', message: 'x' } })}\n\n`);
    });
    expect(failure((await stream(url)).result)).toMatchObject({
      _tag: 'ChatModelUnavailable',
      retryable: true,
    });
  });

  test('by comments without end is not kept waiting for the first word', async () => {
    const url = await provider((res) => {
      const timer = setInterval(() => res.write(': OPENROUTER PROCESSING\n\n'), 20);
      res.on('close', () => clearInterval(timer));
    });
    const { result } = await stream(url, {}, { pace: { firstMs: 120, idleMs: 1000 } });
    expect(failure(result).message).toContain('did not begin to answer within 120 ms');
  });

  test('by a flood is not kept in memory', async () => {
    const url = await provider((res) => {
      const flood = chunk({ content: 'x'.repeat(256 * 1024) });
      const timer = setInterval(() => res.write(flood), 1);
      res.on('close', () => clearInterval(timer));
    });
    expect(failure((await stream(url)).result)).toMatchObject({ _tag: 'ChatModelBadReply' });
  });
});

test('an interrupted stream closes its connection', async () => {
  const closed = Promise.withResolvers<void>();
  const url = await provider((res) => {
    res.on('close', closed.resolve);
    res.write(chunk({ content: 'Hello' }));
  });
  const began = Promise.withResolvers<void>();
  const fiber = Effect.runFork(withModel(url, (model) => model.stream(request, () => began.resolve())));
  await began.promise;
  await Effect.runPromise(Fiber.interrupt(fiber));
  await closed.promise;
});
