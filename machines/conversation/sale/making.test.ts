import { describe, expect, it } from 'vitest';
import type { SendInput } from '../actors.ts';
import { DEFAULT_BRIEFING } from '../context.ts';
import { CHAIR, TIMING } from '../testing/driver.ts';
import { DETAILS, PAPER, Shop } from './testing/shop.ts';

const manager = { id: 'u1', name: 'Aisha' };

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
      const running = [...chat.children.values()].map(({ src }) => src);
      // The CRM's deal is nobody's message.
      expect(running.filter((src) => src !== 'createDeal')).toEqual([]);
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
      managerThreshold: '10000.00',
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
