import { describe, expect, it } from 'vitest';
import type { ScoredProduct } from '../api/types.ts';
import { keptShare, kindReason } from './kind-reason.ts';

const hit = (score: number, kind: ScoredProduct['why']['kind']): Pick<ScoredProduct, 'score' | 'why'> => ({
  score,
  why: {
    dense: 0.3,
    words: 0.5,
    kind,
    kindsAsked: kind === null ? [] : ['chair'],
    filters: { maxPrice: null, categories: [], inStock: false },
  },
});

describe('the reason of a hit’s place', () => {
  it('tells what another kind of thing costs, from the numbers of the hit itself', () => {
    expect(keptShare(hit(0.32, 'other'))).toBe(40);
    expect(kindReason(hit(0.32, 'other'))).toContain('not of the kind asked for (chair) and keeps 40 %');
    expect(kindReason(hit(0.6, 'general'))).toContain('in a wider sense and keeps 75 %');
  });

  it('says that nothing is lost for the kind asked for, and that no kind was asked for', () => {
    expect(kindReason(hit(0.8, 'same'))).toContain('(chair) and keeps its whole score');
    expect(kindReason(hit(0.8, null))).toContain('no kind of article');
  });

  it('divides by nothing when neither half has a share', () => {
    expect(keptShare({ score: 1, why: { ...hit(1, null).why, dense: 0, words: 0 } })).toBe(100);
  });
});
