/** The CRM's deal follows the order: made once, moved one step after the other (domain 11.9, 11.10). */
import { describe, expect, it } from 'vitest';
import type { CreateDealInput, MoveDealInput } from './actors.ts';
import { DESK, quoted, Shop } from './sale/testing/shop.ts';
import { CHAIR } from './testing/driver.ts';

const made = (chat: Shop): CreateDealInput => {
  const input = chat.child('createDeal').input as CreateDealInput;
  chat.done('createDeal', { dealId: 'deal-1' });
  return input;
};
const moved = (chat: Shop): MoveDealInput => {
  const input = chat.child('moveDeal').input as MoveDealInput;
  chat.done('moveDeal', { stage: input.stage, amount: input.amount });
  return input;
};

describe('a deal', () => {
  it('is not made for a greeting', () => {
    const chat = new Shop();
    chat.asks('Hello');
    chat.answers('Hello, how can I help?');
    expect(chat.running('createDeal')).toBe(false);
  });

  it('is made once something is chosen, under the order’s own key', () => {
    const chat = new Shop();
    chat.asks('2 chairs CH-616 please');
    chat.selects(CHAIR, 2);
    expect(made(chat)).toMatchObject({
      key: `${chat.context.id}:order:1`,
      contactId: 'crm-1',
      stage: 'inWork',
      amount: '900.00',
    });
    chat.answers('Noted.');
    chat.asks('thanks');
    expect(chat.running('createDeal')).toBe(false);
    expect(chat.running('moveDeal')).toBe(false);
  });

  it('waits for the CRM to know the customer', () => {
    const chat = new Shop();
    chat.says('2 chairs CH-616 please');
    chat.fail('identifyCustomer');
    chat.wait(1500);
    chat.brief();
    chat.selects(CHAIR, 2);
    expect(chat.running('createDeal')).toBe(false);
  });

  it('is moved with the quotation and its answer, one change after the other', () => {
    const chat = quoted();
    made(chat);
    expect(moved(chat)).toMatchObject({ dealId: 'deal-1', stage: 'offerSent' });
    chat.asks('We approve your offer, please go ahead');
    expect(moved(chat)).toMatchObject({ stage: 'orderConfirmed' });
    expect(chat.in('deal.open')).toBe(true);
  });

  it('is moved when a manager confirms an order that was placed without a quotation, not before (domain 8.2, 8.6)', () => {
    const chat = new Shop();
    chat.asks('I want to order 4 CH-616, deliver to Business Bay with installation please');
    chat.selects(CHAIR, 4);
    expect(made(chat)).toMatchObject({ stage: 'inWork', amount: '1800.00' });
    chat.thinks('Great, four chairs are 1800.00 AED.');
    chat.flush();
    expect(chat.running('moveDeal')).toBe(false);
    chat.send({ type: 'manager.decision', by: { id: 'u2', name: 'Omar' }, decision: 'confirm' });
    chat.flush();
    expect(moved(chat)).toEqual({ dealId: 'deal-1', stage: 'orderConfirmed', amount: '1800.00' });
    expect(chat.running('moveDeal')).toBe(false);
  });

  it('changed while the CRM was slow is moved again afterwards', () => {
    const chat = new Shop();
    chat.asks('2 chairs CH-616 please');
    chat.selects(CHAIR, 2);
    chat.answers('Noted.');
    chat.asks('make it 3');
    chat.selects(CHAIR, 3);
    expect(made(chat).amount).toBe('900.00');
    expect(moved(chat)).toMatchObject({ stage: 'inWork', amount: '1350.00' });
    expect(chat.running('moveDeal')).toBe(false);
  });

  it('goes on with the request that replaces an unanswered quotation', () => {
    const chat = quoted();
    made(chat);
    moved(chat);
    chat.asks('Forget the chairs, I need a desk DK-100');
    chat.selects(DESK, 1);
    expect(chat.context.sale.serial).toBe(2);
    expect(moved(chat)).toMatchObject({ dealId: 'deal-1', stage: 'inWork', amount: '900.00' });
    expect(chat.running('createDeal')).toBe(false);
  });

  it('of an order that is over is followed by another one', () => {
    const chat = quoted();
    made(chat);
    moved(chat);
    chat.asks('We have discussed it internally and approve your offer');
    chat.tool('answer_quote', { answer: 'accepted' });
    moved(chat);
    chat.flush();
    chat.send({ type: 'manager.release', by: { id: 'm', name: 'Aisha' }, note: null });
    chat.asks('Now I also need a desk DK-100');
    chat.selects(DESK, 1);
    expect(made(chat)).toMatchObject({ key: `${chat.context.id}:order:2`, amount: '900.00' });
  });

  it('that the CRM refuses is told to a manager, and tried again with the next message', () => {
    const chat = new Shop();
    chat.asks('2 chairs CH-616 please');
    chat.selects(CHAIR, 2);
    const before = chat.commands.length;
    chat.fail('createDeal');
    expect(chat.commands.slice(before)).toMatchObject([{ type: 'alertManager' }]);
    chat.says('hello?');
    expect(chat.running('createDeal')).toBe(true);
  });
});
