/** The kind asked for comes first, over the sandbox's whole list, in both languages (domain 12.4, 12.9). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sandboxCatalog } from '../../adapters/zoho-inventory/sandbox-catalog.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import type { ProductSearch } from './catalog.ts';
import { item, makeFakeSource } from './fake-source.ts';
import { type Replica, startReplica } from './test-catalog.ts';

const ITEMS = sandboxCatalog.map((row) => ({
  sku: row.sku,
  name: row.name,
  category: row.category,
  description: row.description,
  price: row.price ?? null,
  stock: row.stock,
  active: row.active !== false,
}));

/** What is asked, and what the name of the first hit must say. */
const QUERIES: readonly (readonly [query: string, first: RegExp])[] = [
  ['desks', /\bdesk\b(?! lamp)/i],
  ['a desk', /\bdesk\b(?! lamp)/i],
  ['show me your desks please', /\bdesk\b(?! lamp)/i],
  ['desk lamp', /desk lamp/i],
  ['a lamp for my desk', /lamp/i],
  ['table lamp', /lamp/i],
  ['LED light for a desk', /lamp/i],
  ['desk with drawers', /^(?!.*lamp).*desk\b/i],
  ['standing desk', /height-adjustable desk|sit-stand desk/i],
  ['executive desk', /executive desk/i],
  ['desk chair', /chair/i],
  ['chair for a standing desk', /chair/i],
  ['chairs', /chair/i],
  ['office chairs with wheels', /chair/i],
  ['visitor chairs', /visitor chair/i],
  ['stool', /stool/i],
  ['meeting table', /meeting table/i],
  ['table for the meeting room', /table/i],
  ['coffee table', /coffee table/i],
  ['sofa', /sofa/i],
  ['armchair', /armchair/i],
  ['filing cabinet', /filing cabinet/i],
  ['cabinet with shelves', /cabinet/i],
  ['bookshelf', /bookcase/i],
  ['lockers for staff', /locker/i],
  ['pedestal under a desk', /pedestal/i],
  ['whiteboard for the meeting room', /whiteboard/i],
  ['monitor arm for a desk', /monitor arm/i],
  ['footrest for under the desk', /footrest/i],
  ['cushion for my chair', /cushion/i],
  ['coat stand', /coat stand/i],
  ['reception desk', /reception counter/i],
  ['phone booth', /booth|pod/i],
  ['workstations', /workstation/i],
  ['مكتب', /\bdesk\b(?! lamp)/i],
  ['مكاتب', /\bdesk\b(?! lamp)/i],
  ['أبغى مكتب للموظفين', /\bdesk\b(?! lamp)/i],
  ['مصباح مكتب', /lamp/i],
  ['مصباح للمكتب', /lamp/i],
  ['مكتب مع أدراج', /^(?!.*lamp).*desk\b/i],
  ['مكتب تنفيذي', /executive desk/i],
  ['كرسي للمكتب', /chair/i],
  ['كراسي', /chair/i],
  ['كراسي زوار', /visitor chair/i],
  ['طاولة اجتماعات', /meeting table/i],
  ['طاولة قهوة', /coffee table/i],
  ['كنب', /sofa/i],
  ['خزانة ملفات', /filing cabinet/i],
  ['لوكرات للموظفين', /locker/i],
  ['وحدة أدراج', /pedestal/i],
  ['سبورة لغرفة الاجتماعات', /whiteboard/i],
  ['ذراع شاشة', /monitor arm/i],
  ['مسند قدمين', /footrest/i],
  ['وسادة للكرسي', /cushion/i],
  ['شماعة', /coat stand/i],
  ['مكتب استقبال', /reception counter/i],
  ['كبينة هاتف', /booth|pod/i],
  ['محطات عمل', /workstation/i],
];

describe.each([
  ['with Arabic names', true],
  ['without a word of Arabic', false],
])('the kind asked for comes first in a list %s', (_name, isArabic) => {
  let db: TestDatabase;
  let replica: Replica;
  beforeAll(async () => {
    db = await testDatabase();
    const named = ITEMS.map((row, at) =>
      item(isArabic ? { ...row, nameAr: sandboxCatalog[at]?.nameAr ?? null } : row),
    );
    replica = await startReplica(db, makeFakeSource(named));
    await replica.sync();
  });
  afterAll(async () => {
    await replica.stop();
    await db.drop();
  });
  const search = (query: string, more: Partial<ProductSearch> = {}) =>
    replica.run(replica.catalog.search({ query, limit: 3, ...more }));

  it.each(QUERIES)('%s: %s', async (query, first) => {
    const [best] = await search(query);
    expect(best?.name).toMatch(first);
  });

  it('says why each hit stands where it does', async () => {
    const [best] = await search('desks under 2000 AED');
    expect(best?.why).toMatchObject({
      kind: 'same',
      kindsAsked: ['desk'],
      filters: { maxPrice: expect.stringMatching(/^2000/), categories: [], inStock: false },
    });
    expect(best?.score).toBeCloseTo((best?.why.dense ?? 0) + (best?.why.words ?? 0), 2);
    const lamp = (await search('desks', { limit: 50 })).find(({ name }) => /lamp/i.test(name));
    expect(lamp?.why.kind).toBe('other');
    const [named] = await search('price of PD 3');
    expect(named).toMatchObject({ match: 'sku', why: { kind: null, dense: 0, words: 0 } });
  });

  it('ranks by words alone what names no kind', async () => {
    const [best] = await search('something ergonomic');
    expect(best?.why).toMatchObject({ kind: null, kindsAsked: [] });
  });
});
