/** The quotation that the customer has in hand, as outreach speaks of it. */
import type { ConversationContext } from './context.ts';

/** Its number, and a name that tells its revisions apart; null: there is none. */
export const openQuote = ({
  sale,
}: ConversationContext): { readonly number: string; readonly schedule: string } | null =>
  sale.quote === null
    ? null
    : { number: sale.quote.number, schedule: `quote:${sale.quote.number}:R${sale.quote.revision}` };
