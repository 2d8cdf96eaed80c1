/** Search on a store that all replicas share, and with an embedder at a vendor: real HTTP to both doubles. */
import { Effect, Layer, Logger, ManagedRuntime, Metric, Redacted } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type JinaDouble, startJinaDouble } from '../../adapters/jina/double.ts';
import { jinaEmbedderLayer } from '../../adapters/jina/jina.ts';
import { type QdrantDouble, startQdrantDouble } from '../../adapters/qdrant/double.ts';
import { makeQdrantStore, qdrantStoreLayer } from '../../adapters/qdrant/qdrant.ts';
import { cachedQueriesLayer } from '../../adapters/vector/cached-embedder.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { Knowledge } from '../knowledge/knowledge.ts';
import { Catalog } from './catalog.ts';
import { type FakeSource, item, makeFakeSource } from './fake-source.ts';
import { wordsOnlySearches } from './search-index.ts';
import { CatalogSource } from './source.ts';

const ITEMS = [
  item({ sku: 'MC-100', name: 'Ergo Mesh Task Chair' }),
  item({ sku: 'LC-200', name: 'Boss Leather Executive Chair' }),
  item({ sku: 'DK-300', name: 'Oak Desk 180', category: 'Desks' }),
];
const ARTICLE = {
  key: 'delivery',
  kind: 'faq',
  title: 'Do you deliver?',
  body: 'Delivery within Dubai.',
  language: 'en',
} as const;

describe('replicas on one Qdrant with Jina', () => {
  let db: TestDatabase;
  let qdrant: QdrantDouble;
  let jina: JinaDouble;
  let source: FakeSource;
  const open: { dispose: () => Promise<void> }[] = [];

  const start = async (refreshMs = 60_000) => {
    const search = Layer.merge(
      cachedQueriesLayer(
        jinaEmbedderLayer({ baseUrl: jina.url, apiKey: Redacted.make('k'), model: 'jina-embeddings-v3' }),
      ),
      qdrantStoreLayer({ url: qdrant.url, space: 'test' }),
    );
    const layer = Layer.mergeAll(
      Catalog.layer({ pool: db.pool, refreshMs, retryBaseMs: 1 }).pipe(
        Layer.provide(Layer.succeed(CatalogSource, source)),
      ),
      Knowledge.layer({ pool: db.pool, refreshMs, seed: [ARTICLE] }),
    ).pipe(Layer.provide(search));
    const runtime = ManagedRuntime.make(layer.pipe(Layer.provideMerge(Logger.layer([]))));
    open.push(runtime);
    const catalog = await runtime.runPromise(Catalog);
    const knowledge = await runtime.runPromise(Knowledge);
    const run = runtime.runPromise;
    return {
      run,
      catalog,
      knowledge,
      sync: () => run(catalog.syncAndWait('manual')),
      skus: (query: string) =>
        run(catalog.search({ query, limit: 5 })).then((hits) => hits.map(({ sku }) => sku)),
    };
  };
  const upserts = () =>
    qdrant.server.log.filter(({ method, path }) => method === 'PUT' && path.endsWith('/points')).length;
  const embeddings = (task: 'query' | 'passage') =>
    jina.server.log.filter(({ body }) => body.includes(`"retrieval.${task}"`)).length;
  const pointsOf = (collection: string) =>
    qdrant.collections.get(qdrant.aliases.get(`test_${collection}`) ?? '')?.size ?? 0;

  beforeEach(async () => {
    db = await testDatabase();
    qdrant = await startQdrantDouble();
    jina = await startJinaDouble();
    source = makeFakeSource(ITEMS);
  });
  afterEach(async () => {
    for (const runtime of open.splice(0)) await runtime.dispose();
    await qdrant.close();
    await jina.close();
    await db.drop();
  });

  it('fill the store once: who starts later asks for nothing and knows every article number', async () => {
    const first = await start();
    await first.sync();
    expect(pointsOf('products')).toBe(3);
    await expect.poll(() => embeddings('passage')).toBe(2);
    await first.run(first.knowledge.refresh);
    const [written, embedded] = [upserts(), embeddings('passage')];
    const [second, third] = await Promise.all([start(), start()]);
    expect(upserts()).toBe(written);
    expect(embeddings('passage')).toBe(embedded);
    expect(await second.skus('leather executive chair')).toEqual(await first.skus('leather executive chair'));
    expect(await third.run(third.catalog.resolve('lc200'))).toEqual({ kind: 'exact', sku: 'LC-200' });
  });

  it('bring in a change once, whoever sees it first', async () => {
    const [first, second] = [await start(), await start()];
    await first.sync();
    source.items[2] = item({ ...ITEMS[2], sku: 'DK-300', name: 'Walnut Bookcase' });
    await first.sync();
    const written = upserts();
    await second.run(second.catalog.refresh);
    expect(upserts()).toBe(written);
    expect(await second.skus('walnut bookcase')).toEqual(['DK-300']);
  });

  it('heal a server that lost everything, at the next search', async () => {
    const { sync, skus } = await start();
    await sync();
    qdrant.wipe();
    expect((await skus('leather chair'))[0]).toBe('LC-200');
    expect(pointsOf('products')).toBe(3);
  });

  it('do not take a lost collection for a filled one because a change was brought in', async () => {
    const { sync, skus } = await start();
    await sync();
    qdrant.wipe();
    source.items[2] = item({ ...ITEMS[2], sku: 'DK-300', name: 'Walnut Bookcase' });
    await sync();
    expect(pointsOf('products')).toBe(3);
    expect((await skus('leather chair'))[0]).toBe('LC-200');
  });

  it('heal a server that lost some points, or was changed for an empty one, at the next start', async () => {
    const { sync } = await start();
    await sync();
    await Effect.runPromise(
      makeQdrantStore({ url: qdrant.url, space: 'test' }).remove('products', ['id-DK-300']),
    );
    expect(pointsOf('products')).toBe(2);
    await start();
    expect(pointsOf('products')).toBe(3);
    qdrant.wipe();
    await start();
    expect(pointsOf('products')).toBe(3);
  });

  it('open without Qdrant, and find everything once it is there', async () => {
    await (await start()).sync();
    qdrant.wipe();
    qdrant.server.addFault({ respond: { status: 503, body: 'not ready' } });
    const { run, catalog, skus } = await start(50);
    expect(await run(catalog.resolve('LC200'))).toEqual({ kind: 'exact', sku: 'LC-200' });
    await expect(skus('leather chair')).rejects.toMatchObject({ _tag: 'VectorStoreError', retryable: true });
    qdrant.server.clearFaults();
    await expect.poll(() => skus('leather chair').catch(() => [])).toContain('LC-200');
  });

  it('ask Jina once for products and knowledge of one turn', async () => {
    const { sync, skus, run, knowledge } = await start();
    await sync();
    await Promise.all([skus('do you deliver desks'), run(knowledge.search('do you deliver desks', 'en', 2))]);
    expect(embeddings('query')).toBe(1);
  });

  it('find by words while Jina is away, and say so', async () => {
    const { sync, skus, run } = await start();
    await sync();
    jina.fail('server-error', 100);
    const before = await run(Metric.value(wordsOnlySearches));
    expect((await skus('leather chair'))[0]).toBe('LC-200');
    expect((await run(Metric.value(wordsOnlySearches))).count - Number(before.count)).toBe(1);
  });

  it('find by words when Jina hangs, before a turn gives up', async () => {
    const { sync, skus } = await start();
    await sync();
    jina.server.addFault({ delayMs: 30_000 });
    // Jina's own time-out is 8 s.
    const began = performance.now();
    expect((await skus('oak desk'))[0]).toBe('DK-300');
    expect(performance.now() - began).toBeLessThan(7000);
  });

  it('save an article while Jina is away; it is found by its words', async () => {
    const { run, knowledge } = await start();
    jina.fail('server-error', 1000);
    const draft = { kind: 'faq', title: 'Assembly', body: 'Installers come along.', language: 'en' } as const;
    const saved = await run(knowledge.put(draft));
    expect((await run(knowledge.search('assembly', 'en', 1))).map(({ id }) => id)).toEqual([saved?.id]);
  });
});
