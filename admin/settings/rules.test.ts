import { describe, expect, it } from 'vitest';
import { type DraftRule, draftsOf, faultsOf, movedUp, rulesFrom } from './rules.ts';

const DESK: DraftRule = { for: ' desk ', offer: ['ergonomic chair', ' pedestal', ''] };
const SOFA: DraftRule = { for: 'sofa', offer: ['coffee table'] };

describe('the rules of what goes with what', () => {
  it('are saved trimmed and in their order', () => {
    expect(rulesFrom(JSON.stringify([DESK, SOFA]))).toEqual([
      { for: 'desk', offer: ['ergonomic chair', 'pedestal'] },
      SOFA,
    ]);
  });

  it('say what is wrong with each row, and are not saved meanwhile', () => {
    const drafts = [
      DESK,
      { for: '-', offer: ['chair'] },
      { for: 'lamp', offer: [' '] },
      { for: 'Desk', offer: ['chair'] },
      { for: 'table', offer: ['a', 'b', 'c', 'd', 'e', 'f'] },
    ];
    expect(faultsOf(drafts)).toEqual([
      null,
      'ruleForMissing',
      'ruleOfferMissing',
      'ruleTwice',
      'ruleOfferMany',
    ]);
    expect(rulesFrom(JSON.stringify(drafts))).toBeNull();
  });

  it('move up one place, the first not at all', () => {
    expect(movedUp([DESK, SOFA], 1)).toEqual([SOFA, DESK]);
    expect(movedUp([DESK, SOFA], 0)).toEqual([DESK, SOFA]);
    expect(movedUp([DESK], 3)).toEqual([DESK]);
  });

  it('are read from the form’s text, whatever else stands in it', () => {
    expect(draftsOf('[{"for":"desk","offer":["chair"]},{"for":1},null]')).toEqual([
      { for: 'desk', offer: ['chair'] },
    ]);
    expect(draftsOf('{}')).toEqual([]);
  });
});
