/** What every vector store must do, in memory or remote: each implementation runs these tests. */
import { Effect } from 'effect';
import { beforeEach, describe, expect, it } from 'vitest';
import { DIMENSIONS, type EmbedderShape } from './embedder.ts';
import { MAX_HITS, type VectorPayload, type VectorQuery, type VectorStoreShape } from './vector-store.ts';

export interface StoreUnderTest {
  readonly store: VectorStoreShape;
  readonly embedder: EmbedderShape;
  /** A collection that nobody else uses. */
  readonly collection: string;
}

const ITEMS: readonly (readonly [id: string, text: string, payload: VectorPayload])[] = [
  [
    'mesh',
    'Ergo Mesh Task Chair\nOffice Chairs',
    { price: 450, category: 'Chairs', inStock: true, active: true, kind: 'item' },
  ],
  [
    'boss',
    'Boss Executive Leather Chair\nOffice Chairs',
    { price: 1250.5, category: 'Chairs', inStock: false, active: true },
  ],
  ['desk', 'Oak Executive Desk 180\nDesks', { price: 900, category: 'Desks', inStock: true, active: true }],
  [
    'old',
    'Old Task Chair\nOffice Chairs',
    { category: 'Chairs', inStock: true, active: false, language: 'en' },
  ],
];

/** Declares the suite. `make` is called before each test. */
export const vectorStoreContract = (name: string, make: () => Promise<StoreUnderTest>): void => {
  describe(`vector store contract: ${name}`, () => {
    let under: StoreUnderTest;
    const run = <A, E>(effect: Effect.Effect<A, E>) => Effect.runPromise(effect);
    const search = async (text: string, query: Partial<VectorQuery> = {}): Promise<string[]> => {
      const [vector = new Float32Array(DIMENSIONS)] = await run(under.embedder.embed([text], 'query'));
      const hits = await run(under.store.search(under.collection, { vector, text, limit: 10, ...query }));
      return hits.map((hit) => hit.id);
    };
    const put = async (items: typeof ITEMS): Promise<void> => {
      const vectors = await run(
        under.embedder.embed(
          items.map(([, text]) => text),
          'passage',
        ),
      );
      const points = items.map(([id, text, payload], i) => ({
        id,
        text,
        payload,
        vector: vectors[i] ?? new Float32Array(),
      }));
      await run(under.store.upsert(under.collection, points));
    };

    beforeEach(async () => {
      under = await make();
      await run(under.store.ensure(under.collection, DIMENSIONS));
      await put(ITEMS);
    });

    it('ranks what is meant first and answers best first', async () => {
      expect((await search('executive desk'))[0]).toBe('desk');
      expect((await search('leather chair'))[0]).toBe('boss');
    });

    it('filters by price, category, stock, activity, kind and language', async () => {
      expect(await search('chair', { filter: { maxPrice: 450 } })).toEqual(['mesh']);
      expect(await search('chair', { filter: { maxPrice: 449.99 } })).toEqual([]);
      expect(await search('executive', { filter: { categories: ['Desks', 'Sofas'] } })).toEqual(['desk']);
      expect(await search('executive', { filter: { inStock: true } })).toEqual(['desk']);
      expect(await search('task chair', { filter: { active: false } })).toEqual(['old']);
      expect(await search('task chair', { filter: { priced: true, active: true } })).not.toContain('old');
      expect(await search('chair', { filter: { kinds: ['item'] } })).toEqual(['mesh']);
      expect(await search('chair', { filter: { language: 'en' } })).toEqual(['old']);
    });

    it('keeps what belongs to one owner from everybody else', async () => {
      await put([
        ['ours', 'Purple velvet armchair', { owner: 'wz:1:111', kind: 'note' }],
        ['theirs', 'Purple velvet armchair', { owner: 'wz:1:222', kind: 'note' }],
        ['shop', 'Purple velvet armchair', { kind: 'item' }],
      ]);
      expect(await search('purple velvet armchair')).toEqual(['shop']);
      expect(await search('purple velvet armchair', { filter: { kinds: ['note'] } })).toEqual([]);
      expect(await search('purple velvet armchair', { filter: { owner: 'wz:1:111' } })).toEqual(['ours']);
      expect(await search('purple velvet armchair', { filter: { owner: 'wz:1:333' } })).toEqual([]);
    });

    it('gives back the payload it was given', async () => {
      const payload = {
        price: 12.5,
        category: 'Lamps',
        inStock: false,
        active: true,
        language: 'ar',
        kind: 'item',
      };
      await put([['lamp', 'Halogen reading lantern', payload]]);
      const [vector = new Float32Array(DIMENSIONS)] = await run(under.embedder.embed(['lantern'], 'query'));
      const hits = await run(under.store.search(under.collection, { vector, text: 'lantern', limit: 1 }));
      expect(hits).toMatchObject([{ id: 'lamp', payload }]);
      expect(hits[0]?.score).toBeGreaterThan(0);
      expect(hits[0]?.score).toBeLessThanOrEqual(1.001);
    });

    it('finds a point without a vector by its words, and one without common words by its vector', async () => {
      const zero = new Float32Array(DIMENSIONS);
      const [alike = zero] = await run(under.embedder.embed(['walnut bookcase'], 'passage'));
      await run(
        under.store.upsert(under.collection, [
          { id: 'unembedded', text: 'Ceramic planter', payload: {}, vector: zero },
          { id: 'wordless', text: 'Xyzzy', payload: {}, vector: alike },
        ]),
      );
      expect(await search('ceramic planter')).toEqual(['unembedded']);
      expect(await search('walnut bookcase')).toEqual(['wordless']);
      expect(
        await run(
          under.store.search(under.collection, { vector: zero, text: 'ceramic planter', limit: 5 }),
        ).then((hits) => hits.map((hit) => hit.id)),
      ).toEqual(['unembedded']);
    });

    it('answers nothing to what has nothing to do with it', async () => {
      expect(await search('helicopter rental')).toEqual([]);
      expect(await search('')).toEqual([]);
    });

    it('finds English names by Arabic words', async () => {
      expect((await search('كرسي جلد'))[0]).toBe('boss');
    });

    it('answers equally to equal questions, with the limit at its bounds', async () => {
      expect(await search('chair')).toEqual(await search('chair'));
      expect(await search('chair', { limit: MAX_HITS })).toHaveLength(3);
      expect(await search('chair', { limit: 1 })).toHaveLength(1);
    });

    it('takes ids of any text, and nothing to do without a fuss', async () => {
      const odd = 'wz:1:971 / "é" \u0001';
      await put([[odd, 'Saffron beanbag', {}]]);
      expect(await search('saffron beanbag')).toEqual([odd]);
      await run(under.store.remove(under.collection, [odd]));
      expect(await search('saffron beanbag')).toEqual([]);
      await run(under.store.upsert(under.collection, []));
      await run(under.store.remove(under.collection, []));
      expect(await run(under.store.count(under.collection))).toBe(4);
    });

    it('refuses what was never created', async () => {
      await expect(run(under.store.count(`${under.collection}-never`))).rejects.toMatchObject({
        _tag: 'VectorStoreError',
        code: 'collection_missing',
        retryable: false,
      });
    });

    it('keeps to the limit', async () => {
      expect(await search('chair', { limit: 2 })).toHaveLength(2);
    });

    it('replaces a point by its id, text and payload included', async () => {
      await put([
        ['desk', 'Round Glass Coffee Table\nTables', { price: 100, category: 'Tables', active: true }],
      ]);
      expect(await run(under.store.count(under.collection))).toBe(4);
      expect(await search('coffee table')).toEqual(['desk']);
      expect(await search('oak executive', { filter: { categories: ['Desks'] } })).toEqual([]);
    });

    it('forgets removed points and does not mind unknown ones', async () => {
      await run(under.store.remove(under.collection, ['mesh', 'never-there']));
      expect(await run(under.store.count(under.collection))).toBe(3);
      expect(await search('mesh')).not.toContain('mesh');
    });

    it('creates a collection once and refuses another size', async () => {
      await run(under.store.ensure(under.collection, DIMENSIONS));
      expect(await run(under.store.count(under.collection))).toBe(4);
      await expect(run(under.store.ensure(under.collection, 3))).rejects.toMatchObject({
        _tag: 'VectorStoreError',
        retryable: false,
      });
    });

    it('refuses a vector of the wrong size and keeps what it had', async () => {
      const wrong = { id: 'mesh', vector: new Float32Array(3), text: 'x', payload: {} };
      await expect(run(under.store.upsert(under.collection, [wrong]))).rejects.toMatchObject({
        _tag: 'VectorStoreError',
      });
      expect((await search('mesh task chair'))[0]).toBe('mesh');
    });
  });
};
