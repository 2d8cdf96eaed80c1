/** A bare quantity is attached to the article in question by code, also after an interruption (lesson F-02). */
import { describe, expect, it } from 'vitest';
import { CHAIR, TIMING } from '../testing/driver.ts';
import { DESK, Shop } from './testing/shop.ts';

/** The turn waits no longer for the CRM. */
const PATIENCE_MS = 1500;

/** How many of the chair? Then delivery was asked about. */
const interrupted = (): Shop => {
  const chat = new Shop();
  chat.asks('Tell me about CH-616');
  chat.tool('check_stock', { sku: CHAIR.sku });
  chat.toolResult({ tool: 'stock', product: CHAIR });
  chat.answers('The Ergo Task Chair 616 (CH-616) is 450.00 AED. How many do you need?');
  chat.asks('Do you work on Sundays?');
  chat.answers('A colleague can tell you more. What else matters to you?');
  return chat;
};

describe('a bare quantity', () => {
  it.each(['20', '٢٠', 'twenty please', '20 pieces', 'عشرين'])('%s chooses what was asked about', (words) => {
    const chat = interrupted();
    expect(chat.in('order.selecting.askingQuantity')).toBe(true);
    chat.asks(words);
    // No model was asked: the selection is priced first.
    expect(chat.running('think')).toBe(false);
    expect(chat.child('useTools').input).toMatchObject({
      calls: [{ name: 'set_selection', args: { items: [{ sku: 'CH-616', quantity: 20 }] } }],
    });
    chat.priced(CHAIR, 20);
    expect(chat.context.order.lines).toMatchObject([{ sku: 'CH-616', quantity: 20, lineTotal: '9000.00' }]);
    expect(chat.in('order.selecting.chosen')).toBe(true);
    expect(chat.lastAnswer).toMatchObject({ ok: true, subtotal: '9000.00' });
  });

  it.each(['616', 'make it the black one', 'do you have 20?', '20 desks and 3 lamps'])(
    '%s is the model’s to read',
    (words) => {
      const chat = interrupted();
      chat.asks(words);
      expect(chat.running('think')).toBe(true);
    },
  );

  it('is asked of several articles one after the other, none twice and none lost', () => {
    const chat = new Shop();
    chat.asks('I take CH-616 and DK-100');
    chat.tool('set_selection', { items: [{ sku: 'CH-616' }, { sku: 'DK-100' }] });
    chat.toolResult({
      tool: 'selection',
      products: [CHAIR, DESK],
      lines: [],
      unquantified: [
        { sku: CHAIR.sku, name: CHAIR.name },
        { sku: DESK.sku, name: DESK.name },
      ],
    });
    expect(chat.lastAnswer).toMatchObject({ ask_quantity_of: 'CH-616' });
    chat.answers('How many of the Ergo Task Chair 616 (CH-616) do you need?');
    chat.asks('4');
    expect(chat.child('useTools').input).toMatchObject({
      calls: [
        { name: 'set_selection', args: { items: [{ sku: 'CH-616', quantity: 4 }, { sku: 'DK-100' }] } },
      ],
    });
    const line = { sku: CHAIR.sku, name: CHAIR.name, quantity: 4, unitPrice: '450.00', lineTotal: '1800.00' };
    chat.toolResult({
      tool: 'selection',
      products: [CHAIR, DESK],
      lines: [{ ...line, currency: 'AED' }],
      unquantified: [{ sku: DESK.sku, name: DESK.name }],
    });
    expect(chat.lastAnswer).toMatchObject({ ok: true, ask_quantity_of: 'DK-100' });
    expect(chat.context.sale.question).toMatchObject({ kind: 'quantity', sku: 'DK-100' });
    expect(chat.context.sale.question).not.toHaveProperty('rest');
    chat.answers('And how many of the Desk 100 (DK-100)?');
    chat.asks('2');
    expect(chat.child('useTools').input).toMatchObject({
      calls: [
        {
          name: 'set_selection',
          args: {
            items: [
              { sku: 'CH-616', quantity: 4 },
              { sku: 'DK-100', quantity: 2 },
            ],
          },
        },
      ],
    });
  });

  it('needs no customer known to the CRM', () => {
    const chat = new Shop();
    const turn = (words: string) => {
      chat.says(words);
      chat.wait(TIMING.debounceMs);
      chat.brief({ products: [CHAIR] });
      chat.wait(PATIENCE_MS);
    };
    turn('Tell me about CH-616');
    chat.answers('The Ergo Task Chair 616 (CH-616) is 450.00 AED. How many do you need?');
    turn('20');
    expect(chat.running('identifyCustomer')).toBe(true);
    expect(chat.running('useTools')).toBe(true);
  });

  it('keeps the lines that are chosen already', () => {
    const chat = new Shop();
    chat.asks('Two DK-100 and CH-616');
    chat.tool('set_selection', { items: [{ sku: 'DK-100', quantity: 2 }, { sku: 'CH-616' }] });
    chat.toolResult({
      tool: 'selection',
      products: [DESK, CHAIR],
      lines: [
        {
          sku: 'DK-100',
          name: 'Desk 100',
          quantity: 2,
          unitPrice: '900.00',
          lineTotal: '1800.00',
          currency: 'AED',
        },
      ],
      unquantified: [{ sku: 'CH-616', name: CHAIR.name }],
    });
    chat.answers('How many of CH-616 would you like?');
    chat.asks('4');
    expect(chat.child('useTools').input).toMatchObject({
      calls: [
        {
          args: {
            items: [
              { sku: 'DK-100', quantity: 2 },
              { sku: 'CH-616', quantity: 4 },
            ],
          },
        },
      ],
    });
  });

  it('is asked again by the model when the catalog cannot be read', () => {
    const chat = interrupted();
    chat.asks('20');
    chat.fail('useTools');
    expect(chat.running('think')).toBe(true);
    expect(chat.lastAnswer).toMatchObject({ ok: false });
    expect(chat.context.sale.question).toMatchObject({ kind: 'quantity', sku: 'CH-616' });
  });

  it('is no answer to the offer of one more article', () => {
    const chat = new Shop();
    chat.asks('Two DK-100');
    chat.selects(DESK, 2);
    chat.tool('check_stock', { sku: CHAIR.sku });
    chat.toolResult({ tool: 'stock', product: CHAIR });
    chat.answers('Two desks come to 1800.00 AED. How many Ergo Task Chair 616 should I add?');
    expect(chat.context.sale.question).toBeNull();
  });
});

describe('a selection that is cancelled', () => {
  it('leaves nothing chosen, no quotation wanted, and the next choice begins anew', () => {
    const chat = new Shop();
    chat.asks('2 chairs CH-616 with a quotation please');
    chat.selects(CHAIR, 2);
    chat.tool('request_quote');
    chat.answers('May I have your company name and the delivery address?');
    expect(chat.in('order.detailing')).toBe(true);
    chat.asks('cancel');
    chat.tool('set_selection', { items: [] });
    chat.toolResult({ tool: 'selection', products: [], lines: [], unquantified: [] });
    expect(chat.lastAnswer).toMatchObject({ ok: true, lines: [] });
    expect(chat.in('order.exploring')).toBe(true);
    expect(chat.context.sale.requestedAt).toBeNull();
    chat.answers('Done. What else can I help you with?');
    chat.asks('1 desk DK-100');
    chat.selects(DESK, 1);
    expect(chat.in('order.selecting.chosen')).toBe(true);
    expect(chat.context.order.lines).toMatchObject([{ sku: 'DK-100', quantity: 1 }]);
  });
});
