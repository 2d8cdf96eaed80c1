import { describe, expect, it } from 'vitest';
import { isFaithful } from './faithful.ts';

const DRAFT = 'ok can do 12 pcs CH-616 at 430 each, delivery thu 15/3, write me at ali@shop.test';

describe('an adapted answer', () => {
  it('may be worded otherwise', () => {
    const adapted =
      'Good news: we can offer 12 pieces of CH-616 at 430.00 each, delivered on Thursday 15/3. You can write to me at ali@shop.test.';
    expect(isFaithful(DRAFT, adapted, 'en')).toBe(true);
  });

  it('may be in the customer’s language and digits', () => {
    const adapted =
      'يسعدنا تقديم ١٢ قطعة من CH-616 بسعر ٤٣٠ للقطعة، والتوصيل يوم الخميس 15/3. راسلني على ali@shop.test';
    expect(isFaithful(DRAFT, adapted, 'ar')).toBe(true);
  });

  it.each([
    ['another price', 'We can do 12 pieces of CH-616 at 420 each on Thursday 15/3, ali@shop.test'],
    ['a price left out', 'We can do 12 pieces of CH-616 on Thursday 15/3, ali@shop.test'],
    ['a figure more', 'We can do 12 pieces of CH-616 at 430 each on 15/3 with 10 % off, ali@shop.test'],
    ['another address', 'We can do 12 pieces of CH-616 at 430 each on 15/3, bob@shop.test'],
    ['another language', 'نعم ١٢ قطعة CH-616 بسعر 430 يوم 15/3 ali@shop.test'],
    ['nothing', '  '],
    ['a story', `12 CH-616 430 15/3 ali@shop.test ${'and a very good morning '.repeat(40)}`],
  ])('is not sent with %s', (_, adapted) => {
    expect(isFaithful(DRAFT, adapted, 'en')).toBe(false);
  });

  it('takes 1,250.00 and 1250 for one figure', () => {
    expect(isFaithful('price 1,250.00 AED', 'The price is 1250 AED.', 'en')).toBe(true);
    expect(isFaithful('price 1250 AED', 'The price is 12.50 AED.', 'en')).toBe(false);
  });
});
