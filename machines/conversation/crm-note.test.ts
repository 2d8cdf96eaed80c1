/** What the CRM is told, when, and what it is not told (domain 11.3, 11.7, 20.4). */
import { describe, expect, it } from 'vitest';
import type { CreateContactInput, CreateDealInput, CrmNoteParams } from './actors.ts';
import { quoted, Shop } from './sale/testing/shop.ts';
import { CHAIR } from './testing/driver.ts';

const notes = (chat: Shop): readonly CrmNoteParams[] =>
  chat.commands.filter(({ type }) => type === 'noteInCrm').map(({ params }) => params as CrmNoteParams);

describe('a note in the CRM', () => {
  it('says at the hand-over why, and what the customer wants, on the contact', () => {
    const chat = new Shop();
    chat.asks('Two CH-616 for my clinic. I want to talk to a manager');
    chat.selects(CHAIR, 2);
    chat.tool('update_customer', { need: 'chairs for a clinic in Marina', budget: '2,000 AED' });
    chat.tool('hand_over', { reason: 1, summary: 'Wants a person to call about the chairs' });
    expect(notes(chat)).toHaveLength(1);
    const [note] = notes(chat);
    expect(note).toMatchObject({ occasion: 'handed_over', contactId: 'crm-1', dealId: null, at: chat.now });
    expect(note?.content).toContain('Handed over to a manager: Asks for a human. Wants a person to call');
    expect(note?.content).toContain('Wants: chairs for a clinic in Marina');
    expect(note?.content).toContain('2 x Ergo Task Chair 616 (CH-616): 900.00 AED');
  });

  it('is written on the deal once the quotation is with the customer', () => {
    const chat = new Shop();
    chat.wantsQuote();
    chat.done('createDeal', { dealId: 'deal-1' });
    chat.flush();
    chat.made();
    chat.drawn();
    expect(notes(chat)).toEqual([]);
    chat.flush();
    expect(notes(chat)).toMatchObject([
      {
        occasion: 'quoted',
        dealId: 'deal-1',
        content: expect.stringMatching(/^Quotation TJ-1 R1: 945\.00 AED/m),
      },
    ]);
  });

  it('is written when a manager closes the conversation, and not again while it is closed', () => {
    const chat = quoted();
    const close = { type: 'manager.close', by: { id: 'm', name: 'Aisha' } } as const;
    chat.send(close);
    chat.send(close);
    expect(notes(chat).map(({ occasion }) => occasion)).toEqual(['quoted', 'closed']);
    expect(notes(chat)[1]?.content).toContain('Closed by Aisha.');
  });

  it('holds nothing that tells who the customer is', () => {
    const chat = new Shop();
    chat.asks('Two CH-616, and I want to talk to a manager');
    chat.selects(CHAIR, 2);
    chat.tool('update_customer', {
      name: 'Omar Said',
      company: 'Falcon-Trading L.L.C. (Dubai)',
      email: 'omar-s@falcon.test',
      address: 'Office 1203, Bay Square 4, Dubai',
      need: 'Chairs for Omar of Falcon-Trading L.L.C. (Dubai), call +971 50 123 4567 or omar@falcon.test',
    });
    chat.tool('hand_over', { reason: 1, summary: 'Omar Said wants a call on 0501234567' });
    const content = notes(chat)[0]?.content ?? '';
    expect(content).toContain('Chairs for');
    expect(content).not.toMatch(/Omar|Falcon|omar@|1203|123 ?4567|971501234567/);
  });
});

describe('where the customer came from', () => {
  const LINK = 'Hi! https://shop.test/?utm_source=google&utm_campaign=desks';

  it('goes to the CRM with the new contact and with the deal: the first touch, and the latest', () => {
    const chat = new Shop();
    chat.says(LINK);
    chat.done('identifyCustomer', { contact: null });
    const contact = chat.child('createContact').input as CreateContactInput;
    expect(contact.attribution).toEqual({ source: 'google', campaign: 'desks' });
    chat.done('createContact', { contactId: 'crm-1' });
    chat.wait(1500);
    chat.brief();
    chat.answers('Hello!');
    chat.asks('Two CH-616 (utm_source=instagram)');
    chat.selects(CHAIR, 2);
    expect((chat.child('createDeal').input as CreateDealInput).attribution).toEqual({ source: 'instagram' });
    expect(chat.context.origin?.first).toEqual({ source: 'google', campaign: 'desks' });
  });

  it('is not made up when no message says it', () => {
    const chat = new Shop();
    chat.says('Hello');
    chat.done('identifyCustomer', { contact: null });
    expect(chat.child('createContact').input).not.toHaveProperty('attribution');
  });
});
