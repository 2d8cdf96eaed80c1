/** Catalog and knowledge: each only where its service is given. */
import { Effect } from 'effect';
import { HttpApiBuilder } from 'effect/http-api';
import { CurrentPrincipal } from '../access.ts';
import type { TreejarApi } from '../api.ts';
import { type ApiContext, attempt, attemptPage } from '../context.ts';
import type { CatalogApi, KnowledgeApi } from '../deps.ts';
import { notFound } from '../errors.ts';
import { DEFAULT_PAGE } from '../requests.ts';

const DEFAULT_HITS = 10;

const audited = Effect.fnUntraced(function* (
  ctx: ApiContext,
  action: string,
  target: string,
  after?: unknown,
) {
  const principal = yield* CurrentPrincipal;
  yield* attempt(() => ctx.audit.record(principal, { action, target, after }));
});

export const productHandlers = (api: TreejarApi, ctx: ApiContext, catalog: CatalogApi) =>
  HttpApiBuilder.group(api, 'products', (handlers) =>
    handlers
      .handle('list', ({ query }) =>
        attemptPage(() => {
          const { improve, ...rest } = query;
          const queue = improve === undefined ? {} : { improve: improve === 'true' || improve === '1' };
          return catalog.list({ ...rest, ...queue, limit: query.limit ?? DEFAULT_PAGE });
        }),
      )
      .handle('search', ({ query }) =>
        attempt(() => catalog.search({ ...query, limit: query.limit ?? DEFAULT_HITS })).pipe(
          Effect.map((items) => ({ items, next: null })),
        ),
      )
      .handle(
        'sync',
        Effect.fnUntraced(function* () {
          const { id } = yield* attempt(() => catalog.sync());
          yield* audited(ctx, 'products.sync', id);
          return { id };
        }),
      )
      .handle('latestRun', () =>
        attempt(() => catalog.latestRun()).pipe(
          Effect.flatMap((run) => (run ? Effect.succeed(run) : Effect.fail(notFound('sync run yet')))),
        ),
      )
      .handle('syncRun', ({ params }) =>
        attempt(() => catalog.syncRun(params.run)).pipe(
          Effect.flatMap((run) => (run ? Effect.succeed(run) : Effect.fail(notFound('such sync run')))),
        ),
      ),
  );

/** Articles of one answer of the search; a turn takes fewer. */
const MAX_FOUND = 10;

export const knowledgeHandlers = (api: TreejarApi, ctx: ApiContext, knowledge: KnowledgeApi) =>
  HttpApiBuilder.group(api, 'knowledge', (handlers) =>
    handlers
      .handle('list', ({ query }) =>
        attemptPage(() => knowledge.list({ ...query, limit: query.limit ?? DEFAULT_PAGE })),
      )
      .handle('search', ({ query }) =>
        attempt(() =>
          knowledge.search({ ...query, limit: Math.min(query.limit ?? MAX_FOUND, MAX_FOUND) }),
        ).pipe(Effect.map((items) => ({ items, next: null }))),
      )
      .handle(
        'create',
        Effect.fnUntraced(function* ({ payload }) {
          const article = yield* attempt(() => knowledge.put(null, payload));
          if (!article) return yield* Effect.die(new Error('a new article was not stored'));
          yield* audited(ctx, 'knowledge.create', article.id, { kind: article.kind, title: article.title });
          return article;
        }),
      )
      .handle(
        'update',
        Effect.fnUntraced(function* ({ params, payload }) {
          const article = yield* attempt(() => knowledge.put(params.id, payload));
          if (!article) return yield* Effect.fail(notFound('such article'));
          yield* audited(ctx, 'knowledge.update', article.id, { kind: article.kind, title: article.title });
          return article;
        }),
      )
      .handle(
        'remove',
        Effect.fnUntraced(function* ({ params }) {
          if (!(yield* attempt(() => knowledge.remove(params.id)))) {
            return yield* Effect.fail(notFound('such article'));
          }
          yield* audited(ctx, 'knowledge.remove', params.id);
        }),
      ),
  );
