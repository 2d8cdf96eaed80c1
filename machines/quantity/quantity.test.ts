import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSkuIndex } from '../sku/sku.ts';
import { readLines } from './lines.ts';
import { readNumberedAnswers } from './numbered.ts';
import { readQuantities } from './quantity.ts';
import { readReference, type ShownItem } from './reference.ts';

const counts = (text: string, asked = false) => readQuantities(text, asked).map(({ count }) => count);

describe('quantities (domain 12.12)', () => {
  it.each<[string, readonly number[]]>([
    ['I need 10 chairs', [10]],
    ['ten office chairs please', [10]],
    ['10 black mesh office chairs', [10]],
    ['a dozen chairs and two desks', [12, 2]],
    ['x5', [5]],
    ['5x', [5]],
    ['qty: 7', [7]],
    ['5 pcs each', [5]],
    ['20pcs', [20]],
    ['I need 616 chairs', [616]],
    ['3 of them', [3]],
    ['أحتاج ١٠ كراسي', [10]],
    ['أريد عشرة كراسي ومكتبين', [10, 2]],
    ['عدد ٥', [5]],
    ['خمسة وعشرين كرسي', [25]],
    ['8 chairs for 8 employees', [8]],
    ['4 chairs under 500 AED', [4]],
    ['desk 160 x 80, 3 pieces', [3]],
    ['two 2-seater sofas', [2]],
  ])('%s → %j', (text, expected) => {
    expect(counts(text)).toEqual(expected);
  });

  it.each([
    'in 2 weeks',
    'for 8 employees',
    'we are 12 people',
    'desk 2400 mm',
    'the desk 2400',
    'chair 616',
    'CH-616',
    '160 x 80 cm',
    'budget 5000',
    'under 500 AED',
    '450 AED each',
    'call me at 10:30',
    'at 5 pm',
    'on 15/03/2026',
    '+971 50 123 4567',
    'office 5, Marina Plaza',
    'villa 12',
    '20%',
    '2-seater sofa',
    'option 2',
    '3. No\n4. For office',
    'خلال أسبوعين',
    'نحن 8 موظفين',
    'أقل من ٥٠٠ درهم',
    '5 years warranty',
    '6',
    'the first one',
  ])('%s holds none', (text) => {
    expect(counts(text)).toEqual([]);
  });

  it.each<[string, readonly number[]]>([
    ['6', [6]],
    ['٦', [6]],
    ['six', [6]],
    ['six please', [6]],
    ['maybe 12', [12]],
    ['خمسة', [5]],
    ['10 فقط', [10]],
    ['a dozen', [12]],
    ['6 weeks', []],
    ['500 AED', []],
    ['0', []],
    ['delivery to Dubai?', []],
  ])('%s after our question for it → %j (lesson F-02)', (text, expected) => {
    expect(counts(text, true)).toEqual(expected);
  });

  it('says that a number is meant for each', () => {
    expect(readQuantities('5 pcs each', false)).toMatchObject([{ count: 5, each: true }]);
    expect(readQuantities('5 pcs', false)).toMatchObject([{ count: 5, each: false }]);
  });

  it('reads any count before any furniture, and none before time, people or size', () => {
    const count = fc.integer({ min: 2, max: 10_000 });
    fc.assert(
      fc.property(count, fc.constantFrom('chairs', 'desks', 'pcs', 'كراسي', 'units'), (n, noun) => {
        expect(counts(`I need ${n} ${noun}`)).toEqual([n]);
      }),
    );
    fc.assert(
      fc.property(
        count,
        fc.constantFrom('weeks', 'people', 'cm', 'AED', '%', 'employees', 'أيام', 'موظف', 'kg'),
        (n, unit) => {
          expect(counts(`it is ${n} ${unit}`)).toEqual([]);
        },
      ),
    );
  });
});

describe('lines', () => {
  const index = makeSkuIndex(['CH-616', 'CH-720-BLK', 'CH-720-WHT', 'DK-1400', '9719-4', '9719-5']);
  const lines = (text: string) =>
    readLines(text, index).map(({ resolution, quantity }) => [
      'sku' in resolution ? resolution.sku : [...resolution.skus],
      quantity,
    ]);

  it.each<[string, readonly unknown[]]>([
    [
      '4 of CH-616 and 2 of DK-1400',
      [
        ['CH-616', 4],
        ['DK-1400', 2],
      ],
    ],
    [
      'CH-616 x 4\nDK-1400 x 2',
      [
        ['CH-616', 4],
        ['DK-1400', 2],
      ],
    ],
    [
      'CH-616: 4, DK-1400: 2',
      [
        ['CH-616', 4],
        ['DK-1400', 2],
      ],
    ],
    ['2 pcs DK-1400', [['DK-1400', 2]]],
    ['CH616, ten pieces', [['CH-616', 10]]],
    ['أريد ٤ قطع من CH-616', [['CH-616', 4]]],
    ['price of ch 616?', [['CH-616', null]]],
    ['5 x 9719-5', [['9719-5', 5]]],
    ['CH-720 x 3', [[['CH-720-BLK', 'CH-720-WHT'], 3]]],
    [
      'CH-616 and DK-1400, 5 pcs each',
      [
        ['CH-616', 5],
        ['DK-1400', 5],
      ],
    ],
    ['we are 8 people, CH-616 please', [['CH-616', null]]],
  ])('%s → %j', (text, expected) => {
    expect(lines(text)).toEqual(expected);
  });
});

describe('references to what was shown', () => {
  const shown: readonly ShownItem[] = [
    { sku: 'CH-616', name: 'Operator chair Breeze, mesh back', nameAr: 'كرسي بريز', price: '345.00' },
    { sku: 'CH-720-BLK', name: 'Executive chair Atlas', nameAr: 'كرسي تنفيذي أطلس', price: '1290.00' },
    { sku: 'CH-720-WHT', name: 'Executive chair Atlas', nameAr: 'كرسي تنفيذي أطلس', price: '1350.00' },
  ];
  const read = (text: string) => {
    const found = readReference(text, shown);
    return found.kind === 'one' ? found.sku : found.kind === 'several' ? found.skus.length : null;
  };

  it.each<[string, string | number | null]>([
    ['the first one', 'CH-616'],
    ['I like the second', 'CH-720-BLK'],
    ['option 3 please', 'CH-720-WHT'],
    ['number 2', 'CH-720-BLK'],
    ['the last one', 'CH-720-WHT'],
    ['the black one', 'CH-720-BLK'],
    ['الأول', 'CH-616'],
    ['أريد الثاني', 'CH-720-BLK'],
    ['الأبيض', 'CH-720-WHT'],
    ['رقم ٣', 'CH-720-WHT'],
    ['the cheapest', 'CH-616'],
    ['الأرخص', 'CH-616'],
    ['the most expensive one', 'CH-720-WHT'],
    ['the Breeze', 'CH-616'],
    ['the mesh one', 'CH-616'],
    ['the one for 1,290 AED', 'CH-720-BLK'],
    ['ch 616', 'CH-616'],
    ['CH-720', 2],
    ['the Atlas', 2],
    ['all of them', 3],
    ['the red one', null],
    ['the seventh', null],
    ['option 9', null],
    ['how long is delivery?', null],
    ['', null],
  ])('%s → %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('means nothing when nothing was shown', () => {
    expect(readReference('the first one', [])).toEqual({ kind: 'none' });
  });

  it('takes "it" only when one was shown', () => {
    expect(readReference("I'll take it", shown.slice(0, 1))).toEqual({ kind: 'one', sku: 'CH-616' });
    expect(readReference("I'll take it", shown)).toEqual({ kind: 'none' });
  });

  it('never names what was not shown', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const found = readReference(text, shown);
        const skus = found.kind === 'one' ? [found.sku] : found.kind === 'several' ? found.skus : [];
        expect(skus.every((sku) => shown.some((item) => item.sku === sku))).toBe(true);
      }),
    );
  });
});

describe('numbered answers (lesson F-13)', () => {
  it('are read by number, and other texts are none', () => {
    expect(readNumberedAnswers('3. No\n4. For office')).toEqual([
      { number: 3, answer: 'No' },
      { number: 4, answer: 'For office' },
    ]);
    expect(readNumberedAnswers('١. نعم\n٢. دبي')).toHaveLength(2);
    expect(readNumberedAnswers('I need 3. Thanks')).toEqual([]);
    expect(readNumberedAnswers('10 chairs\n5 desks')).toEqual([]);
  });
});

describe('hostile text', () => {
  it('is read in little time', () => {
    const started = performance.now();
    for (const hostile of [
      '1 ',
      '1 a ',
      'x1',
      'five ',
      'and ',
      'خمسة و',
      '1, ',
      'the first ',
      '10 chairs ',
      'a hundred ',
    ]) {
      const text = hostile.repeat(8000 / hostile.length);
      readQuantities(text, true);
      readReference(text, [{ sku: 'CH-616', name: 'Chair' }]);
      readNumberedAnswers(text);
    }
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
