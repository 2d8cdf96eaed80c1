import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney } from './format.ts';
import {
  add,
  compare,
  equals,
  fromMinor,
  knownPrice,
  lessPercent,
  MAX_MINOR_UNITS,
  money,
  multiply,
  percent,
  sameAmount,
  subtract,
  sum,
  toMinor,
} from './money.ts';
import { parseMoney } from './parse.ts';

const minor = fc.bigInt({ min: -99_999_999_999n, max: 99_999_999_999n });

describe('amounts', () => {
  it('takes 290, 290.0 and 290.00 for one amount (lesson F-20)', () => {
    expect(sameAmount('290', '290.00')).toBe(true);
    expect(equals(money('290'), money('290.0'))).toBe(true);
    expect(equals(money('290', 'USD'), money('290'))).toBe(false);
    expect(money('0290.5')).toEqual({ amount: '290.50', currency: 'AED' });
  });

  it('survives the way from minor units to text and back', () => {
    fc.assert(
      fc.property(minor, (value) => {
        expect(toMinor(fromMinor(value))).toBe(value);
      }),
    );
  });

  it.each(['', '1,250', '1.234', 'abc', '1e3', ' 1', '--1', '.5'])(
    'refuses %j instead of guessing',
    (text) => {
      expect(() => toMinor(text)).toThrow(RangeError);
    },
  );

  it('refuses sums beyond its limit', () => {
    expect(() => add(money(fromMinor(MAX_MINOR_UNITS)), money('0.01'))).toThrow(RangeError);
  });
});

describe('arithmetic', () => {
  it('adds, multiplies and takes VAT as the worked quotation does (domain 9.11)', () => {
    const subtotal = sum([multiply(money('1250.10'), 3), multiply(money('99.99'), 7)]);
    expect(subtotal.amount).toBe('4450.23');
    expect(percent(subtotal, '5').amount).toBe('222.51');
    expect(add(subtotal, percent(subtotal, '5')).amount).toBe('4672.74');
  });

  it('rounds half up, away from zero', () => {
    expect(percent(money('0.10'), '5').amount).toBe('0.01');
    expect(percent(money('0.09'), '5').amount).toBe('0.00');
    expect(percent(money('-0.10'), '5').amount).toBe('-0.01');
    expect(percent(money('100'), '12.5').amount).toBe('12.50');
    expect(lessPercent(money('99.99'), '15').amount).toBe('84.99');
  });

  it('is exact where floats are not', () => {
    expect(add(money('0.10'), money('0.20')).amount).toBe('0.30');
    fc.assert(
      fc.property(minor, fc.integer({ min: 0, max: 1000 }), (value, quantity) => {
        const unit = money(fromMinor(value));
        expect(toMinor(multiply(unit, quantity).amount)).toBe(value * BigInt(quantity));
      }),
    );
  });

  it('keeps a discount and the rest adding up to the price', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 10n }),
        fc.integer({ min: 0, max: 100 }),
        (value, rate) => {
          const price = money(fromMinor(value));
          expect(add(lessPercent(price, String(rate)), percent(price, String(rate)))).toEqual(price);
        },
      ),
    );
  });

  it('compares by value and refuses to mix currencies', () => {
    expect(compare(money('100'), money('99.99'))).toBe(1);
    expect(compare(money('9'), money('10'))).toBe(-1);
    expect(() => subtract(money('1'), money('1', 'USD'))).toThrow(RangeError);
    expect(() => multiply(money('1'), 1.5)).toThrow(RangeError);
  });
});

describe('knownPrice', () => {
  it.each([null, undefined, '', '0', '0.00', '-5', 'abc', '0.004'])(
    'is unknown for %j, never 0.00 (lesson F-15)',
    (raw) => {
      expect(knownPrice(raw)).toBeNull();
    },
  );

  it('reads catalog decimals', () => {
    expect(knownPrice('1250')?.amount).toBe('1250.00');
    expect(knownPrice('118.005')?.amount).toBe('118.01');
    expect(knownPrice('99.994', 'USD')).toEqual({ amount: '99.99', currency: 'USD' });
  });
});

describe('parseMoney', () => {
  it.each([
    ['1,250', '1250.00'],
    ['1250 AED', '1250.00'],
    ['AED1,250.50', '1250.50'],
    ['١٢٥٠', '1250.00'],
    ['١٬٢٥٠٫٥٠ درهم', '1250.50'],
    ['Dhs 450', '450.00'],
    ['Dhs.450/-', '450.00'],
    ['٤٥٠ درهم', '450.00'],
    ['AED 1 250', '1250.00'],
    ['1.250,50', '1250.50'],
    ['1,25,000', '125000.00'],
    ['10k', '10000.00'],
    ['2.5 thousand dirhams', '2500.00'],
  ])('reads %s', (text, amount) => {
    expect(parseMoney(text)).toEqual({ amount, currency: 'AED' });
  });

  it('takes the currency that is written', () => {
    expect(parseMoney('$99')).toEqual({ amount: '99.00', currency: 'USD' });
    expect(parseMoney('99 ريال')).toEqual({ amount: '99.00', currency: 'SAR' });
  });

  it.each(['', 'ten', '12 chairs', '1.2345', 'AED 5 USD', '2-8', '5%', 'CH-616'])(
    'does not guess at %j',
    (text) => {
      expect(parseMoney(text)).toBeNull();
    },
  );

  it('reads back whatever is formatted, in both languages', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 11n }),
        fc.constantFrom('en' as const, 'ar' as const),
        (value, lang) => {
          const shown = money(fromMinor(value));
          expect(parseMoney(formatMoney(shown, lang))).toEqual(shown);
        },
      ),
    );
  });
});

describe('formatMoney', () => {
  it('shows two decimals and the currency of the language', () => {
    expect(formatMoney(money('1234567.5'), 'en')).toBe('AED 1,234,567.50');
    expect(formatMoney(money('450'), 'ar')).toBe('450.00 درهم');
  });
});
