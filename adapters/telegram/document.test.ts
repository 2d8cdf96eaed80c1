/** Papers for the managers' group over real HTTP: multipart as Telegram takes it (wire/09). */
import { Effect, Redacted, Result } from 'effect';
import { afterEach, describe, expect, test } from 'vitest';
import { makeVendorHealthRegistry } from '../http/vendor-health.ts';
import { startTelegramDouble, type TelegramDouble } from './double.ts';
import { alertMark, type Paper, Telegram } from './telegram.ts';

const TOKEN = '12345:AA-secret_token';
const CHAT = '-1000000000001';
const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const start = async (): Promise<TelegramDouble> => {
  const double = await startTelegramDouble({ botToken: TOKEN, chatId: CHAT });
  open.push(double.close);
  return double;
};

const send = (url: string, paper: Paper) =>
  Effect.runPromise(
    Effect.result(Effect.flatMap(Telegram, (telegram) => telegram.sendPaper(paper))).pipe(
      Effect.provide(
        Telegram.layer({
          baseUrl: url,
          botToken: Redacted.make(TOKEN),
          chatId: CHAT,
          breaker: { registry: makeVendorHealthRegistry() },
        }),
      ),
    ),
  );
const success = <A, E>(result: Result.Result<A, E>): A => Result.getOrThrow(result);
const failure = <A, E>(result: Result.Result<A, E>): E => Result.getOrThrow(Result.flip(result));

describe('a paper', () => {
  const paper = {
    paperId: 'report:1',
    fileName: 'report.pdf',
    type: 'application/pdf',
    bytes: Uint8Array.from([37, 80, 68, 70, 0, 255, 10, 13]),
    caption: 'Weekly <b>report</b>',
    silent: true,
  };

  test('arrives byte for byte, with its words as they are and its mark', async () => {
    const double = await start();
    success(await send(double.url, paper));
    expect(double.messages()).toMatchObject([
      {
        chatId: CHAT,
        plain: `Weekly <b>report</b> ${alertMark('report:1')}`,
        silent: true,
        document: { name: 'report.pdf', type: 'application/pdf', bytes: paper.bytes },
      },
    ]);
  });

  test('has a caption that Telegram takes, however long its words are', async () => {
    const double = await start();
    success(await send(double.url, { ...paper, caption: 'x'.repeat(5000) }));
    const [sent] = double.messages();
    expect(sent?.plain.length).toBe(1024);
    expect(sent?.plain.endsWith(alertMark('report:1'))).toBe(true);
  });

  test('waits as long as Telegram says, and follows a group that has moved', async () => {
    const double = await start();
    double.fail({ kind: 'rate_limited', retryAfterSeconds: 17 }, 1, 'sendDocument');
    const late = failure(await send(double.url, paper));
    expect(late).toMatchObject({ _tag: 'TelegramRateLimited', retryable: true, retryAfterMs: 17_000 });
    double.fail({ kind: 'migrated', chatId: -42 }, 1, 'sendDocument');
    const moved = success(await send(double.url, paper));
    expect(moved).toMatchObject({ chatId: '-42', movedTo: '-42' });
    expect(double.messages().map(({ chatId }) => chatId)).toEqual(['-42']);
  });

  test('that is empty is refused for good', async () => {
    const double = await start();
    const empty = { ...paper, bytes: new Uint8Array() };
    expect(failure(await send(double.url, empty))).toMatchObject({
      _tag: 'TelegramRejected',
      retryable: false,
    });
  });
});
