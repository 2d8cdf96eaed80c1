import { describe, expect, it } from 'vitest';
import { CHAIR, TIMING } from '../testing/driver.ts';
import { DESK, quoted } from './testing/shop.ts';

describe('after the quotation (domain 9.22)', () => {
  it.each(['Yes', 'ok', '👍', 'نعم', 'تمام، موافق'])(
    '%s right after the question is an acceptance',
    (word) => {
      const chat = quoted();
      chat.says(word);
      chat.wait(TIMING.debounceMs);
      chat.brief();
      expect(chat.in('order.accepted')).toBe(true);
      expect(chat.in('owner.waiting')).toBe(true);
      expect(chat.sending).toHaveLength(1);
      expect(chat.running('think')).toBe(false);
      expect(chat.commands.at(-1)).toMatchObject({ type: 'alertManager' });
      expect(chat.context.sale.quote?.outcome).toBe('accepted');
    },
  );

  it.each([
    'I accept',
    'We accept the quotation, thank you',
    'ok, I approve the offer',
    'the quotation is approved',
    'موافقة على العرض',
    'نعم نوافق على عرض السعر',
    'قبلنا العرض، شكرا',
  ])('%s needs no question before it', (words) => {
    const chat = quoted();
    chat.asks('Do you also have desks?');
    chat.answers('Yes we do. Would you like to see them?');
    chat.says(words);
    chat.wait(TIMING.debounceMs);
    chat.brief();
    expect(chat.in('order.accepted')).toBe(true);
    expect(chat.context.sale.quote?.outcome).toBe('accepted');
  });

  it.each([
    'We accept if you deliver tomorrow',
    'do you accept cards?',
    'I agree',
    'we cannot accept the quotation',
    'لا نوافق على العرض',
    'موافقين لو نزلتوا السعر',
    'لم نقبل العرض بعد',
  ])('%s, after another question, is no acceptance', (words) => {
    const chat = quoted();
    chat.asks('Do you also have desks?');
    chat.answers('Yes we do. Would you like to see them?');
    chat.says(words);
    chat.wait(TIMING.debounceMs);
    chat.brief();
    expect(chat.in('order.accepted')).toBe(false);
    expect(chat.context.sale.quote?.outcome).toBe('open');
  });

  it('a yes to another question is none', () => {
    const chat = quoted();
    chat.asks('Do you also have desks?');
    chat.answers('Yes we do. Would you like to see them?');
    expect(chat.in('order.quoted.considering')).toBe(true);
    chat.asks('ok');
    expect(chat.in('order.quoted')).toBe(true);
    chat.tool('answer_quote', { answer: 'accepted' });
    expect(chat.lastAnswer).toMatchObject({ ok: false });
    expect(chat.in('order.quoted')).toBe(true);
  });

  it('an acceptance in whole sentences is recorded by the tool', () => {
    const chat = quoted();
    chat.asks('We have discussed it internally and approve your offer');
    chat.tool('answer_quote', { answer: 'accepted' });
    expect(chat.in('order.accepted')).toBe(true);
    expect(chat.in('owner.waiting')).toBe(true);
    expect(chat.sending[0]).toContain('Your approval of quotation TJ-1 is recorded');
  });

  it('a refusal loses the order, a price objection keeps it open for a manager’s decision', () => {
    const refused = quoted();
    refused.asks('No, we will not take it');
    refused.tool('answer_quote', { answer: 'rejected' });
    expect(refused.in('order.lost')).toBe(true);
    expect(refused.context.sale.quote?.outcome).toBe('rejected');
    const dear = quoted();
    dear.asks('This is too expensive');
    dear.tool('answer_quote', { answer: 'too_expensive' });
    expect(dear.in('order.negotiating')).toBe(true);
    expect(dear.in('owner.bot')).toBe(true);
    expect(dear.commands.at(-1)).toMatchObject({ type: 'alertManager', params: { trigger: 5 } });
  });

  it('a change of the same goods is revision 2 of the same order', () => {
    const chat = quoted();
    const key = chat.context.sale.serial;
    chat.asks('Please make it three and send the quotation again');
    chat.selects(CHAIR, 3);
    expect(chat.in('order.negotiating')).toBe(true);
    chat.tool('request_quote');
    expect(chat.order).toMatchObject({ revision: 2, lines: [{ quantity: 3 }] });
    expect(chat.context.sale.serial).toBe(key);
    chat.flush();
    chat.made();
    expect(chat.context.sale.history).toMatchObject([{ revision: 1, outcome: 'superseded' }]);
  });

  it('a new request supersedes it: another order, consent anew, the address confirmed (lesson F-04)', () => {
    const chat = quoted();
    const first = chat.context.sale.serial;
    chat.wait(1000);
    chat.asks('Now I need one desk DK-100');
    chat.selects(DESK, 1);
    expect(chat.in('order.selecting.chosen')).toBe(true);
    expect(chat.in('consent.not_asked')).toBe(true);
    expect(chat.context.sale).toMatchObject({ serial: first + 1, quote: null });
    expect(chat.context.sale.history).toMatchObject([{ number: 'TJ-1', outcome: 'superseded' }]);
    chat.answers('One Desk 100 (DK-100) is 900.00 AED. Would you like a quotation?');
    chat.asks('yes');
    chat.tool('request_quote');
    expect(chat.lastAnswer.missing).toEqual([
      'a specific delivery address (building, street or area, not only the city): is it still "Office 1203, Bay Square 4, Dubai"?',
    ]);
    expect(chat.running('createQuote')).toBe(false);
  });

  it.each([
    ['Does the offer suit you?', '👍', true],
    ['هل يناسبك العرض؟', 'نعم', true],
    ['Is there anything else for the office?', '👍', false],
    ['The offer suits many. Which colour do you prefer?', 'ok', false],
  ])(
    'asked again after something else with “%s”, “%s” approves it: %s (domain 9.22)',
    (asked, said, approves) => {
      const chat = quoted();
      if (asked.startsWith('هل')) chat.asks('هل عندكم توصيل؟');
      else chat.asks('Do you deliver on Fridays?');
      chat.answers(asked.startsWith('هل') ? `شكرًا لسؤالك. ${asked}` : `Thanks for asking. ${asked}`);
      chat.asks(said);
      expect(chat.context.sale.quote?.outcome).toBe(approves ? 'accepted' : 'open');
    },
  );

  it('runs out after its last day', () => {
    const chat = quoted();
    chat.wait(Date.parse('2026-01-30T23:59:00Z') - chat.now);
    expect(chat.in('order.quoted')).toBe(true);
    chat.wait(2 * 24 * 3600_000);
    expect(chat.in('order.lost')).toBe(true);
    expect(chat.context.sale.quote?.outcome).toBe('expired');
  });

  it('goes on with what Inventory reports of this order, and ignores others', () => {
    const chat = quoted();
    chat.says('yes');
    chat.wait(TIMING.debounceMs);
    chat.brief();
    chat.send({ type: 'order.progressed', number: 'TJ-9', stage: 'paid' });
    expect(chat.in('order.accepted')).toBe(true);
    chat.send({ type: 'order.progressed', number: 'TJ-1', stage: 'paid' });
    expect(chat.in('order.paid')).toBe(true);
    chat.send({ type: 'order.progressed', number: 'TJ-1', stage: 'delivered' });
    expect(chat.in('order.delivered')).toBe(true);
  });

  it('is closed with the conversation, which the next message opens again', () => {
    const chat = quoted();
    chat.asks('We bought elsewhere, bye');
    chat.tool('close_conversation', { outcome: 'lost', reason: 'bought elsewhere' });
    expect(chat.in('order.lost')).toBe(true);
    expect(chat.in('lifecycle.closed')).toBe(true);
    chat.answers('Thank you, and goodbye.');
    chat.says('One more thing');
    expect(chat.in('lifecycle.open')).toBe(true);
  });
});

describe('order status (domain 10)', () => {
  it.each([
    [
      'yes',
      'Where is my order?',
      'Your order TJ-1 is approved and being processed. My colleague has your question and will answer you here with the details.',
    ],
    ['yes', 'وين طلبي؟', 'طلبك TJ-1 معتمد وقيد المعالجة. وصل سؤالك إلى زميلي، وسيرد عليك هنا بالتفاصيل.'],
    ['yes', 'Thank you', 'My colleague has this message too and will answer you here.'],
  ])('is told once while a person is awaited after “%s”: %s', (yes, asked, told) => {
    const chat = quoted();
    chat.says(yes);
    chat.wait(TIMING.debounceMs);
    chat.brief();
    expect(chat.in('owner.waiting')).toBe(true);
    chat.sent('p8');
    chat.says(asked);
    expect(chat.sending).toEqual([told]);
    chat.sent('p9');
    chat.says(asked);
    expect(chat.sending).toEqual([]);
  });

  it('asks for the customer’s own orders by the phone of the chat, and may repeat what was read', () => {
    const chat = quoted();
    chat.asks('Where is my order?');
    chat.tool('order_status', {});
    expect((chat.child('useTools').input as { orders: unknown }).orders).toEqual({
      phone: '971501234567',
      outcomes: { 'TJ-1': 'open' },
    });
    const order = {
      number: 'TJ-1',
      label: { en: 'on the way', ar: 'في الطريق إليكم' },
      stage: 'on_the_way',
      shipmentDate: '2026-01-20',
      deliveryMethod: 'Truck',
      trackingNumber: null,
      payment: 'paid, outstanding 0.00 AED',
      total: '945.00',
      currency: 'AED',
    };
    chat.toolResult({ tool: 'orders', orders: [order] });
    expect(chat.lastAnswer).toMatchObject({ ok: true, orders: [{ number: 'TJ-1', status: 'on the way' }] });
    chat.thinks('Your order TJ-1 is on the way; it was shipped on 2026-01-20.');
    expect(chat.in('turn.speaking')).toBe(true);
  });
});
