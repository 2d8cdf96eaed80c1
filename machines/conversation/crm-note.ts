/**
 * What the CRM is told of a conversation, for whoever opens the contact or the deal there: facts, never the transcript
 * (domain 11.3). Phone, name, e-mail and address stand in the CRM's own fields, and are taken out of the words (20.4).
 */
import { quoteLabel } from '../quotation/number.ts';
import { type PersonalData, scrub } from '../summaries/scrub.ts';
import type { CrmNoteParams } from './actors.ts';
import type { ConversationContext, Quote, SlotName } from './context.ts';
import { triggerName } from './triggers.ts';

/** Characters of one customer-written fact, and lines of goods (G10). */
const FACT_CHARS = 400;
const LINES_MAX = 30;

export const crmNoteOf = (
  context: ConversationContext,
  occasion: CrmNoteParams['occasion'],
  at: number,
  /** Who closed it. */
  by: string | null = null,
): CrmNoteParams => ({
  conversationId: context.id,
  chatId: context.chatId,
  contactId: context.customer.crmContactId,
  dealId: context.deal.id,
  occasion,
  at,
  content: [
    ...(occasion === 'handed_over' ? [handOverLine(context)] : []),
    ...(by === null ? [] : [`Closed by ${by}.`]),
    factLine(context, 'need', 'Wants'),
    factLine(context, 'business', 'Business'),
    factLine(context, 'budget', 'Budget'),
    goodsOf(context),
    quoteLine(context.sale.quote),
    `Stage: ${context.sale.stage}. Language: ${context.language === 'ar' ? 'Arabic' : 'English'}.`,
  ]
    .filter((line) => line !== '')
    .join('\n'),
});

const personalOf = ({ slots, contactName }: ConversationContext): PersonalData => ({
  names: [slots.name?.value ?? '', contactName ?? ''].filter((name) => name !== ''),
  phrases: (['company', 'email', 'address'] as const).flatMap((slot) => slots[slot]?.value ?? []),
});

const handOverLine = (context: ConversationContext): string => {
  const { trigger, reason } = context.owner;
  const why = [trigger === null ? '' : triggerName(trigger), told(context, reason ?? '')];
  return `Handed over to a manager: ${why.filter((part) => part !== '').join('. ')}`;
};

const told = (context: ConversationContext, text: string): string =>
  scrub(text.slice(0, FACT_CHARS), personalOf(context));

const factLine = (context: ConversationContext, slot: SlotName, label: string): string => {
  const value = context.slots[slot]?.value;
  return value === undefined ? '' : `${label}: ${told(context, value)}`;
};

const goodsOf = ({ order }: ConversationContext): string =>
  order.lines
    .slice(0, LINES_MAX)
    .map(
      ({ quantity, name, sku, lineTotal, currency }) =>
        `${quantity} x ${name} (${sku}): ${lineTotal} ${currency}`,
    )
    .join('\n');

const quoteLine = (quote: Quote | null): string => {
  if (quote === null || quote.sentAt === null) return '';
  const sent = new Date(quote.sentAt).toISOString().slice(0, 10);
  const { number, revision, grandTotal, currency, outcome } = quote;
  return `Quotation ${quoteLabel(number, revision)}: ${grandTotal} ${currency} with VAT, sent ${sent}, ${outcome}.`;
};
