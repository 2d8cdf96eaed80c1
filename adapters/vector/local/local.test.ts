import { Effect } from 'effect';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIMENSIONS, Embedder } from '../embedder.ts';
import { vectorStoreContract } from '../store-contract.ts';
import { embedLocally, localEmbedderLayer } from './local-embedder.ts';
import { makeLocalStore } from './local-store.ts';
import { normaliseText, stem } from './text.ts';

const embedder = Effect.runSync(Effect.provide(Embedder, localEmbedderLayer));

vectorStoreContract('in-process', async () => ({ store: makeLocalStore(), embedder, collection: 'items' }));

/** A shop's list without a single Arabic name (domain 12.9). */
const SHOP: Readonly<Record<string, string>> = {
  taskChair: 'Nova Task Chair, mesh back, black\nOffice Chairs\nLumbar support, 3D arms. Goes with any desk.',
  execChair: 'Regent Executive Chair, high back, brown leather\nOffice Chairs',
  visitorChair: 'Cantilever Visitor Chair, chrome\nVisitor Chairs',
  trainingChair: 'Flip Training Chair with castors, grey\nTraining Furniture',
  stool: 'Pico Bar Stool, white\nStools',
  sofa2: 'Milo Two Seater Sofa, grey fabric\nSofas',
  sofa3: 'Milo Three Seater Sofa, blue\nSofas',
  execDesk: 'Regent Executive Desk 200 cm, walnut\nDesks',
  standDesk: 'Lift Height Adjustable Desk 160x80, white top\nDesks\nElectric, two motors',
  workstation: 'Linea 4-Person Workstation with privacy screens\nWorkstations',
  meetingTable: 'Forum Meeting Table 240, oak veneer\nMeeting Tables',
  coffeeTable: 'Round Coffee Table, tempered glass\nTables',
  reception: 'Arc Reception Counter with LED, white\nReception',
  cabinet: 'Steel Filing Cabinet, 4 drawers, grey\nStorage',
  pedestal: 'Mobile Pedestal 3 drawers, lockable\nStorage',
  locker: 'Metal Locker 6 doors\nStorage',
  bookcase: 'Oak Bookcase, five shelves\nStorage',
  pod: 'Quiet Acoustic Phone Booth\nAcoustics',
  whiteboard: 'Magnetic Whiteboard 120x90\nAccessories',
  footrest: 'Adjustable Footrest\nAccessories',
};

const makeShop = async () => {
  const store = makeLocalStore();
  await Effect.runPromise(store.ensure('shop', DIMENSIONS));
  const points = Object.entries(SHOP).map(([id, text]) => ({
    id,
    text,
    vector: embedLocally(text),
    payload: {},
  }));
  await Effect.runPromise(store.upsert('shop', points));
  return async (text: string): Promise<string[]> => {
    const hits = await Effect.runPromise(
      store.search('shop', { vector: embedLocally(text), text, limit: 5 }),
    );
    return hits.map((hit) => hit.id);
  };
};

describe('search of a shop without Arabic names', () => {
  it.each<[string, string]>([
    ['office chair', 'taskChair'],
    ['I need an ergonomic chair for my back', 'taskChair'],
    ['manager chair in leather', 'execChair'],
    ['standing desk', 'standDesk'],
    ['table for meetings', 'meetingTable'],
    ['couch for two', 'sofa2'],
    ['filing cupboard', 'cabinet'],
    ['drawers under the desk', 'pedestal'],
    ['soundproof booth', 'pod'],
    ['exectuive dsek walnut', 'execDesk'],
    ['كرسي مكتب', 'taskChair'],
    ['أبغى كراسي مكتبية', 'taskChair'],
    ['كرسي شبك أسود للموظفين', 'taskChair'],
    ['كرسي مدير جلد', 'execChair'],
    ['كراسي زوار', 'visitorChair'],
    ['مكتب مدير', 'execDesk'],
    ['مكتب كهربائي متحرك الارتفاع', 'standDesk'],
    ['طاولة اجتماعات', 'meetingTable'],
    ['ميز اجتماعات خشب', 'meetingTable'],
    ['كنب ثلاثي', 'sofa3'],
    ['قنفة رصاصي', 'sofa2'],
    ['كبت ملفات حديد', 'cabinet'],
    ['دروج متحركة بقفل', 'pedestal'],
    ['كاونتر استقبال', 'reception'],
    ['طاولة قهوة زجاج', 'coffeeTable'],
    ['رفوف كتب', 'bookcase'],
    ['سبورة', 'whiteboard'],
    ['مسند قدم', 'footrest'],
    ['وورك ستيشن ٤ موظفين', 'workstation'],
    ['لوكرات', 'locker'],
  ])('%s finds the %s first', async (text, expected) => {
    const search = await makeShop();
    expect((await search(text))[0]).toBe(expected);
  });

  it('offers no desk to one who asks for a chair', async () => {
    const search = await makeShop();
    for (const text of ['office chair', 'كرسي مكتب']) {
      expect((await search(text)).filter((id) => /desk/i.test(id))).toEqual([]);
    }
  });

  it('answers nothing to what the shop does not have, and to nothing', async () => {
    const search = await makeShop();
    expect(await search('helicopter rental')).toEqual([]);
    expect(await search('سيارة للبيع')).toEqual([]);
    expect(await search('')).toEqual([]);
    expect(await search('👍')).toEqual([]);
  });
});

describe('local embedder', () => {
  it('gives equal texts equal unit vectors, whatever the spelling marks', () => {
    const [a, b] = [embedLocally('كُرْسِيّ مكتبـــي'), embedLocally('كرسى مكتبى')];
    expect(a).toEqual(b);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const length = Math.sqrt(embedLocally(text).reduce((sum, value) => sum + value * value, 0));
        expect(length === 0 || Math.abs(length - 1) < 1e-4).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('brings plurals and articles to one stem', () => {
    const stems = (words: string) => new Set(words.split(' ').map((word) => stem(normaliseText(word))));
    expect(stems('طاولة الطاولة طاولات والطاولات').size).toBe(1);
    expect(stems('chair chairs').size).toBe(1);
    expect(stems('box boxes').size).toBe(1);
  });
});

describe('bounds', () => {
  it('refuses points beyond its limit instead of growing (G10)', async () => {
    const store = makeLocalStore(2);
    const point = (id: string) => ({ id, text: 'chair', vector: embedLocally('chair'), payload: {} });
    await Effect.runPromise(store.ensure('few', DIMENSIONS));
    await Effect.runPromise(store.upsert('few', [point('a'), point('b')]));
    await Effect.runPromise(store.upsert('few', [point('b')]));
    await expect(Effect.runPromise(store.upsert('few', [point('c')]))).rejects.toMatchObject({
      _tag: 'VectorStoreError',
    });
    expect(await Effect.runPromise(store.count('few'))).toBe(2);
  });
});
