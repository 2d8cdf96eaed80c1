/**
 * A search index that follows a table. Texts live in Postgres with their embeddings; changed ones are brought into the
 * vector store in the order of a revision that every writer takes under one row lock. So an index can never miss a
 * commit, and a text is embedded once for all replicas (domain 12.6, lesson F-17).
 */
import { Effect, Metric, Semaphore } from 'effect';
import { EmbedderError, type EmbedderShape, MAX_TEXTS_PER_CALL } from '../../adapters/vector/embedder.ts';
import type { VectorFilter, VectorHit, VectorStoreError } from '../../adapters/vector/vector-store.ts';
import type { Database, DatabaseError } from './database.ts';
import { type FeedParts, makeIndexFeed } from './index-feed.ts';
import { encodeVector, pendingRows, SAVE_VECTORS } from './indexed-rows.ts';
import { headRevision, withRevision } from './revision.ts';

export type { IndexedTable } from './indexed-rows.ts';
export { withRevision } from './revision.ts';

export type IndexError = DatabaseError | EmbedderError | VectorStoreError;

export interface SearchIndex {
  /** Brings in what was committed since the last call. */
  readonly refresh: Effect.Effect<void, DatabaseError | VectorStoreError>;
  /** Embeds texts that have no vector of this model yet; `onBatch` runs in the commit that stores each batch. */
  readonly embedPending: (
    onBatch?: (tx: Database, count: number) => Effect.Effect<void, DatabaseError>,
  ) => Effect.Effect<number, IndexError>;
  /** The last try to embed here failed, so that texts may wait for their vectors. */
  readonly isBehind: () => boolean;
  /** By meaning and words; by words alone while the embedder is away. */
  readonly search: (
    text: string,
    filter: VectorFilter,
    limit: number,
  ) => Effect.Effect<readonly VectorHit[], DatabaseError | VectorStoreError>;
}

export interface SearchIndexParts<Row extends object> extends FeedParts<Row> {
  readonly embedder: EmbedderShape;
  /** How long a search waits for the embedder before it goes by words, ms. */
  readonly queryTimeoutMs?: number;
}

/** A turn has five seconds for all that it looks up; words alone are better than nothing. */
const QUERY_TIMEOUT_MS = 2500;

/** Searches that went by words because the embedder did not answer. */
export const wordsOnlySearches = Metric.counter('treejar_search_words_only_total', {
  description: 'Searches by words alone, because the embedder was away.',
  incremental: true,
});

/** Makes the index; it is empty until the first `refresh`. */
export const makeSearchIndex = <Row extends object>(parts: SearchIndexParts<Row>): SearchIndex => {
  const { db, embedder, store, table } = parts;
  const { collection } = table;
  const gate = Semaphore.makeUnsafe(1);
  const feed = makeIndexFeed(parts);
  const queryVector = makeQueryVector(parts);

  const refresh = headRevision(db, collection).pipe(Effect.flatMap(feed.bringTo), gate.withPermits(1));

  /** One batch at a time over all replicas, so that no text is paid for twice; 0 when nothing is pending. */
  const embedBatch = (after: string, onBatch: Parameters<SearchIndex['embedPending']>[0]) =>
    db.transaction((tx) =>
      Effect.gen(function* () {
        yield* tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`embed ${collection}`]);
        const rows = yield* pendingRows(tx, table, embedder.model, after, MAX_TEXTS_PER_CALL);
        const last = rows.at(-1);
        if (last === undefined) return null;
        const texts = rows.map((row) => table.textOf(row) ?? '');
        const vectors = yield* embedder.embed(texts, 'passage');
        const values = [
          rows.map(table.idOf),
          rows.map((row) => row.content_hash),
          vectors.map(encodeVector),
        ] as const;
        yield* withRevision(tx, collection, (revision) =>
          tx.query(SAVE_VECTORS, [collection, embedder.model, revision, ...values]).pipe(
            Effect.as(rows.length),
            Effect.tap(() => onBatch?.(tx, rows.length) ?? Effect.void),
          ),
        );
        return { count: rows.length, last: table.idOf(last) };
      }),
    );

  let behind = false;
  const embedPending: SearchIndex['embedPending'] = Effect.fnUntraced(function* (onBatch) {
    let total = 0;
    for (let after = ''; ; ) {
      behind = true;
      const batch = yield* embedBatch(after, onBatch);
      if (batch === null) {
        behind = false;
        return total;
      }
      total += batch.count;
      after = batch.last;
    }
  });

  const search: SearchIndex['search'] = Effect.fnUntraced(function* (text, filter, limit) {
    const vector = yield* queryVector(text);
    const ask = store.search(collection, { vector, text, filter, limit });
    return yield* ask.pipe(
      Effect.catchIf(
        ({ code }) => code === 'collection_missing',
        () => {
          feed.distrust();
          return Effect.andThen(refresh, ask);
        },
      ),
    );
  });

  return { refresh, embedPending, isBehind: () => behind, search };
};

/** The question's vector, or one of zeros, which is like nothing, when the embedder does not answer in time. */
const makeQueryVector = <Row extends object>({ embedder, table, queryTimeoutMs }: SearchIndexParts<Row>) => {
  const timeoutMs = queryTimeoutMs ?? QUERY_TIMEOUT_MS;
  const late = new EmbedderError({
    code: 'timeout',
    message: `The embedder did not answer a search within ${timeoutMs} ms`,
    retryable: true,
  });
  return (text: string): Effect.Effect<Float32Array> =>
    embedder.embed([text], 'query').pipe(
      Effect.timeoutOrElse({ duration: timeoutMs, orElse: () => Effect.fail(late) }),
      Effect.catch((error) =>
        Effect.logWarning('A search goes by words alone: the embedder is away').pipe(
          Effect.annotateLogs({ collection: table.collection, reason: error.code ?? error._tag }),
          Effect.andThen(Metric.update(wordsOnlySearches, 1)),
          Effect.as([]),
        ),
      ),
      Effect.map(([vector]) => vector ?? new Float32Array(embedder.dimensions)),
    );
};
