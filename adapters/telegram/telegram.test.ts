/** Contract tests of the adapter against the double over real HTTP. Each names the fact of wire/09 or the lesson. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Effect, Fiber, Logger, Redacted, Result, Tracer } from 'effect';
import { afterEach, describe, expect, test } from 'vitest';
import { makeVendorHealthRegistry } from '../http/vendor-health.ts';
import { startTelegramDouble, type TelegramDouble, type TelegramDoubleOptions } from './double.ts';
import {
  alertMark,
  type Button,
  buttonToken,
  decodeTelegramWebhook,
  SECRET_HEADER,
  Telegram,
  type TelegramOptions,
} from './telegram.ts';

const TOKEN = '12345:AA-secret_token';
const CHAT = '-1000000000001';
const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const start = async (options: TelegramDoubleOptions = {}): Promise<TelegramDouble> => {
  const double = await startTelegramDouble({ botToken: TOKEN, chatId: CHAT, ...options });
  open.push(double.close);
  return double;
};

const layerOf = (url: string, options: Partial<TelegramOptions> = {}) =>
  Telegram.layer({
    baseUrl: url,
    botToken: Redacted.make(TOKEN),
    chatId: CHAT,
    timeoutMs: 2000,
    messagesPerMinute: 100,
    breaker: { registry: makeVendorHealthRegistry() },
    ...options,
  });
const using = <A, E>(use: (telegram: Telegram['Service']) => Effect.Effect<A, E>) =>
  Effect.gen(function* () {
    return yield* use(yield* Telegram);
  });
const call = <A, E>(
  url: string,
  use: (telegram: Telegram['Service']) => Effect.Effect<A, E>,
  options: Partial<TelegramOptions> = {},
) => Effect.runPromise(Effect.result(using(use)).pipe(Effect.provide(layerOf(url, options))));
const success = <A, E>(result: Result.Result<A, E>): A => Result.getOrThrow(result);
const failure = <A, E>(result: Result.Result<A, E>): E => Result.getOrThrow(Result.flip(result));

const secret = Redacted.make('installation');
const button = (action: Button['action'], label: string): Button => ({
  action,
  label,
  token: buttonToken(secret, 'alert-1', action),
});
const alert = {
  alertId: 'alert-1',
  html: '<b>Complaint</b>\n10 &lt; 20',
  buttons: [[button('reply_and_learn', 'Answer'), button('take', 'Take')]],
};
const send = (url: string, options: Partial<TelegramOptions> = {}) =>
  call(url, (telegram) => telegram.sendAlert(alert), options);

describe('an alert', () => {
  test('arrives with its markup, its buttons and its mark, and tells its message', async () => {
    const double = await start();
    const sent = success(await send(double.url));
    const [message] = double.messages();
    expect(sent).toEqual({ messageId: String(message?.id), chatId: CHAT, movedTo: null });
    expect(message?.plain).toBe(`Complaint\n10 < 20\n${alertMark('alert-1')}`);
    expect(message?.buttons.map(({ text }) => text)).toEqual(['Answer', 'Take']);
  });

  test('with broken markup arrives as plain text (wire/09 §4)', async () => {
    const double = await start();
    const html = 'price <b>10 & more';
    const sent = await call(double.url, (telegram) => telegram.sendAlert({ ...alert, html }));
    success(sent);
    expect(double.messages()).toHaveLength(1);
    expect(double.messages()[0]?.plain).toContain('price 10 & more');
    expect(double.messages()[0]?.plain).toContain(alertMark('alert-1'));
    expect(double.messages()[0]?.buttons).toHaveLength(2);
  });

  test('that is too long is cut and keeps its mark', async () => {
    const double = await start();
    const html = `<b>${'x'.repeat(5000)}</b>`;
    success(await call(double.url, (telegram) => telegram.sendAlert({ ...alert, html })));
    expect(double.messages()[0]?.plain.length).toBe(4096);
    expect(double.messages()[0]?.plain.endsWith(alertMark('alert-1'))).toBe(true);
  });

  test('follows a group that became a supergroup, once and for all (wire/09 §2)', async () => {
    const double = await start();
    double.fail({ kind: 'migrated', chatId: -1002 });
    const both = call(double.url, (telegram) =>
      Effect.all([telegram.sendAlert(alert), telegram.sendAlert({ ...alert, alertId: 'alert-2' })]),
    );
    const [first, second] = success(await both);
    expect(first).toMatchObject({ movedTo: '-1002', chatId: '-1002' });
    expect(second.chatId).toBe('-1002');
    expect(double.server.log.length).toBe(3);
  });

  test('sent again after a lost answer carries the same mark and the same tokens (wire/00)', async () => {
    const double = await start();
    double.server.addFault({ dropAfter: true, times: 1 });
    expect(failure(await send(double.url))).toMatchObject({ _tag: 'VendorUnreachable', retryable: true });
    success(await send(double.url));
    const [first, second] = double.messages();
    expect(second?.plain).toBe(first?.plain);
    expect(second?.buttons).toEqual(first?.buttons);
  });
});

describe('a refusal', () => {
  test.each([
    ['a wrong token', { botToken: 'other' }, 'token', 'TELEGRAM_BOT_TOKEN'],
    ['an unknown chat', { chatId: '-5' }, 'chat', 'TELEGRAM_CHAT_ID'],
  ] as const)('for %s is final and says what to set', async (_, options, what, variable) => {
    const double = await start(options);
    const error = failure(await send(double.url));
    expect(error).toMatchObject({ _tag: 'TelegramMisconfigured', what, retryable: false });
    expect(error.message).toContain(variable);
  });

  test('403 is final and says where to look', async () => {
    const double = await start();
    double.fail({ kind: 'blocked' });
    expect(failure(await send(double.url))).toMatchObject({
      _tag: 'TelegramMisconfigured',
      what: 'blocked',
      retryable: false,
    });
  });

  test('429 tells how long, and nothing is sent before that', async () => {
    const double = await start();
    double.fail({ kind: 'rate_limited', retryAfterSeconds: 17 });
    const results = await call(double.url, (telegram) =>
      Effect.all([telegram.sendAlert(alert), telegram.sendAlert(alert)], { mode: 'result' }),
    );
    const [first, second] = success(results).map((result) => failure(result));
    expect(first).toMatchObject({ _tag: 'TelegramRateLimited', retryable: true, retryAfterMs: 17_000 });
    expect(second).toMatchObject({ _tag: 'TelegramRateLimited', retryable: true });
    expect(double.server.log).toHaveLength(1);
  });

  test('5xx, a page instead of JSON, and silence may be tried again', async () => {
    const double = await start();
    double.fail({ kind: 'server' });
    expect(failure(await send(double.url))).toMatchObject({ _tag: 'TelegramUnavailable', retryable: true });
    double.server.addFault({ respond: { status: 200, body: '<html>' }, times: 1 });
    expect(failure(await send(double.url))).toMatchObject({ _tag: 'TelegramUnavailable', retryable: true });
    double.server.addFault({ delayMs: 500, times: 1 });
    expect(failure(await send(double.url, { timeoutMs: 50 }))).toMatchObject({ _tag: 'VendorTimeout' });
  });

  test('by our own pace comes before Telegram has to (20 a minute in a group)', async () => {
    const double = await start();
    const results = await call(
      double.url,
      (telegram) =>
        Effect.all(
          [1, 2, 3].map(() => telegram.sendAlert(alert)),
          { mode: 'result' },
        ),
      { messagesPerMinute: 2 },
    );
    const last = success(results).at(-1);
    expect(last && failure(last)).toMatchObject({ _tag: 'TelegramRateLimited', retryable: true });
    expect(double.messages()).toHaveLength(2);
  });
});

test('the token is in no error, no log and no span, whatever goes wrong (wire/09 §1)', async () => {
  const double = await start();
  const seen: unknown[] = [];
  const logger = Logger.make(({ message }) => void seen.push(message));
  const spans: Tracer.Span[] = [];
  const tracer = Tracer.make({
    span: (options) => {
      const span = new Tracer.NativeSpan(options);
      spans.push(span);
      return span;
    },
  });
  const faults = [
    { dropBefore: true },
    { delayMs: 200 },
    { respond: { status: 500 } },
    { respond: { status: 401 } },
  ];
  const urls = [...faults.map(() => double.url), 'http://127.0.0.1:1', 'http://bad host', 'ftp://x'];
  for (const [i, url] of urls.entries()) {
    const fault = faults[i];
    if (fault) double.server.addFault({ ...fault, times: 1 });
    const exit = await Effect.runPromiseExit(
      using((telegram) => telegram.sendAlert(alert)).pipe(
        Effect.tapCause((cause) => Effect.logError('alert failed', cause)),
        Effect.provide(layerOf(url, { timeoutMs: 50 })),
        Effect.provide(Logger.layer([logger])),
        Effect.withTracer(tracer),
      ),
    );
    expect(exit._tag).toBe('Failure');
    seen.push(exit, String(exit), JSON.stringify(exit));
  }
  const { inspect } = await import('node:util');
  const written = inspect([seen, spans.map((span) => [span.name, [...span.attributes]])], { depth: 20 });
  expect(written).toContain('alert failed');
  expect(spans.length).toBeGreaterThan(urls.length);
  expect(written).not.toContain('secret_token');
});

describe('a button', () => {
  test('comes back with its action, its one-use token and who pressed it', async () => {
    const double = await start();
    const { messageId } = success(await send(double.url));
    const pressId = double.press(messageId, 'Answer', { id: 7, first_name: 'Sara' });
    const page = success(await call(double.url, (telegram) => telegram.getUpdates(null, 0)));
    expect(page.updates).toEqual([
      {
        kind: 'button',
        updateId: expect.any(Number),
        callbackId: pressId,
        action: 'reply_and_learn',
        token: buttonToken(secret, 'alert-1', 'reply_and_learn'),
        chatId: CHAT,
        messageId,
        from: { id: '7', name: 'Sara' },
      },
    ]);
  });

  test('is answered once; too late is told, not thrown', async () => {
    const double = await start();
    const { messageId } = success(await send(double.url));
    const pressId = double.press(messageId, 'Take');
    const answer = () =>
      call(double.url, (telegram) => telegram.answerButton(pressId, `Taken ${'x'.repeat(300)}`));
    expect(success(await answer())).toBe(true);
    expect(double.toast(pressId)).toMatch(/^Taken x+…$/);
    expect(success(await answer())).toBe(false);
  });

  test('is removed, and removing it again or from a deleted message is harmless (domain 8.8)', async () => {
    const double = await start();
    const { messageId } = success(await send(double.url));
    const remove = (id: string) => call(double.url, (telegram) => telegram.removeButtons(id));
    expect(success(await remove(messageId))).toBe(true);
    expect(double.messages()[0]?.buttons).toEqual([]);
    expect(success(await remove(messageId))).toBe(true);
    expect(success(await remove('1'))).toBe(false);
  });

  test('has a token of its own per alert, action and installation, within 64 bytes', () => {
    const tokens = [
      buttonToken(secret, 'a', 'take'),
      buttonToken(secret, 'b', 'take'),
      buttonToken(secret, 'a', 'reply'),
      buttonToken(Redacted.make('other'), 'a', 'take'),
    ];
    expect(new Set(tokens).size).toBe(4);
    expect(buttonToken(secret, 'a', 'take')).toBe(tokens[0]);
    expect(Buffer.byteLength(`reply_and_learn:${tokens[0]}`)).toBeLessThanOrEqual(64);
  });
});

describe('updates', () => {
  test('are waited for, taken once by their offset, and a manager’s draft knows what it answers', async () => {
    const double = await start();
    const { messageId } = success(await send(double.url));
    const waiting = Effect.runPromise(
      using((telegram) => telegram.getUpdates(null, 10)).pipe(Effect.provide(layerOf(double.url))),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    double.write('Tell him 10 %', messageId);
    const page = await waiting;
    expect(page.updates).toMatchObject([
      { kind: 'text', text: 'Tell him 10 %', replyTo: messageId, chatId: CHAT },
    ]);
    const next = success(await call(double.url, (telegram) => telegram.getUpdates(page.nextOffset, 0)));
    expect(next).toEqual({ updates: [], nextOffset: null });
  });

  test('a poll waits longer than the time-out of other calls, and is no slow call to the health', async () => {
    const double = await start();
    const registry = makeVendorHealthRegistry();
    const options = { timeoutMs: 500, breaker: { registry } };
    const poll = using((telegram) => Effect.andThen(telegram.check(), telegram.getUpdates(null, 1)));
    const page = await Effect.runPromise(poll.pipe(Effect.provide(layerOf(double.url, options))));
    expect(page).toEqual({ updates: [], nextOffset: null });
    const [health] = Effect.runSync(registry.read);
    expect(health?.calls).toBe(3);
    // Of `check` alone, which asks twice.
    expect(health?.latency.buckets.reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  test('a second process that polls ends the first, which is told to hold still (409)', async () => {
    const double = await start();
    const first = await Effect.runPromise(
      Effect.gen(function* () {
        const telegram = yield* Telegram;
        const fiber = yield* Effect.forkChild(Effect.flip(telegram.getUpdates(null, 10)));
        yield* Effect.sleep(100);
        yield* telegram.getUpdates(null, 0);
        return yield* Fiber.join(fiber);
      }).pipe(Effect.provide(layerOf(double.url))),
    );
    expect(first).toMatchObject({ _tag: 'TelegramConflict', retryable: true, retryAfterMs: 30_000 });
  });

  test('of other kinds and buttons of strangers are named, and never block what comes after', async () => {
    const double = await start();
    const body = {
      ok: true,
      result: [
        { update_id: 1, poll: {} },
        { update_id: 2, callback_query: { id: 'q', from: { id: 1 }, data: 'stranger' } },
        { update_id: 3, message: { message_id: 1, chat: { id: 1 }, from: { id: 1 }, photo: [] } },
        {
          update_id: 4,
          message: { message_id: 1, chat: { id: 1 }, from: { id: 1, is_bot: true }, text: 'x' },
        },
        'nonsense',
      ],
    };
    double.server.addFault({ respond: { status: 200, body } });
    const page = success(await call(double.url, (telegram) => telegram.getUpdates(null, 0)));
    expect(page.updates.map(({ kind }) => kind)).toEqual(['other', 'unknown_button', 'other', 'other']);
    expect(page.nextOffset).toBe(5);
  });

  test('come by webhook with the secret, and by nothing else', async () => {
    const double = await start();
    const hookSecret = Redacted.make('hook-secret');
    const got: { header: string | undefined; body: unknown }[] = [];
    const server = createServer(async (req, res) => {
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(chunk as Buffer);
      got.push({
        header: req.headers[SECRET_HEADER] as string | undefined,
        body: JSON.parse(Buffer.concat(chunks).toString()),
      });
      res.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(() => void server.close(() => server.closeAllConnections()));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/tg`;
    success(await call(double.url, (telegram) => telegram.setWebhook({ url, secret: hookSecret })));
    double.write('hello');
    while (got.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const [hook] = got;
    const decode = (header: string | undefined, body: unknown) =>
      Effect.runSync(Effect.result(decodeTelegramWebhook(header, hookSecret, body)));
    expect(success(decode(hook?.header, hook?.body))).toMatchObject({ kind: 'text', text: 'hello' });
    for (const wrong of [undefined, '', 'hook-secreT', 'hook-secret-longer']) {
      expect(failure(decode(wrong, hook?.body))).toMatchObject({ reason: 'secret', retryable: false });
    }
    expect(failure(decode('hook-secret', { no: 'update' }))).toMatchObject({ reason: 'shape' });
    const polled = await call(double.url, (telegram) => telegram.getUpdates(null, 0));
    expect(failure(polled)).toMatchObject({ _tag: 'TelegramConflict' });
    success(await call(double.url, (telegram) => telegram.setWebhook(null)));
    success(await call(double.url, (telegram) => telegram.getUpdates(null, 0)));
  });
});

test('checking proves token and chat and writes nothing (domain 24.2)', async () => {
  const double = await start();
  expect(success(await call(double.url, (telegram) => telegram.check()))).toEqual({
    botName: 'Treejar sandbox',
  });
  const elsewhere = await call(double.url, (telegram) => telegram.check(), { chatId: '-7' });
  expect(failure(elsewhere)).toMatchObject({ _tag: 'TelegramMisconfigured', what: 'chat' });
  expect(double.messages()).toEqual([]);
});
