import { describe, expect, it } from 'vitest';
import { groupsOf, parsedOf, patchOf, shownOf } from './fields.ts';

const DOCUMENT = {
  bot: { enabled: true, assistantName: 'Noor', companyName: 'Treejar' },
  followUps: { templates: { '1.en': { id: 't1', values: ['{{name}}'] } } },
  paymentReminders: { mode: 'disabled', maxPerRun: 10 },
  business: { holidays: ['2026-12-02', '2026-12-03'] },
  discounts: { segments: {} },
  orders: { vatPercent: '5', deliveryCharge: null },
  recommendations: { complements: [{ for: 'desk', offer: ['chair'] }] },
  reviews: { bot: { mode: 'disabled', centsPerDay: null } },
  crm: { contactAttribution: {} },
  conversation: { maxContextMessages: 5 },
  texts: { greeting: 'Hello' },
};
const all = groupsOf(DOCUMENT).flatMap((group) => group.fields);
const field = (path: string) => {
  const found = all.find((one) => one.path === path);
  if (found === undefined) throw new Error(`no field ${path}`);
  return found;
};

describe('the settings as fields', () => {
  it('read every leaf back as it was', () => {
    for (const one of all)
      expect(parsedOf(one, shownOf(one)), one.path).toEqual({ ok: true, value: one.value });
  });

  it('know a switch, a number, lines, a choice and a map', () => {
    expect(field('bot.enabled').kind).toBe('switch');
    expect(field('conversation.maxContextMessages').kind).toBe('number');
    expect(field('business.holidays').kind).toBe('lines');
    expect(field('paymentReminders.mode').kind).toBe('choice');
    expect(field('discounts.segments').kind).toBe('words');
    expect(field('followUps.templates').kind).toBe('templates');
    expect(field('recommendations.complements').kind).toBe('rules');
    expect(field('reviews.bot.mode').kind).toBe('choice');
    expect(field('reviews.bot.centsPerDay').kind).toBe('number');
    expect(field('crm.contactAttribution').kind).toBe('words');
  });

  it('refuse what is no number and no JSON, and leave nothing as nothing', () => {
    expect(parsedOf(field('conversation.maxContextMessages'), '')).toEqual({ ok: false });
    expect(parsedOf(field('discounts.segments'), '{')).toEqual({ ok: false });
    expect(parsedOf(field('orders.deliveryCharge'), '')).toEqual({ ok: true, value: null });
    const charged = { ...field('orders.deliveryCharge'), value: '50.00' };
    expect(parsedOf(charged, '')).toEqual({ ok: true, value: null });
    expect(parsedOf(field('reviews.bot.centsPerDay'), '')).toEqual({ ok: true, value: null });
    expect(parsedOf(field('reviews.bot.centsPerDay'), '12')).toEqual({ ok: true, value: 12 });
    expect(parsedOf(field('bot.assistantName'), '')).toEqual({ ok: true, value: '' });
  });

  it('make one patch of several leaves, and take an entry out of a map', () => {
    const segments = { ...field('discounts.segments'), value: { Wholesale: '15', Horeca: '5' } };
    const patch = patchOf([
      { field: field('bot.enabled'), value: false },
      { field: field('bot.assistantName'), value: 'Amal' },
      { field: segments, value: { Horeca: '7' } },
    ]);
    expect(patch).toEqual({
      bot: { enabled: false, assistantName: 'Amal' },
      // A patch merges: what is gone has to be said to be gone.
      discounts: { segments: { Horeca: '7', Wholesale: null } },
    });
  });
});
