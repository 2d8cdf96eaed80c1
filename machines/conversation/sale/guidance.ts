/** What the model is told of the sale: the open question, what may be offered, what a quotation lacks (lesson F-10). */
import type { ConversationContext } from '../context.ts';
import { isOffTheQuotation } from './gathering.ts';
import { totalsOf } from './pricing.ts';
import { barredFromQuotes, type MissingPiece, missingForQuote } from './requirements.ts';

/** Lines for the state message; empty when there is nothing to say. */
export const saleGuidance = (context: ConversationContext): readonly string[] =>
  [openQuestion(context), totals(context), quotation(context), decided(context), history(context)].filter(
    (line) => line !== '',
  );

const openQuestion = ({ sale }: ConversationContext): string => {
  const { question } = sale;
  if (question === null) return '';
  if (question.kind === 'quantity') {
    return `Open question: how many of ${question.name} (${question.sku})? A bare number from the customer answers it: then call set_selection${restOf(question.rest)}. If they asked something else, answer that first and then ask again in a few words.`;
  }
  const options = question.options.map(({ sku, name }) => `${name} (${sku})`).join('; ');
  return `Open question: which one is meant by "${question.written}": ${options}? Never pick one yourself. If they asked something else, answer that first and then ask again in a few words.`;
};

/** Lines that the selection must not lose while one of them is counted. */
const restOf = (rest: readonly { readonly sku: string; readonly name: string }[] = []): string =>
  rest.length === 0
    ? ''
    : `, with ${rest.map(({ sku, name }) => `${name} (${sku})`).join('; ')} in it without a quantity, which is asked next`;

/** Said before any paperwork is asked for (domain 9.4). */
const totals = (context: ConversationContext): string => {
  const found = totalsOf(context);
  if (found === null) return '';
  const delivery =
    found.delivery.kind === 'charge'
      ? `, delivery ${found.delivery.amount} ${found.currency}`
      : found.delivery.kind === 'free'
        ? ', delivery free'
        : '';
  const discount =
    found.discountPercent === null
      ? ''
      : ` (the customer’s approved discount of ${found.discountPercent}% is in it)`;
  return `A quotation of the selection would come to: subtotal ${found.subtotal} ${found.currency}${discount}${delivery}, VAT ${found.vatPercent}% ${found.vat} ${found.currency}, total ${found.grandTotal} ${found.currency}.`;
};

const quotation = (context: ConversationContext): string => {
  const barred = barredFromQuotes(context);
  if (barred !== null) return `Quotations: ${barred}`;
  switch (context.sale.stage) {
    case 'quoting':
      return 'The quotation is being made right now and will arrive as a PDF: do not repeat it and do not ask for details.';
    case 'quoted':
    case 'negotiating':
      return sentQuotation(context);
    case 'accepted':
    case 'paid':
    case 'delivered':
      return `The customer accepted quotation ${context.sale.quote?.number ?? ''}; invoice, payment and delivery dates are a colleague’s.`;
    default:
      return wish(context);
  }
};

const sentQuotation = ({ sale }: ConversationContext): string => {
  const { quote } = sale;
  if (quote === null) return '';
  const label = `${quote.number} R${quote.revision} of ${quote.grandTotal} ${quote.currency}`;
  const until = quote.validUntil === null ? '' : `, valid until ${quote.validUntil}`;
  return `Quotation ${label} was sent${until}. Record a clear answer with answer_quote. A changed selection of the same order: set_selection with all lines, then request_quote for the next revision. Discounts other than the approved one are a manager’s decision.`;
};

const wish = (context: ConversationContext): string => {
  const { consent, order, sale } = context;
  const wanted = consent.status === 'granted' && sale.requestedAt !== null;
  if (wanted) return detailsWanted(missingForQuote(context), isOffTheQuotation(context));
  if (consent.status === 'declined') {
    return 'The customer does not want a quotation: do not offer one. Go on helping with a new fact, an option or the next step.';
  }
  if (order.lines.length === 0 || sale.question !== null) return '';
  if (consent.status === 'deferred') return 'The customer wants the quotation later: do not press for it.';
  return 'You may offer a written quotation (PDF): say what it covers and its total first. Make it only when the customer clearly wants it.';
};

const NAMES: Readonly<Record<MissingPiece['piece'], string>> = {
  items: 'items',
  variant: 'variant',
  quantity: 'quantity',
  name: 'name',
  company: 'company (or individual)',
  address: 'address (specific, not only the city)',
  email: 'email',
};

const detailsWanted = (missing: readonly MissingPiece[], isOff: boolean): string => {
  if (missing.length === 0) return '';
  const pieces = missing.map(({ piece, suggestion }) =>
    suggestion === null ? NAMES[piece] : `${NAMES[piece]}, is it "${suggestion}"?`,
  );
  const next = isOff
    ? 'They were asked for and the customer speaks of something else: answer that and do not ask for them in this reply.'
    : 'Say once what it covers and its total, then ask for at most two of these.';
  return `The customer wants a quotation. Still missing for it: ${pieces.join('; ')}. ${next} It is made by itself when nothing is missing.`;
};

/** A manager's word on the placed order, which the customer was told (domain 8.6). */
const decided = ({ sale }: ConversationContext): string => {
  switch (sale.ordered?.decision) {
    case 'confirm':
      return 'A colleague confirmed this order to the customer; invoice, payment and delivery dates are a colleague’s.';
    case 'reject':
      return 'A colleague could not do this order as it is and told the customer: propose an alternative.';
    default:
      return '';
  }
};

/** Earlier orders are to know of, never to continue (domain 3.10, lesson F-04). */
const history = ({ sale }: ConversationContext): string =>
  sale.history.length === 0
    ? ''
    : `Earlier quotations in this conversation (history, not the present order): ${sale.history
        .map(({ number, revision, outcome }) => `${number} R${revision} ${outcome}`)
        .join(', ')}.`;
