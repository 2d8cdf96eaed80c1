/** Referral codes in the conversation: only with an approved policy, and never the model's own figures (domain 19). */
import { describe, expect, it } from 'vitest';
import { DEFAULT_BRIEFING } from '../context.ts';
import { Shop } from '../sale/testing/shop.ts';
import { CHAIR, TIMING } from '../testing/driver.ts';

const POLICY = { referrerPercent: '5', newcomerPercent: '10' };

/** A shop whose owner approved the policy. */
class ReferringShop extends Shop {
  override asks(text: string): void {
    this.says(text);
    this.settleCustomer();
    this.wait(TIMING.debounceMs);
    this.brief({ briefing: { ...DEFAULT_BRIEFING, referral: POLICY } });
  }
}

describe('referral', () => {
  it('without a policy is a manager’s: no tool is offered, and a person takes over', () => {
    const chat = new Shop();
    chat.asks('Do you have a referral code for a friend?');
    expect(chat.offered).not.toContain('referral_code');
    chat.thinks('Of course!');
    expect(chat.in('owner.waiting')).toBe(true);
    expect(chat.context.owner.trigger).toBe(5);
  });

  it('gives a code, which the reply may name with its percentages and its last day', () => {
    const chat = new ReferringShop();
    chat.asks('Do you have a referral code for a friend?');
    chat.tool('referral_code');
    expect(chat.child('useTools').input).toMatchObject({ referral: { ...POLICY, isNewcomer: true } });
    chat.toolResult({ tool: 'referral', code: 'NOOR-7K2Q9', ...POLICY, expiresOn: '2026-04-15' });
    const reply = 'Your code is NOOR-7K2Q9: your friend gets 10% off. It is valid until 2026-04-15.';
    chat.thinks(reply);
    expect(chat.sending).toEqual([reply]);
  });

  it('takes a friend’s discount off what is chosen and of what is chosen later', () => {
    const chat = new ReferringShop();
    chat.asks('4 of CH-616 please');
    chat.selects(CHAIR, 4);
    chat.answers('Four chairs come to 1800.00 AED.');
    chat.asks('My friend gave me NOOR-7K2Q9');
    chat.tool('use_referral_code', { code: 'noor 7k2q9' });
    chat.toolResult({ tool: 'referral_used', code: 'NOOR-7K2Q9', outcome: 'accepted', percent: '10' });
    expect(chat.context.order).toMatchObject({ subtotal: '1620.00', lines: [{ unitPrice: '405.00' }] });
    expect(chat.lastAnswer).toMatchObject({ ok: true, discount_percent: '10', subtotal: '1620.00' });
    chat.answers('Your code NOOR-7K2Q9 takes 10% off: the four chairs come to 1620.00 AED now.');
    expect(chat.context.replies).toBe(2);
    chat.asks('Make it 2');
    chat.selects(CHAIR, 2);
    expect(chat.context.order.subtotal).toBe('810.00');
  });

  it('that is refused changes no price, and the model hears why', () => {
    const chat = new ReferringShop();
    chat.asks('4 of CH-616, my code is NOOR-7K2Q9');
    chat.selects(CHAIR, 4);
    chat.tool('use_referral_code', { code: 'NOOR-7K2Q9' });
    chat.toolResult({ tool: 'referral_used', code: 'NOOR-7K2Q9', outcome: 'used', percent: '0' });
    expect(chat.lastAnswer).toMatchObject({ ok: false, reason: 'The code was used already.' });
    expect(chat.context.order.subtotal).toBe('1800.00');
  });

  it('a code in no known form is refused before anybody is asked', () => {
    const chat = new ReferringShop();
    chat.asks('I have a code');
    chat.tool('use_referral_code', { code: 'SUMMER' });
    expect(chat.lastAnswer).toMatchObject({ ok: false, reason: 'A code has the form NOOR-XXXXX.' });
  });
});
