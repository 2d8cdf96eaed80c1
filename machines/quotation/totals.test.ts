import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromMinor, money, toMinor } from '../money/money.ts';
import { MAX_QUOTE_LINES } from './document.ts';
import { customerPrice, type PricedLine, quoteTotals, type TotalsOptions } from './totals.ts';

const plain: TotalsOptions = {
  currency: 'AED',
  vatPercent: '5',
  deliveryCharge: null,
  discountPercent: null,
};
const line = (listPrice: string, quantity: number): PricedLine => ({ listPrice, quantity });

const lines = fc.array(
  fc.record({
    listPrice: fc.bigInt({ min: 100n, max: 9_999_999n }).map(fromMinor),
    quantity: fc.integer({ min: 1, max: 500 }),
  }),
  { minLength: 1, maxLength: MAX_QUOTE_LINES },
);
const percentage = fc.integer({ min: 0, max: 9000 }).map((hundredths) => fromMinor(BigInt(hundredths)));
const options = fc.record({
  currency: fc.constant('AED'),
  vatPercent: percentage,
  deliveryCharge: fc.option(fc.bigInt({ min: 0n, max: 500_000n }).map(fromMinor)),
  discountPercent: fc.option(percentage),
});

describe('totals of a quotation', () => {
  it('adds units times quantities, then 5 % VAT, to the fil (domain 9.11)', () => {
    expect(quoteTotals([line('1290', 4), line('455.55', 3)], plain)).toMatchObject({
      lines: [
        { unitPrice: '1290.00', lineTotal: '5160.00' },
        { unitPrice: '455.55', lineTotal: '1366.65' },
      ],
      subtotal: '6526.65',
      net: '6526.65',
      vat: '326.33',
      grandTotal: '6852.98',
      discount: '0.00',
    });
  });

  it('takes the discount of the unit price, as the Inventory order does (domain 9.6)', () => {
    expect(quoteTotals([line('333.33', 3)], { ...plain, discountPercent: '15' })).toMatchObject({
      lines: [{ unitPrice: '283.33', lineTotal: '849.99' }],
      listTotal: '999.99',
      discount: '150.00',
      subtotal: '849.99',
    });
    expect(customerPrice(money('333.33'), null)).toEqual(money('333.33'));
  });

  it('names delivery that is not known, and adds one that is, with its VAT (domain 9.12)', () => {
    const goods = [line('1000', 1)];
    expect(quoteTotals(goods, plain)).toMatchObject({
      delivery: { kind: 'to_be_confirmed' },
      grandTotal: '1050.00',
    });
    expect(quoteTotals(goods, { ...plain, deliveryCharge: '300' })).toMatchObject({
      delivery: { kind: 'charge', amount: '300.00' },
      subtotal: '1000.00',
      net: '1300.00',
      vat: '65.00',
      grandTotal: '1365.00',
    });
  });

  it('delivers big orders free, from the very amount on', () => {
    const rule = { ...plain, deliveryCharge: '300', freeDeliveryFrom: '5000' };
    expect(quoteTotals([line('4999.99', 1)], rule).delivery).toEqual({ kind: 'charge', amount: '300.00' });
    expect(quoteTotals([line('5000', 1)], rule).delivery).toEqual({ kind: 'free' });
    expect(quoteTotals([line('1', 1)], { ...plain, deliveryCharge: '0' }).delivery).toEqual({ kind: 'free' });
  });

  it.each([
    ['no lines', [], plain],
    ['too many lines', Array.from({ length: MAX_QUOTE_LINES + 1 }, () => line('1', 1)), plain],
    ['a price of zero', [line('0', 1)], plain],
    ['a negative price', [line('-5', 1)], plain],
    ['half a chair', [line('5', 1.5)], plain],
    ['no piece', [line('5', 0)], plain],
    ['a discount that leaves nothing', [line('5', 1)], { ...plain, discountPercent: '100' }],
    ['a malformed price', [line('1,290', 1)], plain],
  ])('refuses %s (lesson F-15)', (_, given, rule) => {
    expect(() => quoteTotals(given, rule)).toThrow(RangeError);
  });

  it('always adds up, whatever is bought', () => {
    fc.assert(
      fc.property(lines, options, (given, rule) => {
        const totals = quoteTotals(given, rule);
        const minor = (amount: string) => toMinor(amount);
        const goods = totals.lines.reduce((all, { lineTotal }) => all + minor(lineTotal), 0n);
        const delivery = totals.delivery.kind === 'charge' ? minor(totals.delivery.amount) : 0n;
        expect(minor(totals.subtotal)).toBe(goods);
        expect(minor(totals.net)).toBe(goods + delivery);
        expect(minor(totals.grandTotal)).toBe(minor(totals.net) + minor(totals.vat));
        expect(minor(totals.listTotal) - minor(totals.discount)).toBe(goods);
        for (const [i, { unitPrice, lineTotal }] of totals.lines.entries()) {
          expect(minor(lineTotal)).toBe(minor(unitPrice) * BigInt(given[i]?.quantity ?? 0));
        }
        // Rounded half up: never further than half a fil from the exact tax.
        const exact = minor(totals.net) * minor(rule.vatPercent);
        const error = minor(totals.vat) * 10_000n - exact;
        expect(error <= 5000n && error > -5000n).toBe(true);
      }),
    );
  });

  it('does not depend on the order of the lines', () => {
    fc.assert(
      fc.property(lines, options, (given, rule) => {
        const { lines: _, ...there } = quoteTotals(given, rule);
        const { lines: __, ...back } = quoteTotals([...given].reverse(), rule);
        expect(back).toEqual(there);
      }),
    );
  });
});
