/** What a turn should know before the model is asked: prompts, settings, and what we have on the customer's words. */
import { Effect } from 'effect';
import type { BriefInput, BriefOutput } from '../../machines/conversation/actors.ts';
import { Catalog } from '../catalog/catalog.ts';
import { Knowledge } from '../knowledge/knowledge.ts';
import { Prompts } from '../prompts/prompts.ts';
import { Summaries } from '../summaries/summaries.ts';
import { BusinessSettings } from './business-settings.ts';
import { LiveProducts } from './live-products.ts';

/** Few and good: each costs tokens in every call of the turn. */
const PRODUCTS = 4;
const ARTICLES = 2;

export const brief = Effect.fn('brief')(function* (input: BriefInput) {
  const catalog = yield* Catalog;
  const knowledge = yield* Knowledge;
  const prompts = yield* Prompts;
  const settings = yield* BusinessSettings;
  const live = yield* LiveProducts;
  const summaries = yield* Summaries;
  const { query, language } = { query: input.text.slice(0, MAX_QUERY_CHARS), language: input.language };
  const found = yield* Effect.all(
    {
      turn: settings.forTurn,
      sections: prompts.active,
      products: catalog
        .search({ query, language, limit: PRODUCTS })
        .pipe(Effect.flatMap((hits) => live.refresh(hits))),
      articles: knowledge.search(query, language, ARTICLES),
      earlier: summaries.earlier(input.conversationId, query).pipe(
        // A turn goes on without its past.
        Effect.catch((error) =>
          Effect.logWarning('Earlier conversations could not be looked up', { reason: error.message }).pipe(
            Effect.as([]),
          ),
        ),
      ),
    },
    { concurrency: 'unbounded' },
  );
  // Inventory's own number of the tax is of no use in a conversation.
  const { vatTaxId: _, ...turn } = found.turn;
  return {
    briefing: { ...turn, sections: found.sections, earlier: found.earlier },
    products: found.products,
    articles: found.articles.map(({ id, title, body }) => ({ id, title, body })),
  } satisfies BriefOutput;
});

/** A retrieval query is a thought, not a letter. */
const MAX_QUERY_CHARS = 500;
