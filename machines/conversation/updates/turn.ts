/** How a turn goes on: pure `(context, output) → changed parts`. */
import type { BriefOutput, ThinkOutput } from '../actors.ts';
import { allowedAsks } from '../asks.ts';
import {
  type ConversationContext,
  type Evidence,
  IDLE_TURN,
  LIMITS,
  NO_EVIDENCE,
  type Turn,
} from '../context.ts';
import { groundingFactsOf } from '../grounding/from-context.ts';
import { ground } from '../grounding/ground.ts';
import { wasSaid } from '../grounding/said.ts';
import { asksForDetails } from '../sale/gathering.ts';
import { forCustomer } from '../sale/pricing.ts';
import { asksIfItSuits } from '../sale/wishes.ts';
import { remember } from './dialogue.ts';
import type { Update } from './update.ts';

export const startTurn = (context: ConversationContext, at: number): Update => ({
  turn: { ...IDLE_TURN, number: context.turn.number + 1, startedAt: at, burstStartedAt: at },
});

/** A newer message before the reply was queued: think again, with everything that was found so far (lesson F-37). */
export const restartBurst = (context: ConversationContext, at: number): Update => {
  const { silent: _, ...turn } = context.turn;
  return {
    turn: {
      ...turn,
      burstStartedAt: at,
      steps: [],
      modelCalls: 0,
      toolCalls: 0,
      searches: 0,
      repairs: 0,
      proposed: null,
      handOver: null,
      reply: null,
      verdict: null,
    },
  };
};

export const applyBrief = (context: ConversationContext, output: BriefOutput): Update => ({
  briefing: output.briefing,
  turn: withEvidence(lookedUp(context.turn), {
    briefedProducts: output.products.slice(0, LIMITS.evidenceProducts),
    briefedArticles: output.articles.slice(0, LIMITS.evidenceArticles),
  }),
});

/** The look-up has ended, well or not. A snapshot of before does not say what it was about. */
export const lookedUp = (turn: Turn): Turn => ({
  ...turn,
  lookUp: { text: turn.lookUp?.text ?? '', ended: true },
});

const withEvidence = (turn: Turn, evidence: Partial<Evidence>): Turn => ({
  ...turn,
  evidence: { ...(turn.evidence ?? NO_EVIDENCE), ...evidence },
});

export const escalated = (context: ConversationContext): Update => ({
  turn: withEvidence(context.turn, { escalated: true }),
});

export const countModelCall = (context: ConversationContext, output: ThinkOutput): Update => ({
  usage: {
    calls: context.usage.calls + 1,
    promptTokens: context.usage.promptTokens + output.usage.promptTokens,
    completionTokens: context.usage.completionTokens + output.usage.completionTokens,
    usd: addDecimal(context.usage.usd, output.usage.costUsd),
  },
  turn: { ...context.turn, modelCalls: context.turn.modelCalls + 1 },
});

/** Exact to a millionth of a dollar: model calls cost fractions of a cent. */
const MICROS = 1_000_000n;

export const addDecimal = (a: string, b: string): string => {
  const total = micros(a) + micros(b);
  const fraction = String(total % MICROS)
    .padStart(6, '0')
    .replace(/(?<!0)0+$/, '');
  return fraction === '' ? String(total / MICROS) : `${total / MICROS}.${fraction}`;
};

const micros = (value: string): bigint => {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(value);
  if (!match) return 0n;
  return BigInt(match[1] ?? '0') * MICROS + BigInt((match[2] ?? '').padEnd(6, '0').slice(0, 6));
};

/** The reply is on its way: the burst is answered, and what it was allowed to ask has been asked. */
export const coverPending = (context: ConversationContext, at: number): Update => {
  const text = context.turn.reply ?? '';
  const asks = /[?؟]/.test(text) ? allowedAsks(context) : [];
  const asked = [...new Set([...context.asked, ...asks])];
  return {
    dialogue: remember(context, { from: 'bot', text, at }),
    pending: [],
    answeredUpTo: context.lastCustomerAt,
    replies: context.replies + 1,
    ...keepAsked(context, text, asks.length > 0 ? at : null),
    // No word of the model at all is not understood either.
    unclear: wasUnderstood(context.turn) ? 0 : (context.unclear ?? 0) + 1,
    asked,
  };
};

/**
 * What this reply asked about the sale: its details, or again whether the quotation suits, so that a yes now answers it
 * (domain 9.22).
 */
const keepAsked = (context: ConversationContext, text: string, askedAt: number | null): Update => {
  const { sale, replies } = context;
  if (askedAt !== null && asksForDetails(context)) return { sale: { ...sale, detailsAskedAt: askedAt } };
  return sale.stage === 'quoted' && sale.quote?.outcome === 'open' && asksIfItSuits(text)
    ? { sale: { ...sale, quote: { ...sale.quote, askedAfter: replies + 1 } } }
    : {};
};

/** A reply of the model was found true; what the machine says for a reason of its own is no misunderstanding. */
const wasUnderstood = ({ verdict, silent }: Turn): boolean => verdict?.ok !== false && silent !== true;

/** Whether the reply may leave: it is true, and no repetition of an earlier one (domain 14; lesson F-22). */
export const judged = (context: ConversationContext): Update => {
  const reply = context.turn.reply ?? '';
  const { ok, problems } = ground(reply, groundingFactsOf(context));
  const verdict = wasSaid(context, reply)
    ? { ok: false, problems: [...problems, REPEATED] }
    : { ok, problems };
  return { turn: { ...context.turn, verdict } };
};

const REPEATED = 'It repeats an earlier reply word for word: say it in other words, or say what comes next.';

/** The calls that the model proposed, checked, until they are applied. */
export const keepToolCalls = (
  context: ConversationContext,
  output: ThinkOutput,
  proposed: Turn['proposed'],
): Update => ({
  turn: {
    ...context.turn,
    steps: [...context.turn.steps, { role: 'assistant', content: output.text, toolCalls: output.toolCalls }],
    proposed,
    toolCalls: context.turn.toolCalls + output.toolCalls.length,
    searches:
      context.turn.searches + output.toolCalls.filter((call) => call.name === 'search_products').length,
  },
});

/** The refused answer and what was wrong with it: the model may repair it once. */
export const askForRepair = (context: ConversationContext): Update => ({
  turn: {
    ...context.turn,
    repairs: context.turn.repairs + 1,
    steps: [
      ...context.turn.steps,
      { role: 'assistant', content: context.turn.reply, toolCalls: [] },
      {
        role: 'repair',
        content: `Your last answer was not sent: ${context.turn.verdict?.problems.join(' ') ?? ''} Answer again without that, using only what the tools found.`,
      },
    ],
  },
});

/** Whatever was found before the customer was known is priced for the customer now (domain 9.6). */
export const priceForCustomer = (context: ConversationContext): Update => {
  const { briefedProducts, products } = context.turn.evidence;
  return {
    turn: withEvidence(context.turn, {
      briefedProducts: briefedProducts.map((product) => forCustomer(context, product)),
      products: products.map((product) => forCustomer(context, product)),
    }),
  };
};
