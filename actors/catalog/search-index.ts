/**
 * A search index that follows a table. Texts live in Postgres with their embeddings; each replica brings the changed
 * ones into its vector store, in the order of a revision that every writer takes under one row lock. So an index can
 * never miss a commit, and a text is embedded once for all replicas (domain 12.6, lesson F-17).
 */
import { Effect, Semaphore } from 'effect';
import {
  type EmbedderError,
  type EmbedderShape,
  MAX_TEXTS_PER_CALL,
} from '../../adapters/vector/embedder.ts';
import type {
  VectorFilter,
  VectorHit,
  VectorPayload,
  VectorStoreError,
  VectorStoreShape,
} from '../../adapters/vector/vector-store.ts';
import type { Database, DatabaseError, Transactions } from './database.ts';

/** Rows brought in at a time: 500 vectors are two megabytes on the way. */
const REFRESH_PAGE = 500;

/** A table whose rows are searched. Names are constants of ours, never input. */
export interface IndexedTable<Row extends object> {
  readonly collection: 'products' | 'articles';
  readonly table: string;
  readonly idColumn: string;
  /** Rows worth embedding, as a condition on `t`. */
  readonly listed: string;
  readonly idOf: (row: Row) => string;
  /** `null` takes the row out of the index. */
  readonly textOf: (row: Row) => string | null;
  readonly payloadOf: (row: Row) => VectorPayload;
  /** Told of every row that changed, before it can be found. */
  readonly onRows?: (rows: readonly Row[]) => void;
}

export type IndexError = DatabaseError | EmbedderError | VectorStoreError;

export interface SearchIndex {
  /** Brings in what was committed since the last call. */
  readonly refresh: Effect.Effect<void, DatabaseError | VectorStoreError>;
  /** Embeds texts that have no vector of this model yet; `onBatch` runs in the commit that stores each batch. */
  readonly embedPending: (
    onBatch?: (tx: Database, count: number) => Effect.Effect<void, DatabaseError>,
  ) => Effect.Effect<number, IndexError>;
  readonly search: (
    text: string,
    filter: VectorFilter,
    limit: number,
  ) => Effect.Effect<readonly VectorHit[], IndexError>;
}

export interface SearchIndexParts<Row extends object> {
  readonly db: Transactions;
  readonly embedder: EmbedderShape;
  readonly store: VectorStoreShape;
  readonly table: IndexedTable<Row>;
}

/**
 * Runs `write` with the next revision of a collection, which the rows it writes must carry. The row lock is held until
 * the commit, so revisions appear in order; `write` answers how many rows carry it, 0 takes the number back.
 */
export const withRevision = <E>(
  tx: Database,
  collection: string,
  write: (revision: number) => Effect.Effect<number, E>,
): Effect.Effect<number, E | DatabaseError> =>
  Effect.gen(function* () {
    const rows = yield* tx.query<{ revision: number }>(
      'select revision from search_revision where collection = $1 for update',
      [collection],
    );
    const revision = Number(rows[0]?.revision ?? 0) + 1;
    const written = yield* write(revision);
    if (written > 0) {
      yield* tx.query('update search_revision set revision = $2 where collection = $1', [
        collection,
        revision,
      ]);
    }
    return written;
  });

interface Embedded {
  readonly vector: Buffer | null;
  readonly model: string | null;
}

/** Makes the index; it is empty until the first `refresh`. */
export const makeSearchIndex = <Row extends object>(parts: SearchIndexParts<Row>): SearchIndex => {
  const { db, embedder, store, table } = parts;
  const { collection } = table;
  const gate = Semaphore.makeUnsafe(1);
  let seen = -1;

  const take = Effect.fnUntraced(function* (rows: readonly (Row & Embedded)[]) {
    const gone = rows.filter((row) => table.textOf(row) === null).map(table.idOf);
    const points = rows.flatMap((row) => {
      const text = table.textOf(row);
      // A row that waits for its vector is found by its words meanwhile.
      const vector = row.model === embedder.model && row.vector ? decodeVector(row.vector) : null;
      const usable = vector?.length === embedder.dimensions ? vector : new Float32Array(embedder.dimensions);
      return text === null
        ? []
        : [{ id: table.idOf(row), text, payload: table.payloadOf(row), vector: usable }];
    });
    table.onRows?.(rows);
    if (gone.length > 0) yield* store.remove(collection, gone);
    if (points.length > 0) yield* store.upsert(collection, points);
  });

  const refresh = Effect.gen(function* () {
    const [head] = yield* db.query<{ revision: number }>(
      'select revision from search_revision where collection = $1',
      [collection],
    );
    const revision = Number(head?.revision ?? 0);
    if (revision === seen) return;
    yield* store.ensure(collection, embedder.dimensions);
    for (let after = ''; ; ) {
      const rows = yield* db.query<Row & Embedded>(changedSql(table), [
        seen,
        after,
        REFRESH_PAGE,
        collection,
      ]);
      yield* take(rows);
      const last = rows.at(-1);
      if (last === undefined || rows.length < REFRESH_PAGE) break;
      after = table.idOf(last);
    }
    seen = revision;
  }).pipe(gate.withPermits(1));

  const embedPending: SearchIndex['embedPending'] = Effect.fnUntraced(function* (onBatch) {
    let total = 0;
    for (let after = ''; ; ) {
      const rows = yield* db.query<Row & { content_hash: string }>(pendingSql(table), [
        collection,
        embedder.model,
        after,
        MAX_TEXTS_PER_CALL,
      ]);
      const last = rows.at(-1);
      if (last === undefined) return total;
      const vectors = yield* embedder.embed(
        rows.map((row) => table.textOf(row) ?? ''),
        'passage',
      );
      const values = [
        rows.map(table.idOf),
        rows.map((row) => row.content_hash),
        vectors.map(encodeVector),
      ] as const;
      yield* db.transaction((tx) =>
        withRevision(tx, collection, (revision) =>
          tx.query(SAVE_VECTORS, [collection, embedder.model, revision, ...values]).pipe(
            Effect.as(rows.length),
            Effect.tap(() => onBatch?.(tx, rows.length) ?? Effect.void),
          ),
        ),
      );
      total += rows.length;
      after = table.idOf(last);
    }
  });

  const search: SearchIndex['search'] = Effect.fnUntraced(function* (text, filter, limit) {
    const [vector] = yield* embedder.embed([text], 'query');
    if (!vector) return [];
    return yield* store.search(collection, { vector, text, filter, limit });
  });

  return { refresh, embedPending, search };
};

const changedSql = <Row extends object>({ table, idColumn }: IndexedTable<Row>): string => `
  select t.*, e.vector, e.model
  from ${table} t left join embedding e on e.collection = $4 and e.point_id = t.${idColumn}
  where t.${idColumn} in (
      select ${idColumn} from ${table} where revision > $1
      union select point_id from embedding where collection = $4 and revision > $1)
    and t.${idColumn} > $2
  order by t.${idColumn} limit $3`;

const pendingSql = <Row extends object>({ table, idColumn, listed }: IndexedTable<Row>): string => `
  select t.* from ${table} t left join embedding e on e.collection = $1 and e.point_id = t.${idColumn}
  where ${listed} and (e.point_id is null or e.model <> $2 or e.content_hash <> t.content_hash) and t.${idColumn} > $3
  order by t.${idColumn} limit $4`;

/** Sorted by id, so that two writers never lock rows in opposite order. */
const SAVE_VECTORS = `
  insert into embedding (collection, model, revision, point_id, content_hash, vector)
  select $1, $2, $3, v.point_id, v.content_hash, v.vector
  from unnest($4::text[], $5::text[], $6::bytea[]) as v(point_id, content_hash, vector) order by v.point_id
  on conflict (collection, point_id) do update
  set model = excluded.model, revision = excluded.revision, content_hash = excluded.content_hash, vector = excluded.vector`;

/** Both supported processors are little endian, so the bytes of the array are the bytes of the column. */
const encodeVector = (vector: Float32Array): Buffer =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);

/** Copies: the driver's buffer is neither aligned nor ours to keep. */
const decodeVector = (bytes: Buffer): Float32Array => new Float32Array(Uint8Array.from(bytes).buffer);
