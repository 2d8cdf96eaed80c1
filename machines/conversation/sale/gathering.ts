/**
 * When the details of a wanted quotation are asked for: at once when they are first needed, and again only when the
 * customer comes back to the quotation. Nothing is asked twice in between (domain 3.6, 3.8).
 */
import type { ConversationContext, SlotName } from '../context.ts';
import { missingForQuote } from './requirements.ts';
import { asksForQuote, returnsToQuote } from './wishes.ts';

/** The customer waits for a quotation that lacks something: its pieces are asked for, nothing else. */
export const gathersDetails = ({ sale, consent }: ConversationContext): boolean =>
  sale.requestedAt !== null && consent.status === 'granted';

/** Nothing of the order itself is open: which articles and how many comes before the paperwork. */
export const asksForDetails = (context: ConversationContext): boolean =>
  gathersDetails(context) &&
  missingForQuote(context).every(
    ({ piece }) => piece !== 'items' && piece !== 'variant' && piece !== 'quantity',
  );

/** The details were asked for and the customer speaks of something else: that is answered, nothing is asked again. */
export const isOffTheQuotation = (context: ConversationContext): boolean =>
  gathersDetails(context) &&
  typeof context.sale.detailsAskedAt === 'number' &&
  missingForQuote(context).length > 0 &&
  !isBackAtQuotation(context);

const isBackAtQuotation = (context: ConversationContext): boolean => {
  const burst = context.pending.map((message) => message.text).join('\n');
  return asksForQuote(burst) || returnsToQuote(burst) || wasGivenNow(context) || wasTriedNow(context);
};

const DETAILS: readonly SlotName[] = ['name', 'company', 'individual', 'address', 'email'];

/** A detail came in this turn: what is left is the natural next question. */
const wasGivenNow = ({ slots, turn }: ConversationContext): boolean =>
  DETAILS.some((slot) => {
    const known = slots[slot];
    return known !== undefined && known.at >= turn.startedAt;
  });

/** The model noted a detail in this turn, even one that does not do, like a bare city (domain 9.2). */
const wasTriedNow = ({ turn }: ConversationContext): boolean =>
  turn.steps.some(
    (step) =>
      step.role === 'assistant' &&
      step.toolCalls.some(
        ({ name, arguments: args }) =>
          name === 'update_customer' && DETAILS.some((slot) => args.includes(`"${slot}"`)),
      ),
  );
