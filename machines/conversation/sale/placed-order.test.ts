/** A concrete order is a person's to confirm (domain 8.2, 8.6, 8.8). */
import { describe, expect, it } from 'vitest';
import { CHAIR } from '../testing/driver.ts';
import { Shop } from './testing/shop.ts';

const OMAR = { id: 'u2', name: 'Omar' };

/** The customer ordered four chairs with place and installation. */
const ordered = (): Shop => {
  const chat = new Shop();
  chat.asks('I want to order 4 CH-616, deliver to Business Bay with installation please');
  chat.selects(CHAIR, 4);
  chat.thinks('Great, four chairs are 1800.00 AED.');
  return chat;
};

const alerts = (chat: Shop) =>
  chat.commands.filter(({ type }) => type === 'alertManager').map(({ params }) => params);

describe('a concrete order', () => {
  it('is handed over with what was ordered, to be confirmed or rejected', () => {
    const chat = ordered();
    expect(chat.in('owner.waiting')).toBe(true);
    expect(alerts(chat)).toMatchObject([
      { about: 'order', summary: expect.stringContaining('4 x Ergo Task Chair 616 (CH-616) = 1800.00 AED') },
    ]);
    expect(chat.sending[0]).toContain('Total before VAT: 1800.00 AED');
    chat.flush();
    expect(chat.in('turn.idle')).toBe(true);
  });

  it('in Arabic is told in Arabic', () => {
    const chat = new Shop();
    chat.asks('أريد أن أطلب 4 من CH-616 والتوصيل إلى دبي');
    chat.selects(CHAIR, 4);
    chat.thinks('السعر 1800.00 درهم.');
    expect(chat.in('owner.waiting')).toBe(true);
    expect(chat.sending[0]).toContain('سجّلت طلبك');
  });

  it('confirmed: the customer is told once, and the assistant goes on knowing it', () => {
    const chat = ordered();
    chat.flush();
    chat.send({ type: 'manager.decision', by: OMAR, decision: 'confirm' });
    expect(chat.sending[0]).toContain('confirmed your order');
    chat.flush();
    expect(chat.in('owner.bot')).toBe(true);
    expect(chat.context.sale.ordered?.decision).toBe('confirm');
    chat.send({ type: 'manager.decision', by: OMAR, decision: 'reject' });
    expect(chat.sending).toEqual([]);
    chat.asks('Thanks');
    expect(chat.told).toContain('A colleague confirmed this order');
  });

  it('rejected: the assistant is told to propose something else, and another selection may be ordered', () => {
    const chat = ordered();
    chat.flush();
    chat.send({ type: 'manager.decision', by: OMAR, decision: 'reject' });
    chat.flush();
    chat.asks('Ok, then I want to order 2 CH-616, delivered to Business Bay');
    expect(chat.told).toContain('propose an alternative');
    chat.selects(CHAIR, 2);
    chat.thinks('Two chairs are 900.00 AED.');
    expect(chat.in('owner.waiting')).toBe(true);
  });

  it('that is decided after the window has closed is not told, and the manager hears why (domain 17.3)', () => {
    const chat = ordered();
    chat.flush();
    chat.wait(25 * 3_600_000);
    chat.send({ type: 'manager.decision', by: OMAR, decision: 'confirm' });
    expect(chat.sending).toEqual([]);
    expect(chat.in('owner.waiting')).toBe(true);
    expect(alerts(chat).at(-1)).toMatchObject({ reason: 'The answer of Omar was not sent' });
  });

  it('whose answer could not be sent waits for its decision again', () => {
    const chat = ordered();
    chat.flush();
    chat.send({ type: 'manager.decision', by: OMAR, decision: 'confirm' });
    chat.fail('sendMessage');
    expect(chat.in('owner.waiting')).toBe(true);
    expect(chat.context.sale.ordered?.decision).toBeNull();
  });

  it('is none when a quotation is wanted: that comes first', () => {
    const chat = new Shop();
    chat.asks('I want to order 4 CH-616 to Business Bay, please send the quotation');
    chat.selects(CHAIR, 4);
    chat.thinks('Four chairs are 1800.00 AED. May I have your company name?');
    expect(chat.in('owner.bot')).toBe(true);
  });
});

describe('a wish for silence while a person is waited for (domain 20.1)', () => {
  it('is confirmed once, and no line about a colleague follows', () => {
    const chat = ordered();
    chat.flush();
    chat.says('STOP');
    expect(chat.sending).toEqual([expect.stringContaining('You will not receive messages')]);
    chat.flush();
    chat.says('stop');
    expect(chat.sending).toEqual([]);
    expect(chat.context.outreach.optedOutAt).not.toBeNull();
    expect(chat.in('owner.waiting')).toBe(true);
  });

  it('while an answer is on its way is confirmed beside it, once, and is no question for the next turn', () => {
    const chat = new Shop();
    chat.asks('Do you have desks?');
    chat.thinks('We have desks. Which size?');
    chat.says('STOP');
    chat.says('stop');
    expect(chat.sending).toEqual([
      'We have desks. Which size?',
      expect.stringContaining('You will not receive messages'),
    ]);
    chat.flush();
    expect(chat.in('turn.idle')).toBe(true);
    expect(chat.context.pending).toEqual([]);
  });
});
