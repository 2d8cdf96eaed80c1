import { describe, expect, it } from 'vitest';
import { CHAIR, TIMING } from '../testing/driver.ts';
import { DETAILS, Shop } from './testing/shop.ts';

describe('consent (domain 9.23, lesson F-06)', () => {
  it('is not offered for a price question, and a model that asks anyway is refused', () => {
    const chat = new Shop();
    chat.asks('What do two CH-616 cost?');
    chat.selects(CHAIR, 2);
    expect(chat.offered).not.toContain('request_quote');
    chat.tool('request_quote');
    expect(chat.lastAnswer).toEqual({ ok: false, reason: 'There is no tool request_quote now.' });
    expect(chat.in('consent.not_asked')).toBe(true);
    expect(chat.running('createQuote')).toBe(false);
  });

  it('is the customer’s wish in their own words, or their yes to our question', () => {
    const asked = new Shop();
    asked.asks('Please send me a quotation for two CH-616');
    expect(asked.offered).toContain('request_quote');
    const answered = new Shop();
    answered.asks('Two CH-616 please');
    answered.selects(CHAIR, 2);
    answered.answers('Two chairs come to 945.00 AED with VAT. Shall I prepare a quotation for you?');
    answered.asks('yes please');
    expect(answered.offered).toContain('request_quote');
    answered.answers('Which company is it for?');
    const silent = new Shop();
    silent.asks('Two CH-616 please');
    silent.selects(CHAIR, 2);
    silent.answers('Two chairs come to 900.00 AED. Is there anything else you need?');
    silent.asks('yes please');
    expect(silent.offered).not.toContain('request_quote');
  });

  it('stays declined until the customer asks anew, and selling goes on (lesson F-07)', () => {
    const chat = new Shop();
    chat.asks('I do not need a quotation, only two CH-616');
    expect(chat.in('consent.declined')).toBe(true);
    chat.selects(CHAIR, 2);
    expect(chat.told).toContain('does not want a quotation');
    expect(chat.offered).toContain('search_products');
    chat.answers('Two Ergo Task Chair 616 come to 900.00 AED. Shall I make a quotation after all?');
    chat.asks('yes');
    expect(chat.offered).not.toContain('request_quote');
    chat.answers('How else can I help?');
    chat.asks('OK, now send me the quotation please');
    expect(chat.offered).toContain('request_quote');
  });

  it('can wait, in English and Arabic', () => {
    const english = new Shop();
    english.says('The quotation can come later');
    expect(english.in('consent.deferred')).toBe(true);
    const arabic = new Shop();
    arabic.says('عرض السعر لاحقا من فضلك');
    expect(arabic.in('consent.deferred')).toBe(true);
    arabic.says('لا أريد عرض سعر');
    expect(arabic.in('consent.declined')).toBe(true);
  });
});

describe('the details of a quotation (domain 9.1-9.4)', () => {
  it('are asked for two at a time, and the quotation is made by itself when the last one comes', () => {
    const chat = new Shop();
    chat.asks('A quotation for two CH-616 please');
    chat.selects(CHAIR, 2);
    chat.tool('request_quote');
    expect(chat.in('order.detailing')).toBe(true);
    expect(chat.told).toContain('Ask at most one question. Ask now for: name.');
    expect(chat.told).toContain('total 945.00 AED');
    chat.answers('Two chairs come to 945.00 AED with VAT. May I have your name?');
    chat.asks('Omar');
    chat.tool('update_customer', { name: 'Omar' });
    expect(chat.told).toContain('Ask at most two questions. Ask now for: company, address.');
    chat.answers('Which company is it for, and where shall we deliver?');
    chat.asks('I buy for myself, deliver to Dubai');
    chat.tool('update_customer', { individual: true, address: 'Dubai' });
    expect(chat.in('order.detailing')).toBe(true);
    expect(chat.told).toContain('Ask now for: address, email.');
    chat.answers('Where exactly in Dubai, and which e-mail address?');
    chat.asks('Villa 12, Street 5, Al Barsha; omar@mail.test');
    chat.tool('update_customer', {
      address: 'Villa 12, Street 5, Al Barsha, Dubai',
      email: 'omar@mail.test',
    });
    expect(chat.in('order.quoting.creating')).toBe(true);
    expect(chat.order).toMatchObject({
      revision: 1,
      customer: { name: 'Omar', company: null, email: 'omar@mail.test', phone: '+971501234567' },
      lines: [{ sku: 'CH-616', quantity: 2, unitPrice: '450.00', listPrice: '450.00' }],
    });
    expect(chat.sending[0]).toContain('945.00 AED');
  });

  const asked = (wish: string, question: string): Shop => {
    const chat = new Shop();
    chat.asks('Hello');
    chat.answers('Hello, I am Noor from Treejar. How can I help?');
    chat.asks(wish);
    chat.selects(CHAIR, 2);
    chat.tool('request_quote');
    expect(chat.told).toContain('Ask now for: name, company.');
    chat.answers(question);
    return chat;
  };

  it.each([
    ['What is the warranty?', 'Can you send it please'],
    ['كم مدة الضمان؟', 'طيب أرسله لي'],
    ['Do you deliver on Saturdays?', 'What else do you need from me?'],
  ])('are not asked again while the customer says “%s”, but on “%s” (domain 3.6)', (else_, back) => {
    const chat = asked('Two CH-616 with a quotation please', 'Your name and company, please?');
    for (const words of [else_, 'And where is your showroom?']) {
      chat.asks(words);
      expect(chat.told).not.toContain('Ask now for');
      expect(chat.told).toContain('do not ask for them in this reply');
      chat.answers(`About “${words}” a colleague knows more. Anything else?`);
    }
    expect(chat.in('order.detailing')).toBe(true);
    chat.asks(back);
    expect(chat.told).toContain('Ask now for: name, company.');
  });

  it('are asked for when one of them comes, and the rest is still missing', () => {
    const chat = asked('Two CH-616 with a quotation please', 'Your name and company, please?');
    chat.asks('Omar');
    chat.tool('update_customer', { name: 'Omar' });
    expect(chat.told).toContain('Ask now for: company, address.');
  });

  it('wait for the articles: a question about those is not one about the paperwork', () => {
    const chat = new Shop();
    chat.asks('Please send me a quotation');
    chat.tool('request_quote');
    chat.answers('Which articles should it cover?');
    chat.asks('Two CH-616');
    chat.selects(CHAIR, 2);
    expect(chat.told).toContain('Ask now for: name, company.');
  });

  it('of the CRM are read back, not printed unasked (lesson F-05)', () => {
    const chat = new Shop();
    chat.says('A quotation for two CH-616 please');
    chat.settleCustomer({
      id: 'c',
      name: 'Omar',
      company: 'Old Company',
      email: 'old@old.test',
      segment: null,
    });
    chat.wait(TIMING.debounceMs);
    chat.brief();
    chat.selects(CHAIR, 2);
    chat.tool('request_quote');
    expect(chat.lastAnswer.missing).toEqual([
      'the company, or that the customer buys as an individual: is it still "Old Company"?',
      'a specific delivery address (building, street or area, not only the city)',
      'a valid e-mail address: is it still "old@old.test"?',
    ]);
  });

  it('are not enough for a blacklisted customer: a manager is told (domain 11.12)', () => {
    const chat = new Shop();
    chat.says('A quotation for two CH-616 please');
    chat.settleCustomer({ id: 'c', name: 'Omar', company: null, email: null, segment: 'Blacklist' });
    chat.wait(TIMING.debounceMs);
    chat.brief();
    chat.selects(CHAIR, 2);
    chat.tool('update_customer', DETAILS);
    chat.tool('request_quote');
    expect(chat.running('createQuote')).toBe(false);
    expect(chat.commands.map(({ type }) => type)).toContain('alertManager');
    expect(chat.in('owner.bot')).toBe(true);
  });
});

describe('open questions (lesson F-02, F-12)', () => {
  it('which variant? stays open through interruptions and is never picked', () => {
    const chat = new Shop();
    chat.asks('I want the CH chair, two of them');
    chat.tool('set_selection', { items: [{ sku: 'CH', quantity: 2 }] });
    chat.toolResult({
      tool: 'refused',
      reason: 'CH has several variants; ask which one.',
      written: 'CH',
      ambiguous: [
        { sku: 'CH-616', name: 'Ergo 616' },
        { sku: 'CH-617', name: 'Ergo 617' },
      ],
    });
    expect(chat.in('order.selecting.choosingVariant')).toBe(true);
    chat.answers('Do you mean the Ergo 616 (CH-616) or the Ergo 617 (CH-617)?');
    for (const interruption of ['Do you deliver?', 'And where is the showroom?']) {
      chat.asks(interruption);
      expect(chat.told).toContain('Open question: which one is meant by "CH"');
      chat.answers('Could you tell me which one you mean?');
    }
    chat.asks('the 616');
    chat.selects(CHAIR, 2);
    expect(chat.in('order.selecting.chosen')).toBe(true);
    expect(chat.told).not.toContain('Open question');
  });

  it('how many? is dropped only after turns without an answer', () => {
    const chat = new Shop();
    chat.asks('I like CH-616');
    chat.tool('set_selection', { items: [{ sku: 'CH-616' }] });
    chat.toolResult({
      tool: 'selection',
      products: [CHAIR],
      lines: [],
      unquantified: [{ sku: 'CH-616', name: CHAIR.name }],
    });
    expect(chat.in('order.selecting.askingQuantity')).toBe(true);
    chat.answers('How many do you need?');
    for (let turn = 0; turn < 3; turn++) {
      chat.asks('Do you deliver?');
      expect(chat.told).toContain('Open question: how many of Ergo Task Chair 616 (CH-616)?');
      chat.answers('How many do you need?');
    }
    chat.says('Something else: opening hours?');
    expect(chat.in('order.exploring')).toBe(true);
  });
});
