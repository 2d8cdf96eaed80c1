/** Contract tests: the adapter and the double over real HTTP. Each names the fact of wire/00 or wire/01 it protects. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Effect, Redacted, Result } from 'effect';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startWazzupDouble, type WazzupDouble, type WazzupDoubleOptions } from './double.ts';
import { type SendText, Wazzup, type WazzupOptions } from './wazzup.ts';
import { decodeWebhook, type WazzupItem } from './webhook.ts';

const KEY = 'key-1';
const open: (() => Promise<void> | void)[] = [];
let clock = Date.UTC(2026, 0, 15, 10);

beforeEach(() => {
  clock = Date.UTC(2026, 0, 15, 10);
});
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const double = async (options: Partial<WazzupDoubleOptions> = {}): Promise<WazzupDouble> => {
  const started = await startWazzupDouble({
    channelId: 'ch-1',
    apiKey: KEY,
    now: () => clock,
    retryForMs: 3000,
    statusDelayMs: { sent: 5, delivered: 15 },
    ...options,
  });
  open.push(started.close);
  return started;
};

const call = <A, E>(
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

const message: SendText = {
  channelId: 'ch-1',
  chatId: '15555550142',
  chatType: 'whatsapp',
  text: 'Hello',
  crmMessageId: '3d1f0f6a-0000-4000-8000-000000000001',
};
const sendText = (url: string, change: Partial<SendText> = {}, options: Partial<WazzupOptions> = {}) =>
  call(url, (wazzup) => wazzup.sendText({ ...message, ...change }), options);

const success = <A, E>(result: Result.Result<A, E>): A => Result.getOrThrow(result);
const failure = <A, E>(result: Result.Result<A, E>): E => Result.getOrThrow(Result.flip(result));

/** A product that takes webhooks. */
interface Product {
  readonly url: string;
  readonly bodies: unknown[];
  readonly authorization: (string | undefined)[];
  readonly items: () => WazzupItem[];
  readonly answers: number[];
  readonly until: (count: number) => Promise<void>;
}
const product = async (port = 0): Promise<Product> => {
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
const fileHost = async (status: number, headers: Record<string, string>, body: Uint8Array | string = 'x') => {
  const server = createServer((_, res) => void res.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/q.pdf`;
};

describe('sending', () => {
  test('a text is accepted and shown on the customer’s phone, the unanswered badge left alone (wire/01 §2.1)', async () => {
    const wazzup = await double();
    const sent = success(await sendText(wazzup.url));
    expect(sent.duplicate).toBe(false);
    expect(wazzup.simulator.chat('15555550142')).toMatchObject([
      { id: sent.messageId, from: 'business', author: 'api', kind: 'text', text: 'Hello', status: 'sent' },
    ]);
    expect(JSON.parse(wazzup.server.log[0]?.body ?? '{}')).toEqual({ ...message, clearUnanswered: false });
  });

  test('fact 1: a repeat inside 60 s is a duplicate, not a second message', async () => {
    const wazzup = await double();
    await sendText(wazzup.url);
    clock += 59_000;
    expect(success(await sendText(wazzup.url))).toEqual({ messageId: null, duplicate: true });
    expect(wazzup.simulator.chat('15555550142')).toHaveLength(1);
  });

  test('fact 1: after 60 s the same id sends a second copy', async () => {
    const wazzup = await double();
    await sendText(wazzup.url);
    clock += 60_000;
    expect(success(await sendText(wazzup.url)).duplicate).toBe(false);
    expect(wazzup.simulator.chat('15555550142')).toHaveLength(2);
  });

  test.each(['repeatedCrmMessageId', 'REPEATED_CRM_MESSAGE_ID', 'repeated-crm-message-id'])(
    'fact 1: the repeat is recognised in the spelling %s',
    async (error) => {
      const wazzup = await double();
      wazzup.server.addFault({ respond: { status: 400, body: { error, description: '' } } });
      expect(success(await sendText(wazzup.url))).toEqual({ messageId: null, duplicate: true });
    },
  );

  test('fact 1: a send whose answer was lost is retried with the same id and stays one message', async () => {
    const wazzup = await double();
    wazzup.server.addFault({ times: 1, dropAfter: true });
    expect(failure(await sendText(wazzup.url))).toMatchObject({ _tag: 'VendorUnreachable', retryable: true });
    expect(success(await sendText(wazzup.url)).duplicate).toBe(true);
    expect(wazzup.simulator.chat('15555550142')).toHaveLength(1);
  });

  test('an answer in a list of one is understood (wire/01 §2.1)', async () => {
    const wazzup = await double();
    wazzup.server.addFault({ respond: { status: 201, body: [{ messageId: 'm-9', chatId: '1' }] } });
    expect(success(await sendText(wazzup.url))).toEqual({ messageId: 'm-9', duplicate: false });
  });

  test('a 201 without an id was still accepted', async () => {
    const wazzup = await double();
    wazzup.server.addFault({ respond: { status: 201 } });
    expect(success(await sendText(wazzup.url))).toEqual({ messageId: null, duplicate: false });
  });

  test('a gateway’s page with status 200 is no acceptance', async () => {
    const wazzup = await double();
    wazzup.server.addFault({ respond: { status: 200, body: '<html>maintenance</html>' } });
    expect(failure(await sendText(wazzup.url))).toMatchObject({ _tag: 'WazzupUnavailable', retryable: true });
  });

  test('a wrong key is final and says what to do', async () => {
    const wazzup = await double();
    const error = failure(await sendText(wazzup.url, {}, { apiKey: Redacted.make('other') }));
    expect(error).toMatchObject({ _tag: 'WazzupAuth', retryable: false });
    expect(error.message).toContain('WAZZUP_API_KEY');
  });

  test.each([
    [{ chatId: '+1 555' }, 'INVALID_MESSAGE_DATA', 'request'],
    [{ channelId: 'ch-2' }, 'CHANNEL_NOT_FOUND', 'channel'],
    [{ chatType: 'pigeon' }, 'WRONG_TRANSPORT', 'request'],
    [{ text: 'x'.repeat(10_001) }, 'MESSAGE_TEXT_TOO_LONG', 'content'],
    [{ text: ' ' }, 'MESSAGES_TEXT_CAN_NOT_BE_BLANK', 'request'],
    [{ refMessageId: 'unknown' }, 'REFERENCE_MESSAGE_NOT_FOUND', 'request'],
  ])('%j is refused for good as %s', async (change, code, about) => {
    const wazzup = await double();
    expect(failure(await sendText(wazzup.url, change))).toMatchObject({
      _tag: 'WazzupRejected',
      code,
      about,
      retryable: false,
    });
    expect(wazzup.simulator.chats()).toEqual([]);
  });

  test('a refused message does not use up its id', async () => {
    const wazzup = await double();
    failure(await sendText(wazzup.url, { text: ' ' }));
    expect(success(await sendText(wazzup.url)).duplicate).toBe(false);
  });

  test('429 says when to come back (wire/01 §4)', async () => {
    const wazzup = await double();
    wazzup.server.addFault({ respond: { status: 429 } });
    expect(failure(await sendText(wazzup.url))).toMatchObject({
      _tag: 'WazzupRateLimited',
      retryable: true,
      retryAfterMs: 5000,
    });
  });

  test.each([500, 502, 503])('%i may be tried again (lesson F-34)', async (status) => {
    const wazzup = await double();
    wazzup.server.addFault({ respond: { status, body: '<html>bad gateway</html>' } });
    expect(failure(await sendText(wazzup.url))).toMatchObject({
      _tag: 'WazzupUnavailable',
      status,
      retryable: true,
    });
  });

  test('a silent vendor ends in a time-out, a dripping body too', async () => {
    const wazzup = await double();
    wazzup.server.addFault({ times: 1, delayMs: 500 });
    expect(failure(await sendText(wazzup.url, {}, { timeoutMs: 50 }))).toMatchObject({
      _tag: 'VendorTimeout',
      retryable: true,
    });
    wazzup.server.addFault({ times: 1, slowBodyMs: 50 });
    expect(failure(await sendText(wazzup.url, {}, { timeoutMs: 100 }))).toMatchObject({
      _tag: 'VendorTimeout',
    });
  });

  test('no error carries the customer’s number or text', async () => {
    const wazzup = await double();
    for (const respond of [
      { status: 400, body: { error: 'BAD_CONTACT' } },
      { status: 500 },
      { status: 401 },
    ]) {
      wazzup.server.addFault({ times: 1, respond });
      const error = failure(await sendText(wazzup.url, { text: 'my secret' }));
      expect(JSON.stringify(error) + error.message).not.toMatch(/15555550142|my secret/);
    }
  });
});

describe('files (fact 10: no redirects, 10 MB, text xor file)', () => {
  const sendFile = (url: string, contentUri: string) =>
    call(url, (wazzup) =>
      wazzup.sendFile({
        channelId: 'ch-1',
        chatId: '15555550142',
        chatType: 'whatsapp',
        crmMessageId: 'f-1',
        contentUri,
      }),
    );

  test('a reachable file arrives with its kind', async () => {
    const wazzup = await double();
    const uri = await fileHost(200, { 'content-type': 'application/pdf' });
    success(await sendFile(wazzup.url, uri));
    expect(wazzup.simulator.chat('15555550142')).toMatchObject([
      { kind: 'document', contentUri: uri, text: '' },
    ]);
  });

  test('a redirecting link is refused although a browser opens it', async () => {
    const wazzup = await double();
    const uri = await fileHost(302, { location: '/elsewhere' });
    expect(failure(await sendFile(wazzup.url, uri))).toMatchObject({
      code: 'MESSAGE_DOWNLOAD_CONTENT_ERROR',
      about: 'content',
    });
  });

  test('a file over 10 MB is refused', async () => {
    const wazzup = await double();
    const uri = await fileHost(200, { 'content-type': 'image/png' }, new Uint8Array(10 * 1024 * 1024 + 1));
    expect(failure(await sendFile(wazzup.url, uri))).toMatchObject({
      code: 'MESSAGES_CONTENT_SIZE_EXCEEDED',
    });
  });

  test('text and file in one request are refused by the vendor', async () => {
    const wazzup = await double();
    const response = await fetch(`${wazzup.url}/message`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...message, contentUri: 'https://files.example.test/a.pdf' }),
    });
    expect(await response.json()).toMatchObject({ error: 'MESSAGE_ONLY_TEXT_OR_CONTENT' });
  });
});

describe('the rate limit', () => {
  test('a process that would have to wait too long is told when to come back', async () => {
    const wazzup = await double();
    const result = await call(
      wazzup.url,
      (service) =>
        Effect.all(
          Array.from({ length: 4 }, () => service.channels()),
          { concurrency: 'unbounded' },
        ),
      { requestsPer5s: 1 },
    );
    expect(failure(result)).toMatchObject({
      _tag: 'WazzupRateLimited',
      retryable: true,
      retryAfterMs: expect.any(Number),
    });
  });

  test('the vendor counts 500 in 5 s', async () => {
    const wazzup = await double();
    const statuses: number[] = [];
    for (let block = 0; block < 11; block++) {
      const some = Array.from({ length: 50 }, () =>
        fetch(`${wazzup.url}/channels`, { headers: { authorization: `Bearer ${KEY}` } }),
      );
      for (const response of await Promise.all(some)) statuses.push(response.status);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(500);
    clock += 5000;
    expect(success(await call(wazzup.url, (service) => service.channels()))).toMatchObject([
      { channelId: 'ch-1', state: 'active' },
    ]);
  });
});

describe('the subscription (fact 3: one URL per account, set only after a 200 to the probe)', () => {
  test('is set after the probe and read back', async () => {
    const [wazzup, shop] = [await double(), await product()];
    expect(success(await call(wazzup.url, (service) => service.subscription()))).toBeNull();
    success(await call(wazzup.url, (service) => service.subscribe(shop.url)));
    expect(shop.bodies).toEqual([{ test: true }]);
    expect(shop.authorization).toEqual([undefined]);
    expect(success(await call(wazzup.url, (service) => service.subscription()))).toBe(shop.url);
  });

  test('is refused when the probe is not answered 200', async () => {
    const [wazzup, shop] = [await double(), await product()];
    shop.answers.push(401);
    expect(failure(await call(wazzup.url, (service) => service.subscribe(shop.url)))).toMatchObject({
      code: 'testPostNotPassed',
    });
    expect(failure(await call(wazzup.url, (service) => service.subscribe('not a url')))).toMatchObject({
      code: 'uriNotValid',
    });
  });
});

describe('the phones', () => {
  test('a customer’s message reaches the product with the bearer, as the decoder reads it', async () => {
    const shop = await product();
    const wazzup = await double({ webhookUrl: shop.url, webhookSecret: 's3cret' });
    const { messageId } = await wazzup.simulator.customerWrites({
      chatId: '15555550142',
      name: 'Alex',
      text: 'Hi',
    });
    expect(shop.authorization).toEqual(['Bearer s3cret']);
    expect(shop.items()).toMatchObject([
      { kind: 'message', messageId, text: 'Hi', contactName: 'Alex', sentAt: clock },
    ]);
    expect(wazzup.simulator.chat('15555550142')).toMatchObject([
      { id: messageId, from: 'customer', status: 'delivered' },
    ]);
  });

  test('fact 3: the same webhook can come several times', async () => {
    const shop = await product();
    const wazzup = await double({ webhookUrl: shop.url });
    const { messageId } = await wazzup.simulator.customerWrites({
      chatId: '15555550142',
      text: 'Hi',
      times: 3,
    });
    expect(shop.items().map((item) => item.kind === 'message' && item.messageId)).toEqual([
      messageId,
      messageId,
      messageId,
    ]);
  });

  test('messages of one chat keep their order and grow in provider time', async () => {
    const shop = await product();
    const wazzup = await double({ webhookUrl: shop.url });
    await Promise.all(
      ['a', 'b', 'c'].map((text) => wazzup.simulator.customerWrites({ chatId: '15555550142', text })),
    );
    expect(shop.items().map((item) => item.kind === 'message' && item.text)).toEqual(['a', 'b', 'c']);
    expect(shop.items().map((item) => item.kind === 'message' && item.sentAt - clock)).toEqual([0, 1, 2]);
  });

  test('a product that is not up yet gets the message once it is', async () => {
    const shop = await product();
    shop.answers.push(503, 503);
    const wazzup = await double({ webhookUrl: shop.url });
    await wazzup.simulator.customerWrites({ chatId: '15555550142', text: 'Hi' });
    expect(shop.items()).toHaveLength(1);
  });

  test('a wrong secret is told at once, not retried', async () => {
    const shop = await product();
    shop.answers.push(401);
    const wazzup = await double({ webhookUrl: shop.url });
    await expect(wazzup.simulator.customerWrites({ chatId: '15555550142', text: 'Hi' })).rejects.toThrow(
      /secret/,
    );
    expect(wazzup.simulator.chat('15555550142')).toMatchObject([{ status: 'error' }]);
  });

  test('a photo, a voice note and a plan come with a file that can be fetched', async () => {
    const shop = await product();
    const wazzup = await double({ webhookUrl: shop.url });
    for (const kind of ['image', 'audio', 'document'] as const) {
      await wazzup.simulator.customerWrites({ chatId: '15555550142', kind });
    }
    for (const item of shop.items()) {
      if (item.kind !== 'message' || !item.media) throw new Error('no media');
      expect(item.media.uri.startsWith(wazzup.url.replace('/v3', ''))).toBe(true);
      expect((await fetch(item.media.uri)).status).toBe(200);
      expect(item.media.name).toMatch(/\.(png|ogg|pdf)$/);
    }
  });

  test('a manager’s message is an echo, from the phone or from Wazzup (wire/01 §5.3)', async () => {
    const shop = await product();
    const wazzup = await double({ webhookUrl: shop.url });
    await wazzup.simulator.managerWrites({
      chatId: '15555550142',
      text: 'I take over',
      from: 'app',
      name: 'Sara',
    });
    expect(shop.items()).toMatchObject([
      { kind: 'echo', sentFromApp: true, authorType: 'manager', authorName: 'Sara' },
    ]);
  });

  test('reading the chat reports read, and listeners hear of each change', async () => {
    const shop = await product();
    const wazzup = await double({ webhookUrl: shop.url, behaviour: { statuses: 'none' } });
    const heard: string[] = [];
    const stop = wazzup.simulator.onChange((chatId) => heard.push(chatId));
    const { messageId } = success(await sendText(wazzup.url));
    expect(wazzup.simulator.chats()).toMatchObject([{ chatId: '15555550142', unread: 1 }]);
    await wazzup.simulator.markRead('15555550142');
    expect(shop.items()).toMatchObject([{ kind: 'status', messageId, status: 'read' }]);
    expect(wazzup.simulator.chats()).toMatchObject([{ unread: 0 }]);
    stop();
    await sendText(wazzup.url, { crmMessageId: 'other' });
    expect(heard).toEqual(['15555550142', '15555550142']);
  });
});

describe('after the 201 (fact 2: it is not delivery)', () => {
  test('sent and delivered come later by webhook', async () => {
    const shop = await product();
    const wazzup = await double({ webhookUrl: shop.url });
    const { messageId } = success(await sendText(wazzup.url));
    await shop.until(2);
    expect(shop.items()).toMatchObject([
      { kind: 'status', messageId, status: 'sent' },
      { kind: 'status', messageId, status: 'delivered' },
    ]);
  });

  test('reports can come in the wrong order, and the phone still shows the highest', async () => {
    const shop = await product();
    const wazzup = await double({ webhookUrl: shop.url, behaviour: { statuses: 'delivered-sent' } });
    await sendText(wazzup.url);
    await shop.until(2);
    expect(shop.items().map((item) => item.kind === 'status' && item.status)).toEqual(['delivered', 'sent']);
    expect(wazzup.simulator.chat('15555550142')).toMatchObject([{ status: 'delivered' }]);
  });

  test('a closed 24-hour window of a business channel shows up as an error', async () => {
    const shop = await product();
    const wazzup = await double({ webhookUrl: shop.url, transport: 'wapi' });
    await wazzup.simulator.customerWrites({ chatId: '15555550142', text: 'Hi' });
    clock += 25 * 60 * 60 * 1000;
    success(await sendText(wazzup.url));
    await shop.until(2);
    expect(shop.items().at(-1)).toMatchObject({
      kind: 'status',
      status: 'error',
      error: { code: '24_HOURS_EXCEEDED' },
    });
  });

  test('fact 3: an API send can come back as an echo without a manager', async () => {
    const shop = await product();
    const wazzup = await double({
      webhookUrl: shop.url,
      behaviour: { echoApiSends: true, statuses: 'none' },
    });
    const { messageId } = success(await sendText(wazzup.url));
    await shop.until(1);
    expect(shop.items()).toMatchObject([{ kind: 'echo', messageId, authorType: 'bot', sentFromApp: false }]);
  });
});

describe('the sandbox’s own endpoints', () => {
  const post = async (url: string, body: object, method = 'POST') => {
    const response = await fetch(url, { method, body: JSON.stringify(body) });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };

  test('let curl play the whole chat', async () => {
    const shop = await product();
    const wazzup = await double();
    const root = wazzup.url.replace('/v3', '/_sandbox');
    await post(`${root}/webhook`, { url: shop.url, secret: 's' }, 'PUT');
    expect((await post(`${root}/chats/15555550142/messages`, { text: 'Hi', name: 'Alex' })).status).toBe(200);
    expect((await post(`${root}/chats/15555550142/manager`, { text: 'Hello', from: 'phone' })).status).toBe(
      200,
    );
    const chat = (await (await fetch(`${root}/chats/15555550142`)).json()) as { items: unknown[] };
    expect(chat.items).toMatchObject([
      { from: 'customer', text: 'Hi' },
      { from: 'business', author: 'manager' },
    ]);
    expect(shop.items().map((item) => item.kind)).toEqual(['message', 'echo']);
  });

  test('answer bad input with a clear refusal', async () => {
    const wazzup = await double();
    const root = wazzup.url.replace('/v3', '/_sandbox');
    expect((await post(`${root}/chats/15555550142/messages`, { kind: 'hologram' })).status).toBe(422);
    expect((await post(`${root}/chats/not-a-number/messages`, { text: 'Hi' })).status).toBe(502);
  });

  test('switch faults of the API on and off', async () => {
    const wazzup = await double();
    const root = wazzup.url.replace('/v3', '/_sandbox');
    await post(`${root}/faults`, { status: 500, times: 1 });
    expect(failure(await sendText(wazzup.url))).toMatchObject({ _tag: 'WazzupUnavailable' });
    success(await sendText(wazzup.url));
  });
});
