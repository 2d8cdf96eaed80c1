import { describe, expect, it } from 'vitest';
import { canonicalPhone, fitOf, spellingsOf } from './phone.ts';

describe('phone numbers', () => {
  it('have one canonical form', () => {
    for (const spelling of ['+971 50 123 4567', '00971501234567', '971-50-123-4567']) {
      expect(canonicalPhone(spelling)).toBe('+971501234567');
    }
  });

  it('are searched in all spellings, each once', () => {
    expect(spellingsOf('971501234567')).toEqual({
      first: '+971501234567',
      others: ['971501234567', '00971501234567', '1501234567', '501234567'],
    });
    expect(spellingsOf('501234567').others).toEqual(['501234567', '00501234567']);
  });

  it.each([
    ['+971501234567', 'exact'],
    ['00971 50 123 4567', 'exact'],
    ['050 123 4567', 'national'],
    ['501234567', 'national'],
    ['+966501234567', null],
    ['1234567', null],
    ['', null],
    ['+9715012345678', null],
  ])('%s fits as %s', (stored, fit) => {
    expect(fitOf(stored, '+971501234567')).toBe(fit);
  });
});
