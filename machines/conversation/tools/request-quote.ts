import { barredFromQuotes, mayConsent, missingForQuote } from '../sale/requirements.ts';
import { escalated } from '../updates/turn.ts';
import { type ChangeTool, toolSpec } from './tool.ts';

/** What the model is told to ask for. */
const PIECES = {
  items: 'the items and quantities (set_selection)',
  variant: 'which variant is meant',
  quantity: 'how many pieces',
  name: 'the customer’s name',
  company: 'the company, or that the customer buys as an individual',
  address: 'a specific delivery address (building, street or area, not only the city)',
  email: 'a valid e-mail address',
} as const;

/**
 * The customer wants a quotation. Offered only while the customer's own words may count as consent (lesson F-06); the
 * machine makes it as soon as nothing is missing (domain 9.1).
 */
export const requestQuote: ChangeTool = {
  kind: 'change',
  spec: toolSpec(
    'request_quote',
    'Make the written quotation (PDF) of the selection. Only when the customer clearly wants one.',
    {},
    [],
  ),
  isOffered: (context) => context.sale.stage !== 'quoting' && mayConsent(context),
  problem: () => null,
  apply: (context) => {
    const barred = barredFromQuotes(context);
    if (barred !== null) {
      return {
        update: escalated(context),
        raise: [{ type: 'bot.handOver', trigger: 0, summary: 'A blacklisted customer asks for a quotation' }],
        answer: { ok: false, reason: barred },
      };
    }
    const missing = missingForQuote(context);
    return {
      update: {},
      raise: [{ type: 'quote.requested' }],
      answer:
        missing.length === 0
          ? { ok: true, note: 'The quotation is being made and will be sent as a PDF.' }
          : {
              ok: false,
              missing: missing.map(({ piece, suggestion }) =>
                suggestion === null ? PIECES[piece] : `${PIECES[piece]}: is it still "${suggestion}"?`,
              ),
              note: 'Ask for at most two of these; keep the answers with update_customer. The quotation is made by itself when nothing is missing.',
            },
    };
  },
};
