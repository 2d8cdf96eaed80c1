import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CARD_FAULTS, type Card, cardScore, GOOD_CARD } from './card-score.ts';

const WHOLE: Card = {
  sku: 'MC-100',
  name: 'Ergo Mesh Task Chair',
  nameAr: 'كرسي شبكي',
  description: 'A task chair for long days. Mesh back, adjustable arms, five-star base on castors.',
  category: 'Chairs',
  price: '450.00',
  stock: 3,
  unit: 'pcs',
  attributes: { material: 'mesh', colour: 'black', dimensions: '60 x 60 x 110 cm' },
  imageName: 'mc-100.png',
};

it('gives a whole card everything', () => {
  expect(cardScore(WHOLE)).toEqual({ score: 100, reasons: [] });
});

it.each<[change: Partial<Card>, fault: string]>([
  [{ price: null }, 'no_price'],
  [{ price: '0.00' }, 'no_price'],
  [{ category: '' }, 'no_category'],
  [{ unit: null }, 'no_unit'],
  [{ stock: null }, 'no_stock'],
  [{ nameAr: null }, 'no_arabic_name'],
  [{ imageName: null }, 'no_photo'],
  [{ imageName: 'chair.webp' }, 'photo_format'],
  [{ name: 'MC-100' }, 'unclear_name'],
  [{ description: null }, 'no_description'],
  [{ description: 'A chair.' }, 'short_description'],
  [{ attributes: { dimensions: '60 x 60' } }, 'few_specs'],
])('%o costs the points of %s', (change, fault) => {
  const { score, reasons } = cardScore({ ...WHOLE, ...change });
  expect(reasons).toEqual([fault]);
  const { points, minimum } = CARD_FAULTS[fault as keyof typeof CARD_FAULTS];
  expect(score).toBe(minimum ? Math.min(100 - points, GOOD_CARD - 1) : 100 - points);
});

it('finds dimensions wherever they are stated, and misses them nowhere else', () => {
  const bare = { ...WHOLE, attributes: { material: 'oak', colour: 'brown', legs: '4' } };
  expect(cardScore(bare).reasons).toEqual(['no_dimensions']);
  for (const stated of [
    { name: 'Oak Desk 180x80' },
    { description: `${WHOLE.description} Width 180 cm.` },
    { attributes: { ...bare.attributes, Height: '75' } },
    { description: `${WHOLE.description} المقاس ١٨٠ · 180 سم` },
  ]) {
    expect(cardScore({ ...bare, ...stated }).reasons).toEqual([]);
  }
});

it('puts every card below the minimum of domain 21.2 into the queue, however good the rest is', () => {
  for (const missing of [{ price: null }, { unit: null }, { imageName: null }]) {
    expect(cardScore({ ...WHOLE, ...missing }).score).toBeLessThan(GOOD_CARD);
  }
});

it('stays within 0 and 100 and never gains by losing something', () => {
  const text = fc.option(fc.string(), { nil: null });
  const card: fc.Arbitrary<Card> = fc.record({
    sku: fc.string({ minLength: 1 }),
    name: fc.string({ minLength: 1 }),
    nameAr: text,
    description: text,
    category: text,
    price: fc.constantFrom(null, '0.00', '10.00'),
    stock: fc.option(fc.nat(), { nil: null }),
    unit: text,
    attributes: fc.dictionary(fc.string(), fc.string()),
    imageName: text,
  });
  fc.assert(
    fc.property(card, (given) => {
      const { score, reasons } = cardScore(given);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100);
      expect(new Set(reasons).size).toBe(reasons.length);
      for (const lost of [{ price: null }, { imageName: null }, { description: null }, { attributes: {} }]) {
        expect(cardScore({ ...given, ...lost }).score).toBeLessThanOrEqual(score);
      }
    }),
  );
});
