/** Contract tests of the adapter over real HTTP. Each names the fact of wire/00 or wire/01 it protects. */
import { Effect, Redacted } from 'effect';
import { describe, expect, test } from 'vitest';
import {
  call,
  clock,
  double,
  failure,
  fileHost,
  KEY,
  message,
  product,
  sendText,
  success,
} from './testing.ts';

describe('sending', () => {
  test('a text is accepted and shown on the customer’s phone, the unanswered badge left alone (wire/01 §2.1)', async () => {
    const wazzup = await double({ behaviour: { statuses: 'none' } });
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
    clock.now += 59_000;
    expect(success(await sendText(wazzup.url))).toEqual({ messageId: null, duplicate: true });
    expect(wazzup.simulator.chat('15555550142')).toHaveLength(1);
  });

  test('fact 1: after 60 s the same id sends a second copy', async () => {
    const wazzup = await double();
    await sendText(wazzup.url);
    clock.now += 60_000;
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
    [{ chatType: 'pigeon' }, 'WRONG_TRANSPORT', 'unsupported'],
    [{ text: 'x'.repeat(10_001) }, 'MESSAGE_TEXT_TOO_LONG', 'content'],
    [{ text: ' ' }, 'MESSAGES_TEXT_CAN_NOT_BE_BLANK', 'request'],
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
    clock.now += 5000;
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
