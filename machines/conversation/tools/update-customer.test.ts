import { describe, expect, it } from 'vitest';
import { fillSlots } from './update-customer.ts';

const filled = (args: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(fillSlots({}, args, 1)).map(([slot, fact]) => [slot, fact.value]));

describe('what the model says about the customer', () => {
  it.each([
    ['company', 'quotation please'],
    ['company', 'Send me the quote'],
    ['name', 'quotation please'],
    ['name', 'compare the first two'],
    ['name', 'قارن الأول والثاني'],
    ['company', 'أرسل لي عرض سعر لو سمحت'],
    ['company', 'no quotation'],
  ])('is not kept as %s when it is the wish said again: %s', (slot, value) => {
    expect(filled({ [slot]: value })).toEqual({});
  });

  it.each([
    ['company', 'Quote Media LLC'],
    ['company', 'شركة النخيل للتجارة'],
    ['name', 'Omar Said'],
    ['need', 'a quotation for 20 chairs'],
  ])('is kept as %s: %s', (slot, value) => {
    expect(filled({ [slot]: value })).toEqual({ [slot]: value });
  });
});
