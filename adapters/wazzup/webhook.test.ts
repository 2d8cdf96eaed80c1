import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeWebhook, MAX_TEXT_CHARS } from './webhook.ts';

const base = {
  messageId: 'm-1',
  channelId: 'ch-1',
  chatType: 'whatsapp',
  chatId: '15555550142',
  dateTime: '2026-01-15T10:20:30.123Z',
  type: 'text',
  status: 'inbound',
  text: 'Do you have 4 chairs?',
  authorType: 'client',
  isEcho: false,
  contact: { name: 'Alex', avatarUri: 'https://store.example.test/a.jpg' },
};
const decode = (message: object) => decodeWebhook({ messages: [message] });
const only = (message: object) => {
  const decoded = decode(message);
  expect(decoded.rejected).toEqual([]);
  expect(decoded.items).toHaveLength(1);
  return decoded.items[0];
};

describe('a customer’s message', () => {
  test('is read with all its facts', () => {
    expect(only({ ...base, quotedMessage: { messageId: 'm-0', text: 'Hello' } })).toEqual({
      kind: 'message',
      channelId: 'ch-1',
      chatId: '15555550142',
      chatType: 'whatsapp',
      messageId: 'm-1',
      messageKind: 'text',
      text: 'Do you have 4 chairs?',
      media: null,
      quoted: { messageId: 'm-0', text: 'Hello' },
      contactName: 'Alex',
      sentAt: Date.UTC(2026, 0, 15, 10, 20, 30, 123),
    });
  });

  test('without a zone in its time is read as UTC (wire/01 §5.3)', () => {
    expect(only({ ...base, dateTime: '2026-01-15T10:20:30.000' })).toMatchObject({
      sentAt: Date.UTC(2026, 0, 15, 10, 20, 30),
    });
  });

  test('may have null in every optional field', () => {
    const nulls = Object.fromEntries(
      ['text', 'contentUri', 'authorType', 'authorName', 'isEcho', 'sentFromApp', 'isEdited', 'isDeleted']
        .concat(['quotedMessage', 'interactive', 'contact', 'error', 'status', 'type', 'chatType'])
        .map((key) => [key, null]),
    );
    expect(only({ ...base, ...nulls })).toMatchObject({
      kind: 'message',
      text: '',
      messageKind: 'other',
      media: null,
    });
  });

  test('survives optional fields of a wrong type', () => {
    expect(
      only({ ...base, contact: 'Alex', quotedMessage: 7, interactive: {}, isEcho: 'no', type: [] }),
    ).toMatchObject({
      kind: 'message',
      text: 'Do you have 4 chairs?',
      contactName: null,
      quoted: null,
      messageKind: 'text',
    });
  });

  test.each([
    ['image', 'image'],
    ['voice', 'audio'],
    ['audio', 'audio'],
    ['vcard', 'contact'],
    ['geo', 'location'],
    ['missing_call', 'missed_call'],
    ['unsupported', 'other'],
    ['holo_gram', 'other'],
  ])('of type %s has kind %s', (type, messageKind) => {
    expect(only({ ...base, type, text: null })).toMatchObject({ kind: 'message', messageKind });
  });

  test('with only a picture is kept, with the file’s name (lesson F-41)', () => {
    const contentUri = 'https://store.example.test/abc/?filename=plan%20A.pdf';
    expect(only({ ...base, type: 'document', text: null, contentUri })).toMatchObject({
      kind: 'message',
      text: '',
      media: { uri: contentUri, name: 'plan A.pdf' },
    });
  });

  test('that is a pressed button carries the label', () => {
    expect(only({ ...base, text: '', interactive: [{ text: 'Yes', payload: 'yes' }] })).toMatchObject({
      text: 'Yes',
    });
  });

  test('is cut at the limit without half a character, and loses NULs that Postgres cannot store', () => {
    const item = only({ ...base, text: `a\u0000${'😀'.repeat(MAX_TEXT_CHARS)}` });
    const text = item?.kind === 'message' ? item.text : '';
    expect(text.length).toBe(MAX_TEXT_CHARS - 1);
    expect(text.isWellFormed()).toBe(true);
    expect(text.startsWith('a😀')).toBe(true);
  });

  test.each(['messageId', 'channelId', 'chatId', 'dateTime'])(
    'without %s is rejected with its path',
    (field) => {
      const decoded = decode({ ...base, [field]: undefined });
      expect(decoded.items).toEqual([]);
      expect(decoded.rejected).toMatchObject([{ path: `messages[0].${field}`, reason: 'is missing' }]);
    },
  );

  test('with a phone of a wrong type is rejected without the phone in the reason', () => {
    const [rejected] = decode({ ...base, chatId: 15555550142 }).rejected;
    expect(rejected?.path).toBe('messages[0].chatId');
    expect(rejected?.reason).not.toContain('15555550142');
  });

  test.each(['yesterday', 7, '1970-01-01T00:00:00Z'])('sent at %s is rejected', (dateTime) => {
    expect(decode({ ...base, dateTime }).rejected).toMatchObject([{ path: 'messages[0].dateTime' }]);
  });

  test('edited or deleted reuses the id (wire/01 §5.3)', () => {
    expect(only({ ...base, isEdited: true, text: 'Five' })).toMatchObject({
      kind: 'edited',
      messageId: 'm-1',
      text: 'Five',
    });
    expect(only({ ...base, isDeleted: true })).toMatchObject({ kind: 'deleted', messageId: 'm-1' });
  });
});

describe('an outgoing message (wire/00 fact 3: echoes may be our own sends)', () => {
  test('with isEcho is an echo whatever its status says (wire/01 §7.6)', () => {
    expect(
      only({ ...base, isEcho: true, status: 'sent', authorType: null, sentFromApp: true }),
    ).toMatchObject({
      kind: 'echo',
      sentFromApp: true,
      authorType: null,
    });
  });

  test('of a manager is an echo even without the echo flag (domain 4.3)', () => {
    expect(
      only({ ...base, isEcho: null, status: 'sent', authorType: 'manager', authorName: 'Sara' }),
    ).toMatchObject({
      kind: 'echo',
      authorType: 'manager',
      authorName: 'Sara',
    });
  });

  test.each(['sent', 'delivered', 'read', 'error'])(
    'with status %s and no author is a status of ours (domain 4.2)',
    (status) => {
      expect(only({ ...base, status, authorType: null })).toMatchObject({
        kind: 'status',
        messageId: 'm-1',
        status,
      });
    },
  );

  test('that is an echo and already failed is both facts', () => {
    const error = { error: '24_HOURS_EXCEEDED', description: 'closed' };
    expect(decode({ ...base, isEcho: true, status: 'error', authorType: 'bot', error }).items).toMatchObject([
      { kind: 'echo', authorType: 'bot' },
      { kind: 'status', status: 'error', error: { code: '24_HOURS_EXCEEDED', description: 'closed' } },
    ]);
  });

  test('of ours that was edited is no customer’s edit', () => {
    expect(only({ ...base, isEcho: true, isEdited: true })).toEqual({
      kind: 'other',
      name: 'outgoing.edited',
    });
  });
});

describe('a body', () => {
  test('that is the subscription’s probe', () => {
    expect(decodeWebhook({ test: true })).toEqual({ test: true, items: [], rejected: [] });
  });

  test('may hold messages and statuses, and one bad item costs no other (contract 3.1)', () => {
    const decoded = decodeWebhook({
      messages: [base, { messageId: 'broken' }, { ...base, messageId: 'm-2' }],
      statuses: [
        { messageId: 'o-1', timestamp: '2026-01-15T10:20:34.000Z', status: 'delivered' },
        { messageId: 'o-1', status: 'edited' },
        'nonsense',
      ],
    });
    expect(decoded.items.map((item) => item.kind)).toEqual(['message', 'message', 'status', 'other']);
    expect(decoded.rejected.map((item) => item.path)).toEqual(['messages[1].channelId', 'statuses[2]']);
  });

  test('tells of the channel, of templates, and of what is of no use', () => {
    const decoded = decodeWebhook({
      channelsUpdates: [{ channelId: 'ch-1', state: 'openElsewhere', qr: '2@abc', timestamp: 1768472430000 }],
      templateStatus: { templateGuid: 't-1', name: 'followup_1', status: 'APPROVED' },
      createContact: { responsibleUserId: 'u-1' },
      brandNew: 1,
      statuses: null,
    });
    expect(decoded.items).toEqual([
      { kind: 'channel', channelId: 'ch-1', state: 'openelsewhere', at: 1768472430000 },
      { kind: 'template', templateGuid: 't-1', name: 'followup_1', status: 'approved' },
      { kind: 'other', name: 'createContact' },
      { kind: 'other', name: 'brandNew' },
    ]);
  });

  test.each([null, 1, 'x', [], [base]])('that is %j is rejected whole', (body) => {
    expect(decodeWebhook(body)).toMatchObject({ test: false, items: [], rejected: [{ path: '' }] });
  });

  test('that is any JSON never throws, and every listed entry is an item or a rejection', () => {
    const field = fc.oneof(
      fc.constantFrom(
        ...Object.keys(base),
        'isEdited',
        'isDeleted',
        'interactive',
        'error',
        'quotedMessage',
        'contentUri',
      ),
    );
    const value = fc.oneof({ depthSize: 'small' }, fc.jsonValue(), fc.constantFrom(...Object.values(base)));
    const message = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(field, value).map((changes) => ({ ...base, ...changes })),
    );
    const body = fc.oneof(
      fc.jsonValue(),
      fc.record({
        messages: fc.array(message, { maxLength: 4 }),
        statuses: fc.jsonValue(),
        channelsUpdates: fc.jsonValue(),
        templateStatus: fc.jsonValue(),
      }),
    );
    fc.assert(
      fc.property(body, (json) => {
        const decoded = decodeWebhook(json);
        const messages = (json as { messages?: unknown[] } | null)?.messages;
        const listed = Array.isArray(messages) ? messages.length : 0;
        expect(decoded.items.length + decoded.rejected.length).toBeGreaterThanOrEqual(listed);
        expect(JSON.stringify(decoded.items)).not.toContain('\\u0000');
      }),
      { numRuns: 500 },
    );
  });
});
