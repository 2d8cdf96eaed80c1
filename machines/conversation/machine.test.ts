import { describe, expect, it } from 'vitest';
import { DEFAULT_BRIEFING } from './context.ts';
import { CHAIR, Driver, START, TIMING } from './testing/driver.ts';

const manager = { id: 'u1', name: 'Aisha' };
const echo = (text: string, more: object = {}) => ({
  type: 'channel.echo',
  messageId: `e-${text}`,
  kind: 'text',
  text,
  media: null,
  sentFromApp: false,
  authorType: null,
  authorName: null,
  sentAt: START,
  ...more,
});

describe('a turn', () => {
  it('gathers a burst, asks the model once and answers once', () => {
    const chat = new Driver();
    chat.says('Hi');
    chat.wait(1000);
    chat.says('I need 10 office chairs');
    chat.settleCustomer();
    chat.wait(1000);
    expect(chat.in('turn.working.gathering')).toBe(true);
    chat.wait(500);
    chat.brief();
    expect(chat.in('turn.working.thinking')).toBe(true);
    expect(chat.prompt.messages.at(-1)).toEqual({ role: 'user', content: 'Hi\nI need 10 office chairs' });
    chat.thinks(null, [{ name: 'search_products', args: { query: 'office chair' } }]);
    expect(chat.in('turn.working.acting.reading')).toBe(true);
    chat.finds([CHAIR]);
    chat.thinks(
      'Hello, I am Noor from Treejar. The Ergo Task Chair 616 (CH-616) is 450.00 AED, 12 in stock.',
    );
    expect(chat.sending).toEqual([
      'Hello, I am Noor from Treejar. The Ergo Task Chair 616 (CH-616) is 450.00 AED, 12 in stock.',
    ]);
    chat.sent();
    expect(chat.in('turn.idle')).toBe(true);
    expect(chat.context.pending).toEqual([]);
    expect(chat.context.usage).toEqual({ calls: 2, promptTokens: 200, completionTokens: 20, usd: '0.0008' });
  });

  it('does not wait longer than the burst limit for a customer who never stops typing', () => {
    const chat = new Driver();
    for (let i = 0; i < 5; i++) {
      chat.says(`line ${i}`);
      chat.wait(1400);
    }
    expect(chat.now - START).toBe(7000);
    expect(chat.in('turn.working.understanding')).toBe(true);
  });

  it('returns to gathering when a newer message comes before the reply is queued, and stops the model call', () => {
    const chat = new Driver();
    chat.untilThinking('Do you have desks?');
    chat.says('and chairs?');
    expect(chat.in('turn.working.gathering')).toBe(true);
    expect(chat.stopped).toContain('think');
    chat.wait(TIMING.debounceMs);
    chat.brief();
    expect(chat.prompt.messages.at(-1)?.content).toBe('Do you have desks?\nand chairs?');
  });

  it('answers a message that comes while the reply is being sent in a turn of its own', () => {
    const chat = new Driver();
    chat.untilThinking('Hello');
    chat.thinks('Hello, I am Noor from Treejar. What are you looking for?');
    chat.says('Desks please');
    expect(chat.in('turn.speaking')).toBe(true);
    chat.sent();
    expect(chat.in('turn.working.gathering')).toBe(true);
  });

  it('takes a delivery only once and ignores a message that a late sync brings', () => {
    const chat = new Driver();
    const id = chat.says('Hello');
    const before = chat.snapshot;
    chat.says('Hello', { messageId: id });
    expect(chat.snapshot.context).toEqual(before.context);
    const late = new Driver();
    late.says('Is anybody there?', { sentAt: late.now - 3 * 24 * 3600_000 });
    expect(late.in('turn.idle')).toBe(true);
  });

  it('says once that it takes long, and then answers', () => {
    const chat = new Driver();
    chat.untilThinking('Do you have desks?');
    chat.wait(TIMING.replyDeadlineMs);
    expect(chat.sending).toEqual(['One moment please, I am checking that for you.']);
    chat.sent('p-hold');
    chat.wait(60_000);
    expect(chat.sending).toEqual([]);
    chat.thinks('Which size should the desks be?');
    expect(chat.sending).toEqual(['Which size should the desks be?']);
  });

  it('waits only a moment for a slow CRM', () => {
    const chat = new Driver();
    chat.says('Hello');
    chat.wait(TIMING.debounceMs);
    chat.brief();
    expect(chat.in('turn.working.understanding.identifying')).toBe(true);
    chat.wait(1500);
    expect(chat.in('turn.working.thinking')).toBe(true);
  });

  it('turns a voice note into words that go the way of any text (domain 16.5)', () => {
    const chat = new Driver();
    const id = chat.says('', { kind: 'audio', media: { uri: 'https://store.test/v.ogg', name: null } });
    chat.settleCustomer();
    chat.wait(TIMING.debounceMs);
    expect(chat.in('turn.working.understanding.listening')).toBe(true);
    const text = 'أحتاج خمسة مكاتب';
    chat.done('transcribe', {
      heard: [{ messageId: id, text, reason: null, seconds: 3, costUsd: '0.0003' }],
    });
    expect(chat.context.language).toBe('ar');
    expect(chat.emitted).toContainEqual({ type: 'message.changed', id, text });
    chat.brief();
    expect(chat.prompt.messages.at(-1)).toEqual({ role: 'user', content: text });
  });

  it('answers files and voice notes that carry no words (lesson F-41)', () => {
    const chat = new Driver();
    const id = chat.says('', { kind: 'audio', media: { uri: 'https://store.test/v.ogg', name: null } });
    chat.settleCustomer();
    chat.wait(TIMING.debounceMs);
    chat.done('transcribe', {
      heard: [{ messageId: id, text: null, reason: 'nothing was said', seconds: 1, costUsd: null }],
    });
    expect(chat.sending[0]).toMatch(/type your request/);
    const words = new Driver();
    words.untilThinking('[hello]');
    expect(words.in('turn.working.thinking')).toBe(true);
    expect(chat.commands.map((command) => command.type)).toContain('alertManager');
  });
});

describe('the model proposes, the statechart disposes', () => {
  it('refuses unknown tools and broken arguments with a reason, and lets the model go on', () => {
    const chat = new Driver();
    chat.untilThinking('Price of CH-616?');
    chat.thinks(null, [
      { name: 'give_discount', args: { percent: 90 } },
      { name: 'check_stock', args: 'not json' },
    ]);
    expect(chat.in('turn.working.thinking')).toBe(true);
    const tools = chat.prompt.messages
      .filter((message) => message.role === 'tool')
      .map((message) => JSON.parse(message.content));
    expect(tools).toEqual([
      { ok: false, reason: 'There is no tool give_discount now.' },
      { ok: false, reason: 'The arguments are not a JSON object.' },
    ]);
  });

  it('repairs an untrue reply once, then says only what was found', () => {
    const chat = new Driver();
    chat.untilThinking('Price of CH-616?');
    chat.thinks(null, [{ name: 'search_products', args: { query: 'CH-616' } }]);
    chat.finds([CHAIR]);
    chat.thinks('It is 99 AED today only.');
    expect(chat.in('turn.working.thinking')).toBe(true);
    expect(chat.prompt.messages.at(-1)?.content).toMatch(
      /^\[repair\] Your last answer was not sent: The amount 99/,
    );
    expect(chat.prompt.toolChoice).toBe('none');
    chat.thinks('It is 98 AED.');
    expect(chat.sending[0]).toBe(
      'Here is what I can confirm right now:\n- Ergo Task Chair 616 (CH-616): AED 450.00, 12 in stock\n\nWhat else would you like to know?',
    );
  });

  it('offers no tools when the allowance is spent, so that the model must answer (lesson F-49)', () => {
    const chat = new Driver();
    chat.untilThinking('chairs');
    for (let call = 0; call < 3; call++) {
      chat.thinks(null, [{ name: 'search_products', args: { query: 'chair' } }]);
      chat.finds([CHAIR]);
    }
    expect(chat.prompt.toolChoice).toBe('none');
    chat.thinks(null, [{ name: 'search_products', args: { query: 'chair' } }]);
    expect(chat.in('turn.speaking')).toBe(true);
    expect(chat.sending[0]).toContain('CH-616');
  });

  it('survives a model that says nothing at all, again and again', () => {
    const chat = new Driver();
    chat.untilThinking('hello');
    for (let call = 0; call < 4; call++) chat.thinks('   ');
    expect(chat.in('turn.speaking')).toBe(true);
    expect(chat.sending[0]).toMatch(/which furniture/);
  });

  it('tells the customer and a manager when the model is down', () => {
    const chat = new Driver();
    chat.untilThinking('hello');
    chat.fail('think');
    expect(chat.sending[0]).toMatch(/cannot answer this right now/);
    expect(chat.commands.at(-1)?.type).toBe('alertManager');
  });

  it('keeps a selection with exact totals and details for the CRM', () => {
    const chat = new Driver();
    chat.untilThinking('4 of CH-616 please, I am Omar of Falcon Trading');
    chat.thinks(null, [
      { name: 'set_selection', args: { items: [{ sku: 'ch616', quantity: 4 }] } },
      { name: 'update_customer', args: { name: 'Omar', company: 'Falcon Trading' } },
    ]);
    const line = {
      sku: 'CH-616',
      name: CHAIR.name,
      quantity: 4,
      unitPrice: '450.00',
      lineTotal: '1800.00',
      currency: 'AED',
    };
    const { calls } = chat.child('useTools').input as { calls: readonly { id: string; name: string }[] };
    chat.done('useTools', {
      results: [
        {
          id: calls[0]?.id,
          name: 'set_selection',
          result: { tool: 'selection', lines: [line], products: [CHAIR] },
        },
      ],
    });
    expect(chat.context.order).toEqual({ lines: [line], subtotal: '1800.00', currency: 'AED' });
    expect(chat.in('order.selecting')).toBe(true);
    expect(chat.commands).toContainEqual({
      type: 'updateContact',
      params: { contactId: 'crm-1', fields: { name: 'Omar', company: 'Falcon Trading' } },
    });
    chat.thinks('4 x Ergo Task Chair 616 (CH-616) at 450.00 AED: 1,800.00 AED in all.');
    expect(chat.in('turn.speaking')).toBe(true);
  });
});

describe('ownership', () => {
  it('is silent at once when a person takes over, whatever the turn was doing', () => {
    const chat = new Driver();
    chat.untilThinking('Do you have desks?');
    chat.send({ type: 'manager.takeOver', by: manager });
    expect(chat.in('owner.manager')).toBe(true);
    expect(chat.in('turn.idle')).toBe(true);
    expect(chat.stopped).toContain('think');
    chat.says('hello?');
    chat.wait(60_000);
    expect(chat.sending).toEqual([]);
    expect(chat.running('think')).toBe(false);
  });

  it('takes a queued reply back when a person takes over before it left', () => {
    const chat = new Driver();
    chat.untilThinking('Hello');
    chat.thinks('Hello, I am Noor from Treejar. What are you looking for?');
    chat.send({ type: 'manager.takeOver', by: manager });
    expect(chat.stopped).toContain('send.reply');
    expect(chat.emitted).toContainEqual(expect.objectContaining({ id: 'm1', status: 'dropped' }));
  });

  it('takes the holding line back too when a person takes over before it left', () => {
    const chat = new Driver();
    chat.untilThinking('Do you have desks?');
    chat.wait(TIMING.replyDeadlineMs);
    chat.send({ type: 'manager.takeOver', by: manager });
    expect(chat.stopped).toContain('send.m1');
    expect(chat.emitted).toContainEqual(expect.objectContaining({ id: 'm1', status: 'dropped' }));
  });

  it('is silent while the owner has switched it off, and answers again when it is on', () => {
    const chat = new Driver();
    chat.says('Hello');
    chat.settleCustomer();
    chat.wait(TIMING.debounceMs);
    chat.brief({ briefing: { ...DEFAULT_BRIEFING, botEnabled: false } });
    expect(chat.in('turn.idle')).toBe(true);
    expect(chat.context.pending.length).toBe(1);
    chat.says('Anyone?');
    chat.wait(TIMING.debounceMs);
    chat.brief();
    expect(chat.in('turn.working.thinking')).toBe(true);
  });

  it('ignores an echo that the channel marks as the bot’s own', () => {
    const chat = new Driver();
    chat.says('Hello');
    chat.send(echo('something sent long ago', { authorType: 'bot' }));
    expect(chat.in('owner.bot')).toBe(true);
  });

  it('sees a reply from the phone as a take-over, and knows its own echo', () => {
    const chat = new Driver();
    chat.untilThinking('Hello');
    chat.thinks('Hello, I am Noor from Treejar. What are you looking for?');
    chat.send(echo('Hello, I am Noor from Treejar. What are you looking for?', { messageId: 'p9' }));
    expect(chat.in('owner.bot')).toBe(true);
    chat.sent('p9');
    chat.send(echo('Good morning, this is Aisha'));
    expect(chat.in('owner.manager')).toBe(true);
    expect(chat.context.owner.reason).toBe('Answered from the phone');
  });

  it('resumes with what was said after it is given back', () => {
    const chat = new Driver();
    chat.untilThinking('Hello');
    chat.send({ type: 'manager.takeOver', by: manager });
    chat.send({ type: 'manager.reply', by: manager, text: 'We can deliver on Monday.' });
    chat.sent('p2');
    chat.says('And do you have desks?');
    chat.send({ type: 'manager.release', by: manager, note: 'Wants desks, agreed Monday' });
    expect(chat.in('owner.bot')).toBe(true);
    expect(chat.context.owner.name).toBeNull();
    expect(chat.emitted).toContainEqual(
      expect.objectContaining({ from: 'note', text: 'Wants desks, agreed Monday' }),
    );
    chat.brief();
    const said = chat.prompt.messages.map((message) => message.content).join('\n');
    expect(said).toContain('[written by a human colleague] We can deliver on Monday.');
    expect(said).toContain('Wants desks, agreed Monday');
    expect(said).toContain('And do you have desks?');
  });

  it('hands over on a hard trigger with one acknowledgement, one more when the customer writes again, then silence', () => {
    const chat = new Driver();
    chat.untilThinking('I want to talk to a person');
    chat.thinks(null, [{ name: 'hand_over', args: { reason: 1, summary: 'Asks for a person' } }]);
    expect(chat.in('owner.waiting')).toBe(true);
    expect(chat.sending[0]).toMatch(/colleague/);
    chat.sent('p1');
    chat.says('hello?');
    expect(chat.sending).toEqual(['My colleague has this message too and will answer you here.']);
    chat.sent('p2');
    chat.says('hello??');
    chat.wait(60_000);
    expect(chat.sending).toEqual([]);
  });

  it('tells a manager about a large purchase and goes on serving (domain 8.2)', () => {
    const chat = new Driver();
    chat.untilThinking('We furnish a whole office, 200 desks');
    chat.thinks(null, [{ name: 'hand_over', args: { reason: 12, summary: 'Whole office' } }]);
    expect(chat.in('owner.bot')).toBe(true);
    expect(chat.in('turn.working.thinking')).toBe(true);
    expect(chat.commands.at(-1)).toMatchObject({
      type: 'alertManager',
      params: { trigger: 12, summary: 'Whole office' },
    });
  });

  it('refuses a manager’s message when the 24-hour window is closed', () => {
    const chat = new Driver();
    chat.untilThinking('Hello');
    chat.send({ type: 'manager.takeOver', by: manager });
    chat.wait(25 * 3600_000);
    expect(chat.in('window.closed')).toBe(true);
    chat.send({ type: 'manager.reply', by: manager, text: 'Hello again' });
    expect(chat.sending).toEqual([]);
  });
});

describe('the customer', () => {
  it('is answered in Arabic when writing Arabic', () => {
    const chat = new Driver();
    chat.untilThinking('مرحبا، أحتاج كراسي مكتب');
    expect(chat.context.language).toBe('ar');
    expect(chat.prompt.messages[1]?.content).toContain('Answer in Arabic only.');
    chat.thinks('Hello, which chairs?');
    expect(chat.prompt.messages.at(-1)?.content).toContain('must be in Arabic');
  });

  it('is recorded in the CRM once, and served when the CRM is away', () => {
    const chat = new Driver();
    chat.says('Hello');
    chat.fail('identifyCustomer');
    expect(chat.in('customer.unavailable')).toBe(true);
    chat.wait(TIMING.debounceMs);
    chat.brief();
    expect(chat.in('turn.working.thinking')).toBe(true);
    chat.says('anyone?');
    expect(chat.running('identifyCustomer')).toBe(true);
  });

  it('keeps what the customer said over what the CRM or the profile says (lesson F-05)', () => {
    const chat = new Driver();
    chat.says('Hello', { contactName: 'Shop Phone' });
    expect(chat.context.slots.name).toMatchObject({ value: 'Shop Phone', source: 'profile' });
    chat.done('identifyCustomer', {
      contact: { id: 'z1', name: 'Omar Said', company: null, email: null, segment: 'Wholesale' },
    });
    expect(chat.context.slots.name).toMatchObject({ value: 'Omar Said', source: 'crm' });
    expect(chat.in('customer.returning')).toBe(true);
  });
});
