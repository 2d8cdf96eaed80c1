/** Collects from the conversation what its reply may state. Whoever adds a fact to the conversation adds it here. */
import type { ConversationContext } from '../context.ts';
import { type DoneEffect, type GroundingFacts, VAT_PERCENT } from './facts.ts';

/** The prompt section whose sentences are meant for the customer (domain 15); the others are instructions. */
const VALUES_SECTION = 'values';

export const groundingFactsOf = (context: ConversationContext): GroundingFacts => {
  const { evidence } = context.turn;
  const said = (...from: readonly string[]): readonly string[] =>
    context.dialogue.filter((line) => from.includes(line.from)).map((line) => line.text);
  const sections = (values: boolean): readonly string[] =>
    context.briefing.sections
      .filter(({ section }) => (section === VALUES_SECTION) === values)
      .map(({ body }) => body.replaceAll('{{companyName}}', context.briefing.companyName));
  const effects: readonly DoneEffect[] = [];
  return {
    language: context.language,
    products: newest([...evidence.briefedProducts, ...evidence.products]),
    articles: [...evidence.briefedArticles, ...evidence.articles],
    lines: context.order.lines,
    subtotal: context.order.subtotal,
    quote: null,
    statements: sections(true),
    colleagueWords: said('manager', 'note'),
    customerWords: said('customer'),
    vatPercent: VAT_PERCENT,
    discountPercent: null,
    escalated: evidence.escalated,
    effects,
    instructions: sections(false),
  };
};

/** One reading of each article: what a tool read replaces what the briefing had (domain 12.7). */
const newest = <Product extends { readonly sku: string }>(
  products: readonly Product[],
): readonly Product[] => [...new Map(products.map((product) => [product.sku, product])).values()];
