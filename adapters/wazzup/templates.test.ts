/** Templates, buttons, quotes, edits and lengths over real HTTP (wire/01 §2.1, §2.2, §2.4, §4, §6). */
import { Effect } from 'effect';
import { describe, expect, test } from 'vitest';
import type { SandboxTemplate } from './double.ts';
import { countBlanks, fillTemplate } from './templates.ts';
import { call, clock, double, failure, message, product, sendText, success } from './testing.ts';

const CHAT = message.chatId;
const { text: _, ...to } = message;
const named = (number: number, more: Partial<SandboxTemplate> = {}): SandboxTemplate => ({
  templateGuid: `t-${number}`,
  name: `template_${number}`,
  title: `Template ${number}`,
  language: 'en',
  status: 'approved',
  components: [{ type: 'BODY', text: 'Hello {{1}}, {{2}} is ready.' }],
  ...more,
});
const waba = (templates: readonly SandboxTemplate[] = [named(1)]) => double({ transport: 'wapi', templates });
const list = (url: string) => call(url, (wazzup) => wazzup.templates());

describe('the list of templates', () => {
  test('is read page by page to its end', async () => {
    const wazzup = await waba(Array.from({ length: 250 }, (_, index) => named(index)));
    const { templates, complete, unreadable } = success(await list(wazzup.url));
    expect([templates.length, new Set(templates.map(({ id }) => id)).size]).toEqual([250, 250]);
    expect({ complete, unreadable }).toEqual({ complete: true, unreadable: 0 });
    expect(wazzup.server.log.map(({ query }) => query)).toEqual([
      'limit=100&offset=0',
      'limit=100&offset=100',
      'limit=100&offset=200',
    ]);
  });

  test('asks once more when the last page is full', async () => {
    const wazzup = await waba(Array.from({ length: 100 }, (_, index) => named(index)));
    expect(success(await list(wazzup.url)).templates).toHaveLength(100);
    expect(wazzup.server.log).toHaveLength(2);
  });

  test('orders the parts as they are read, and knows where they may be used', async () => {
    const wazzup = await waba();
    const entry = {
      templateGuid: 't-9',
      status: 'APPROVED',
      name: null,
      components: [
        { type: 'FOOTER', text: 'Treejar' },
        { type: 'BODY', text: 'Body {{1}}' },
        { type: 'BUTTONS' },
        { type: 'HEADER', text: 'Head {{1}}' },
      ],
      channels: ['ch-1', { channelId: 'ch-2' }],
    };
    wazzup.server.addFault({ respond: { status: 200, body: [entry, { title: 'no id' }] } });
    expect(success(await list(wazzup.url))).toEqual({
      templates: [
        {
          id: 't-9',
          name: null,
          title: null,
          language: null,
          status: 'approved',
          parts: ['Head {{1}}', 'Body {{1}}', 'Treejar'],
          channelIds: ['ch-1', 'ch-2'],
        },
      ],
      unreadable: 1,
      complete: true,
    });
  });

  test('is not empty because a gateway answered', async () => {
    const wazzup = await waba();
    wazzup.server.addFault({ respond: { status: 200, body: '<html>' } });
    expect(failure(await list(wazzup.url))).toMatchObject({ _tag: 'WazzupUnavailable', retryable: true });
  });
});

describe('blanks', () => {
  test('are numbered anew in each part and filled in the order of reading', () => {
    const parts = ['Offer {{1}}', 'Dear {{1}}, {{2}} for {{1}}', 'Treejar'];
    expect(countBlanks(parts)).toBe(3);
    expect(fillTemplate(parts, ['Q-1', 'Alex', 'a desk'])).toBe(
      'Offer Q-1\n\nDear Alex, a desk for Alex\n\nTreejar',
    );
  });

  test('stay text when a value looks like one', () => {
    expect(fillTemplate(['{{1}} and {{2}}'], ['{{2}}', '$&'])).toBe('{{2}} and $&');
  });
});

describe('a template', () => {
  const sendTemplate = (url: string, values: readonly string[], templateId = 't-1') =>
    call(url, (wazzup) => wazzup.sendTemplate({ ...to, templateId, values }));

  test('arrives while the 24-hour window is closed, where a text fails after its 201', async () => {
    const [wazzup, shop] = [await waba(), await product()];
    wazzup.setWebhook(shop.url);
    await wazzup.simulator.customerWrites({ chatId: CHAT, text: 'Hello' });
    clock.now += 24 * 3600_000 + 1000;
    success(await sendTemplate(wazzup.url, ['Alex', 'Q-1001']));
    success(await sendText(wazzup.url, { crmMessageId: 'late' }));
    await shop.until(4);
    const [, template, text] = wazzup.simulator.chat(CHAT);
    expect(template).toMatchObject({ text: 'Hello Alex, Q-1001 is ready.', status: 'delivered' });
    expect(text).toMatchObject({ status: 'error', error: '24_HOURS_EXCEEDED' });
  });

  test('goes in the current form, without text (wire/01 §2.1)', async () => {
    const wazzup = await waba();
    await sendTemplate(wazzup.url, ['Alex', 'Q-1001']);
    expect(JSON.parse(wazzup.server.log[0]?.body ?? '{}')).toEqual({
      ...to,
      clearUnanswered: false,
      templateId: 't-1',
      templateValues: ['Alex', 'Q-1001'],
    });
  });

  test('that is not approved is refused for good', async () => {
    const wazzup = await waba([named(1, { status: 'rejected' })]);
    expect(failure(await sendTemplate(wazzup.url, ['a', 'b']))).toMatchObject({
      code: 'TEMPLATE_REJECTED',
      about: 'policy',
      retryable: false,
    });
  });

  test('is not for personal channels', async () => {
    const wazzup = await double({ templates: [named(1)] });
    expect(failure(await sendTemplate(wazzup.url, ['a', 'b']))).toMatchObject({ about: 'unsupported' });
    expect(success(await list(wazzup.url)).templates).toEqual([]);
  });

  test('is one message however often it is tried within a minute', async () => {
    const wazzup = await waba();
    await sendTemplate(wazzup.url, ['a', 'b']);
    expect(success(await sendTemplate(wazzup.url, ['a', 'b'])).duplicate).toBe(true);
    expect(wazzup.simulator.chat(CHAT)).toHaveLength(1);
  });
});

describe('buttons', () => {
  const labels = (count: number, label = 'Yes') =>
    Array.from({ length: count }, () => ({ text: label, payload: 'yes' }));

  test('go with the text on a business channel', async () => {
    const wazzup = await waba();
    success(await sendText(wazzup.url, { buttons: [{ text: 'Yes', payload: 'yes' }, { text: 'No' }] }));
    expect(wazzup.simulator.chat(CHAT)).toMatchObject([{ text: 'Hello', buttons: ['Yes', 'No'] }]);
    const sent = JSON.parse(wazzup.server.log.at(-1)?.body ?? '{}');
    expect(sent.buttonsObject).toEqual({
      buttons: [
        { type: 'text', text: 'Yes', payload: 'yes' },
        { type: 'text', text: 'No' },
      ],
    });
  });

  test.each([
    ['eleven', labels(11)],
    ['a long label', labels(1, 'x'.repeat(21))],
    ['an empty label', labels(1, ' ')],
  ])('%s: refused before the vendor would drop something without a word', async (_name, buttons) => {
    const wazzup = await waba();
    expect(failure(await sendText(wazzup.url, { buttons }))).toMatchObject({
      code: 'BUTTONS_DO_NOT_FIT',
      retryable: false,
    });
    expect(wazzup.simulator.chats()).toEqual([]);
  });

  test('are refused on a personal channel', async () => {
    const wazzup = await double();
    expect(failure(await sendText(wazzup.url, { buttons: labels(1) }))).toMatchObject({
      about: 'unsupported',
    });
  });
});

describe('a quote', () => {
  test('of a known message is shown', async () => {
    const [wazzup, shop] = [await double(), await product()];
    wazzup.setWebhook(shop.url);
    const { messageId } = await wazzup.simulator.customerWrites({ chatId: CHAT, text: 'Hello' });
    success(await sendText(wazzup.url, { refMessageId: messageId }));
    expect(wazzup.simulator.chat(CHAT).at(-1)).toMatchObject({ quotes: messageId });
  });

  test('of a message that the vendor has forgotten is left out, and the message goes once', async () => {
    const wazzup = await double();
    for (const duplicate of [false, true]) {
      expect(success(await sendText(wazzup.url, { refMessageId: 'gone' })).duplicate).toBe(duplicate);
    }
    expect(wazzup.simulator.chat(CHAT)).toHaveLength(1);
    expect(wazzup.simulator.chat(CHAT)[0]).not.toHaveProperty('quotes');
  });

  test('is left out under an id of its own: a remembered refusal must not pass for a sent message', async () => {
    const wazzup = await double();
    await sendText(wazzup.url, { refMessageId: 'gone' });
    const [first, second] = wazzup.server.log.map(({ body }) => JSON.parse(body));
    expect(second.crmMessageId).not.toBe(first.crmMessageId);
    expect(second).not.toHaveProperty('refMessageId');
  });

  test('that is refused again is not tried for ever', async () => {
    const wazzup = await double();
    wazzup.server.addFault({ respond: { status: 400, body: { error: 'REFERENCE_MESSAGE_NOT_FOUND' } } });
    expect(failure(await sendText(wazzup.url, { refMessageId: 'gone' }))).toMatchObject({
      about: 'not_found',
    });
    expect(wazzup.server.log).toHaveLength(2);
  });
});

describe('a sent message', () => {
  const edit = (url: string, messageId: string, text = 'Corrected') =>
    call(url, (wazzup) => wazzup.editText({ messageId, text }));
  const remove = (url: string, messageId: string) => call(url, (wazzup) => wazzup.deleteMessage(messageId));
  const sent = async (url: string) => success(await sendText(url)).messageId ?? '';

  test('can be edited and deleted', async () => {
    const wazzup = await double();
    const id = await sent(wazzup.url);
    success(await edit(wazzup.url, id));
    expect(wazzup.simulator.chat(CHAT)).toMatchObject([{ text: 'Corrected', edited: true }]);
    success(await remove(wazzup.url, id));
    expect(wazzup.simulator.chat(CHAT)).toMatchObject([{ text: '', deleted: true }]);
  });

  test('can be changed for a while only', async () => {
    const wazzup = await double();
    const id = await sent(wazzup.url);
    clock.now += 15 * 60_000 + 1;
    expect(failure(await edit(wazzup.url, id))).toMatchObject({
      code: 'MESSAGES_EDITING_TIME_EXPIRED',
      about: 'expired',
      retryable: false,
    });
    clock.now += 48 * 3600_000;
    expect(failure(await remove(wazzup.url, id))).toMatchObject({ about: 'expired' });
  });

  test('cannot be changed on a business channel, nor when nobody knows it', async () => {
    const [wazzup, personal] = [await waba(), await double()];
    const id = await sent(wazzup.url);
    expect(failure(await edit(wazzup.url, id))).toMatchObject({ about: 'unsupported' });
    expect(failure(await remove(wazzup.url, id))).toMatchObject({ about: 'unsupported' });
    expect(failure(await remove(personal.url, 'a/b?c'))).toMatchObject({ about: 'not_found' });
  });
});

describe('the length of a text', () => {
  const limit = (url: string, channelId = 'ch-1') => call(url, (wazzup) => wazzup.textLimit(channelId));

  test.each([
    ['whatsapp', 10_000],
    ['wapi', 1024],
  ] as const)('is the channel’s own: %s takes %i', async (transport, chars) => {
    const wazzup = await double({ transport });
    expect(success(await limit(wazzup.url))).toBe(chars);
    success(await sendText(wazzup.url, { text: 'x'.repeat(chars) }));
    const error = failure(
      await sendText(wazzup.url, { text: 'x'.repeat(chars + 1), crmMessageId: 'longer' }),
    );
    expect(error).toMatchObject({ about: 'content' });
  });

  test('of an unknown channel fits every transport', async () => {
    const wazzup = await double();
    expect(success(await limit(wazzup.url, 'ch-9'))).toBe(1000);
  });

  test('is asked once for many texts', async () => {
    const wazzup = await double({ transport: 'wapi' });
    const limits = await call(wazzup.url, (service) =>
      Effect.all([service.textLimit('ch-1'), service.textLimit('ch-1'), service.textLimit('ch-9')]),
    );
    expect(success(limits)).toEqual([1024, 1024, 1000]);
    expect(wazzup.server.log).toHaveLength(1);
  });

  test('is not guessed when the vendor cannot be asked: each try has to cut at the same places', async () => {
    const wazzup = await double();
    wazzup.server.addFault({ respond: { status: 500 } });
    expect(failure(await limit(wazzup.url))).toMatchObject({ retryable: true });
  });
});
