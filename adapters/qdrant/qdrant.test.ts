/** Contract tests of the store against the double over real HTTP, and against a real server when QDRANT_URL is set. */
import { randomUUID } from 'node:crypto';
import { Effect, Logger, Redacted, Result } from 'effect';
import { afterEach, describe, expect, test } from 'vitest';
import { DIMENSIONS, Embedder } from '../vector/embedder.ts';
import { embedLocally, localEmbedderLayer } from '../vector/local/local-embedder.ts';
import { vectorStoreContract } from '../vector/store-contract.ts';
import { VectorStore, type VectorStoreError } from '../vector/vector-store.ts';
import { qdrantAddress } from './address.ts';
import { type QdrantDouble, type QdrantDoubleOptions, startQdrantDouble } from './double.ts';
import { pointId } from './point-id.ts';
import {
  collectionSpace,
  makeQdrantStore,
  Qdrant,
  type QdrantOptions,
  type QdrantStore,
  qdrantStoreLayer,
} from './qdrant.ts';

const embedder = Effect.runSync(Effect.provide(Embedder, localEmbedderLayer));
const open: QdrantDouble[] = [];
afterEach(async () => {
  for (const double of open.splice(0)) await double.close();
});

const start = async (options: QdrantDoubleOptions = {}): Promise<QdrantDouble> => {
  const double = await startQdrantDouble(options);
  open.push(double);
  return double;
};
const run = <A, E>(effect: Effect.Effect<A, E>): Promise<A> => Effect.runPromise(effect);
const failed = async <A, E>(effect: Effect.Effect<A, E>): Promise<E> =>
  Result.getOrThrow(Result.flip(await run(Effect.result(effect))));
const point = (id: string, text = 'chair') => ({ id, text, payload: {}, vector: embedLocally(text) });
const searchFor = (store: QdrantStore, collection: string, text: string) =>
  run(store.search(collection, { text, vector: embedLocally(text), limit: 10 })).then((hits) =>
    hits.map(({ id }) => id),
  );
const filled = async (options: QdrantDoubleOptions = {}, mine: Partial<QdrantOptions> = {}) => {
  const double = await start(options);
  const store = makeQdrantStore({ url: double.url, ...mine });
  await run(store.ensure('products', DIMENSIONS));
  await run(store.upsert('products', [point('a'), point('b')]));
  return { double, store };
};

vectorStoreContract('Qdrant double', async () => ({
  store: makeQdrantStore({ url: (await start({ apiKey: 'k' })).url, apiKey: Redacted.make('k') }),
  embedder,
  collection: 'items',
}));

const realUrl = process.env.QDRANT_URL;
describe.runIf(realUrl)('a real server', () => {
  const key = process.env.QDRANT_API_KEY;
  vectorStoreContract('Qdrant', async () => ({
    store: makeQdrantStore({
      url: realUrl ?? '',
      space: `test-${randomUUID()}`,
      ...(key ? { apiKey: Redacted.make(key) } : {}),
    }),
    embedder,
    collection: 'items',
  }));
});

describe('collections', () => {
  test('are named, sized, indexed for every filter and strict before any point is in them', async () => {
    const { double } = await filled();
    const [name] = [...double.collections.keys()];
    const collection = double.collections.get('products_v1');
    expect(name).toBe('products_v1');
    expect([...double.aliases]).toEqual([['products', 'products_v1']]);
    expect(collection?.config).toMatchObject({
      vectors: { dense: { size: 1024, distance: 'Cosine' } },
      sparse_vectors: { words: { modifier: 'idf' } },
      strict_mode_config: { enabled: true, unindexed_filtering_retrieve: false },
    });
    expect(Object.fromEntries(collection?.indexes ?? [])).toEqual({
      price: 'float',
      category: 'keyword',
      inStock: 'bool',
      active: 'bool',
      language: 'keyword',
      kind: 'keyword',
      owner: 'keyword',
    });
    const paths = double.server.log.map(({ method, path }) => `${method} ${path}`);
    expect(paths.lastIndexOf('PUT /collections/products_v1/index')).toBeLessThan(
      paths.indexOf('PUT /collections/products/points'),
    );
  });

  test('get an index that came with a later version', async () => {
    const { double, store } = await filled();
    double.collections.get('products_v1')?.indexes.delete('owner');
    await expect(searchFor(store, 'products', 'chair')).rejects.toMatchObject({ code: 'index_missing' });
    await run(store.ensure('products', DIMENSIONS));
    expect(await searchFor(store, 'products', 'chair')).toHaveLength(2);
  });

  test('may be ensured by several replicas at once', async () => {
    const double = await start();
    const stores = Array.from({ length: 4 }, () => makeQdrantStore({ url: double.url }));
    await Promise.all(stores.map((store) => run(store.ensure('products', DIMENSIONS))));
    expect(double.collections.size).toBe(1);
  });

  test('of different embedders stand side by side (wire/07 §6)', async () => {
    const double = await start();
    for (const model of ['local-hash-1', 'jina-embeddings-v3/1024']) {
      const store = makeQdrantStore({ url: double.url, space: model });
      await run(store.ensure('products', DIMENSIONS));
    }
    expect([...double.aliases.keys()]).toEqual(['local-hash-1_products', 'jina-embeddings-v3-1024_products']);
    expect(collectionSpace('A/b c')).toBe('a-b-c');
  });

  test('that something else made are refused, and left as they are', async () => {
    const double = await start();
    await fetch(`${double.url}/collections/products`, {
      method: 'PUT',
      body: JSON.stringify({ vectors: { size: 1024, distance: 'Cosine' } }),
    });
    const error = await failed(makeQdrantStore({ url: double.url }).ensure('products', DIMENSIONS));
    expect(error).toMatchObject({ code: 'foreign_collection', retryable: false });
    expect([...double.collections.keys()]).toEqual(['products']);
  });

  test('have names that cannot be mistaken for versions or paths', async () => {
    const { store } = await filled();
    for (const name of ['products_v1', '../x', '', 'a b'])
      expect(await failed(store.count(name))).toMatchObject({ code: 'bad_name' });
  });
});

describe('rebuild', () => {
  test('answers from the old version until the new one is full, then swaps in one request', async () => {
    const { double, store } = await filled();
    const seen: string[][] = [];
    await run(
      store.rebuild('products', DIMENSIONS, (upsert) =>
        Effect.gen(function* () {
          yield* upsert([point('c')]);
          seen.push(yield* Effect.promise(() => searchFor(store, 'products', 'chair')));
          yield* upsert([point('d')]);
        }),
      ),
    );
    expect(seen).toEqual([['a', 'b']]);
    expect(await searchFor(store, 'products', 'chair')).toEqual(['c', 'd']);
    expect([...double.collections.keys()]).toEqual(['products_v2']);
    const swaps = double.server.log.filter(({ path }) => path === '/collections/aliases');
    expect(swaps).toHaveLength(2);
    expect(JSON.parse(swaps.at(-1)?.body ?? '')).toEqual({
      actions: [
        { delete_alias: { alias_name: 'products' } },
        { create_alias: { alias_name: 'products', collection_name: 'products_v2' } },
      ],
    });
  });

  test('changes the size of the vectors', async () => {
    const { store } = await filled();
    const small = { id: 'a', text: 'chair', payload: {}, vector: Float32Array.from([0, 1, 0]) };
    await run(store.rebuild('products', 3, (upsert) => upsert([small])));
    await run(store.ensure('products', 3));
    const hits = await run(store.search('products', { text: 'chair', vector: small.vector, limit: 5 }));
    expect(hits.map(({ id }) => id)).toEqual(['a']);
  });

  test('that fails changes nothing and leaves nothing', async () => {
    const { double, store } = await filled();
    const broken = store.rebuild('products', DIMENSIONS, (upsert) =>
      Effect.andThen(upsert([point('c')]), Effect.fail('no rows')),
    );
    expect(await failed(broken)).toBe('no rows');
    expect([...double.collections.keys()]).toEqual(['products_v1']);
    expect(await searchFor(store, 'products', 'chair')).toEqual(['a', 'b']);
  });

  test('removes what an earlier one could not', async () => {
    const { double, store } = await filled();
    double.server.addFault({ method: 'DELETE', respond: { status: 500, body: '' }, times: 1 });
    await run(
      store
        .rebuild('products', DIMENSIONS, (upsert) => upsert([point('c')]))
        .pipe(Effect.provide(Logger.layer([]))),
    );
    expect([...double.collections.keys()]).toEqual(['products_v1', 'products_v2']);
    await run(store.rebuild('products', DIMENSIONS, (upsert) => upsert([point('d')])));
    expect([...double.collections.keys()]).toEqual(['products_v3']);
  });

  test('makes a collection that was not there', async () => {
    const store = makeQdrantStore({ url: (await start()).url });
    await run(store.rebuild('products', DIMENSIONS, (upsert) => upsert([point('c')])));
    expect(await run(store.count('products'))).toBe(1);
  });
});

describe('a change', () => {
  test('is confirmed, goes in bounded batches, and says no text to the server', async () => {
    const { double, store } = await filled();
    await run(
      store.upsert(
        'products',
        Array.from({ length: 230 }, (_, i) => point(`p${i}`, `oak desk ${i}`)),
      ),
    );
    const writes = double.server.log.filter(({ path }) => path.endsWith('/points'));
    expect(writes.slice(1).map(({ body }) => (JSON.parse(body) as { points: [] }).points.length)).toEqual([
      100, 100, 30,
    ]);
    expect(writes.every(({ query }) => query === 'wait=true')).toBe(true);
    expect(writes.map(({ body }) => body).join('')).not.toContain('oak');
    expect(await run(store.count('products'))).toBe(232);
  });

  test('that the server only acknowledges counts as not made', async () => {
    const { double, store } = await filled();
    const respond = {
      status: 200,
      body: { result: { operation_id: 1, status: 'acknowledged' }, status: 'ok', time: 0 },
    };
    double.server.addFault({ path: /points$/, respond, times: 1 });
    expect(await failed(store.upsert('products', [point('c')]))).toMatchObject({ retryable: true });
  });

  test('of another size is refused before anything is written, after another replica rebuilt too', async () => {
    const { double, store } = await filled();
    const small = { id: 'c', text: 'chair', payload: {}, vector: new Float32Array(3) };
    const mixed = failed(store.upsert('products', [point('d'), small]));
    expect(await mixed).toMatchObject({ code: 'dimension_mismatch', retryable: false });
    expect(await run(store.count('products'))).toBe(2);
    const other = makeQdrantStore({ url: double.url });
    await run(other.rebuild('products', 3, () => Effect.void));
    await run(store.upsert('products', [small]));
    expect(await failed(store.upsert('products', [point('d')]))).toMatchObject({
      code: 'dimension_mismatch',
    });
  });

  test('has the same id for the same point on every replica', () => {
    expect(pointId('mesh')).toBe(pointId('mesh'));
    expect(pointId('mesh')).not.toBe(pointId('mesh '));
    expect(pointId('mesh')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('a search', () => {
  test('is one request with the owner in every filter', async () => {
    const { double, store } = await filled();
    const before = double.server.log.length;
    await searchFor(store, 'products', 'mesh chair');
    expect(double.server.log).toHaveLength(before + 1);
    const { searches } = JSON.parse(double.server.log.at(-1)?.body ?? '{}') as {
      searches: { filter?: object; prefetch?: { filter: object }[] }[];
    };
    expect(searches).toHaveLength(3);
    for (const { filter, prefetch } of searches)
      expect(filter ?? prefetch?.[0]?.filter).toMatchObject({ must: [{ is_empty: { key: 'owner' } }] });
  });

  test('asks nothing when there is nothing to ask for', async () => {
    const { double, store } = await filled();
    const before = double.server.log.length;
    const zero = new Float32Array(DIMENSIONS);
    expect(await run(store.search('products', { text: '👍', vector: zero, limit: 5 }))).toEqual([]);
    expect(double.server.log).toHaveLength(before);
  });

  test('does not wait long, while a change may', async () => {
    const { double, store } = await filled({}, { searchTimeoutMs: 100 });
    double.server.addFault({ delayMs: 400, times: 1 });
    await expect(searchFor(store, 'products', 'chair')).rejects.toMatchObject({
      code: 'timeout',
      retryable: true,
    });
    double.server.addFault({ delayMs: 200, times: 1 });
    await run(store.upsert('products', [point('c')]));
  });

  test('after the server lost its data says so, and ensure begins anew', async () => {
    const { double, store } = await filled();
    double.wipe();
    await expect(searchFor(store, 'products', 'chair')).rejects.toMatchObject({
      code: 'collection_missing',
      retryable: false,
    });
    await run(store.ensure('products', DIMENSIONS));
    expect(await run(store.count('products'))).toBe(0);
  });
});

describe('a failing server', () => {
  const refusing = async (respond: {
    status: number;
    headers?: Record<string, string>;
    body?: unknown;
  }): Promise<VectorStoreError> => {
    const { double, store } = await filled();
    double.server.addFault({ respond, times: 1 });
    return failed(store.count('products'));
  };

  test.each([
    [401, 'Must provide an API key or an Authorization bearer token', 'account', false],
    [403, { error: 'forbidden' }, 'account', false],
    [500, { status: { error: 'Service internal error' }, time: 0 }, 'http_500', true],
    [502, '<html>bad gateway</html>', 'http_502', true],
    [503, '', 'http_503', true],
    [
      400,
      { status: { error: 'Wrong input: Vector dimension error: expected dim: 3, got 4' }, time: 0 },
      'dimension_mismatch',
      false,
    ],
    [404, '', 'http_404', false],
    [429, { status: { error: 'Rate limiting exceeded' }, time: 0 }, 'http_429', true],
  ])('%i is understood from its data (%j)', async (status, body, code, retryable) => {
    expect(await refusing({ status, body })).toMatchObject({ _tag: 'VectorStoreError', code, retryable });
  });

  test('429 with Retry-After, which the client throws without a status, keeps the wait', async () => {
    const error = await refusing({ status: 429, headers: { 'retry-after': '7' }, body: {} });
    expect(error).toMatchObject({ code: 'http_429', retryable: true, retryAfterMs: 7000 });
  });

  test('nonsense, broken connections and silence may be tried again', async () => {
    const html = { status: 200, headers: { 'content-type': 'application/json' }, body: '<html>' };
    expect(await refusing(html)).toMatchObject({ code: 'bad_reply', retryable: true });
    expect(await refusing({ status: 200, body: { status: 'ok' } })).toMatchObject({ retryable: true });
    const { double, store } = await filled();
    double.server.addFault({ dropBefore: true, times: 1 });
    expect(await failed(store.count('products'))).toMatchObject({ code: 'unreachable', retryable: true });
    const nobody = makeQdrantStore({ url: 'http://127.0.0.1:1' });
    expect(await failed(nobody.check())).toMatchObject({ message: expect.stringContaining('QDRANT_URL') });
  });

  test('never has its words repeated: they can quote a payload', async () => {
    for (const status of [400, 403, 404, 422, 500]) {
      const error = await refusing({ status, body: { status: { error: 'SECRET' }, time: 0 } });
      expect(JSON.stringify(error)).not.toContain('SECRET');
    }
  });
});

describe('the address', () => {
  test.each([
    ['http://qdrant:6333', { url: 'http://qdrant', port: 6333, prefix: '' }],
    ['http://qdrant:6333/', { url: 'http://qdrant', port: 6333, prefix: '' }],
    ['https://q.example.test', { url: 'https://q.example.test', port: 443, prefix: '' }],
    ['https://q.example.test:443', { url: 'https://q.example.test', port: 443, prefix: '' }],
    ['http://127.0.0.1:80', { url: 'http://127.0.0.1', port: 80, prefix: '' }],
    ['https://q.example.test/qdrant/', { url: 'https://q.example.test', port: 443, prefix: '/qdrant' }],
    ['http://[::1]:6333', { url: 'http://[::1]', port: 6333, prefix: '' }],
  ])('%s means what it says (wire/00 fact 9)', (url, expected) => {
    expect(qdrantAddress(url)).toEqual(expected);
  });

  test('of another scheme is refused at once', () => {
    expect(() => makeQdrantStore({ url: 'grpc://qdrant:6334' })).toThrow('QDRANT_URL');
  });

  test('keeps its path and its key', async () => {
    const double = await start({ prefix: '/qdrant', apiKey: 'k' });
    const store = makeQdrantStore({ url: double.url, apiKey: Redacted.make('k') });
    await run(store.check());
    expect(double.server.log.at(-1)?.path).toBe('/qdrant/collections');
    const wrong = makeQdrantStore({ url: double.url, apiKey: Redacted.make('no') });
    expect(await failed(wrong.check())).toMatchObject({
      code: 'account',
      message: expect.stringContaining('QDRANT_API_KEY'),
    });
  });
});

test('one layer gives the store and what only Qdrant can do', async () => {
  const double = await start();
  const program = Effect.gen(function* () {
    const store = yield* VectorStore;
    const qdrant = yield* Qdrant;
    yield* qdrant.check();
    yield* qdrant.rebuild('products', DIMENSIONS, (upsert) => upsert([point('a')]));
    return yield* store.count('products');
  });
  expect(await run(Effect.provide(program, qdrantStoreLayer({ url: double.url })))).toBe(1);
});
