import { describe, expect, it } from 'vitest';
import { sandboxCatalog } from './sandbox-catalog.ts';

const sku = (wanted: string) => sandboxCatalog.find((item) => item.sku === wanted);

describe('the sandbox catalog', () => {
  it('is large and broad enough to sell from', () => {
    expect(sandboxCatalog.length).toBeGreaterThanOrEqual(64);
    expect(new Set(sandboxCatalog.map((item) => item.category)).size).toBeGreaterThanOrEqual(11);
    expect(new Set(sandboxCatalog.map((item) => item.sku)).size).toBe(sandboxCatalog.length);
  });

  it('speaks English and Arabic, each in its own letters', () => {
    for (const item of sandboxCatalog) {
      for (const text of [item.name, item.description]) expect(text).not.toMatch(/[\u0400-\u06ff]/);
      for (const text of [item.nameAr, item.descriptionAr]) {
        expect(text.match(/[\u0600-\u06ff]/g)?.length ?? 0).toBeGreaterThan(text.length * 0.4);
      }
    }
  });

  it('has the oddities of a real one (domain 9.7, 9.8, 12.8, 12.11)', () => {
    expect(sku('EX-980')?.price).toBeNull();
    expect(sku('VC-110-RED')?.stock).toBe(0);
    expect(sku('CH-616-GRN')?.stock).toBeLessThan(5);
    expect(sku('DK-1000-OLD')?.active).toBe(false);
    expect(sandboxCatalog.filter((item) => /^[\u0400-\u04ff]/.test(item.sku))).toHaveLength(1);
    expect(sandboxCatalog.filter((item) => item.sku.startsWith('CH-616'))).toHaveLength(4);
  });

  it('has several chairs below 500 AED, and prices with two decimals', () => {
    const chairs = sandboxCatalog.filter(
      (item) => /chair/i.test(item.category) && Number(item.price ?? 9999) < 500,
    );
    expect(chairs.length).toBeGreaterThanOrEqual(5);
    for (const item of sandboxCatalog) expect(item.price ?? '0.00').toMatch(/^\d+\.\d{2}$/);
  });

  it('states the warranty of some items only: unknown is not absent (domain 12.9)', () => {
    const stated = sandboxCatalog.filter((item) => item.attributes.warranty !== undefined).length;
    expect(stated / sandboxCatalog.length).toBeGreaterThan(0.3);
    expect(stated / sandboxCatalog.length).toBeLessThan(0.7);
  });
});
