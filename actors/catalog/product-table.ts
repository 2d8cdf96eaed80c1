/** The one door to table `product`: every statement on it, named for what it answers. */
import { Effect, Schema } from 'effect';
import { GOOD_CARD } from '../../machines/catalog/card-score.ts';
import { normaliseSku } from '../../machines/sku/sku.ts';
import { type Database, type DatabaseError, storable } from './database.ts';
import { type ProductRow, payloadOf, type StoredProduct, searchText } from './product.ts';
import { type IndexedTable, withRevision } from './search-index.ts';

export const PRODUCTS = 'products';

/** The table as the search index follows it. Inactive rows stay in the index: their filter keeps them out of answers. */
export const productIndex = (onRows: (rows: readonly ProductRow[]) => void): IndexedTable<ProductRow> => ({
  collection: PRODUCTS,
  table: 'product',
  idColumn: 'item_id',
  listed: 't.active',
  stored: 'true',
  idOf: (row) => row.item_id,
  textOf: searchText,
  payloadOf,
  onRows,
});

const UPSERT = `
  insert into product (item_id, sku, sku_norm, name, name_ar, description, description_ar, category, price, currency, stock,
    unit, active, attributes, image_name, image_id, modified_at, row_hash, content_hash, card_score, card_reasons,
    revision, seen_run)
  select i.item_id, i.sku, i.sku_norm, i.name, i.name_ar, i.description, i.description_ar, i.category, i.price, i.currency,
    i.stock, i.unit, i.active, i.attributes, i.image_name, i.image_id, i.modified_at, i.row_hash, i.content_hash,
    i.card_score, i.card_reasons, $2, $3
  from jsonb_to_recordset($1::jsonb) as i(item_id text, sku text, sku_norm text, name text, name_ar text, description text,
    description_ar text, category text, price numeric, currency text, stock integer, unit text, active boolean,
    attributes jsonb, image_name text, image_id text, modified_at timestamptz, row_hash text, content_hash text, card_score smallint,
    card_reasons text[])
  order by i.item_id
  on conflict (item_id) do update set
    sku = excluded.sku, sku_norm = excluded.sku_norm, name = excluded.name, name_ar = excluded.name_ar,
    description = excluded.description, description_ar = excluded.description_ar, category = excluded.category,
    price = excluded.price, currency = excluded.currency, stock = excluded.stock, unit = excluded.unit,
    active = excluded.active, attributes = excluded.attributes, image_name = excluded.image_name,
    image_id = excluded.image_id,
    modified_at = excluded.modified_at, row_hash = excluded.row_hash, content_hash = excluded.content_hash,
    card_score = excluded.card_score, card_reasons = excluded.card_reasons, seen_run = excluded.seen_run,
    revision = case when product.row_hash = excluded.row_hash then product.revision else excluded.revision end,
    updated_at = case when product.row_hash = excluded.row_hash then product.updated_at else now() end
  returning (revision = $2) as changed`;

/** Writes a page of items; answers how many were new or different. Must run inside a transaction. */
export const upsertProducts = (
  tx: Database,
  items: readonly StoredProduct[],
  runId: string,
): Effect.Effect<number, DatabaseError> =>
  withRevision(tx, PRODUCTS, (revision) =>
    tx
      .query<{ changed: boolean }>(UPSERT, [JSON.stringify(items), revision, runId])
      .pipe(Effect.map((rows) => rows.filter((row) => row.changed).length)),
  );

/** Active rows that the run did not meet. */
export const unseenProducts = (
  db: Database,
  runId: string,
): Effect.Effect<readonly string[], DatabaseError> =>
  db
    .query<{ item_id: string }>('select item_id from product where active and seen_run is distinct from $1', [
      runId,
    ])
    .pipe(Effect.map((rows) => rows.map((row) => row.item_id)));

/** Deactivates rows that are still unseen (domain 12.5: never deletes). The hash is voided so that a return is a change. */
export const deactivateProducts = (
  tx: Database,
  runId: string,
  itemIds: readonly string[],
): Effect.Effect<number, DatabaseError> =>
  withRevision(tx, PRODUCTS, (revision) =>
    tx
      .query(
        `update product set active = false, revision = $2, row_hash = '', updated_at = now()
         where item_id = any($1) and active and seen_run is distinct from $3 returning item_id`,
        [itemIds, revision, runId],
      )
      .pipe(Effect.map((rows) => rows.length)),
  );

export const countActive = (db: Database): Effect.Effect<number, DatabaseError> =>
  db
    .query<{ count: number }>('select count(*)::int as count from product where active')
    .pipe(Effect.map((rows) => rows[0]?.count ?? 0));

export const productsByIds = (
  db: Database,
  itemIds: readonly string[],
): Effect.Effect<readonly ProductRow[], DatabaseError> =>
  db.query<ProductRow>('select * from product where item_id = any($1)', [itemIds]);

/** Rows of any of these keys, the ones to prefer first: active, priced, newest. */
export const productsByNorms = (
  db: Database,
  norms: readonly string[],
): Effect.Effect<readonly ProductRow[], DatabaseError> =>
  db.query<ProductRow>(
    `select * from product where sku_norm = any($1)
     order by active desc, (price is not null) desc, modified_at desc nulls last, item_id`,
    [norms],
  );

/** A list cursor that was not made by us. */
export class CatalogBadCursor extends Schema.TaggedError<CatalogBadCursor>()('CatalogBadCursor', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

export interface ProductListQuery {
  /** 1 to {@link LIST_MAX}. */
  readonly limit: number;
  readonly cursor?: string;
  /** Part of a name, category or SKU (any spelling). */
  readonly q?: string;
  readonly category?: string;
  /** Only active products whose card wants improving (domain 21.3). */
  readonly improve?: boolean;
}

export const LIST_MAX = 200;

export interface ProductRows {
  readonly items: readonly ProductRow[];
  readonly next: string | null;
}

/**
 * Rows by SKU, inactive ones included. Pages follow the index `product_listed`; `q` is a substring, so with it the
 * scan is bounded by the size of the catalog (10,000 rows, milliseconds), not by the page.
 */
export const listProducts = Effect.fnUntraced(function* (db: Database, query: ProductListQuery) {
  const limit = Math.min(Math.max(1, Math.trunc(query.limit)), LIST_MAX);
  const after = yield* readCursor(query.cursor);
  const part = storable(query.q ?? '').trim();
  const like = part ? `%${part.replace(/[\\%_]/g, '\\$&')}%` : null;
  const norm = normaliseSku(part);
  const rows = yield* db.query<ProductRow>(
    `select * from product
     where (sku, item_id) > ($1, $2) and ($3::text is null or category = $3)
       and ($4::text is null or name ilike $4 or name_ar ilike $4 or category ilike $4 or ($5 <> '' and sku_norm like $6))
       ${query.improve === true ? `and active and card_score < ${GOOD_CARD}` : ''}
     order by sku, item_id limit $7`,
    [
      after[0],
      after[1],
      query.category === undefined ? null : storable(query.category),
      like,
      norm,
      `%${norm.replace(/[\\%_]/g, '\\$&')}%`,
      limit + 1,
    ],
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last ? writeCursor(last.sku, last.item_id) : null;
  return { items, next } satisfies ProductRows;
});

const writeCursor = (sku: string, itemId: string): string =>
  Buffer.from(JSON.stringify([sku, itemId])).toString('base64url');

const Cursor = Schema.fromJsonString(Schema.Tuple([Schema.String, Schema.String]));

const readCursor = (
  cursor: string | undefined,
): Effect.Effect<readonly [string, string], CatalogBadCursor> =>
  cursor === undefined
    ? Effect.succeed(['', ''])
    : Schema.decodeUnknownEffect(Cursor)(Buffer.from(cursor, 'base64url').toString()).pipe(
        Effect.map(([sku, itemId]) => [storable(sku), storable(itemId)] as const),
        Effect.mapError(
          () =>
            new CatalogBadCursor({
              message: 'The cursor is not one of ours: begin without one',
              retryable: false,
            }),
        ),
      );
