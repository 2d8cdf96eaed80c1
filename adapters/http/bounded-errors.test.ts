/** Vendors whose error pages never end, met by the two clients that read them through a library. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Effect, Redacted, Result } from 'effect';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChatModel } from '../openrouter/openrouter.ts';
import { voiceSample } from '../whisper/voice-samples.ts';
import { Transcriber } from '../whisper/whisper.ts';
import { fetchWithBoundedErrors, MAX_ERROR_BYTES } from './bounded-errors.ts';

const BLOCK = Buffer.alloc(64 * 1024, 'x');
/** Long enough that a client which reads on would be seen to fail by it. */
const PATIENCE_MS = 60_000;

let server: Server;
let url: string;
let sent = 0;
let isCut: Promise<unknown>;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/short') return void response.writeHead(429, { 'retry-after': '7' }).end('{"a":1}');
    if (request.url === '/same') return void response.writeHead(304).end();
    isCut = once(response, 'close');
    const isFine = request.url === '/fine';
    response.writeHead(isFine ? 200 : 503, { 'content-type': 'application/json' });
    const pour = (): void => {
      while (!response.destroyed) {
        if (isFine && sent >= 4 * MAX_ERROR_BYTES) return void response.end();
        sent += BLOCK.byteLength;
        if (!response.write(BLOCK)) return void response.once('drain', pour);
      }
    };
    request.resume().once('end', pour);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  sent = 0;
});

/** What fits into the sockets' own buffers before a client that has hung up is noticed. */
const BUFFERED = 64 * 1024 * 1024;

describe('an error page without an end', () => {
  it('is cut off, and the transfer with it', async () => {
    const response = await fetchWithBoundedErrors(`${url}/endless`);
    expect(response.status).toBe(503);
    expect((await response.text()).length).toBe(MAX_ERROR_BYTES);
    await isCut;
    expect(sent).toBeLessThan(BUFFERED);
  });

  it('of the model’s vendor is told by its status, not by a time-out', async () => {
    const layer = ChatModel.layer({
      baseUrl: url,
      apiKey: Redacted.make('key'),
      model: 'a/b',
      timeoutMs: PATIENCE_MS,
    });
    const ask = Effect.flatMap(ChatModel, (model) => model.check()).pipe(
      Effect.provide(layer),
      Effect.result,
    );
    expect(Result.getOrThrow(Result.flip(await Effect.runPromise(ask)))).toMatchObject({
      _tag: 'ChatModelUnavailable',
      retryable: true,
    });
    await isCut;
  });

  it('of the transcription’s vendor is told by its status, not by a time-out', async () => {
    const layer = Transcriber.layer({
      baseUrl: url,
      apiKey: Redacted.make('key'),
      model: 'whisper-1',
      timeoutMs: PATIENCE_MS,
    });
    const { bytes } = voiceSample('english');
    const ask = Effect.flatMap(Transcriber, (it) => it.transcribe({ bytes })).pipe(
      Effect.provide(layer),
      Effect.result,
    );
    expect(Result.getOrThrow(Result.flip(await Effect.runPromise(ask)))).toMatchObject({
      _tag: 'TranscriberUnavailable',
      retryable: true,
    });
    await isCut;
  });
});

it('leaves short errors, errors without a body, and good answers as they are', async () => {
  const short = await fetchWithBoundedErrors(`${url}/short`);
  expect([short.status, short.headers.get('retry-after'), await short.json()]).toEqual([429, '7', { a: 1 }]);
  expect((await fetchWithBoundedErrors(`${url}/same`)).status).toBe(304);
  const fine = await fetchWithBoundedErrors(`${url}/fine`);
  expect((await fine.arrayBuffer()).byteLength).toBe(4 * MAX_ERROR_BYTES);
});
