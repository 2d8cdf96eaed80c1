/** The one door to table `article`. Articles are removed softly: a removed one is never retrieved again (domain 21.7). */
import { Effect, Schema } from 'effect';
import { type Database, type DatabaseError, storable } from '../catalog/database.ts';
import { type IndexedTable, withRevision } from '../catalog/search-index.ts';

export type ArticleKind = 'faq' | 'rule' | 'value';
export type ArticleLanguage = 'en' | 'ar';

export interface Article {
  readonly id: string;
  readonly kind: ArticleKind;
  readonly title: string;
  readonly body: string;
  readonly language: ArticleLanguage;
  /** Counts the changes, from 1. */
  readonly version: number;
  /** RFC 3339 UTC. */
  readonly updatedAt: string;
}

export interface ArticleRow {
  readonly article_id: string;
  readonly kind: ArticleKind;
  readonly title: string;
  readonly body: string;
  readonly language: ArticleLanguage;
  readonly version: number;
  readonly updated_at: Date;
  readonly deleted_at: Date | null;
}

export const toArticle = (row: ArticleRow): Article => ({
  id: row.article_id,
  kind: row.kind,
  title: row.title,
  body: row.body,
  language: row.language,
  version: row.version,
  updatedAt: row.updated_at.toISOString(),
});

export const ARTICLES = 'articles';

/** What is embedded and searched: the question weighs more than the answer. */
export const articleText = (article: { readonly title: string; readonly body: string }): string =>
  `${article.title}\n${article.body}`;

const FOUND = `t.deleted_at is null and t.kind in ('faq', 'value')`;

/** Facts only: rules say how to behave and must never be found as answers (domain 21.1). */
export const articleIndex: IndexedTable<ArticleRow> = {
  collection: ARTICLES,
  table: 'article',
  idColumn: 'article_id',
  listed: FOUND,
  stored: FOUND,
  idOf: (row) => row.article_id,
  textOf: (row) => (row.deleted_at !== null || row.kind === 'rule' ? null : articleText(row)),
  payloadOf: (row) => ({ kind: row.kind, language: row.language }),
};

export interface StoredArticle {
  readonly article_id: string;
  readonly kind: ArticleKind;
  readonly title: string;
  readonly body: string;
  readonly language: ArticleLanguage;
  readonly content_hash: string;
  readonly seed_key: string | null;
}

const NEW_ROWS = `
  select i.article_id, i.kind, i.title, i.body, i.language, i.content_hash, i.seed_key, $2::bigint as revision
  from jsonb_to_recordset($1::jsonb) as i(article_id text, kind text, title text, body text, language text,
    content_hash text, seed_key text) order by i.article_id`;
const COLUMNS = 'article_id, kind, title, body, language, content_hash, seed_key, revision';

/** Adds articles; those whose seed key was ever there (edited or removed since) are left as they are. */
export const insertArticles = Effect.fnUntraced(function* (tx: Database, articles: readonly StoredArticle[]) {
  const added: ArticleRow[] = [];
  yield* withRevision(tx, ARTICLES, (revision) =>
    tx
      .query<ArticleRow>(
        `insert into article (${COLUMNS}) ${NEW_ROWS} on conflict (seed_key) do nothing returning *`,
        [JSON.stringify(articles), revision],
      )
      .pipe(
        Effect.map((rows) => {
          added.push(...rows);
          return rows.length;
        }),
      ),
  );
  return added;
});

/** Changes an article that is not removed; `null` when there is none. The same content again changes nothing. */
export const updateArticle = Effect.fnUntraced(function* (tx: Database, article: StoredArticle) {
  const values = [
    article.article_id,
    article.kind,
    article.title,
    article.body,
    article.language,
    article.content_hash,
  ];
  yield* withRevision(tx, ARTICLES, (revision) =>
    tx
      .query(
        `update article set kind = $2, title = $3, body = $4, language = $5, content_hash = $6, revision = $7,
           version = version + 1, updated_at = now()
         where article_id = $1 and deleted_at is null
           and (kind, title, body, language) is distinct from ($2, $3, $4, $5) returning article_id`,
        [...values, revision],
      )
      .pipe(Effect.map((rows) => rows.length)),
  );
  const [row] = yield* articlesByIds(tx, [article.article_id]);
  return row ?? null;
});

/** False when there is no such article. */
export const removeArticle = (tx: Database, id: string): Effect.Effect<boolean, DatabaseError> =>
  withRevision(tx, ARTICLES, (revision) =>
    tx
      .query(
        `update article set deleted_at = now(), updated_at = now(), revision = $2
         where article_id = $1 and deleted_at is null returning article_id`,
        [id, revision],
      )
      .pipe(Effect.map((rows) => rows.length)),
  ).pipe(Effect.map((removed) => removed > 0));

/** Living articles of these ids. */
export const articlesByIds = (
  db: Database,
  ids: readonly string[],
): Effect.Effect<readonly ArticleRow[], DatabaseError> =>
  db.query<ArticleRow>('select * from article where article_id = any($1) and deleted_at is null', [ids]);

export const countArticles = (db: Database): Effect.Effect<number, DatabaseError> =>
  db
    .query<{ count: number }>('select count(*)::int as count from article where deleted_at is null')
    .pipe(Effect.map((rows) => rows[0]?.count ?? 0));

/** A list cursor that was not made by us. */
export class KnowledgeBadCursor extends Schema.TaggedError<KnowledgeBadCursor>()('KnowledgeBadCursor', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

export interface ArticleListQuery {
  /** 1 to {@link LIST_MAX}. */
  readonly limit: number;
  readonly cursor?: string;
  readonly kind?: ArticleKind;
  readonly language?: ArticleLanguage;
}

export const LIST_MAX = 200;

/** Living articles by kind and id. */
export const listArticles = Effect.fnUntraced(function* (db: Database, query: ArticleListQuery) {
  const limit = Math.min(Math.max(1, Math.trunc(query.limit)), LIST_MAX);
  const [kind, id] = yield* readCursor(query.cursor);
  const rows = yield* db.query<ArticleRow>(
    `select * from article
     where deleted_at is null and (kind, article_id) > ($1, $2) and ($3::text is null or kind = $3)
       and ($4::text is null or language = $4)
     order by kind, article_id limit $5`,
    [kind, id, query.kind ?? null, query.language ?? null, limit + 1],
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next =
    rows.length > limit && last
      ? Buffer.from(JSON.stringify([last.kind, last.article_id])).toString('base64url')
      : null;
  return { items, next };
});

const Cursor = Schema.fromJsonString(Schema.Tuple([Schema.String, Schema.String]));

const readCursor = (
  cursor: string | undefined,
): Effect.Effect<readonly [string, string], KnowledgeBadCursor> =>
  cursor === undefined
    ? Effect.succeed(['', ''])
    : Schema.decodeUnknownEffect(Cursor)(Buffer.from(cursor, 'base64url').toString()).pipe(
        Effect.map(([kind, id]) => [storable(kind), storable(id)] as const),
        Effect.mapError(
          () =>
            new KnowledgeBadCursor({
              message: 'The cursor is not one of ours: begin without one',
              retryable: false,
            }),
        ),
      );
