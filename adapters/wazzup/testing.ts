/** What the contract tests share: the double, the adapter's service, and a product that takes webhooks. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Effect, Redacted, Result } from 'effect';
import { afterEach, beforeEach, expect } from 'vitest';
import { startWazzupDouble, type WazzupDouble, type WazzupDoubleOptions } from './double.ts';
import { type SendText, Wazzup, type WazzupOptions } from './wazzup.ts';
import { decodeWebhook, type WazzupItem } from './webhook.ts';

export const KEY = 'key-1';
const open: (() => Promise<void> | void)[] = [];
/** The double's clock, ms since the epoch. */
export const clock = { now: Date.UTC(2026, 0, 15, 10) };

beforeEach(() => {
  clock.now = Date.UTC(2026, 0, 15, 10);
});
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

export const double = async (options: Partial<WazzupDoubleOptions> = {}): Promise<WazzupDouble> => {
  const started = await startWazzupDouble({
    channelId: 'ch-1',
    apiKey: KEY,
    now: () => clock.now,
    retryForMs: 3000,
    statusDelayMs: { sent: 5, delivered: 15 },
    ...options,
  });
  open.push(started.close);
  return started;
};

export const call = <A, E>(
  url: string,
  use: (wazzup: Wazzup['Service']) => Effect.Effect<A, E>,
  options: Partial<WazzupOptions> = {},
) =>
  Effect.runPromise(
    Effect.result(
      Effect.gen(function* () {
        return yield* use(yield* Wazzup);
      }),
    ).pipe(
      Effect.provide(Wazzup.layer({ baseUrl: url, apiKey: Redacted.make(KEY), timeoutMs: 2000, ...options })),
    ),
  );

export const message: SendText = {
  channelId: 'ch-1',
  chatId: '15555550142',
  chatType: 'whatsapp',
  text: 'Hello',
  crmMessageId: '3d1f0f6a-0000-4000-8000-000000000001',
};
export const sendText = (url: string, change: Partial<SendText> = {}, options: Partial<WazzupOptions> = {}) =>
  call(url, (wazzup) => wazzup.sendText({ ...message, ...change }), options);

export const success = <A, E>(result: Result.Result<A, E>): A => Result.getOrThrow(result);
export const failure = <A, E>(result: Result.Result<A, E>): E => Result.getOrThrow(Result.flip(result));

/** A product that takes webhooks. */
export interface Product {
  readonly url: string;
  readonly bodies: unknown[];
  readonly authorization: (string | undefined)[];
  readonly items: () => WazzupItem[];
  readonly answers: number[];
  readonly until: (count: number) => Promise<void>;
}
export const product = async (port = 0): Promise<Product> => {
  const bodies: unknown[] = [];
  const authorization: (string | undefined)[] = [];
  const answers: number[] = [];
  const server: Server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const status = answers.shift() ?? 200;
    if (status === 200) {
      bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
      authorization.push(req.headers.authorization);
    }
    res.writeHead(status).end('{"ok":true}');
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  open.push(() => void server.close(() => server.closeAllConnections()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    bodies,
    authorization,
    answers,
    items: () => bodies.flatMap((body) => [...decodeWebhook(body).items]),
    until: async (count) => {
      for (let tries = 0; bodies.length < count && tries < 400; tries++)
        await new Promise((r) => setTimeout(r, 5));
      expect(bodies.length).toBeGreaterThanOrEqual(count);
    },
  };
};

/** A file host beside the product. */
export const fileHost = async (
  status: number,
  headers: Record<string, string>,
  body: Uint8Array | string = 'x',
) => {
  const server = createServer((_, res) => void res.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/q.pdf`;
};
