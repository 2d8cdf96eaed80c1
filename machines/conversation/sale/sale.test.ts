import { describe, expect, it } from 'vitest';
import type { CreateQuoteInput, SendInput } from '../actors.ts';
import { DEFAULT_BRIEFING, type EvidenceProduct } from '../context.ts';
import { CHAIR, Driver, TIMING } from '../testing/driver.ts';

const DESK: EvidenceProduct = {
  ...CHAIR,
  sku: 'DK-100',
  name: 'Desk 100',
  nameAr: 'مكتب 100',
  price: '900.00',
};
const manager = { id: 'u1', name: 'Aisha' };
const PAPER = {
  file: { path: 'quotes/q.pdf', name: 'Quotation-TJ-1-R1.pdf', kind: 'document' },
  bytes: 10,
  sha256: 'x',
  grandTotal: '945.00',
  validUntil: '2026-01-30',
};
const DETAILS = {
  name: 'Omar',
  company: 'Falcon Trading',
  email: 'omar@falcon.test',
  address: 'Office 1203, Bay Square 4, Dubai',
};

/** Customers, tools and Inventory as a test sees them. */
class Shop extends Driver {
  /** One turn up to the model's first call. */
  asks(text: string): void {
    this.says(text);
    this.settleCustomer();
    this.wait(TIMING.debounceMs);
    this.brief();
  }

  tool(name: string, args: object = {}): void {
    this.thinks(null, [{ name, args }]);
  }

  selects(product: EvidenceProduct, quantity: number): void {
    this.tool('set_selection', { items: [{ sku: product.sku, quantity }] });
    this.priced(product, quantity);
  }

  priced(product: EvidenceProduct, quantity: number): void {
    const price = product.price ?? '0';
    const lineTotal = (Number(price) * quantity).toFixed(2);
    const { sku, name, currency } = product;
    this.toolResult({
      tool: 'selection',
      products: [product],
      lines: [{ sku, name, quantity, unitPrice: price, lineTotal, currency }],
    });
  }

  toolResult(result: object): void {
    const { calls } = this.child('useTools').input as { calls: readonly { id: string; name: string }[] };
    this.done('useTools', { results: calls.map(({ id, name }) => ({ id, name, result })) });
  }

  answers(text: string): void {
    this.thinks(text);
    this.flush();
  }

  /** Every message that waits is sent. */
  flush(): void {
    while (this.running('sendMessage')) this.sent(`p${this.context.outboundCount}-${this.children.size}`);
  }

  get offered(): readonly string[] {
    return this.prompt.tools.map((tool) => tool.function.name);
  }

  get told(): string {
    return this.prompt.messages
      .filter(({ role }) => role === 'system')
      .map(({ content }) => content)
      .join('\n');
  }

  get lastAnswer(): Record<string, unknown> {
    const last = this.prompt.messages.filter(({ role }) => role === 'tool').at(-1);
    return JSON.parse(last?.content ?? '{}');
  }

  get order(): CreateQuoteInput {
    return this.child('createQuote').input as CreateQuoteInput;
  }

  made(number = 'TJ-1'): void {
    const { revision } = this.order;
    this.done('createQuote', { kind: 'created', number, orderId: '1', customerId: '2', revision });
  }

  drawn(): void {
    this.done('renderQuote', PAPER);
  }

  /** Two chairs with all details, and a wish for a quotation: up to the order in Inventory. */
  wantsQuote(): void {
    this.asks(
      'Two CH-616 with a quotation please: Omar, Falcon Trading, omar@falcon.test, Office 1203 Bay Square 4',
    );
    this.selects(CHAIR, 2);
    this.tool('update_customer', DETAILS);
    this.tool('request_quote');
  }

  quoted(): void {
    this.wantsQuote();
    this.flush();
    this.made();
    this.drawn();
    this.flush();
  }
}

const quoted = (): Shop => {
  const chat = new Shop();
  chat.quoted();
  expect(chat.in('order.quoted.asked')).toBe(true);
  return chat;
};

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

describe('making the quotation (domain 9.17-9.20)', () => {
  it('makes one order, one paper, one message with the file, then asks whether it suits', () => {
    const chat = new Shop();
    chat.wantsQuote();
    expect(chat.sending).toHaveLength(1);
    expect(chat.sending[0]).toContain('2 x Ergo Task Chair 616 (CH-616)');
    chat.made();
    chat.drawn();
    expect(chat.in('order.quoting.sending.waiting')).toBe(true);
    chat.sent();
    expect(chat.in('order.quoting.sending.paper')).toBe(true);
    expect((chat.child('sendMessage').input as SendInput).file).toEqual(PAPER.file);
    expect(chat.emitted.at(-1)).toMatchObject({ kind: 'document', media: { name: 'Quotation-TJ-1-R1.pdf' } });
    chat.sent('p-paper');
    expect(chat.in('order.quoted.asked')).toBe(true);
    expect(chat.sending).toEqual([
      'Here is your quotation TJ-1 R1: 945.00 AED including VAT, valid until 2026-01-30. Does this offer suit you?',
    ]);
    expect(chat.context.sale.quote).toMatchObject({ grandTotal: '945.00', vat: '45.00', outcome: 'open' });
  });

  it('does not let a turn that never ends hold the paper back', () => {
    const chat = new Shop();
    chat.wantsQuote();
    chat.made();
    chat.drawn();
    chat.wait(20_000);
    expect(chat.in('order.quoting.sending.paper')).toBe(true);
  });

  it('reads changed prices back honestly and writes nothing', () => {
    const chat = new Shop();
    chat.wantsQuote();
    chat.flush();
    chat.done('createQuote', { kind: 'repriced', lines: [{ sku: 'CH-616', listPrice: '500.00' }] });
    expect(chat.sending[0]).toContain('500.00 AED');
    expect(chat.sending[0]).toContain('1050.00 AED');
    expect(chat.in('order.selecting.chosen')).toBe(true);
    chat.flush();
    chat.asks('yes, go on');
    chat.tool('request_quote');
    expect(chat.order.lines[0]).toMatchObject({ unitPrice: '500.00', listPrice: '500.00' });
  });

  it('tells a manager when Inventory cannot do it, keeps talking, and tries again under the same number', () => {
    const chat = new Shop();
    chat.wantsQuote();
    const { orderKey } = chat.order;
    chat.flush();
    chat.fail('createQuote');
    expect(chat.commands.at(-1)).toMatchObject({ type: 'alertManager', params: { trigger: 6 } });
    expect(chat.sending[0]).toContain('told a colleague');
    expect(chat.in('owner.bot')).toBe(true);
    chat.flush();
    chat.asks('So, can I have the quotation?');
    chat.tool('request_quote');
    expect(chat.order.orderKey).toBe(orderKey);
  });

  it('ends where a person takes over, and says so; nothing is sent after that', () => {
    for (const steps of [0, 1, 2]) {
      const chat = new Shop();
      chat.wantsQuote();
      chat.flush();
      if (steps > 0) chat.made();
      if (steps > 1) chat.drawn();
      chat.send({ type: 'manager.takeOver', by: manager });
      expect(chat.in('order.detailing')).toBe(true);
      expect([...chat.children.values()].map(({ src }) => src)).toEqual([]);
      chat.send({ type: 'manager.release', by: manager, note: null });
      expect(chat.running('createQuote')).toBe(false);
    }
  });

  it('is made anew under the same number when the selection changes meanwhile', () => {
    const chat = new Shop();
    chat.wantsQuote();
    const { orderKey } = chat.order;
    chat.flush();
    chat.asks('make it three');
    chat.selects(CHAIR, 3);
    expect(chat.stopped).toContain('createQuote');
    expect(chat.order).toMatchObject({ orderKey, lines: [{ quantity: 3 }] });
  });

  it('is not made when the customer takes the wish back', () => {
    const chat = new Shop();
    chat.wantsQuote();
    chat.says('Stop, I do not want a quotation');
    expect(chat.running('createQuote')).toBe(false);
    expect(chat.in('order.selecting.chosen')).toBe(true);
  });

  it('takes the segment’s discount off everywhere a price is said (domain 9.6, 9.9)', () => {
    const chat = new Shop();
    chat.says('A quotation for two CH-616 please');
    chat.settleCustomer({ id: 'c', name: 'Omar', company: null, email: null, segment: 'Wholesale' });
    chat.wait(TIMING.debounceMs);
    const terms = {
      vatPercent: '5',
      deliveryCharge: null,
      freeDeliveryFrom: null,
      discounts: { Wholesale: '15' },
    };
    chat.brief({ briefing: { ...DEFAULT_BRIEFING, terms }, products: [CHAIR] });
    expect(chat.told).toContain('CH-616 | Ergo Task Chair 616 | 382.50 AED');
    chat.selects(CHAIR, 2);
    expect(chat.lastAnswer).toMatchObject({ subtotal: '765.00' });
    chat.tool('update_customer', DETAILS);
    chat.tool('request_quote');
    expect(chat.order.lines).toEqual([
      { sku: 'CH-616', quantity: 2, unitPrice: '382.50', listPrice: '450.00' },
    ]);
    expect(chat.sending[0]).toContain('803.25 AED');
  });
});

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
