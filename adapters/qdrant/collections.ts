/**
 * Collections as outsiders never see them: a name of ours is an alias of `<name>_v<n>`, so that a collection can be made
 * anew beside the old one and take its place in one step (wire/08 §3).
 */
import type { QdrantClient, Schemas } from '@qdrant/js-client-rest';
import { Effect, Result, Schema } from 'effect';
import { MAX_POINTS, type VectorStoreError } from '../vector/vector-store.ts';
import { badReply, final } from './failure.ts';
import { PAYLOAD_INDEXES } from './payload.ts';
import { readAliases, readCollections } from './replies.ts';

/** Named, so that more can stand beside them. */
export const DENSE = 'dense';
export const WORDS = 'words';

/** Points of one request: two megabytes of vectors, where the server takes 32 (wire/08 §3). */
export const POINTS_PER_REQUEST = 100;

export type Ask = <A>(call: (client: QdrantClient) => Promise<A>) => Effect.Effect<A, VectorStoreError>;

/** Versions are tried upwards; beyond this something else is making collections (G10). */
const MAX_VERSION = 100_000;

const CREATE = (dimensions: number) =>
  ({
    vectors: { [DENSE]: { size: dimensions, distance: 'Cosine' } },
    sparse_vectors: { [WORDS]: { modifier: 'idf' } },
    on_disk_payload: true,
    // As Qdrant Cloud has it: a filter without its index fails here too, and the collection is bounded (G10).
    strict_mode_config: {
      enabled: true,
      unindexed_filtering_retrieve: false,
      unindexed_filtering_update: false,
      upsert_max_batchsize: POINTS_PER_REQUEST,
      max_points_count: MAX_POINTS,
    },
  }) satisfies Schemas['CreateCollection'];

const Info = Schema.Struct({
  config: Schema.Struct({
    params: Schema.Struct({
      vectors: Schema.Struct({ [DENSE]: Schema.Struct({ size: Schema.Int }) }),
      sparse_vectors: Schema.Struct({ [WORDS]: Schema.Struct({ modifier: Schema.Literals(['idf']) }) }),
    }),
  }),
  payload_schema: Schema.Record(Schema.String, Schema.Unknown),
});

export type Physical = string;

/** Makes the collection with its payload indexes, before any point is in it (wire/08 §4). One that is there is left. */
const createPhysical = Effect.fnUntraced(function* (ask: Ask, name: Physical, dimensions: number) {
  yield* ask((client) => client.createCollection(name, CREATE(dimensions))).pipe(
    Effect.catchIf(
      ({ code }) => code === 'collection_exists',
      () => Effect.succeed(true),
    ),
  );
  yield* createIndexes(ask, name, Object.keys(PAYLOAD_INDEXES));
});

const createIndexes = (ask: Ask, collection: string, fields: readonly string[]) =>
  Effect.forEach(
    fields,
    (field) =>
      ask((client) =>
        client.createPayloadIndex(collection, {
          wait: true,
          field_name: field,
          field_schema: PAYLOAD_INDEXES[field] ?? null,
        }),
      ),
    { discard: true },
  );

const versionOf = (alias: string, physical: Physical): number => {
  const digits = physical.startsWith(`${alias}_v`) ? physical.slice(alias.length + 2) : '';
  return /^[1-9]\d{0,5}$/.test(digits) ? Number(digits) : 0;
};

/** Every version of a collection, in use or left over. */
const versions = (ask: Ask, alias: string): Effect.Effect<readonly Physical[], VectorStoreError> =>
  ask((client) => client.getCollections()).pipe(
    Effect.flatMap(readCollections),
    Effect.map(({ collections }) =>
      collections.map(({ name }) => name).filter((name) => versionOf(alias, name) > 0),
    ),
  );

const createAlias = (alias: string, physical: Physical): Schemas['AliasOperations'] => ({
  create_alias: { alias_name: alias, collection_name: physical },
});
const deleteAlias = (alias: string): Schemas['AliasOperations'] => ({ delete_alias: { alias_name: alias } });

/** All actions take effect at once, so there is no moment without the collection. */
const changeAliases = (ask: Ask, actions: Schemas['AliasOperations'][]) =>
  ask((client) => client.updateCollectionAliases({ actions }));

/** Makes sure that the collection is there, of this size and with every index. Two replicas may do so at once. */
export const ensureCollection = Effect.fnUntraced(function* (ask: Ask, alias: string, dimensions: number) {
  const found = yield* ask((client) => client.getCollection(alias)).pipe(
    Effect.catchIf(
      ({ code }) => code === 'collection_missing',
      () => Effect.succeed(null),
    ),
  );
  if (found === null) {
    const first = `${alias}_v1`;
    yield* createPhysical(ask, first, dimensions);
    yield* changeAliases(ask, [createAlias(alias, first)]);
    return yield* checkCollection(
      ask,
      alias,
      dimensions,
      yield* ask((client) => client.getCollection(alias)),
    );
  }
  yield* checkCollection(ask, alias, dimensions, found);
});

/** The size of a collection's vectors. */
export const collectionSize = Effect.fnUntraced(function* (ask: Ask, alias: string) {
  const info = yield* readInfo(alias, yield* ask((client) => client.getCollection(alias)));
  return info.config.params.vectors[DENSE].size;
});

const readInfo = (alias: string, found: unknown): Effect.Effect<typeof Info.Type, VectorStoreError> => {
  const info = Schema.decodeUnknownResult(Info)(found);
  return Result.isSuccess(info)
    ? Effect.succeed(info.success)
    : Effect.fail(
        final('foreign_collection', `collection ${alias} is not one of ours: rename it, or rebuild ours`),
      );
};

const checkCollection = Effect.fnUntraced(function* (
  ask: Ask,
  alias: string,
  dimensions: number,
  found: unknown,
) {
  const info = yield* readInfo(alias, found);
  const { size } = info.config.params.vectors[DENSE];
  if (size !== dimensions) {
    const message = `collection ${alias} has ${size} dimensions, not ${dimensions}: rebuild it from embedded texts`;
    return yield* final('dimension_mismatch', message);
  }
  const missing = Object.keys(PAYLOAD_INDEXES).filter((field) => !Object.hasOwn(info.payload_schema, field));
  yield* createIndexes(ask, alias, missing);
});

/**
 * Fills a new version of the collection while the old one answers, then lets it take the old one's place, and removes
 * older versions. When `fill` fails, nothing has changed. One at a time for each collection: the caller sees to it.
 */
export const rebuildCollection = Effect.fnUntraced(function* <E>(
  ask: Ask,
  alias: string,
  dimensions: number,
  fill: (physical: Physical) => Effect.Effect<void, E>,
) {
  const before = yield* versions(ask, alias);
  const version = Math.max(0, ...before.map((name) => versionOf(alias, name))) + 1;
  if (version > MAX_VERSION) return yield* badReply('lists versions of a collection that we never made');
  const fresh = `${alias}_v${version}`;
  const { aliases } = yield* readAliases(yield* ask((client) => client.getAliases()));
  const hadAlias = aliases.some(({ alias_name }) => alias_name === alias);
  const remove = (name: Physical) =>
    ask((client) => client.deleteCollection(name)).pipe(
      Effect.catch((error) =>
        Effect.logWarning(
          'An old version of a search collection is left over; the next rebuild removes it',
        ).pipe(Effect.annotateLogs({ collection: name, reason: error.code })),
      ),
    );
  yield* createPhysical(ask, fresh, dimensions).pipe(
    Effect.andThen(fill(fresh)),
    Effect.andThen(
      changeAliases(ask, [...(hadAlias ? [deleteAlias(alias)] : []), createAlias(alias, fresh)]),
    ),
    Effect.onError(() => remove(fresh)),
  );
  yield* Effect.forEach(before, remove, { discard: true });
});
