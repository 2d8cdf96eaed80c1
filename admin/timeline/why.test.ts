import { describe, expect, it } from 'vitest';
import { guardWords, knownOf, namedIn, tellingSteps, turnOf } from './why.ts';

const row = (seq: number, from: string, to: string, importance = 1) => ({
  seq,
  from: ['owner.bot', from],
  to: ['owner.bot', to],
  event: { type: 'x', data: {} },
  guards: [],
  importance,
  ignored: null,
  title: `step ${seq}`,
});
const rows = [
  row(1, 'turn.idle', 'turn.working.gathering'),
  row(2, 'turn.working.gathering', 'turn.idle'),
  row(3, 'turn.idle', 'turn.idle', 0),
  row(4, 'turn.idle', 'turn.working.gathering'),
  row(5, 'turn.working.gathering', 'turn.working.gathering', 0),
  row(6, 'turn.working.gathering', 'turn.speaking'),
  row(7, 'turn.speaking', 'turn.idle'),
];
const seqs = (found: readonly { readonly seq: number }[]) => found.map(({ seq }) => seq);

const product = (sku: string, name: string) => ({
  sku,
  name,
  nameAr: null,
  price: '845.00',
  currency: 'AED',
  stock: 34,
  description: null,
  category: null,
});

describe('why it said this', () => {
  it('begins with the step that began the turn, and ends with the message', () => {
    expect(seqs(turnOf(rows, 6))).toEqual([4, 5, 6]);
    expect(seqs(tellingSteps(turnOf(rows, 6)))).toEqual([4, 6]);
  });

  it('is the step alone outside a turn, and nothing for a step that is not here', () => {
    expect(seqs(turnOf(rows, 3))).toEqual([3]);
    expect(turnOf(rows, 99)).toEqual([]);
  });

  it('reads what the turn found, each product once, and what the check refused', () => {
    const known = knownOf({
      turn: {
        evidence: {
          briefedProducts: [product('A-1', 'Forma')],
          products: [product('A-1', 'Forma'), product('B-2', 'Linea')],
          articles: [{ id: 'k1', title: 'Delivery', body: '' }],
        },
        steps: [
          {
            role: 'assistant',
            content: null,
            toolCalls: [{ id: '1', name: 'check_stock', arguments: '{"sku":"A-1"}' }],
          },
          { role: 'repair', content: 'AED 99 is not known' },
        ],
        verdict: { ok: true, problems: [] },
      },
    });
    expect(known.products.map(({ sku }) => sku)).toEqual(['A-1', 'B-2']);
    expect(known.articles.map(({ title }) => title)).toEqual(['Delivery']);
    expect(known.asked).toEqual([{ name: 'check_stock', args: '{"sku":"A-1"}' }]);
    expect([known.problems, known.sound]).toEqual([['AED 99 is not known'], true]);
    expect(namedIn('The Linea is in stock', known.products).map(({ sku }) => sku)).toEqual(['B-2']);
    expect(namedIn('Yes', known.products)).toHaveLength(2);
  });

  it('says guards in words', () => {
    expect(guardWords('mustWaitForGate')).toBe('must wait for gate');
  });

  it('makes nothing up of a memory that has another shape', () => {
    expect(knownOf({ something: 'else' })).toEqual({
      products: [],
      articles: [],
      orders: [],
      asked: [],
      problems: [],
      sound: null,
    });
  });
});
