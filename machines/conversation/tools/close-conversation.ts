import { type ChangeTool, isText, text, toolSpec } from './tool.ts';

const OUTCOMES = ['lost', 'declined', 'done'] as const;

/** Nothing is left to do; the customer's next message opens the conversation again. */
export const closeConversation: ChangeTool = {
  kind: 'change',
  spec: toolSpec(
    'close_conversation',
    'Close the conversation when nothing is left to do: done, or the customer does not buy (lost, declined).',
    { outcome: { type: 'string', enum: [...OUTCOMES] }, reason: text('Why, in English') },
    ['outcome', 'reason'],
  ),
  isOffered: (context) => context.replies > 0 && context.sale.stage !== 'quoting',
  problem: (args) =>
    OUTCOMES.some((outcome) => outcome === args.outcome) && isText(args.reason, 500)
      ? null
      : 'close_conversation needs an outcome (lost, declined, done) and a reason.',
  apply: (context, args) => {
    const isLost = args.outcome !== 'done' && context.sale.quote?.outcome === 'open';
    return {
      update: {},
      raise: [
        ...(isLost ? [{ type: 'quote.rejected' as const, reason: 'closed' as const }] : []),
        { type: 'bot.closed' },
      ],
      answer: { ok: true, note: 'Say goodbye in one sentence.' },
    };
  },
};
