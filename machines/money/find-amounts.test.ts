import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asksForCheap, findBudget } from './budget.ts';
import { findAmounts } from './find-amounts.ts';
import { formatMoney } from './format.ts';
import { fromMinor, money } from './money.ts';

const amounts = (text: string): string[] => findAmounts(text).map((found) => found.amount);

describe('findAmounts', () => {
  it.each<[string, string[]]>([
    ['The chair is AED 450 and the desk 1,200 AED. Total: 1,650.00', ['450.00', '1200.00', '1650.00']],
    ['CH-616 costs AED450.00 each', ['450.00']],
    ['سعر الكرسي ٤٥٠ درهم والمجموع ١٬٢٥٠٫٥٠', ['450.00', '1250.50']],
    ['السعر: ٩٩', ['99.00']],
    ['ب450 درهم', ['450.00']],
    ['from 450 to 600 AED', ['450.00', '600.00']],
    ['450-600 AED', ['450.00', '600.00']],
    ['between 450 and 600 dirhams', ['450.00', '600.00']],
    ['من ٤٥٠ إلى ٦٠٠ درهم', ['450.00', '600.00']],
    ['160 x 80 cm for 450 AED', ['450.00']],
    ['2 x 450 AED = 900 AED', ['450.00', '900.00']],
    ['12 x AED 450.00', ['450.00']],
    ['price 450 x 12 = 5400', ['450.00', '5400.00']],
    ['total for 12 chairs is 5400', ['5400.00']],
    ['around 10k AED', ['10000.00']],
    ['AED 450 AED 600', ['450.00', '600.00']],
    ['450 AED 600 AED', ['450.00', '600.00']],
    ['450/- only', ['450.00']],
    ['450/pc', ['450.00']],
    ['1. CH-100 – 120.00\n2. CH-200 – 130.00', ['120.00', '130.00']],
    ['VAT 5% (22.50)', ['22.50']],
    ['It costs 450.', ['450.00']],
  ])('reads %s', (text, expected) => {
    expect(amounts(text)).toEqual(expected);
  });

  it.each([
    'I need 12 chairs and a 2400 mm desk in 2 weeks for 8 employees',
    'Delivery 2-8 working days, VAT 5 %, 50% in advance, ٥٪ ضريبة',
    '15/03/2026 at 10:00, 15 March 2026, 2026-01-15',
    '+971 50 123 4567, 050 123 4567',
    'Models 9719-4, CH-616, LUMA 200, SO-00123 and A4',
    '160 x 80 x 75 cm, 12.5 kg, 1,000 pcs',
    'only 5 left, just 3 chairs, total for 12 chairs',
    'warranty 2 years only, since 1991, 20+ years, price list 2026',
    'https://shop.test/p/450.00 sales450@example.test',
    'أحتاج ٢٠ كرسي و١٠ مكاتب خلال ٣ أيام',
    '',
  ])('takes no quantity, size, date, phone, percentage or SKU for money: %s', (text) => {
    expect(amounts(text)).toEqual([]);
  });

  it('tells the currency only when it is written, and where the amount stands', () => {
    expect(findAmounts('Now $99, or price: 290')).toEqual([
      { amount: '99.00', currency: 'USD', raw: '$99', index: 4 },
      { amount: '290.00', raw: '290', index: 19 },
    ]);
    const [found] = findAmounts('السعر ٩٩٫٥ درهم');
    expect(found).toEqual({ amount: '99.50', currency: 'AED', raw: '٩٩٫٥ درهم', index: 6 });
  });

  it('finds every formatted amount inside a sentence, in both languages', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 10n }),
        fc.constantFrom('en' as const, 'ar' as const),
        (value, lang) => {
          const shown = money(fromMinor(value));
          expect(amounts(`x ${formatMoney(shown, lang)}, ok`)).toEqual([shown.amount]);
        },
      ),
    );
  });

  it('never throws, and its indexes point at what it read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const found of findAmounts(text))
          expect(text.slice(found.index).startsWith(found.raw)).toBe(true);
      }),
    );
  });

  it('reads a long message in little time', () => {
    const started = performance.now();
    findAmounts('1,250 AED for 12 x CH-616 and '.repeat(260));
    findAmounts('9'.repeat(8000));
    findAmounts('1,'.repeat(4000));
    for (const hostile of ['AED ', 'a@', '1-', '1.', '+1 ', '12 ', 'price '])
      findAmounts(hostile.repeat(8000 / hostile.length));
    expect(performance.now() - started).toBeLessThan(1500);
  });
});

describe('findBudget', () => {
  it.each([
    ['office chairs under 500 AED', '500.00'],
    ['max 1,200 please', '1200.00'],
    ['my budget is AED 20k', '20000.00'],
    ['كرسي أقل من ٥٠٠ درهم', '500.00'],
    ['no more than Dhs 450', '450.00'],
  ])('reads the limit of %s', (text, amount) => {
    expect(findBudget(text)?.amount).toBe(amount);
  });

  it.each(['under 120 cm', 'within 3 days', 'a chair for 500 AED', 'up to 5 people', 'under desk drawer'])(
    'sees no limit in %s',
    (text) => {
      expect(findBudget(text)).toBeNull();
    },
  );

  it('hears the wish for the low end', () => {
    expect(asksForCheap('something cheap')).toBe(true);
    expect(asksForCheap('شي رخيص')).toBe(true);
    expect(asksForCheap('premium chair')).toBe(false);
  });
});
