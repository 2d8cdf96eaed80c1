/** An exported history, in each form that it may come in. */
import { describe, expect, test } from 'vitest';
import { decodeHistory } from './history.ts';

const entry = (id: string, dateTime: string, more: Record<string, unknown> = {}) => ({
  messageId: id,
  channelId: 'ch-1',
  chatType: 'whatsapp',
  chatId: '15555550142',
  dateTime,
  type: 'text',
  status: 'inbound',
  text: `text of ${id}`,
  authorType: 'client',
  ...more,
});
const OLD = '2025-03-01T10:00:00.000Z';
const NEWER = '2025-03-01T11:00:00.000Z';
const echo = { isEcho: true, authorType: 'manager', status: 'read' };

describe('a history file', () => {
  test.each([
    ['one body', { messages: [entry('b', NEWER, echo), entry('a', OLD)] }],
    ['a list of bodies', [{ messages: [entry('b', NEWER, echo)] }, { messages: [entry('a', OLD)] }]],
    ['a list of messages', [entry('b', NEWER, echo), entry('a', OLD)]],
  ])('as %s is what was said, oldest first', (_name, json) => {
    const history = decodeHistory(json);
    expect(history.items).toMatchObject([
      { kind: 'message', messageId: 'a' },
      { kind: 'echo', messageId: 'b', authorType: 'manager' },
    ]);
    expect(history.rejected).toEqual([]);
  });

  test('gives back what cannot be read, and counts what says nothing', () => {
    const history = decodeHistory([
      entry('a', 'yesterday'),
      'nonsense',
      entry('s', OLD, { authorType: null, status: 'delivered' }),
      entry('b', OLD),
    ]);
    expect(history.items).toMatchObject([{ messageId: 'b' }]);
    expect(history.skipped).toBe(1);
    expect(history.rejected.map(({ path }) => path)).toEqual(['messages[0].dateTime', 'messages[1]']);
  });

  test.each([null, 'text', 7, [], {}])('%j is no history and no crash', (json) => {
    expect(decodeHistory(json).items).toEqual([]);
  });
});
