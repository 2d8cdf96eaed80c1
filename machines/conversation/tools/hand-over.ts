import { handOverVeto, markTold, wasTold } from '../hand-over-evidence.ts';
import { isHardTrigger, TRIGGER_NAMES } from '../triggers.ts';
import { escalated } from '../updates/turn.ts';
import { always, type ChangeTool, isText, text, toolSpec } from './tool.ts';

const isTrigger = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= TRIGGER_NAMES.length;

/** Asks for a manager; the trigger decides whether the bot falls silent (domain 8.2). The first request of a step counts. */
export const handOver: ChangeTool = {
  kind: 'change',
  spec: toolSpec(
    'hand_over',
    'Ask a human manager to take this conversation over.',
    {
      reason: {
        type: 'integer',
        minimum: 1,
        maximum: TRIGGER_NAMES.length,
        description: 'Number of the trigger',
      },
      summary: text('What the manager should know, in English'),
    },
    ['reason', 'summary'],
  ),
  isOffered: always,
  problem: (args) =>
    isTrigger(args.reason) && isText(args.summary, 2000)
      ? null
      : `hand_over needs a reason from 1 to ${TRIGGER_NAMES.length} and a summary.`,
  apply: (context, args, at) => {
    const asked = { trigger: Number(args.reason), summary: String(args.summary) };
    const veto = handOverVeto(context, asked.trigger);
    if (veto !== null) return { update: {}, raise: [], answer: { ok: false, reason: veto } };
    const answer = { ok: true, note: 'A colleague has been told.' };
    if (context.turn.handOver !== null) return { update: {}, raise: [], answer };
    const isQuiet = !isHardTrigger(asked.trigger);
    // Told today already: nobody is asked twice for the same reason (domain 8.4).
    if (isQuiet && wasTold(context, asked.trigger, at))
      return { update: escalated(context), raise: [], answer };
    const { turn = context.turn } = escalated(context);
    return {
      update: {
        turn: { ...turn, handOver: asked },
        ...(isQuiet ? { owner: { ...context.owner, told: markTold(context, [asked.trigger], at) } } : {}),
      },
      raise: [{ type: 'bot.handOver', ...asked }],
      answer,
    };
  },
};
