/** What becomes of messages outside the usual turn: templates, refusals by the channel, and history. */
import { describe, expect, it } from 'vitest';
import type { SendInput } from './actors.ts';
import { Driver } from './testing/driver.ts';

const MANAGER = { id: 'u1', name: 'Sara' };
const DAY_MS = 24 * 3600_000;
const TEMPLATE = {
  type: 'manager.template',
  by: MANAGER,
  template: { id: 'tpl-1', values: ['Omar'] },
  text: 'Hello Omar, your quote is ready.',
} as const;

/** A chat whose customer wrote once and was not answered by a person. */
const chatWith = (text = 'Do you have chairs?'): Driver => {
  const chat = new Driver();
  chat.says(text);
  chat.settleCustomer();
  return chat;
};

const echo = (chat: Driver, ageMs: number, more: Record<string, unknown> = {}) =>
  chat.send({
    type: 'channel.echo',
    messageId: `e-${ageMs}`,
    kind: 'text',
    text: 'We called you about the desks',
    media: null,
    sentFromApp: true,
    authorType: 'manager',
    authorName: 'Sara',
    sentAt: chat.now - ageMs,
    ...more,
  });

const fails = (chat: Driver, messageId: string, code = '24_HOURS_EXCEEDED') =>
  chat.send({
    type: 'message.status',
    messageId,
    status: 'error',
    error: { code, description: 'refused' },
  });

const alerts = (chat: Driver) => chat.commands.filter(({ type }) => type === 'alertManager');

describe('a template', () => {
  it('goes out while the window is closed, where a free text does not', () => {
    const chat = chatWith();
    chat.wait(DAY_MS + 1);
    expect(chat.in('window.closed')).toBe(true);
    const running = chat.children.size;
    chat.send({ type: 'manager.reply', by: MANAGER, text: 'Hello' });
    expect(chat.children.size).toBe(running);
    chat.send(TEMPLATE);
    const child = [...chat.children.values()].at(-1);
    expect(child?.src).toBe('sendMessage');
    expect(child?.input as SendInput).toMatchObject({
      text: TEMPLATE.text,
      by: 'manager',
      template: TEMPLATE.template,
    });
  });

  it('makes the chat its manager’s, silences the assistant and stands in the transcript', () => {
    const chat = chatWith();
    chat.send(TEMPLATE);
    expect(chat.in('owner.manager.active')).toBe(true);
    expect(chat.in('turn.idle')).toBe(true);
    expect(chat.context.owner.name).toBe('Sara');
    expect(chat.emitted).toContainEqual(
      expect.objectContaining({ type: 'message.recorded', from: 'manager', text: TEMPLATE.text }),
    );
  });

  it('is known by its words when it comes back before its id', () => {
    const chat = chatWith();
    chat.send(TEMPLATE);
    chat.send({ type: 'manager.release', by: MANAGER, note: null });
    echo(chat, 0, { text: TEMPLATE.text, sentFromApp: false, authorType: null });
    expect(chat.in('owner.bot')).toBe(true);
  });

  it('does not open the window: only the customer does', () => {
    const chat = chatWith();
    chat.wait(DAY_MS + 1);
    chat.send(TEMPLATE);
    expect(chat.in('window.closed')).toBe(true);
  });
});

describe('a message that the channel gives up', () => {
  const sent = (): Driver => {
    const chat = chatWith();
    chat.send(TEMPLATE);
    const localId = chat.context.outbound.at(-1)?.localId;
    chat.done('sendMessage', { localId, providerIds: ['p1', 'p2'] });
    return chat;
  };

  it('is failed in the transcript, and a manager is told what to do', () => {
    const chat = sent();
    const before = alerts(chat).length;
    fails(chat, 'p1');
    expect(chat.emitted.at(-1)).toMatchObject({ type: 'message.progressed', status: 'failed' });
    const told = alerts(chat).slice(before);
    expect(told).toMatchObject([
      {
        params: {
          reason: expect.stringContaining('24_HOURS_EXCEEDED'),
          summary: expect.stringContaining('template'),
        },
      },
    ]);
  });

  it('is told once, however many of its parts fail', () => {
    const chat = sent();
    const before = alerts(chat).length;
    fails(chat, 'p1');
    fails(chat, 'p2');
    expect(alerts(chat)).toHaveLength(before + 1);
  });

  it('is told too when its id was never learned', () => {
    const chat = chatWith();
    const before = alerts(chat).length;
    fails(chat, 'unknown', 'GENERAL_ERROR');
    expect(alerts(chat)).toHaveLength(before + 1);
  });

  it('is no reason to alert while it is only delivered', () => {
    const chat = sent();
    const before = alerts(chat).length;
    chat.send({ type: 'message.status', messageId: 'p1', status: 'delivered', error: null });
    expect(alerts(chat)).toHaveLength(before);
  });
});

describe('history', () => {
  it('of the customer is recorded without an answer, an open window or a look into the CRM', () => {
    const chat = new Driver();
    chat.says('An old question', { sentAt: chat.now - 2 * DAY_MS });
    expect(chat.emitted).toMatchObject([{ type: 'message.recorded', text: 'An old question' }]);
    expect([...chat.children.keys()]).toEqual([]);
    expect(chat.in('turn.idle')).toBe(true);
    expect(chat.in('window.closed')).toBe(true);
  });

  it('of a manager is recorded and takes nothing over', () => {
    const chat = new Driver();
    echo(chat, 2 * DAY_MS);
    expect(chat.emitted).toMatchObject([{ type: 'message.recorded', from: 'manager', author: 'Sara' }]);
    expect(chat.in('owner.bot')).toBe(true);
  });

  it('of another program is recorded as a bot’s', () => {
    const chat = new Driver();
    echo(chat, 2 * DAY_MS, { authorType: 'bot', sentFromApp: false });
    expect(chat.emitted).toMatchObject([{ type: 'message.recorded', from: 'bot' }]);
  });

  it('that is repeated is recorded once', () => {
    const chat = new Driver();
    echo(chat, 2 * DAY_MS);
    echo(chat, 2 * DAY_MS);
    expect(chat.emitted).toHaveLength(1);
  });

  it('is not what a manager writes now: that takes over, also in the middle of an answer', () => {
    const chat = chatWith();
    echo(chat, 1000);
    expect(chat.in('owner.manager.active')).toBe(true);
    expect(chat.in('turn.idle')).toBe(true);
  });

  it('of a manager does not stop the answer that is being made', () => {
    const chat = chatWith();
    expect(chat.in('turn.working.gathering')).toBe(true);
    echo(chat, 2 * DAY_MS);
    expect(chat.in('turn.working.gathering')).toBe(true);
  });
});
