/** Replicas of the catalog for tests: each has its own index over one database. */
import { type Effect, Layer, Logger, ManagedRuntime } from 'effect';
import { Embedder, type EmbedderShape } from '../../adapters/vector/embedder.ts';
import { localEmbedderLayer } from '../../adapters/vector/local/local-embedder.ts';
import { localStoreLayer } from '../../adapters/vector/local/local-store.ts';
import type { TestDatabase } from '../../tests/support/postgres.ts';
import { Catalog, type CatalogShape, type SyncRun } from './catalog.ts';
import { CatalogSource, type CatalogSourceShape } from './source.ts';

export interface Replica {
  readonly catalog: CatalogShape;
  readonly run: <A, E>(effect: Effect.Effect<A, E>) => Promise<A>;
  readonly sync: (trigger?: 'schedule' | 'manual' | 'start') => Promise<SyncRun>;
  readonly stop: () => Promise<void>;
}

export interface ReplicaOptions {
  readonly embedder?: EmbedderShape;
  readonly refreshMs?: number;
}

/** Failures are asserted on, not read in the test's output. */
const QUIET = Logger.layer([]);

/** Looks for others' changes seldom, so that a test shows what it asks for itself. */
const SELDOM_MS = 60_000;

export const startReplica = async (
  db: TestDatabase,
  source: CatalogSourceShape,
  options: ReplicaOptions = {},
): Promise<Replica> => {
  const embedder = options.embedder ? Layer.succeed(Embedder, options.embedder) : localEmbedderLayer;
  const layer = Catalog.layer({
    pool: db.pool,
    refreshMs: options.refreshMs ?? SELDOM_MS,
    retryBaseMs: 1,
  }).pipe(Layer.provide(Layer.mergeAll(Layer.succeed(CatalogSource, source), embedder, localStoreLayer)));
  const runtime = ManagedRuntime.make(Layer.mergeAll(layer, QUIET));
  const catalog = await runtime.runPromise(Catalog);
  const run: Replica['run'] = (effect) => runtime.runPromise(effect);
  return {
    catalog,
    run,
    sync: async (trigger = 'manual') => {
      const ended = await run(catalog.syncAndWait(trigger));
      if (ended === null) throw new Error('the run vanished');
      return ended;
    },
    stop: () => runtime.dispose(),
  };
};
