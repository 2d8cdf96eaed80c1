/** Evidence: what a tool found becomes what the reply may say (domain 9.6, 12.7). */
import { recommendedAnswer, recommendedProducts } from '../../recommendations/recommended.ts';
import type { ToolResult } from '../actors.ts';
import { type ConversationContext, type EvidenceArticle, type EvidenceProduct, LIMITS } from '../context.ts';
import type { Update } from '../updates/update.ts';
import type { Applied } from './tool.ts';

/** The turn with these products and articles among its evidence. */
export const withFound = (
  context: ConversationContext,
  products: readonly EvidenceProduct[],
  articles: readonly EvidenceArticle[] = [],
): Update => {
  const { evidence } = context.turn;
  return {
    turn: {
      ...context.turn,
      evidence: {
        ...evidence,
        products: mergeProducts(evidence.products, products),
        articles: mergeArticles(evidence.articles, articles),
      },
    },
  };
};

/** One authoritative figure per SKU and turn: the newest reading wins (domain 12.7). */
const mergeProducts = (
  old: readonly EvidenceProduct[],
  fresh: readonly EvidenceProduct[],
): readonly EvidenceProduct[] => {
  const bySku = new Map([...old, ...fresh].map((product) => [product.sku, product]));
  return [...bySku.values()].slice(-LIMITS.evidenceProducts);
};

const mergeArticles = (
  old: readonly EvidenceArticle[],
  fresh: readonly EvidenceArticle[],
): readonly EvidenceArticle[] => {
  const byId = new Map([...old, ...fresh].map((article) => [article.id, article]));
  return [...byId.values()].slice(-LIMITS.evidenceArticles);
};

/** A tool that found something else than it looks for, or was refused: the model learns why. */
export const notFound = (context: ConversationContext, result: ToolResult): Applied => {
  if (result.tool !== 'refused') {
    return { update: {}, raise: [], answer: { ok: false, reason: 'This cannot be checked right now.' } };
  }
  const { tool: _, products, recommended, ...rest } = result;
  return {
    update: withFound(context, [...(products ?? []), ...recommendedProducts(recommended)]),
    raise: [],
    answer: { ok: false, ...rest, ...recommendedAnswer(recommended) },
  };
};
