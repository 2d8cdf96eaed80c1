import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSkus, makeSkuIndex, normaliseSku, resolveSku } from './sku.ts';

const CATALOG = [
  'CH-616',
  'CH-616 NEW',
  'CH-720-BLK',
  'CH-720-WHT',
  '9719-4',
  '9719-5',
  'СК-150',
  'DSK-160-80',
  'NO-4',
  'LUMA-200',
];
const index = makeSkuIndex(CATALOG);
const skuOf = (text: string) =>
  findSkus(text, index).map(({ resolution }) => ('sku' in resolution ? resolution.sku : resolution.skus));

describe('normaliseSku', () => {
  it.each([
    'CH616',
    'CH 616',
    'CH-616',
    'CH   616',
    'ch_616',
    'СН 616',
    'сн-616',
    'CH-٦١٦',
    'ＣＨ６１６',
    'ΧΗ616'.replace('Χ', 'C'),
  ])('reads %s as CH616 (lesson F-11)', (text) => {
    expect(normaliseSku(text)).toBe('CH616');
  });

  it('is idempotent for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(normaliseSku(normaliseSku(text))).toBe(normaliseSku(text));
      }),
    );
  });
});

describe('resolveSku', () => {
  it.each(['CH616', 'ch 616', 'СН 616', 'chair CH-616', 'CH-616 chair', 'SKU: CH 616'])(
    '%s is exactly CH-616',
    (query) => {
      expect(resolveSku(query, index)).toEqual({ kind: 'exact', sku: 'CH-616' });
    },
  );

  it('finds the rows whose own number is written in Cyrillic', () => {
    expect(resolveSku('CK150', index)).toEqual({ kind: 'exact', sku: 'СК-150' });
  });

  it('asks about a stem with variants and never picks (domain 12.11)', () => {
    expect(resolveSku('CH720', index)).toEqual({ kind: 'ambiguous', skus: ['CH-720-BLK', 'CH-720-WHT'] });
    expect(resolveSku('9719', index)).toEqual({ kind: 'ambiguous', skus: ['9719-4', '9719-5'] });
    expect(resolveSku('CH', index).kind).toBe('none');
  });

  it('knows the colour of a variant', () => {
    expect(resolveSku('CH-720 black', index)).toEqual({ kind: 'unique', sku: 'CH-720-BLK' });
    expect(resolveSku('CH720 ابيض', index)).toEqual({ kind: 'unique', sku: 'CH-720-WHT' });
    expect(resolveSku('CH-720 red', index)).toEqual({ kind: 'none' });
  });

  it('matches numbers only as wholes (lesson F-12)', () => {
    expect(resolveSku('9719-4', index)).toEqual({ kind: 'exact', sku: '9719-4' });
    expect(resolveSku('9719-6', index)).toEqual({ kind: 'none' });
    expect(resolveSku('CH-61', index)).toEqual({ kind: 'none' });
    expect(resolveSku('CH-6160', index)).toEqual({ kind: 'none' });
    expect(resolveSku('LUMA-9719', index)).toEqual({ kind: 'none' });
    expect(resolveSku('DSK-80', index)).toEqual({ kind: 'none' });
    expect(resolveSku('DSK-160', index)).toEqual({ kind: 'unique', sku: 'DSK-160-80' });
    expect(resolveSku('616', index).kind).toBe('ambiguous');
  });

  it('keeps rows apart that differ only in separators, by their exact spelling', () => {
    const twins = makeSkuIndex(['1-11', '11-1', 'AB-1', 'AB 1']);
    expect(resolveSku('11-1', twins)).toEqual({ kind: 'exact', sku: '11-1' });
    expect(resolveSku('111', twins)).toEqual({ kind: 'ambiguous', skus: ['1-11', '11-1'] });
    expect(resolveSku('ab 1', twins)).toEqual({ kind: 'exact', sku: 'AB 1' });
    expect(resolveSku('ab1', twins)).toEqual({ kind: 'ambiguous', skus: ['AB-1', 'AB 1'] });
  });

  it.each(['', '  ', 'chair', 'no', 'yes please', '12', '4', 'كرسي', '؟'])('%j is no reference', (query) => {
    expect(resolveSku(query, index)).toEqual({ kind: 'none' });
  });

  it('takes a plain list in place of an index', () => {
    expect(resolveSku('ch616', ['CH-616'])).toEqual({ kind: 'exact', sku: 'CH-616' });
  });

  it('finds every SKU of any catalog under another spelling', () => {
    const part = fc.stringMatching(/^[A-Z]{1,4}$/);
    const sku = fc
      .tuple(part, fc.integer({ min: 1, max: 99999 }), fc.option(part))
      .map(([a, n, b]) => (b ? `${a}-${n}-${b}` : `${a}-${n}`));
    fc.assert(
      fc.property(
        fc.uniqueArray(sku, { minLength: 1, maxLength: 20, selector: normaliseSku }),
        fc.nat(),
        (skus, pick) => {
          const wanted = skus[pick % skus.length] ?? '';
          const spelled = wanted.toLowerCase().replaceAll('-', pick % 2 ? ' ' : '');
          expect(resolveSku(spelled, skus)).toEqual({ kind: 'exact', sku: wanted });
        },
      ),
    );
  });
});

describe('findSkus', () => {
  it.each<[string, unknown[]]>([
    ['do you have ch616?', ['CH-616']],
    ['I want 4 x CH 616 new and 2 pcs of 9719-4', ['CH-616 NEW', '9719-4']],
    ['CH-720 black, CH-720 in white', ['CH-720-BLK', ['CH-720-BLK', 'CH-720-WHT']]],
    ['عندكم СН ٦١٦؟', ['CH-616']],
    ['is 9719 available', [['9719-4', '9719-5']]],
    ['CH-616, 12 pieces. 9719-5', ['CH-616', '9719-5']],
  ])('reads %s', (text, expected) => {
    expect(skuOf(text)).toEqual(expected);
  });

  it.each([
    '3. No\n4. For office',
    'I need 616 chairs',
    'ch616@example.test',
    'a desk 160 x 80 cm, budget 9719',
    'AED 9719 for 9719 pcs',
    '9719 4 pieces'.replace('9719', '9718'),
    'two weeks, 8 employees, 2400 mm',
    'CH-617 or CH-6166',
  ])('finds nothing in %j (lessons F-12 to F-14)', (text) => {
    expect(skuOf(text)).toEqual([]);
  });

  it('does not swallow a quantity that follows a number (lesson F-12)', () => {
    expect(skuOf('9719 4 pieces')).toEqual([['9719-4', '9719-5']]);
  });

  it('says where each stands, as the customer wrote it', () => {
    const text = 'أريد сн-616 و 9719-4';
    expect(
      findSkus(text, index).map((found) => text.slice(found.index, found.index + found.raw.length)),
    ).toEqual(['сн-616', '9719-4']);
  });

  it('stays fast with 10,000 SKUs and a long text', () => {
    const big = makeSkuIndex(Array.from({ length: 10_000 }, (_, i) => `CH-${i}-${['BLK', 'WHT'][i % 2]}`));
    const text = 'please quote 12 of ch 4711 black and desk 160 x 80 cm '.repeat(150);
    const started = performance.now();
    const found = findSkus(text, big);
    for (const hostile of ['a@', '1-', '1.', 'ch ', 'ch-1 '])
      findSkus(hostile.repeat(8000 / hostile.length), big);
    for (let i = 0; i < 1000; i++) resolveSku(`CH ${i} black`, big);
    expect(performance.now() - started).toBeLessThan(1500);
    expect(found).toHaveLength(50);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) =>
        Array.isArray(findSkus(text, index)),
      ),
    );
  });
});

describe('a catalog of 10,000', () => {
  const letters = ['CH', 'DK', 'MT', 'SF', 'СК', 'LUMA', 'TJ'];
  const tails = ['', '-BLK', '-WHT', ' NEW', '-80'];
  const all = [
    ...new Set(
      Array.from({ length: 10_000 }, (_, i) =>
        i % 7 === 0
          ? `${1000 + (i % 9000)}-${i % 40}`
          : `${letters[i % letters.length]}-${100 + Math.floor(i / 5)}${tails[i % tails.length]}`,
      ),
    ),
  ];
  const large = makeSkuIndex(all);
  const known: ReadonlySet<string> = new Set(all);
  const some = fc.nat({ max: all.length - 1 }).map((i) => all[i] ?? '');
  const skusOf = (query: string): readonly string[] => {
    const found = resolveSku(query, large);
    return found.kind === 'none' ? [] : 'sku' in found ? [found.sku] : found.skus;
  };

  it('finds each in its own spelling, and in lower case with other separators', () => {
    fc.assert(fc.property(some, (sku) => resolveSku(sku, large).kind === 'exact'));
    fc.assert(
      fc.property(some, fc.constantFrom(' ', '-', '--', ' - '), (sku, separator) => {
        expect(skusOf(sku.toLowerCase().replace(/[- ]/g, separator))).toContain(sku);
      }),
    );
  });

  it('names only what is in the catalog, with every number that was asked for', () => {
    const query = fc.oneof(
      some,
      some.map((sku) => sku.slice(0, -1)),
      some.map((sku) => `${sku}7`),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(query, (text) => {
        for (const sku of skusOf(text)) {
          expect(known.has(sku)).toBe(true);
          const own: readonly string[] = normaliseSku(sku).match(/\d+/g) ?? [];
          const joined = own.join('');
          // Numeric anchors match as wholes (lesson F-12): a number is the row's own, or all of them run together.
          for (const number of normaliseSku(text).match(/\d+/g) ?? []) {
            expect(own.includes(number) || joined.includes(number)).toBe(true);
          }
        }
      }),
    );
  });

  it('never picks one of several', () => {
    fc.assert(
      fc.property(some, (sku) => {
        const stem = sku.replace(/[- ](?:BLK|WHT|NEW|80)$/, '');
        const found = resolveSku(stem, large);
        if (found.kind === 'unique')
          expect(
            all.filter((other) => other.startsWith(`${stem}-`) || other.startsWith(`${stem} `)),
          ).toHaveLength(1);
      }),
    );
  });
});
