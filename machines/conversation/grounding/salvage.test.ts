import { describe, expect, it } from 'vitest';
import { BAD_ARABIC } from './cases/bad-arabic.ts';
import { BAD_ENGLISH } from './cases/bad-english.ts';
import { SCENES } from './cases/scenes.ts';
import { findFaults } from './ground.ts';
import { safeFacts } from './safe-reply.ts';
import { salvage } from './salvage.ts';

const keep = (text: string, scene: keyof typeof SCENES = 'shop') => salvage(text, SCENES[scene]);

describe('what remains of a refused reply', () => {
  it('loses the false sentence and keeps the true ones', () => {
    expect(
      keep(
        'The Operator chair Breeze (CH-616) is 345 AED and 64 are in stock. I can give you 15% off. Shall I note 10 for you?',
      ),
    ).toBe('The Operator chair Breeze (CH-616) is 345 AED and 64 are in stock. Shall I note 10 for you?');
  });

  it('loses a false item of a list, and counts the others again', () => {
    expect(
      keep(
        'Two options for your team:\n1. CH-616: 345 AED, 64 in stock\n2. CH-720-BLK: 999 AED\n3. 9719-4: 690 AED\nWhich one?',
      ),
    ).toBe('Two options for your team:\n1. CH-616: 345 AED, 64 in stock\n2. 9719-4: 690 AED\nWhich one?');
  });

  it('loses what leaned on the false sentence', () => {
    expect(
      keep(
        'CH-616 is a light chair with a mesh back for 345 AED. Delivery is guaranteed tomorrow. That is why many take it. How many do you need?',
      ),
    ).toBe('CH-616 is a light chair with a mesh back for 345 AED. How many do you need?');
  });

  it('loses a heading without items', () => {
    const text =
      'CH-616 is 345 AED and 64 pieces are in stock right now.\n\nWith a discount:\n- CH-616: 300 AED';
    expect(keep(text)).toBe('CH-616 is 345 AED and 64 pieces are in stock right now.');
  });

  it('is nothing when too little would stand', () => {
    expect(keep('Hello! It is only 99 AED.')).toBeNull();
    expect(keep('It is 99 AED. Which one do you like?')).toBeNull();
    expect(keep('{"ok":true}')).toBeNull();
  });

  it('works in Arabic', () => {
    expect(
      keep('كرسي CH-616 بسعر 345 درهم ومتوفر منه 64 قطعة. التوصيل غدًا بالتأكيد. كم قطعة تحتاج؟', 'shopAr'),
    ).toBe('كرسي CH-616 بسعر 345 درهم ومتوفر منه 64 قطعة. كم قطعة تحتاج؟');
  });

  it('leaves a true reply as it is', () => {
    expect(keep('CH-616 is 345 AED.')).toBe('CH-616 is 345 AED.');
  });
});

describe('the facts of last resort', () => {
  it('are the items that the refused reply was about, with prices and stock', () => {
    expect(safeFacts('CH-720-BLK is 999 AED', SCENES.shop)).toBe(
      'Here is what I can confirm right now:\n- Executive chair Atlas, black leather (CH-720-BLK): AED 1,290.00, 3 in stock\n\nWhat else would you like to know?',
    );
  });

  it('hold the selection and its total', () => {
    expect(safeFacts('', SCENES.order)).toContain(
      '- 4 × Operator chair Breeze, mesh back (CH-616) = AED 1,380.00\n- 2 × Height adjustable desk 140 (DK-1400) = AED 2,598.00\nTotal before VAT: AED 3,978.00',
    );
    expect(safeFacts('', SCENES.orderAr)).toContain('المجموع قبل الضريبة: 3,978.00 درهم');
  });

  it('are the beginning of an article when there are no items', () => {
    expect(safeFacts('Delivery is tomorrow', SCENES.company)).toMatch(/2-8 working days/);
    expect(safeFacts('التوصيل غدا', SCENES.companyAr)).toMatch(/من 2 إلى 8 أيام عمل/);
  });

  it('ask when nothing is known, in the customer’s language', () => {
    // "CH-999? And bunk beds": what was looked up meanwhile is neither.
    expect(safeFacts('', { ...SCENES.empty, products: SCENES.shop.products })).toMatch(
      /tell me a little more/,
    );
    expect(safeFacts('', SCENES.empty)).toMatch(/tell me a little more/);
    expect(safeFacts('', SCENES.emptyAr)).toMatch(/هل تخبرني أكثر/);
  });

  it.each(Object.entries(SCENES))('are true themselves (%s)', (_name, facts) => {
    expect(findFaults(safeFacts('', facts), facts)).toEqual([]);
  });
});

describe('nothing false survives', () => {
  const refused = [...BAD_ENGLISH, ...BAD_ARABIC].map(
    ({ scene, replies }) => [scene, replies[0] ?? ''] as const,
  );

  it.each(refused)('of a refused reply with true facts under it (%s): %s', (scene, reply) => {
    const facts = SCENES[scene];
    const left = salvage(`${reply}\n${safeFacts('', facts)}`, facts);
    expect(left === null ? [] : findFaults(left, facts)).toEqual([]);
  });
});
