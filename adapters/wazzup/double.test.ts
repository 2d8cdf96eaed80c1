/** The double as the product meets it: phones, what follows a 201, and its own endpoints. */
import { describe, expect, test } from 'vitest';
import { clock, double, failure, product, sendText, success } from './testing.ts';

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
      { kind: 'message', messageId, text: 'Hi', contactName: 'Alex', sentAt: clock.now },
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

  test('a recorded file is served under the link that the product gets', async () => {
    const shop = await product();
    const wazzup = await double({ webhookUrl: shop.url });
    await wazzup.simulator.customerWrites({
      chatId: '15555550142',
      kind: 'audio',
      file: { name: 'voice.webm', contentType: 'audio/webm', bytes: new Uint8Array([26, 69, 223, 163, 1]) },
    });
    const [written] = wazzup.simulator.chat('15555550142');
    expect(written).toMatchObject({ kind: 'audio', status: 'delivered' });
    const served = await fetch(written?.contentUri ?? '');
    expect(served.headers.get('content-type')).toBe('audio/webm');
    expect([...new Uint8Array(await served.arrayBuffer())]).toEqual([26, 69, 223, 163, 1]);
    expect(shop.items()).toMatchObject([{ kind: 'message', messageId: written?.id }]);
  });

  test('messages of one chat keep their order and grow in provider time', async () => {
    const shop = await product();
    const wazzup = await double({ webhookUrl: shop.url });
    await Promise.all(
      ['a', 'b', 'c'].map((text) => wazzup.simulator.customerWrites({ chatId: '15555550142', text })),
    );
    expect(shop.items().map((item) => item.kind === 'message' && item.text)).toEqual(['a', 'b', 'c']);
    expect(shop.items().map((item) => item.kind === 'message' && item.sentAt - clock.now)).toEqual([0, 1, 2]);
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
    clock.now += 25 * 60 * 60 * 1000;
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
