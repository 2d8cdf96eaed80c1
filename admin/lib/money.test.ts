import { describe, expect, it } from 'vitest';
import { money } from './money.ts';

describe('money', () => {
  it('is grouped as it is written, exactly', () => {
    expect(money({ amount: '1250.00', currency: 'AED' })).toBe('AED 1,250.00');
    expect(money({ amount: '999', currency: 'AED' })).toBe('AED 999');
    expect(money({ amount: '12345678901234567.89', currency: 'AED' })).toBe('AED 12,345,678,901,234,567.89');
  });
});
