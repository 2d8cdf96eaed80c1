/** Collects from the conversation what its reply may state. Whoever adds a fact to the conversation adds it here. */
import type { ConversationContext } from '../context.ts';
import { saleFactsOf } from '../sale/quote-facts.ts';
import type { GroundingFacts } from './facts.ts';

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
  const sale = saleFactsOf(context);
  return {
    language: context.language,
    products: newest([...evidence.briefedProducts, ...evidence.products]),
    articles: [...evidence.briefedArticles, ...evidence.articles],
    lines: sale.lines,
    subtotal: context.order.subtotal,
    quote: sale.quote,
    statements: [...sections(true), ...sale.statements],
    colleagueWords: said('manager', 'note'),
    customerWords: said('customer'),
    vatPercent: sale.vatPercent,
    discountPercent: sale.discountPercent,
    escalated: evidence.escalated,
    effects: sale.effects,
    instructions: sections(false),
  };
};

/** One reading of each article: what a tool read replaces what the briefing had (domain 12.7). */
const newest = <Product extends { readonly sku: string }>(
  products: readonly Product[],
): readonly Product[] => [...new Map(products.map((product) => [product.sku, product])).values()];
