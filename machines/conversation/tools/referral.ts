/** Referral (domain 19): a code for somebody who recommends us, and its use by a newcomer. Off unless the owner approved it. */
import { codeIn } from '../../referral/code.ts';
import type { ToolResult } from '../actors.ts';
import type { ConversationContext } from '../context.ts';
import { linesForCustomer, orderOf } from '../sale/pricing.ts';
import { notFound } from './found.ts';
import { type Applied, isText, type ReadTool, text, toolSpec } from './tool.ts';

const isEnabled = ({ briefing }: ConversationContext): boolean => briefing.referral != null;

/** Everything said of a code may be repeated in the reply. */
const withStatement = (context: ConversationContext, statement: string): ConversationContext['turn'] => ({
  ...context.turn,
  evidence: { ...context.turn.evidence, referral: statement },
});

/** Gives the customer a code of their own; an unused one is given again. */
export const referralCode: ReadTool = {
  kind: 'read',
  spec: toolSpec('referral_code', 'Give this customer a referral code for a friend.', {}, []),
  isOffered: isEnabled,
  problem: () => null,
  apply: (context, result) => {
    if (result.tool !== 'referral') return notFound(context, result);
    const { tool: _, ...given } = result;
    const { code, newcomerPercent: friend, referrerPercent: own, expiresOn } = given;
    const statement = `The code ${code} is valid until ${expiresOn}: a discount of ${friend}% off for the friend, a bonus of ${own}% for the referrer. خصم ${friend}%، مكافأة ${own}%`;
    return {
      update: { turn: withStatement(context, statement) },
      raise: [],
      answer: { ok: true, ...given, note: 'For one friend who is new to us; it can be used once.' },
    };
  },
};

type Used = Extract<ToolResult, { tool: 'referral_used' }>;

const WHY_NOT: Readonly<Record<Exclude<Used['outcome'], 'accepted'>, string>> = {
  unknown: 'There is no such code: ask the customer to look at it again.',
  expired: 'The code is not valid any more.',
  used: 'The code was used already.',
  own: 'It is the customer’s own code: it is for a friend.',
  not_new: 'Codes are for new customers only.',
};

/** A newcomer names the code of a friend: its percentage is taken off from then on, once. */
export const useReferralCode: ReadTool = {
  kind: 'read',
  spec: toolSpec(
    'use_referral_code',
    'The customer names a referral code (NOOR-XXXXX) of a friend: check it and take its discount.',
    { code: text('As the customer wrote it') },
    ['code'],
  ),
  isOffered: isEnabled,
  problem: (args) =>
    isText(args.code, 50) && codeIn(args.code) !== null ? null : 'A code has the form NOOR-XXXXX.',
  apply: (context, result) => {
    if (result.tool !== 'referral_used') return notFound(context, result);
    if (result.outcome === 'accepted') return accepted(context, result);
    return {
      update: { turn: withStatement(context, result.code) },
      raise: [],
      answer: { ok: false, reason: WHY_NOT[result.outcome] },
    };
  },
};

const accepted = (context: ConversationContext, { code, percent }: Used): Applied => {
  const customer = { ...context.customer, referral: { code, percent } };
  const order = orderOf(linesForCustomer({ ...context, customer }, context.order.lines));
  return {
    update: {
      customer,
      order,
      turn: withStatement(context, `The code ${code} takes a discount of ${percent}% off. خصم ${percent}%`),
    },
    raise: context.order.lines.length > 0 ? [{ type: 'order.selected' }] : [],
    answer: { ok: true, code, discount_percent: percent, lines: order.lines, subtotal: order.subtotal },
  };
};
