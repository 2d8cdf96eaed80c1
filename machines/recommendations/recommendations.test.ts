import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALTERNATIVES_MAX, type Candidate, differenceOf, rankAlternatives } from './alternatives.ts';
import { bestComplement, complementWishes, DEFAULT_COMPLEMENTS } from './complements.ts';
import { recommendedAnswer, recommendedProducts } from './recommended.ts';
import { isLimited, shortageOf } from './shortage.ts';

const chair = (sku: string, more: Partial<Candidate> = {}): Candidate => ({
  sku,
  price: '300.00',
  currency: 'AED',
  stock: 20,
  category: 'Visitor chairs',
  size: null,
  relevance: 0.5,
  ...more,
});
const wanted = chair('VC-110-RED', { stock: 0, price: '249.00', size: '56 × 58 × 92 cm' });
const skus = (
  candidates: readonly Candidate[],
  quantity: number | null = null,
  maxPrice: string | null = null,
) => rankAlternatives(wanted, candidates, { quantity, maxPrice }).map(({ item }) => item.sku);

describe('alternatives', () => {
  it('keep hard limits: on sale, in stock, in the currency, within the customer’s limit (domain 5.21)', () => {
    const all = [
      chair('no-price', { price: null }),
      chair('no-stock', { stock: 0 }),
      chair('unknown-stock', { stock: null }),
      chair('dollars', { currency: 'USD' }),
      chair('dear', { price: '301.00' }),
      chair('VC-110-RED'),
      chair('fits'),
    ];
    expect(skus(all, null, '300')).toEqual(['fits']);
  });

  it('are ranked by full quantity, kind, price not above the wanted, nearness, lowest price (domain 12.15)', () => {
    const few = chair('few', { stock: 3, relevance: 1, price: '100.00' });
    const other = chair('other kind', { category: 'Desks', relevance: 1, price: '100.00' });
    const dearer = chair('dearer', { relevance: 1 });
    const far = chair('far', { price: '200.00', relevance: 0.2 });
    const near = chair('near', { price: '240.00', relevance: 0.9 });
    const cheap = chair('near, cheaper', { price: '230.00', relevance: 0.9 });
    expect(skus([few, other, dearer], 10)).toEqual(['dearer', 'other kind', 'few']);
    expect(skus([dearer, far, near, cheap], 10)).toEqual(['near, cheaper', 'near', 'far']);
  });

  it('say how they differ', () => {
    const item = chair('x', { price: '200.50', stock: 7, size: '50 × 50 × 80 cm' });
    expect(differenceOf(wanted, item)).toEqual({
      price: '-48.50',
      stock: 7,
      size: { wanted: '56 × 58 × 92 cm', alternative: '50 × 50 × 80 cm' },
    });
    expect(differenceOf({ ...wanted, price: null, stock: null, size: null }, item)).toEqual({
      price: null,
      stock: null,
      size: null,
    });
  });

  it('are few, distinct, possible, and do not depend on the order of the candidates', () => {
    const candidate = fc.record({
      sku: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'VC-110-RED'),
      price: fc.option(fc.constantFrom('100.00', '249.00', '900.00')),
      currency: fc.constantFrom('AED', 'USD'),
      stock: fc.option(fc.nat(20)),
      category: fc.constantFrom('Visitor chairs', 'Desks', null),
      size: fc.constant(null),
      relevance: fc.constantFrom(0.1, 0.5, 0.9),
    });
    const some = fc.uniqueArray(candidate, { selector: ({ sku }) => sku });
    fc.assert(
      fc.property(some, fc.option(fc.integer({ min: 1, max: 30 })), (candidates, quantity) => {
        const found = skus(candidates, quantity);
        expect(found.length).toBeLessThanOrEqual(ALTERNATIVES_MAX);
        expect(new Set(found).size).toBe(found.length);
        expect(found).not.toContain('VC-110-RED');
        expect(skus([...candidates].reverse(), quantity)).toEqual(found);
      }),
    );
  });
});

describe('complements', () => {
  const line = (name: string, category: string | null, quantity: number) => ({
    sku: name,
    name,
    category,
    quantity,
  });
  const offers = (...lines: ReturnType<typeof line>[]) =>
    complementWishes(lines, DEFAULT_COMPLEMENTS).map(({ offer }) => offer);

  it('go with desks and chairs, one for each piece (domain 13.2)', () => {
    expect(complementWishes([line('Linea', 'Desks', 4)], DEFAULT_COMPLEMENTS)[0]).toEqual({
      for: 'Linea',
      offer: 'ergonomic chair',
      quantity: 4,
    });
    expect(offers(line('Breeze', 'Ergonomic chairs', 4))).toEqual(['cushion', 'footrest']);
  });

  it('are not sold with a single piece (domain 13.4)', () => {
    expect(offers(line('Linea', 'Desks', 1))).toEqual([]);
    expect(offers()).toEqual([]);
  });

  it('are not what is chosen already', () => {
    const both = offers(line('Linea', 'Desks', 4), line('Breeze', 'Ergonomic chairs', 3));
    expect(both).not.toContain('ergonomic chair');
    expect(both[0]).toBe('office chair');
  });

  it('do not take a desk lamp for a desk, nor a reception desk for any desk', () => {
    expect(offers(line('Desk lamp Beam', 'Accessories', 3))).toEqual([]);
    expect(offers(line('Wave desk', 'Reception', 2))).toEqual(['sofa', 'visitor chair']);
    expect(offers(line('Corner desk', null, 2))[0]).toBe('ergonomic chair');
  });

  it('must be there for every piece, nearest in meaning first', () => {
    const all = [
      chair('few', { stock: 3, relevance: 1 }),
      chair('near', { relevance: 0.9 }),
      chair('near, cheaper', { relevance: 0.9, price: '200.00' }),
      chair('unpriced', { relevance: 1, price: null }),
    ];
    expect(bestComplement(all, 4)?.sku).toBe('near, cheaper');
    expect(bestComplement(all, 400)).toBeNull();
  });
});

describe('a shortage', () => {
  it('tells how many there are and how many are missing (domain 12.8)', () => {
    expect(shortageOf('x', 3, 10)).toEqual({ sku: 'x', asked: 10, available: 3, missing: 7 });
    expect(shortageOf('x', -2, 1)).toEqual({ sku: 'x', asked: 1, available: 0, missing: 1 });
    expect(shortageOf('x', 10, 10)).toBeNull();
    expect(shortageOf('x', null, 10)).toBeNull();
  });

  it('is near where fewer than five are left', () => {
    expect([null, 0, 1, 4, 5].map(isLimited)).toEqual([false, false, true, true, false]);
  });
});

describe('what the model is told', () => {
  it('is nothing without a recommendation', () => {
    expect(recommendedAnswer(undefined)).toEqual({});
    expect(recommendedProducts({})).toEqual([]);
  });
});
