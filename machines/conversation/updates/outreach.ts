/** How outreach goes on: pure `(context, fact) → changed parts`. */
import type { TouchDecision, TouchKind } from '../../outreach/touch.ts';
import type { Chain, ConversationContext, OutreachFacts, TouchOutcome } from '../context.ts';
import { remember } from './dialogue.ts';
import type { Update } from './update.ts';

const change = (context: ConversationContext, facts: Partial<OutreachFacts>): Update => ({
  outreach: { ...context.outreach, ...facts },
});

export const startChain = (context: ConversationContext, chain: Omit<Chain, 'done'>): Update =>
  change(context, { chain: { ...chain, done: 0 }, waitUntil: null, pause: null, stopped: null });

export const endChain = (context: ConversationContext, why: string): Update =>
  change(context, { chain: null, waitUntil: null, pause: null, stopped: why });

/** A step is over, whatever became of it: it never stands in the way of the next one (lesson F-43). */
export const finishStep = (
  context: ConversationContext,
  step: number,
  outcome: Pick<TouchOutcome, 'outcome' | 'reason'>,
  at: number,
): Update => {
  const { chain } = context.outreach;
  if (!chain) return {};
  return change(context, {
    chain: { ...chain, done: Math.max(chain.done, step) },
    waitUntil: null,
    last: { kind: chain.kind, step, ...outcome, at },
  });
};

/** The rest of the chain moves by as long as it rested. */
export const resumeChain = (context: ConversationContext, at: number): Update => {
  const { chain, pause } = context.outreach;
  if (!chain || !pause) return {};
  return change(context, {
    chain: { ...chain, startedAt: chain.startedAt + Math.max(0, at - pause.from) },
    pause: null,
    waitUntil: null,
  });
};

/** What the gate decided, kept for the list and the timeline. */
export const noteDecision = (
  context: ConversationContext,
  touch: { readonly kind: TouchKind; readonly step: number },
  decision: TouchDecision,
  at: number,
): Update => {
  const outcome = { send: 'sent', wait: 'waiting', blocked: 'blocked' } as const;
  return change(context, {
    waitUntil: decision.verdict === 'wait' ? decision.until : null,
    last: {
      kind: touch.kind,
      step: touch.step,
      outcome: outcome[decision.verdict],
      reason: decision.verdict === 'send' ? null : decision.reason,
      at,
    },
  });
};

/** The touch is queued: the dialogue knows it, so that an answer to it is understood. */
export const recordTouch = (context: ConversationContext, at: number): Update => {
  const message = context.outbound.at(-1);
  if (!message) return {};
  return {
    dialogue: remember(context, { from: 'bot', text: message.text, at }),
    outreach: { ...context.outreach, sentId: message.localId },
  };
};

export const agree = (context: ConversationContext, when: number, about: string): Update => {
  const number = context.outreach.agreements + 1;
  return change(context, {
    chain: null,
    pause: null,
    waitUntil: null,
    agreed: { at: when, about, number },
    agreements: number,
  });
};

/** Everything that was planned is given up, for ever (domain 20.1). */
export const optOut = (context: ConversationContext, at: number): Update =>
  change(context, {
    chain: null,
    waitUntil: null,
    pause: null,
    agreed: null,
    errand: null,
    stopped: 'The customer wants no messages',
    optedOutAt: context.outreach.optedOutAt ?? at,
  });
