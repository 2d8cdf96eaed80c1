/**
 * Brings committed rows into a vector store. A store of this process starts empty and is this process's to fill; a
 * shared one (Qdrant) is filled once for all replicas, up to a revision that Postgres remembers, and from the start when
 * it has lost what it was given.
 */
import { Effect } from 'effect';
import type { EmbedderShape } from '../../adapters/vector/embedder.ts';
import type { VectorStoreError, VectorStoreShape } from '../../adapters/vector/vector-store.ts';
import type { Database, DatabaseError, Transactions } from './database.ts';
import { changesOf, countStored, eachChanged, type IndexedTable, tellChanged } from './indexed-rows.ts';

export interface IndexFeed {
  /** Brings the store up to `head`. One call at a time. */
  readonly bringTo: (head: number) => Effect.Effect<void, DatabaseError | VectorStoreError>;
  /** The store answered that it has lost the collection: look again before believing Postgres. */
  readonly distrust: () => void;
}

export interface FeedParts<Row extends object> {
  readonly db: Transactions;
  readonly embedder: Pick<EmbedderShape, 'model' | 'dimensions'>;
  readonly store: VectorStoreShape;
  readonly table: IndexedTable<Row>;
}

export const makeIndexFeed = <Row extends object>(parts: FeedParts<Row>): IndexFeed =>
  parts.store.shared ? sharedFeed(parts) : ownFeed(parts);

const push = <Row extends object>(
  { embedder, store, table }: FeedParts<Row>,
  db: Database,
  since: number,
  onRows: (rows: readonly Row[]) => void,
) =>
  eachChanged(db, table, since, (rows) =>
    Effect.gen(function* () {
      const { gone, points } = changesOf(table, embedder, rows);
      onRows(rows);
      if (gone.length > 0) yield* store.remove(table.collection, gone);
      if (points.length > 0) yield* store.upsert(table.collection, points);
    }),
  );

const ownFeed = <Row extends object>(parts: FeedParts<Row>): IndexFeed => {
  const { db, embedder, store, table } = parts;
  let done = -1;
  return {
    bringTo: Effect.fnUntraced(function* (head) {
      if (head === done) return;
      yield* store.ensure(table.collection, embedder.dimensions);
      yield* push(parts, db, done, table.onRows ?? (() => {}));
      done = head;
    }),
    distrust: () => {
      done = -1;
    },
  };
};

const sharedFeed = <Row extends object>(parts: FeedParts<Row>): IndexFeed => {
  const { db, embedder, store, table } = parts;
  const key = [table.collection, embedder.model] as const;
  let told = -1;
  let trusted = false;

  const progress = (tx: Database, lock: 'for update' | '') =>
    tx
      .query<{ revision: number | string }>(
        `select revision from search_progress where collection = $1 and model = $2 ${lock}`,
        key,
      )
      .pipe(Effect.map(([row]) => (row === undefined ? null : Number(row.revision))));
  const record = (tx: Database, revision: number) =>
    tx.query('update search_progress set revision = $3 where collection = $1 and model = $2', [
      ...key,
      revision,
    ]);

  /** Asks the store whether it still has what Postgres remembers; a server may have lost its disk, or be another. */
  const check = db.transaction((tx) =>
    Effect.gen(function* () {
      const done = (yield* progress(tx, 'for update')) ?? -1;
      if (done < 0) return;
      const has = yield* store.count(table.collection).pipe(
        Effect.catchIf(
          ({ code }) => code === 'collection_missing',
          () => Effect.succeed(-1),
        ),
      );
      const ought = yield* countStored(tx, table, done);
      if (has >= ought) return;
      yield* Effect.logWarning('The vector store has lost points; they are brought in again').pipe(
        Effect.annotateLogs({ collection: table.collection, has: Math.max(0, has), ought }),
      );
      yield* record(tx, -1);
    }),
  );

  const bring = db.transaction((tx) =>
    Effect.gen(function* () {
      const done = (yield* progress(tx, 'for update')) ?? -1;
      // Read after the lock: another replica may have brought everything in meanwhile.
      const [row] = yield* tx.query<{ revision: number | string }>(
        'select revision from search_revision where collection = $1',
        [table.collection],
      );
      const head = Number(row?.revision ?? 0);
      if (done >= head) return;
      // Not for mere changes: a lost collection would come back with nothing but them, and nobody would notice.
      if (done < 0 || !trusted) yield* store.ensure(table.collection, embedder.dimensions);
      yield* push(parts, tx, done, () => {});
      yield* record(tx, head);
    }),
  );

  const bringTo = Effect.fnUntraced(function* (head: number) {
    const known = yield* progress(db, '');
    if (trusted && known !== null && known >= head) return;
    if (known === null) yield* db.query(FIRST_PROGRESS, key);
    if (!trusted) yield* check;
    yield* bring;
    trusted = true;
  });

  return {
    bringTo: Effect.fnUntraced(function* (head) {
      if (table.onRows && head !== told) yield* tellChanged(db, table, told, table.onRows);
      told = head;
      yield* bringTo(head).pipe(
        Effect.catchIf(
          (error) => error._tag === 'VectorStoreError' && error.code === 'collection_missing',
          () => {
            trusted = false;
            return bringTo(head);
          },
        ),
      );
    }),
    distrust: () => {
      trusted = false;
    },
  };
};

const FIRST_PROGRESS =
  'insert into search_progress (collection, model) values ($1, $2) on conflict do nothing';
