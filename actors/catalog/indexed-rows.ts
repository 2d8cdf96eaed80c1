/** The rows of a searched table, with their vectors, as pages: what changed, and what waits for its vector. */
import { Effect } from 'effect';
import type { EmbedderShape } from '../../adapters/vector/embedder.ts';
import type { VectorPayload, VectorPoint } from '../../adapters/vector/vector-store.ts';
import type { Database, DatabaseError } from './database.ts';

/** Rows read at a time: 500 vectors are two megabytes on the way. */
export const PAGE_ROWS = 500;

/** A table whose rows are searched. Names and conditions are constants of ours, never input. */
export interface IndexedTable<Row extends object> {
  readonly collection: 'products' | 'articles' | 'conversations';
  readonly table: string;
  readonly idColumn: string;
  /** Rows worth embedding, as a condition on `t`. */
  readonly listed: string;
  /** Rows that have a place in the store, as a condition on `t`: exactly those whose text is not null. */
  readonly stored: string;
  readonly idOf: (row: Row) => string;
  /** `null` takes the row out of the index. */
  readonly textOf: (row: Row) => string | null;
  readonly payloadOf: (row: Row) => VectorPayload;
  /** Told of every row that changed, before it can be found. */
  readonly onRows?: (rows: readonly Row[]) => void;
}

export interface Embedded {
  readonly embedded_vector: Buffer | null;
  readonly embedded_by: string | null;
}

/** Hands every row that changed after revision `since` (-1: every row that has a place) to `take`, page by page. */
export const eachChanged = Effect.fnUntraced(function* <Row extends object, E>(
  db: Database,
  table: IndexedTable<Row>,
  since: number,
  take: (rows: readonly (Row & Embedded)[]) => Effect.Effect<void, E>,
): Effect.fn.Return<void, E | DatabaseError> {
  for (let after = ''; ; ) {
    const rows = yield* db.query<Row & Embedded>(since < 0 ? allSql(table) : changedSql(table), [
      table.collection,
      after,
      PAGE_ROWS,
      ...(since < 0 ? [] : [since]),
    ]);
    yield* take(rows);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) return;
    after = table.idOf(last);
  }
});

/** As {@link eachChanged} for those who need no vectors; told, not asked. */
export const tellChanged = Effect.fnUntraced(function* <Row extends object>(
  db: Database,
  table: IndexedTable<Row>,
  since: number,
  tell: (rows: readonly Row[]) => void,
): Effect.fn.Return<void, DatabaseError> {
  for (let after = ''; ; ) {
    const rows = yield* db.query<Row>(rowsSql(table), [since, after, PAGE_ROWS]);
    tell(rows);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) return;
    after = table.idOf(last);
  }
});

/** How many rows up to this revision have a place in the store. */
export const countStored = <Row extends object>(
  db: Database,
  { table, stored }: IndexedTable<Row>,
  upTo: number,
): Effect.Effect<number, DatabaseError> =>
  db
    .query<{ count: number }>(
      `select count(*)::int as count from ${table} t where t.revision <= $1 and ${stored}`,
      [upTo],
    )
    .pipe(Effect.map(([row]) => row?.count ?? 0));

/** Rows whose text has no vector of this model yet, by id. */
export const pendingRows = <Row extends object>(
  db: Database,
  table: IndexedTable<Row>,
  model: string,
  after: string,
  limit: number,
): Effect.Effect<readonly (Row & { readonly content_hash: string })[], DatabaseError> =>
  db.query(pendingSql(table), [table.collection, model, after, limit]);

/** What becomes of changed rows in the store. */
export const changesOf = <Row extends object>(
  table: IndexedTable<Row>,
  embedder: Pick<EmbedderShape, 'model' | 'dimensions'>,
  rows: readonly (Row & Embedded)[],
): { readonly gone: readonly string[]; readonly points: readonly VectorPoint[] } => ({
  gone: rows.filter((row) => table.textOf(row) === null).map(table.idOf),
  points: rows.flatMap((row) => {
    const text = table.textOf(row);
    if (text === null) return [];
    // A row that waits for its vector is found by its words meanwhile.
    const vector =
      row.embedded_by === embedder.model && row.embedded_vector ? decodeVector(row.embedded_vector) : null;
    const usable = vector?.length === embedder.dimensions ? vector : new Float32Array(embedder.dimensions);
    return [{ id: table.idOf(row), text, payload: table.payloadOf(row), vector: usable }];
  }),
});

const SELECT = (table: string, idColumn: string) =>
  `select t.*, e.vector as embedded_vector, e.model as embedded_by
  from ${table} t left join embedding e on e.collection = $1 and e.point_id = t.${idColumn}`;

const changedSql = <Row extends object>({ table, idColumn }: IndexedTable<Row>): string => `
  ${SELECT(table, idColumn)}
  where t.${idColumn} in (
      select ${idColumn} from ${table} where revision > $4
      union select point_id from embedding where collection = $1 and revision > $4)
    and t.${idColumn} > $2
  order by t.${idColumn} limit $3`;

const allSql = <Row extends object>({ table, idColumn, stored }: IndexedTable<Row>): string => `
  ${SELECT(table, idColumn)}
  where t.${idColumn} > $2 and ${stored} order by t.${idColumn} limit $3`;

const rowsSql = <Row extends object>({ table, idColumn }: IndexedTable<Row>): string => `
  select t.* from ${table} t where t.revision > $1 and t.${idColumn} > $2 order by t.${idColumn} limit $3`;

const pendingSql = <Row extends object>({ table, idColumn, listed }: IndexedTable<Row>): string => `
  select t.* from ${table} t left join embedding e on e.collection = $1 and e.point_id = t.${idColumn}
  where ${listed} and (e.point_id is null or e.model <> $2 or e.content_hash <> t.content_hash) and t.${idColumn} > $3
  order by t.${idColumn} limit $4`;

/** Writes vectors. Sorted by id, so that two writers never lock rows in opposite order. */
export const SAVE_VECTORS = `
  insert into embedding (collection, model, revision, point_id, content_hash, vector)
  select $1, $2, $3, v.point_id, v.content_hash, v.vector
  from unnest($4::text[], $5::text[], $6::bytea[]) as v(point_id, content_hash, vector) order by v.point_id
  on conflict (collection, point_id) do update
  set model = excluded.model, revision = excluded.revision, content_hash = excluded.content_hash, vector = excluded.vector`;

/** Both supported processors are little endian, so the bytes of the array are the bytes of the column. */
export const encodeVector = (vector: Float32Array): Buffer =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);

/** Copies: the driver's buffer is neither aligned nor ours to keep. */
const decodeVector = (bytes: Buffer): Float32Array => new Float32Array(Uint8Array.from(bytes).buffer);
