/** The knowledge base: what Noor may say about the company (domain 14.8, 15, 21), and the rules she keeps to (domain 5). */
import { createHash, randomUUID } from 'node:crypto';
import { Context, Effect, Layer, Schema } from 'effect';
import type pg from 'pg';
import { Embedder, type EmbedderError } from '../../adapters/vector/embedder.ts';
import { VectorStore, type VectorStoreError } from '../../adapters/vector/vector-store.ts';
import { type DatabaseError, makeDatabase, storable } from '../catalog/database.ts';
import { followIndex } from '../catalog/follow-index.ts';
import { makeSearchIndex } from '../catalog/search-index.ts';
import {
  type Article,
  type ArticleKind,
  type ArticleLanguage,
  type ArticleListQuery,
  articleIndex,
  articlesByIds,
  articleText,
  countArticles,
  insertArticles,
  type KnowledgeBadCursor,
  listArticles,
  removeArticle,
  type StoredArticle,
  toArticle,
  updateArticle,
} from './article-table.ts';
import { SEED } from './seed.ts';

export type { Article, ArticleKind, ArticleLanguage, ArticleListQuery } from './article-table.ts';

/** Left-out `id` makes a new article. */
export interface ArticleDraft {
  readonly id?: string;
  readonly kind: ArticleKind;
  readonly title: string;
  readonly body: string;
  readonly language: ArticleLanguage;
}

export interface ArticleHit extends Article {
  readonly score: number;
}

/** The text of an article is missing or too long; nothing was changed. */
export class ArticleInvalid extends Schema.TaggedError<ArticleInvalid>()('ArticleInvalid', {
  message: Schema.String,
  /** The field at fault. */
  path: Schema.Literals(['title', 'body']),
  retryable: Schema.Boolean,
}) {}

/** The knowledge base holds as many articles as it may. */
export class KnowledgeFull extends Schema.TaggedError<KnowledgeFull>()('KnowledgeFull', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

export type KnowledgeError = DatabaseError | EmbedderError | VectorStoreError;

/** Characters and articles at most (G10): an article has to fit into a prompt. */
export const TITLE_MAX = 300;
export const BODY_MAX = 4000;
export const ARTICLES_MAX = 5000;
export const SEARCH_MAX = 20;
const QUERY_MAX_CHARS = 1000;

export interface ArticlePage {
  readonly items: readonly Article[];
  readonly next: string | null;
}

export interface KnowledgeShape {
  readonly list: (query: ArticleListQuery) => Effect.Effect<ArticlePage, DatabaseError | KnowledgeBadCursor>;
  /** Creates or changes; `null` when the id to change is unknown or removed. Found by search when it returns. */
  readonly put: (
    draft: ArticleDraft,
  ) => Effect.Effect<Article | null, KnowledgeError | ArticleInvalid | KnowledgeFull>;
  /** Softly; false when there is no such article. Not found by search any more when it returns. */
  readonly remove: (id: string) => Effect.Effect<boolean, KnowledgeError>;
  /**
   * Facts (FAQ and values, never rules: domain 21.1) that answer the question, best first: in the customer's language,
   * and in the other one when there are none.
   */
  readonly search: (
    query: string,
    language: ArticleLanguage,
    limit: number,
  ) => Effect.Effect<readonly ArticleHit[], KnowledgeError>;
  /** Brings in what other replicas changed, now rather than at the next look. */
  readonly refresh: Effect.Effect<void, KnowledgeError>;
}

export interface KnowledgeOptions {
  readonly pool: pg.Pool;
  /** How often this replica looks for what others changed, ms. */
  readonly refreshMs?: number;
  /** Texts of a fresh installation; the shipped ones by default. */
  readonly seed?: readonly SeedArticle[];
}

/** A text that comes with the product. `key` never changes, so that an edited or removed text is not put back. */
export interface SeedArticle extends Omit<ArticleDraft, 'id'> {
  readonly key: string;
}

export class Knowledge extends Context.Service<Knowledge, KnowledgeShape>()('treejar/actors/Knowledge') {
  /** Plants the seed where it never was, fills the search index, and follows other replicas while the layer lives. */
  static readonly layer = (
    options: KnowledgeOptions,
  ): Layer.Layer<Knowledge, KnowledgeError, Embedder | VectorStore> =>
    Layer.effect(Knowledge, makeKnowledge(options));
}

const makeKnowledge = Effect.fnUntraced(function* (options: KnowledgeOptions) {
  const embedder = yield* Embedder;
  const store = yield* VectorStore;
  const db = makeDatabase(options.pool);
  const index = makeSearchIndex({ db, embedder, store, table: articleIndex });
  yield* db.transaction((tx) => insertArticles(tx, (options.seed ?? SEED).map(toSeedRow)));
  yield* followIndex(index, options.refreshMs);
  // An article is saved and found by its words even while the embedder or the store is away; the index follows.
  const settle = index.embedPending().pipe(
    Effect.catchTag('EmbedderError', (error) =>
      Effect.logWarning('An article waits for its vector').pipe(
        Effect.annotateLogs({ reason: error.message }),
      ),
    ),
    Effect.andThen(index.refresh),
    Effect.catchTag('VectorStoreError', (error) =>
      Effect.logWarning('The search index lags behind').pipe(Effect.annotateLogs({ reason: error.message })),
    ),
  );

  const put = Effect.fnUntraced(function* (draft: ArticleDraft) {
    const row = yield* toStored(draft, storable(draft.id ?? randomUUID()), null);
    const saved = yield* db.transaction((tx) =>
      draft.id === undefined ? create(tx, row) : updateArticle(tx, row),
    );
    if (saved !== null) yield* settle;
    return saved === null ? null : toArticle(saved);
  });

  const remove = Effect.fnUntraced(function* (id: string) {
    const removed = yield* db.transaction((tx) => removeArticle(tx, storable(id)));
    if (removed) yield* index.refresh;
    return removed;
  });

  const search: KnowledgeShape['search'] = Effect.fnUntraced(function* (query, language, limit) {
    const text = query.slice(0, QUERY_MAX_CHARS);
    const wanted = Math.min(Math.max(1, Math.trunc(limit)), SEARCH_MAX);
    const own = yield* index.search(text, { kinds: FACTS, language }, wanted * CANDIDATES_PER_HIT);
    const hits =
      own.length > 0 ? own : yield* index.search(text, { kinds: FACTS }, wanted * CANDIDATES_PER_HIT);
    const rows = new Map(
      (yield* articlesByIds(
        db,
        hits.map((hit) => hit.id),
      )).map((row) => [row.article_id, row]),
    );
    return hits
      .flatMap((hit) => {
        const row = rows.get(hit.id);
        return row && row.kind !== 'rule' ? [{ ...toArticle(row), score: scoreOf(row.kind, hit.score) }] : [];
      })
      .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .slice(0, wanted);
  });

  return Knowledge.of({
    list: (query) =>
      listArticles(db, query).pipe(Effect.map(({ items, next }) => ({ items: items.map(toArticle), next }))),
    put,
    remove,
    search,
    refresh: index.refresh,
  });
});

const CANDIDATES_PER_HIT = 3;
/** A question is answered before the company is praised: of two that fit alike, the FAQ comes first. */
const FAQ_BONUS = 1.2;

const scoreOf = (kind: ArticleKind, score: number): number =>
  Math.round(Math.min(1, kind === 'faq' ? score * FAQ_BONUS : score) * 1000) / 1000;

const FACTS: readonly ArticleKind[] = ['faq', 'value'];

const create = Effect.fnUntraced(function* (tx: Parameters<typeof insertArticles>[0], row: StoredArticle) {
  if ((yield* countArticles(tx)) >= ARTICLES_MAX) {
    return yield* new KnowledgeFull({
      message: `The knowledge base holds ${ARTICLES_MAX} articles: remove some before adding more`,
      retryable: false,
    });
  }
  const [added] = yield* insertArticles(tx, [row]);
  return added ?? null;
});

const toStored = (draft: Omit<ArticleDraft, 'id'>, id: string, seedKey: string | null) =>
  Effect.gen(function* () {
    const title = yield* checkText('title', draft.title, TITLE_MAX);
    const body = yield* checkText('body', draft.body, BODY_MAX);
    return storedArticle({ ...draft, title, body }, id, seedKey);
  });

const checkText = (
  path: 'title' | 'body',
  value: string,
  max: number,
): Effect.Effect<string, ArticleInvalid> => {
  const text = storable(value).trim();
  if (text !== '' && text.length <= max) return Effect.succeed(text);
  const message = text === '' ? `Write a ${path}` : `Shorten the ${path} to ${max} characters`;
  return Effect.fail(new ArticleInvalid({ message, path, retryable: false }));
};

const storedArticle = (
  draft: Omit<ArticleDraft, 'id'>,
  id: string,
  seedKey: string | null,
): StoredArticle => ({
  article_id: id,
  kind: draft.kind,
  title: draft.title,
  body: draft.body,
  language: draft.language,
  content_hash: createHash('sha256').update(articleText(draft)).digest('hex'),
  seed_key: seedKey,
});

/** The key names the row: replicas that start at once plant the same one. */
const toSeedRow = ({ key, ...draft }: SeedArticle): StoredArticle => storedArticle(draft, key, key);
