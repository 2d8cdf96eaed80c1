/** What the outreach region asks and does: chains of follow-ups, agreed contacts, errands, opting out (domain 17, 20.1). */
import { assign, stateIn } from 'xstate';
import { readAutoReply } from '../../outreach/auto-reply.ts';
import { asksToStop } from '../../outreach/opt-out.ts';
import {
  ANSWER_PATIENCE_MS,
  DEFAULT_OUTREACH_TIMING,
  isMissed,
  type OutreachTiming,
  PAYMENT_PATIENCE_MS,
  stepDue,
} from '../../outreach/schedule.ts';
import type { TouchDecision } from '../../outreach/touch.ts';
import type { OptOutParams } from '../actors.ts';
import type { ConversationContext } from '../context.ts';
import * as facts from '../facts.ts';
import { eventOf, type MachineEvent, outputOf, timeOf } from '../machine-events.ts';
import { openQuote } from '../open-quote.ts';
import type { OutreachErrand } from '../outreach-events.ts';
import { alertOf, recordedReply, sendInputOf } from '../sending.ts';
import { errandOf } from '../touches.ts';
import { queueOutbound } from '../updates/dialogue.ts';
import * as updates from '../updates/outreach.ts';
import { core } from './core.ts';
import { withDeal } from './deal.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export const timingOf = (context: ConversationContext): OutreachTiming =>
  context.timing.outreach ?? DEFAULT_OUTREACH_TIMING;

/** Ms until a step is due, or until the gate wants to be asked again. */
const untilStep = (context: ConversationContext, event: MachineEvent, step: number): number => {
  const { chain, waitUntil } = context.outreach;
  if (!chain) return 0;
  const due = stepDue(timingOf(context), chain.startedAt, step) ?? 0;
  return Math.max(0, Math.max(due, waitUntil ?? 0) - timeOf(event));
};

const mayRun = (
  { afterSale, outreach, lastCustomerAt, customer }: ConversationContext,
  { errand, step, segments }: OutreachErrand,
  at: number,
): boolean => {
  if (outreach.optedOutAt !== null) return false;
  if (segments && !segments.includes(customer.segment ?? '')) return false;
  if (errand === 'reactivation') return lastCustomerAt !== null && at - lastCustomerAt >= step * DAY_MS;
  const { order } = afterSale;
  return order !== null && order.paidAt === null && at - order.acceptedAt >= PAYMENT_PATIENCE_MS;
};

const verdictOf = (event: unknown): TouchDecision['verdict'] => outputOf<TouchDecision>(event).verdict;

const automatic = (context: ConversationContext, event: MachineEvent) => {
  const message = eventOf(event, 'customer.message');
  return readAutoReply(message.text, timeOf(message), timingOf(context).timeZone);
};

const vocabulary = withDeal.extend({
  guards: {
    asksToStop: ({ event }) => asksToStop(eventOf(event, 'customer.message').text),
    hasOptedOut: ({ context }) => context.outreach.optedOutAt !== null,
    /** The tool `opt_out` was used in this turn. */
    optsOutNow: ({ context }) => (context.outreach.optedOutAt ?? -1) >= context.turn.startedAt,
    /** Somebody's machine answered a message that we wrote first. */
    isAutomatic: ({ context, event }) => automatic(context, event) !== null,
    isFollowedUp: stateIn({ outreach: 'armed' }),
    isPaused: stateIn({ outreach: 'paused' }),
    isClosed: stateIn({ lifecycle: 'closed' }),
    stepIsOver: ({ context }, { step }: { step: number }) =>
      timingOf(context).followUpDelaysMs[step - 1] === undefined ||
      (context.outreach.chain?.done ?? 0) >= step,
    stepIsMissed: ({ context, event }, { step }: { step: number }) => {
      const { chain } = context.outreach;
      return chain !== null && isMissed(timingOf(context), chain.startedAt, step, timeOf(event));
    },
    followsQuote: ({ context }) => context.outreach.chain?.kind === 'follow_up',
    maySend: ({ event }) => verdictOf(event) === 'send',
    mustWait: ({ event }) => verdictOf(event) === 'wait',
    /** A reply went out, and the owner wants silence after it to be followed up (domain 17.7). */
    startsQuietChain: ({ context, event }) =>
      event.type.endsWith('.send.reply') &&
      context.briefing.quietFollowUps === true &&
      context.outreach.optedOutAt === null &&
      openQuote(context) === null &&
      context.afterSale.order === null,
    mayRunErrand: ({ context, event }) => {
      const asked = eventOf(event, 'outreach.errand');
      return mayRun(context, asked, timeOf(asked));
    },
  },
  delays: {
    followUp1: ({ context, event }) => untilStep(context, event, 1),
    followUp2: ({ context, event }) => untilStep(context, event, 2),
    followUp3: ({ context, event }) => untilStep(context, event, 3),
    answerPatience: ANSWER_PATIENCE_MS,
    pauseEnds: ({ context, event }) => Math.max(0, (context.outreach.pause?.until ?? 0) - timeOf(event)),
    agreedTime: ({ context, event }) =>
      Math.max(
        0,
        Math.max(context.outreach.agreed?.at ?? 0, context.outreach.waitUntil ?? 0) - timeOf(event),
      ),
  },
  actions: {
    /** This message wants no answer; those before it still wait for theirs. */
    dropMessage: core.assign(({ context, event }) => {
      const { messageId } = eventOf(event, 'customer.message');
      return { pending: context.pending.filter((message) => message.messageId !== messageId) };
    }),
    markOptOut: (_, _params: OptOutParams) => undefined,
    startQuoteChain: core.assign(({ context, event }) => {
      const quote = openQuote(context);
      const startedAt = timeOf(event);
      return updates.startChain(context, {
        kind: 'follow_up',
        schedule: quote?.schedule ?? `quote:${startedAt}`,
        number: quote?.number ?? null,
        startedAt,
      });
    }),
    startQuietChain: core.assign(({ context, event }) =>
      updates.startChain(context, {
        kind: 'quiet',
        schedule: 'quiet',
        number: null,
        startedAt: timeOf(event),
      }),
    ),
    endChain: assign(({ context }, why: string) => updates.endChain(context, why)),
    finishStep: assign(({ context, event }, step: number) => {
      const decision = outputOf<TouchDecision | undefined>(event);
      const outcome = decision?.verdict === 'send' ? 'sent' : 'blocked';
      const reason = decision === undefined || decision.verdict === 'send' ? null : decision.reason;
      return updates.finishStep(context, step, { outcome, reason }, timeOf(event));
    }),
    failStep: assign(({ context, event }, step: number) =>
      updates.finishStep(context, step, { outcome: 'failed', reason: null }, timeOf(event)),
    ),
    missStep: assign(({ context, event }, step: number) =>
      updates.finishStep(context, step, { outcome: 'missed', reason: null }, timeOf(event)),
    ),
    noteDecision: assign(
      (
        { context, event },
        touch: { kind: Parameters<typeof updates.noteDecision>[1]['kind']; step: number },
      ) => updates.noteDecision(context, touch, outputOf<TouchDecision>(event), timeOf(event)),
    ),
    pauseChain: core.assign(({ context, event }) => {
      const found = automatic(context, event);
      const from = context.outreach.pause?.from ?? timeOf(event);
      return found ? { outreach: { ...context.outreach, pause: { from, until: found.until } } } : {};
    }),
    resumeChain: core.assign(({ context, event }) => updates.resumeChain(context, timeOf(event))),
    agree: core.assign(({ context, event }) => {
      const { when, about } = eventOf(event, 'contact.agreed');
      return updates.agree(context, when, about);
    }),
    dropAgreed: core.assign(({ context }) => ({
      outreach: { ...context.outreach, agreed: null, waitUntil: null },
    })),
    keepErrand: core.assign(({ context, event }) => {
      const { errand, step } = eventOf(event, 'outreach.errand');
      return { outreach: { ...context.outreach, errand: errandOf(context, errand, step) } };
    }),
    dropErrand: core.assign(({ context }) => ({
      outreach: { ...context.outreach, errand: null, waitUntil: null },
    })),
    optOut: core.assign(({ context, event }) => updates.optOut(context, timeOf(event))),
  },
});

export const withOutreach = vocabulary.extend({
  actions: {
    /** The words that the gate gave: queued, told to the transcript, remembered and sent, in one step. */
    sendTouch: vocabulary.enqueueActions(({ context, event, enqueue }) => {
      const decision = outputOf<TouchDecision>(event);
      if (decision.verdict !== 'send') return;
      const at = timeOf(event);
      const { text, template } = decision;
      const words = template === null ? { text } : { text, template };
      const queued = queueOutbound(context, { by: 'bot', ...words, at });
      const after = { ...context, ...queued };
      const input = sendInputOf(after);
      enqueue.assign({ ...queued, ...updates.recordTouch(after, at) });
      enqueue({ type: 'tell', params: recordedReply(after, at) });
      enqueue.spawnChild('sendMessage', { id: `send.${input.localId}`, input });
    }),
    /** The customer wrote before our message had left: it is not needed any more. */
    withdrawTouch: vocabulary.enqueueActions(({ context, enqueue }) => {
      const { sentId } = context.outreach;
      const message = context.outbound.find(({ localId }) => localId === sentId);
      if (!message || message.providerIds.length > 0) return;
      enqueue.stopChild(`send.${message.localId}`);
      enqueue({ type: 'tell', params: facts.ofDropped(message.localId) });
    }),
    /** Domain 17.6: the sale's regions close the quotation. */
    raiseNoResponse: vocabulary.enqueueActions(({ event, enqueue }) => {
      enqueue.raise({ type: 'quote.rejected', reason: 'no_response', at: timeOf(event) });
    }),
    /** What was promised to the customer and cannot be done by us is done by a person (lesson F-24). */
    alertBrokenPromise: vocabulary.enqueueActions(({ context, enqueue }) => {
      const about = context.outreach.agreed?.about ?? '';
      const reason = 'The customer expects to be written to now, and the assistant may not';
      enqueue({ type: 'alertManager', params: alertOf(context, null, reason, about) });
    }),
    noteErrand: vocabulary.enqueueActions(({ context, enqueue }) => {
      const { errand } = context.outreach;
      if (errand) enqueue({ type: 'noteDecision', params: { kind: errand.kind, step: errand.step } });
    }),
  },
});
