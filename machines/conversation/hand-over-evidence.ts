/**
 * What the customer's own words and the order say about a hand-over (domain 8.1, 8.2): evidence for the model's wish, a
 * floor where it has none, and the manager's interest in a large sale. Hand-over is never a fallback (lesson F-26).
 */
import { speaksOfReferral } from '../referral/code.ts';
import { type FoundTrigger, readTriggers, type TriggerFacts, vetoOf } from '../triggers/triggers.ts';
import { type ConversationContext, DEFAULT_TERMS } from './context.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The burst that is being answered. */
const wordsOf = (context: ConversationContext): string =>
  context.pending.map((message) => message.text).join('\n');

const factsOf = (context: ConversationContext): TriggerFacts => ({
  subtotal: context.order.subtotal,
  managerThreshold: (context.briefing.terms ?? DEFAULT_TERMS).managerThreshold,
  // A plan is told from other files before the model is asked.
  sentFile: false,
  notUnderstood: context.unclear ?? 0,
  rejected: 0,
});

/** Without an approved policy a word about referral is a wish for special terms: a person's (domain 19.2). */
const NON_STANDARD_TERMS = 5;

const found = (context: ConversationContext): readonly FoundTrigger[] => [
  ...(speaksOfReferral(wordsOf(context)) && !context.briefing.referral
    ? [{ trigger: NON_STANDARD_TERMS, hard: true }]
    : []),
  ...readTriggers(wordsOf(context), factsOf(context)),
];

/** Why the model may not hand over for this reason now, in words for it; null: it may. */
export const handOverVeto = (context: ConversationContext, trigger: number): string | null =>
  vetoOf(trigger, wordsOf(context), factsOf(context));

/** The reason for which a person must take over now, whatever the model thought; null: none. */
export const hardReason = (context: ConversationContext): number | null =>
  found(context).find(({ hard }) => hard)?.trigger ?? null;

/** Reasons to tell a manager while the sale goes on, each at most once a day (domain 8.2, 8.4). */
export const valueReasons = (context: ConversationContext, now: number): readonly number[] =>
  found(context)
    .filter(({ hard, trigger }) => !hard && !wasTold(context, trigger, now))
    .map(({ trigger }) => trigger);

/** Managers were told of this reason within the last day. */
export const wasTold = (context: ConversationContext, trigger: number, now: number): boolean => {
  const at = context.owner.told?.[String(trigger)];
  return at !== undefined && now - at < DAY_MS;
};

/** Eighteen reasons at most: old ones are overwritten. */
export const markTold = (
  context: ConversationContext,
  triggers: readonly number[],
  now: number,
): Readonly<Record<string, number>> => ({
  ...context.owner.told,
  ...Object.fromEntries(triggers.map((trigger) => [String(trigger), now])),
});
