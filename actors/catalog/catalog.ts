/** The catalog as the house uses it: our copy of the source's products, searched by meaning (domain 12). */
import { Context, Effect, Layer } from 'effect';
import type pg from 'pg';
import { Embedder, type EmbedderError } from '../../adapters/vector/embedder.ts';
import { VectorStore, type VectorStoreError } from '../../adapters/vector/vector-store.ts';
import type { SkuIndex, SkuResolution } from '../../machines/sku/sku.ts';
import { type DatabaseError, makeDatabase } from './database.ts';
import { makeDirectory } from './directory.ts';
import { followIndex } from './follow-index.ts';
import { type Product, type ProductHit, toProduct } from './product.ts';
import { type ProductSearch, rowsBySku, searchProducts, similarProducts } from './product-search.ts';
import {
  type CatalogBadCursor,
  listProducts,
  type ProductListQuery,
  productIndex,
  productsByIds,
} from './product-table.ts';
import { makeSearchIndex } from './search-index.ts';
import { CatalogSource } from './source.ts';
import { makeSyncRunner } from './sync.ts';
import { findRun, newestRun, type SyncRun, type SyncTrigger } from './sync-table.ts';

export type { HitReason, Product, ProductHit } from './product.ts';
export type { ProductSearch } from './product-search.ts';
export type { CatalogBadCursor, ProductListQuery } from './product-table.ts';
export type { SyncRun, SyncTrigger } from './sync-table.ts';

export type CatalogError = DatabaseError | EmbedderError | VectorStoreError;

export interface ProductPage {
  readonly items: readonly Product[];
  readonly next: string | null;
}

export interface CatalogShape {
  /** Products by SKU, inactive ones included. */
  readonly list: (query: ProductListQuery) => Effect.Effect<ProductPage, DatabaseError | CatalogBadCursor>;
  /** What the words find, best first (see `product-search.ts`). */
  readonly search: (query: ProductSearch) => Effect.Effect<readonly ProductHit[], CatalogError>;
  /** Near in meaning to this article, itself left out, best first (domain 13.3). */
  readonly similar: (sku: string, limit: number) => Effect.Effect<readonly ProductHit[], CatalogError>;
  /** In the order asked, inactive ones included; SKUs without a row, or with several, are left out. */
  readonly bySkus: (skus: readonly string[]) => Effect.Effect<readonly Product[], DatabaseError>;
  /** By the source's own ids, inactive ones included, in no order. */
  readonly byItemIds: (itemIds: readonly string[]) => Effect.Effect<readonly Product[], DatabaseError>;
  /** Which article a reference means; several variants are the caller's question to the customer. */
  readonly resolve: (query: string) => Effect.Effect<SkuResolution>;
  /** Active article numbers, for `findSkus` over a text. Cached; a new one after each change. */
  readonly skuIndex: Effect.Effect<SkuIndex>;
  /** Starts a run in the background, or joins the one that is running anywhere; answers its id at once. */
  readonly sync: (trigger: SyncTrigger) => Effect.Effect<string, DatabaseError>;
  /** As `sync`, and waits for the end of a run that this process carries out. For jobs. */
  readonly syncAndWait: (trigger: SyncTrigger) => Effect.Effect<SyncRun | null, DatabaseError>;
  /** Carries on a run that a dead process left behind; its id, or `null`. For start-up. */
  readonly resumeSync: Effect.Effect<string | null, DatabaseError>;
  /** Progress of a run; `null` for an id that never was one. */
  readonly syncRun: (id: string) => Effect.Effect<SyncRun | null, DatabaseError>;
  /** The newest run; `null`: the catalog was never read. */
  readonly latestRun: Effect.Effect<SyncRun | null, DatabaseError>;
  /** Brings in what other replicas committed, now rather than at the next look. */
  readonly refresh: Effect.Effect<void, CatalogError>;
}

export interface CatalogOptions {
  readonly pool: pg.Pool;
  /** How often this replica looks for what others changed, ms. */
  readonly refreshMs?: number;
  /** The first wait before a page is asked for again, ms. */
  readonly retryBaseMs?: number;
}

export class Catalog extends Context.Service<Catalog, CatalogShape>()('treejar/actors/Catalog') {
  /** Fills the search index from Postgres before it is ready; follows other replicas while the layer lives. */
  static readonly layer = (
    options: CatalogOptions,
  ): Layer.Layer<Catalog, DatabaseError, CatalogSource | Embedder | VectorStore> =>
    Layer.effect(Catalog, makeCatalog(options));
}

const makeCatalog = Effect.fnUntraced(function* (options: CatalogOptions) {
  const source = yield* CatalogSource;
  const embedder = yield* Embedder;
  const store = yield* VectorStore;
  const scope = yield* Effect.scope;
  const db = makeDatabase(options.pool);
  const directory = makeDirectory();
  const index = makeSearchIndex({ db, embedder, store, table: productIndex(directory.take) });
  yield* followIndex(index, options.refreshMs);
  const retry = options.retryBaseMs === undefined ? {} : { retryBaseMs: options.retryBaseMs };
  const runner = makeSyncRunner({ pool: options.pool, db, source, index, ...retry }, scope);

  return Catalog.of({
    list: (query) =>
      listProducts(db, query).pipe(Effect.map(({ items, next }) => ({ items: items.map(toProduct), next }))),
    search: (query) => searchProducts({ db, index, directory }, query),
    similar: (sku, limit) => similarProducts({ db, index, directory }, sku, limit),
    bySkus: (skus) => rowsBySku(db, skus).pipe(Effect.map((rows) => rows.map(toProduct))),
    byItemIds: (itemIds) => productsByIds(db, itemIds).pipe(Effect.map((rows) => rows.map(toProduct))),
    resolve: (query) => Effect.sync(() => directory.resolve(query)),
    skuIndex: Effect.sync(directory.active),
    sync: (trigger) => runner.start(trigger).pipe(Effect.map((run) => run.id)),
    syncAndWait: (trigger) =>
      runner
        .start(trigger)
        .pipe(Effect.flatMap((run) => run.ended.pipe(Effect.andThen(findRun(db, run.id))))),
    resumeSync: runner.resume.pipe(Effect.map((run) => run?.id ?? null)),
    syncRun: (id) => findRun(db, id),
    latestRun: newestRun(db),
    refresh: index.refresh,
  });
});
