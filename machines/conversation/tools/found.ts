/** Evidence: what a tool found becomes what the reply may say (domain 9.6, 12.7). */
import {
  type ProposedAlternative,
  type Recommended,
  recommendedAnswer,
  recommendedProducts,
} from '../../recommendations/recommended.ts';
import type { ToolResult } from '../actors.ts';
import { type ConversationContext, type EvidenceArticle, type EvidenceProduct, LIMITS } from '../context.ts';
import { discountOf, forCustomer } from '../sale/pricing.ts';
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
        products: mergeProducts(
          evidence.products,
          products.map((product) => forCustomer(context, product)),
        ),
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
    answer: { ok: false, ...rest, ...toldRecommended(context, recommended) },
  };
};

/** A product as the model is told of it: at this customer's price, without the one behind it (domain 9.6). */
export const toldProduct = (
  context: ConversationContext,
  product: EvidenceProduct,
): Omit<EvidenceProduct, 'listPrice'> => {
  const { listPrice: _, ...told } = forCustomer(context, product);
  return told;
};

/** Recommendations at this customer's prices (domain 9.6, 13). */
export const toldRecommended = (
  context: ConversationContext,
  recommended: Recommended | undefined,
): object => {
  if (recommended === undefined) return {};
  const { alternatives, complement, ...rest } = recommended;
  const isDiscounted = discountOf(context) !== null;
  // The difference is of catalog rates: beside discounted prices it would not add up.
  const withoutListDifference = (proposal: ProposedAlternative): ProposedAlternative =>
    isDiscounted ? { ...proposal, difference: { ...proposal.difference, price: null } } : proposal;
  const priced = <Proposal extends { readonly product: EvidenceProduct }>(proposal: Proposal) => ({
    ...proposal,
    product: toldProduct(context, proposal.product),
  });
  return recommendedAnswer({
    ...rest,
    ...(alternatives ? { alternatives: alternatives.map(priced).map(withoutListDifference) } : {}),
    ...(complement ? { complement: priced(complement) } : {}),
  });
};
