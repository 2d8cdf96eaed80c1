import type { ConversationContext } from '../context.ts';
import type { InternalEvent } from '../machine-events.ts';
import { acceptsOutright, saysYes } from '../sale/wishes.ts';
import { type Applied, type ChangeTool, isText, toolSpec } from './tool.ts';

const BEFORE = ['declined', 'later'] as const;
const AFTER = ['accepted', 'rejected', 'too_expensive', 'change'] as const;

const isQuoted = ({ sale }: ConversationContext): boolean =>
  sale.quote?.outcome === 'open' && (sale.stage === 'quoted' || sale.stage === 'negotiating');

/** What the customer says to a quotation, or to the offer of one (domain 9.22, 9.23). */
export const answerQuote: ChangeTool = {
  kind: 'change',
  spec: toolSpec(
    'answer_quote',
    'Record the customer’s clear answer about a quotation: declined or later (before one was sent); accepted, rejected, too_expensive or change (about the one that was sent).',
    { answer: { type: 'string', enum: [...BEFORE, ...AFTER] } },
    ['answer'],
  ),
  isOffered: (context) =>
    isQuoted(context) || context.order.lines.length > 0 || context.consent.status === 'granted',
  problem: (args) =>
    isText(args.answer) && [...BEFORE, ...AFTER].some((answer) => answer === args.answer)
      ? null
      : `answer must be one of ${[...BEFORE, ...AFTER].join(', ')}.`,
  apply: (context, args) => {
    if (args.answer === 'declined')
      return told({ type: 'quote.declined' }, 'Do not offer it again; go on helping.');
    if (args.answer === 'later')
      return told({ type: 'quote.deferred' }, 'Do not press for it; go on helping.');
    if (!isQuoted(context)) return refused('No quotation waits for an answer.');
    switch (args.answer) {
      case 'accepted':
        return accepted(context);
      case 'rejected':
        return told(
          { type: 'quote.rejected', reason: 'refused' },
          'Recorded. Stay friendly; ask what would have suited.',
        );
      case 'too_expensive':
        return told(
          { type: 'quote.objected', about: 'price' },
          'The order stays open and a manager was told. Offer cheaper alternatives or fewer pieces; promise no discount.',
        );
      default:
        return told(
          { type: 'quote.objected', about: 'change' },
          'The order stays open. Set the changed selection, then request_quote makes the next revision.',
        );
    }
  },
};

const told = (raised: InternalEvent, note: string): Applied => ({
  update: {},
  raise: [raised],
  answer: { ok: true, note },
});

const refused = (reason: string): Applied => ({ update: {}, raise: [], answer: { ok: false, reason } });

/** A bare "ok" is an approval only right after our question (domain 9.22). */
const accepted = (context: ConversationContext): Applied => {
  const bare =
    context.pending.length > 0 &&
    context.pending.every(({ text }) => saysYes(text) && !acceptsOutright(text));
  if (bare && context.sale.quote?.askedAfter !== context.replies) {
    return refused('A bare yes here is no approval: ask whether they approve the quotation.');
  }
  const summary = `The customer accepted quotation ${context.sale.quote?.number ?? ''}.`;
  return {
    update: { turn: { ...context.turn, handOver: { trigger: 0, summary } } },
    raise: [{ type: 'quote.accepted' }],
    answer: { ok: true, note: 'Recorded; a colleague continues.' },
  };
};
