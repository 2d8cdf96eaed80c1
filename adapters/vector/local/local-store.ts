/** The vector store that needs no server: collections in the memory of this replica, rebuilt from Postgres at start. */
import { Effect, Layer } from 'effect';
import {
  MAX_HITS,
  MAX_POINTS,
  VectorStore,
  VectorStoreError,
  type VectorStoreShape,
} from '../vector-store.ts';
import { Collection } from './collection.ts';

/** Collections of one store at most (G10). */
const MAX_COLLECTIONS = 16;

const refuse = (message: string, code?: string) =>
  Effect.fail(new VectorStoreError({ message, retryable: false, ...(code === undefined ? {} : { code }) }));

/** Builds an empty store of its own; `maxPoints` bounds each collection. */
export const makeLocalStore = (maxPoints: number = MAX_POINTS): VectorStoreShape => {
  const collections = new Map<string, Collection>();
  const use = (name: string) => {
    const collection = collections.get(name);
    return collection
      ? Effect.succeed(collection)
      : refuse(`collection ${name} does not exist: call ensure first`, 'collection_missing');
  };
  return {
    shared: false,
    ensure: (name, dimensions) => {
      const known = collections.get(name);
      if (known && known.dimensions !== dimensions) {
        return refuse(
          `collection ${name} has ${known.dimensions} dimensions, not ${dimensions}: embed its texts again`,
        );
      }
      if (!known && collections.size >= MAX_COLLECTIONS)
        return refuse('too many collections in this process');
      if (!known) collections.set(name, new Collection(dimensions));
      return Effect.void;
    },
    upsert: Effect.fnUntraced(function* (name, points) {
      const collection = yield* use(name);
      const wrong = points.find((point) => point.vector.length !== collection.dimensions);
      if (wrong) {
        return yield* refuse(
          `point ${wrong.id} has ${wrong.vector.length} dimensions, ${name} takes ${collection.dimensions}`,
        );
      }
      const added = points.filter((point) => !collection.has(point.id)).length;
      if (collection.size + added > maxPoints)
        return yield* refuse(`${name} would exceed ${maxPoints} points`);
      for (const point of points) collection.put(point);
    }),
    search: Effect.fnUntraced(function* (name, query) {
      const collection = yield* use(name);
      if (query.vector.length !== collection.dimensions) {
        return yield* refuse(
          `the query has ${query.vector.length} dimensions, ${name} has ${collection.dimensions}`,
        );
      }
      return collection.search({ ...query, limit: Math.min(Math.max(1, query.limit), MAX_HITS) });
    }),
    remove: Effect.fnUntraced(function* (name, ids) {
      const collection = yield* use(name);
      for (const id of ids) collection.delete(id);
    }),
    count: (name) => Effect.map(use(name), (collection) => collection.size),
  };
};

export const localStoreLayer: Layer.Layer<VectorStore> = Layer.sync(VectorStore, () => makeLocalStore());
