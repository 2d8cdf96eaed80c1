/** The catalog, knowledge, CRM and stock as the API's routes ask for them: promises over the programs' services. */
import { type Context, Effect } from 'effect';
import type { Pool } from 'pg';
import { Catalog, type Product } from '../actors/catalog/catalog.ts';
import { ProductPhotos } from '../actors/catalog/product-photos.ts';
import { type Article, Knowledge } from '../actors/knowledge/knowledge.ts';
import { CARD_FAULTS } from '../machines/catalog/card-score.ts';
import { DEFAULT_CURRENCY } from '../machines/money/money.ts';
import type { CatalogApi, CrmApi, InventoryApi, KnowledgeApi } from './api/deps.ts';
import type { ArticleView, ProductView } from './api/schemas.ts';
import { BadCursor } from './conversations/views-api.ts';
import type { Clock } from './engine/types.ts';
import type { Services } from './services.ts';
import { makeCrmApi } from './vendor-api/crm-api.ts';
import { makeInventoryApi } from './vendor-api/inventory-api.ts';

export interface ApiExtras {
  readonly catalog: CatalogApi;
  readonly knowledge: KnowledgeApi;
  readonly crm: CrmApi;
  readonly inventory: InventoryApi;
}

const productView = (product: Product, imageUrl: string | null): ProductView => ({
  sku: product.sku,
  name: product.name,
  nameAr: product.nameAr,
  description: product.description,
  category: product.category,
  price: product.price === null ? null : { amount: product.price, currency: product.currency },
  stock: product.stock,
  unit: product.unit,
  active: product.active,
  imageUrl,
  cardScore:
    product.card === null
      ? null
      : {
          score: product.card.score,
          reasons: product.card.reasons.map((code) => {
            const { points, advice } = CARD_FAULTS[code];
            return { code, points, advice };
          }),
        },
  updatedAt: product.updatedAt,
});

const viewOf = Effect.fnUntraced(function* (product: Product) {
  const photos = yield* ProductPhotos;
  return productView(product, yield* photos.linkOf(product));
});
const views = (products: readonly Product[]) => Effect.forEach(products, viewOf);

const articleView = (article: Article): ArticleView => ({
  id: article.id,
  kind: article.kind,
  title: article.title,
  body: article.body,
  language: article.language,
  updatedAt: article.updatedAt,
});

export const makeApiExtras = (services: Context.Context<Services>, pool: Pool, clock: Clock): ApiExtras => {
  const run = <A, E>(effect: Effect.Effect<A, E, Services>): Promise<A> =>
    Effect.runPromise(effect.pipe(Effect.provideContext(services)));
  const badCursor = (error: { readonly message: string }) => Effect.die(new BadCursor(error.message));
  return {
    catalog: {
      list: (query) =>
        run(
          Effect.gen(function* () {
            const catalog = yield* Catalog;
            const page = yield* catalog.list(query).pipe(Effect.catchTag('CatalogBadCursor', badCursor));
            return { items: yield* views(page.items), next: page.next };
          }),
        ),
      search: ({ q, lang, limit }) =>
        run(
          Effect.gen(function* () {
            const catalog = yield* Catalog;
            const hits = yield* catalog.search({ query: q, language: lang ?? 'en', limit });
            return yield* Effect.forEach(hits, (hit) =>
              Effect.map(viewOf(hit), (view) => ({
                ...view,
                score: hit.score,
                match: hit.match,
                why: hit.why,
              })),
            );
          }),
        ),
      sync: () => run(Effect.flatMap(Catalog, (catalog) => catalog.sync('manual'))).then((id) => ({ id })),
      syncRun: (id) => run(Effect.flatMap(Catalog, (catalog) => catalog.syncRun(id))),
      latestRun: () => run(Effect.flatMap(Catalog, (catalog) => catalog.latestRun)),
    },
    knowledge: {
      list: (query) =>
        run(
          Effect.gen(function* () {
            const knowledge = yield* Knowledge;
            const page = yield* knowledge.list(query).pipe(Effect.catchTag('KnowledgeBadCursor', badCursor));
            return { items: page.items.map(articleView), next: page.next };
          }),
        ),
      search: ({ q, lang, limit }) =>
        run(Effect.flatMap(Knowledge, (knowledge) => knowledge.search(q, lang ?? 'en', limit))).then((hits) =>
          hits.map((hit) => ({ ...articleView(hit), score: hit.score })),
        ),
      put: (id, draft) =>
        run(
          Effect.gen(function* () {
            const knowledge = yield* Knowledge;
            const saved = yield* knowledge.put(id === null ? draft : { ...draft, id });
            return saved === null ? null : articleView(saved);
          }),
        ),
      remove: (id) => run(Effect.flatMap(Knowledge, (knowledge) => knowledge.remove(id))),
    },
    crm: makeCrmApi(services, DEFAULT_CURRENCY),
    inventory: makeInventoryApi({ services, pool, clock, currency: DEFAULT_CURRENCY }),
  };
};
