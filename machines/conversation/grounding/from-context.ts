/** Collects from the conversation what its reply may state. Whoever adds a fact to the conversation adds it here. */
import { isoDay, localTime } from '../../business-hours/zone.ts';
import { DEFAULT_OUTREACH_TIMING } from '../../outreach/schedule.ts';
import type { ConversationContext } from '../context.ts';
import { saleFactsOf } from '../sale/quote-facts.ts';
import type { DoneEffect, GroundingFacts } from './facts.ts';

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
  const { agreed, optedOutAt } = context.outreach;
  const effects: readonly DoneEffect[] = [
    ...sale.effects,
    ...(agreed || evidence.agreedFor ? (['contact_agreed'] as const) : []),
    ...(optedOutAt === null ? [] : (['opted_out'] as const)),
    ...(Object.values(context.afterSale.answers).some((answer) => answer !== null)
      ? (['feedback_recorded'] as const)
      : []),
  ];
  return {
    language: context.language,
    products: newest([...evidence.briefedProducts, ...evidence.products]),
    articles: [...evidence.briefedArticles, ...evidence.articles],
    lines: sale.lines,
    subtotal: context.order.subtotal,
    quote: sale.quote,
    statements: [
      ...sections(true),
      ...sale.statements,
      ...agreedTimes(context),
      ...(evidence.referral === undefined ? [] : [evidence.referral]),
    ],
    colleagueWords: said('manager', 'note'),
    customerWords: said('customer'),
    ownWords: said('bot'),
    vatPercent: sale.vatPercent,
    discountPercent: sale.discountPercent,
    escalated: evidence.escalated,
    effects,
    instructions: sections(false),
  };
};

/** The day and time on which a contact is agreed may be said. */
const agreedTimes = ({ turn, outreach, timing }: ConversationContext): readonly string[] => {
  const { timeZone } = timing.outreach ?? DEFAULT_OUTREACH_TIMING;
  const planned = outreach.agreed ? [isoDay(localTime(outreach.agreed.at, timeZone))] : [];
  return turn.evidence.agreedFor === undefined ? planned : [...planned, turn.evidence.agreedFor];
};

/** One reading of each article: what a tool read replaces what the briefing had (domain 12.7). */
const newest = <Product extends { readonly sku: string }>(
  products: readonly Product[],
): readonly Product[] => [...new Map(products.map((product) => [product.sku, product])).values()];
