import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dateIn, VALID_DAYS, writtenDate } from './dates.ts';
import { quotationFileName, quoteLabel, revisionLabel } from './number.ts';
import { standardTerms } from './words.ts';
import { byZone } from './zones.ts';

describe('the name of a quotation', () => {
  it('is the order’s number and a counted revision (domain 9.16)', () => {
    expect(quoteLabel('SO-00042', 2)).toBe('SO-00042 R2');
    expect(quotationFileName('SO-00042', 1)).toBe('Quotation-SO-00042-R1.pdf');
    for (const wrong of [0, -1, 1.5, Number.NaN]) expect(() => revisionLabel(wrong)).toThrow(RangeError);
  });

  it('is a safe file name, whatever the number is', () => {
    expect(quotationFileName('../../etc/passwd\r\n"', 1)).toBe('Quotation-etc-passwd-R1.pdf');
    expect(quotationFileName('عرض', 3)).toBe('Quotation-unnumbered-R3.pdf');
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 999 }), (number, revision) => {
        expect(quotationFileName(number, revision)).toMatch(/^Quotation-[A-Za-z0-9-]{1,70}-R\d{1,3}\.pdf$/);
      }),
    );
  });
});

describe('dates', () => {
  it('are those of the shop, not of Greenwich', () => {
    const at = Date.parse('2026-11-22T21:30:00Z');
    expect(dateIn(at, 'Asia/Dubai')).toBe('2026-11-23');
    expect(dateIn(at, 'UTC')).toBe('2026-11-22');
  });

  it('run over months, years and leap days', () => {
    expect(addDays('2026-12-20', VALID_DAYS)).toBe('2027-01-04');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(() => addDays('22.11.2026', 1)).toThrow(RangeError);
  });

  it('are written with the month as a word', () => {
    expect(writtenDate('2026-03-04', 'en')).toBe('4 March 2026');
    expect(writtenDate('2026-03-04', 'ar')).toBe('4 مارس 2026');
    expect(() => writtenDate('2026-13-04', 'en')).toThrow(RangeError);
  });
});

describe('zones', () => {
  const line = (sku: string, zone: string | null) => ({ sku, zone });

  it('keep the order in which rooms were named, those of no room last (domain 9.15)', () => {
    const lines = [
      line('lamp', null),
      line('desk', 'Reception'),
      line('table', 'Meeting room'),
      line('chair', ' reception '),
    ];
    expect(byZone(lines).map(({ name, lines: inside }) => [name, inside.map(({ sku }) => sku)])).toEqual([
      ['Reception', ['desk', 'chair']],
      ['Meeting room', ['table']],
      [null, ['lamp']],
    ]);
  });

  it('lose no line and double none', () => {
    const some = fc.array(
      fc.record({ sku: fc.string(), zone: fc.option(fc.constantFrom('A', 'a ', 'B', '', ' ')) }),
    );
    fc.assert(
      fc.property(some, (lines) => {
        const out = byZone(lines).flatMap((zone) => zone.lines);
        expect(out).toHaveLength(lines.length);
        expect(new Set(out)).toEqual(new Set(lines));
      }),
    );
  });
});

describe('the Arabic term of validity', () => {
  it.each([
    [1, 'يوم واحد'],
    [2, 'يومين'],
    [7, '7 أيام'],
    [15, '15 يومًا'],
    [100, '100 يوم'],
  ])('counts %i days as Arabic counts them', (validDays, words) => {
    const terms = standardTerms('ar', { validDays, deliveryDays: '2–8', deliveryOpen: false });
    expect(terms[1]).toBe(`يسري هذا العرض لمدة ${words} وحتى نفاد الكمية.`);
  });
});
