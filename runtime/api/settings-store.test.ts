import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, mergeSettings } from './settings-schema.ts';
import { applyPatch } from './settings-store.ts';

describe('a patch of the settings', () => {
  it('keeps everything it does not name', () => {
    const result = applyPatch(DEFAULT_SETTINGS, { orders: { deliveryCharge: '50.00' } });
    expect(result).toMatchObject({
      ok: true,
      after: { orders: { managerThreshold: '10000.00', vatPercent: '5', deliveryCharge: '50.00' } },
    });
  });

  it.each([
    [{ orders: { vatPercent: '-1' } }, 'orders.vatPercent'],
    [{ orders: { managerThreshold: 10000 } }, 'orders.managerThreshold'],
    [{ orders: null }, 'orders'],
    [{ bot: { enabled: null } }, 'bot.enabled'],
    [{ discounts: { segments: { VIP: '100.01' } } }, 'discounts.segments.VIP'],
    [{ followUps: { maxPerRun: 1.5 } }, 'followUps.maxPerRun'],
    [{ bot: { nickname: 'N' } }, 'bot.nickname'],
    [{ quotation: { validDays: 0 } }, 'quotation.validDays'],
    [{ quotation: { logo: 'https://shop.example/logo.png' } }, 'quotation.logo'],
    [{ quotation: { logo: 'data:image/svg+xml;base64,AAAA' } }, 'quotation.logo'],
    [{ quotation: { deliveryDays: 'soon' } }, 'quotation.deliveryDays'],
    [{ quotation: { seller: { email: 'nobody' } } }, 'quotation.seller.email'],
    [{ quotation: { terms: { en: [''] } } }, 'quotation.terms.en[0]'],
    [
      { recommendations: { complements: [{ for: 'desk', offer: [] }] } },
      'recommendations.complements[0].offer',
    ],
    [
      { recommendations: { complements: [{ for: '…', offer: ['chair'] }] } },
      'recommendations.complements[0].for',
    ],
    ['text', ''],
  ])('%j is refused by its path', (patch, path) => {
    const result = applyPatch(DEFAULT_SETTINGS, patch);
    expect(result).toMatchObject({ ok: false });
    if (!result.ok) expect(result.issues.map((issue) => issue.path)).toContain(path);
  });

  it('cannot reach the prototype', () => {
    const patch: unknown = JSON.parse(
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    );
    const merged = mergeSettings(DEFAULT_SETTINGS, patch);
    expect(merged).toEqual(DEFAULT_SETTINGS);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
