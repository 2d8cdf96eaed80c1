/** What the turn region asks and does: the agent loop's questions, counts and changes. */
import { assign } from 'xstate';
import type { BriefOutput, LookAtOutput, ThinkOutput, TranscribeOutput, UseToolsOutput } from '../actors.ts';
import { type ConversationContext, LIMITS } from '../context.ts';
import * as facts from '../facts.ts';
import { hardReason, markTold, valueReasons } from '../hand-over-evidence.ts';
import { type MachineEvent, outputOf, timeOf } from '../machine-events.ts';
import { keepAskedQuestion, proposeQuantity, quantityAnswered } from '../sale/open-question.ts';
import { isPlacedNow, orderSummary, placed } from '../sale/placed-order.ts';
import { alertOf } from '../sending.ts';
import { applyTools } from '../tools/apply.ts';
import { parseToolCalls, readsOutside, toolsFor } from '../tools/tools.ts';
import { isHardTrigger, triggerName } from '../triggers.ts';
import { hearVoice, isWordless } from '../updates/dialogue.ts';
import { keepSeen, picturesOf } from '../updates/pictures.ts';
import * as updates from '../updates/turn.ts';
import { core } from './core.ts';
import { withOwner } from './owner.ts';

/** The look-up begins after this part of the quiet time that ends a burst. */
const LOOK_AHEAD_SHARE = 4;

/** The result of the read tools; every other way into applying them has none. */
const USED_TOOLS = 'xstate.done.actor.useTools' as MachineEvent['type'];

/** What the burst says, as retrieval is asked for it. */
const burstText = ({ pending }: ConversationContext): string =>
  pending.map((message) => message.text).join('\n');

/** A burst of voice notes has no words yet. */
const hasWords = (context: ConversationContext): boolean => burstText(context).trim() !== '';

/** The message that was queued last, the one to be sent. */
export const lastQueued = (context: ConversationContext) => context.outbound.at(-1);

const vocabulary = withOwner.extend({
  guards: {
    botEnabled: ({ context }) => context.briefing.botEnabled,
    hasVoice: ({ context }) => context.pending.some((message) => message.voice !== null),
    hasPictures: ({ context }) => picturesOf(context).length > 0,
    sawPlan: ({ event }) => outputOf<LookAtOutput>(event).seen.some(({ what }) => what === 'plan'),
    onlyMedia: ({ context }) => context.pending.length > 0 && context.pending.every(isWordless),
    // Words that change while it is waited for (an edit) must not hold the answer up.
    isBriefed: ({ context }) => context.turn.lookUp?.ended === true,
    hasWords: ({ context }) => hasWords(context),
    notHeld: ({ context }) => !context.turn.held,
    proposesTools: ({ event }) => outputOf<ThinkOutput>(event).toolCalls.length > 0,
    toolsAllowed: ({ context }) => toolsFor(context).length > 0,
    hasText: ({ event }) => (outputOf<ThinkOutput>(event).text ?? '').trim() !== '',
    callsLeft: ({ context }) => context.turn.modelCalls + 1 < LIMITS.modelCallsPerTurn,
    /** The customer orders now what is selected; asked before the answer leaves, once. */
    placesOrderNow: ({ context }) => context.turn.handOver === null && isPlacedNow(context),
    answersQuantity: ({ context }) => quantityAnswered(context) !== null,
    isGrounded: ({ context }) => context.turn.verdict?.ok === true,
    /** The words call for a person, and the model did not. */
    missedHandOver: ({ context }) => context.turn.handOver === null && hardReason(context) !== null,
    /** It could only say what is certain for the second time (domain 8.1, trigger 2). */
    unclearAgain: ({ context }) => (context.unclear ?? 0) > 0,
    canRepair: ({ context }) =>
      context.turn.repairs < LIMITS.repairsPerTurn && context.turn.modelCalls < LIMITS.modelCallsPerTurn,
    readsOutside: ({ context }) =>
      (context.turn.proposed?.calls ?? []).some((call) => readsOutside(call.name)),
    /** The tools recorded that the customer accepted the quotation: a person continues (domain 9.22). */
    acceptedNow: ({ context }) => context.turn.handOver?.trigger === 0,
    proposesHandOver: ({ context }) =>
      context.turn.handOver !== null && isHardTrigger(context.turn.handOver.trigger),
  },
  delays: {
    debounce: ({ context, event }) => {
      const now = timeOf(event);
      const latest = context.turn.burstStartedAt + context.timing.debounceMaxMs;
      return Math.max(0, Math.min(context.timing.debounceMs, latest - now));
    },
    /** Long enough that a burst typed in one go asks once, short enough to be done when the burst ends. */
    lookAhead: ({ context }) => context.timing.debounceMs / LOOK_AHEAD_SHARE,
    replyDeadline: ({ context }) => context.timing.replyDeadlineMs,
    identifyPatience: 1500,
  },
  actions: {
    tellDropped: core.emit(({ context }) => facts.ofDropped(context.turn.replyId)),
    keepReplyId: core.assign(({ context }) => ({
      turn: { ...context.turn, replyId: lastQueued(context)?.localId ?? null },
    })),
    startTurn: core.assign(({ context, event }) => updates.startTurn(context, timeOf(event))),
    restartBurst: core.assign(({ context, event }) => updates.restartBurst(context, timeOf(event))),
    applyBrief: core.assign(({ context, event }) =>
      updates.applyBrief(context, outputOf<BriefOutput>(event)),
    ),
    // The answer is then made without retrieval: the tools can still find everything.
    giveBriefUp: core.assign(({ context }) => ({ turn: updates.lookedUp(context.turn) })),
    stopBrief: core.stopChild('brief'),
    hearVoice: core.assign(({ context, event }) =>
      hearVoice(context, outputOf<TranscribeOutput>(event).heard),
    ),
    keepSeen: core.assign(({ context, event }) => keepSeen(context, outputOf<LookAtOutput>(event).seen)),
    givePicturesUp: core.assign(({ context }) => keepSeen(context, [])),
    giveVoiceUp: core.assign(({ context }) => hearVoice(context, [])),
    priceForCustomer: core.assign(({ context }) => updates.priceForCustomer(context)),
    markSilent: core.assign(({ context }) => ({ turn: { ...context.turn, silent: true as const } })),
    markHeld: core.assign(({ context }) => ({ turn: { ...context.turn, held: true } })),
    markEscalated: core.assign(({ context }) => updates.escalated(context)),
    countModelCall: core.assign(({ context, event }) =>
      updates.countModelCall(context, outputOf<ThinkOutput>(event)),
    ),
    countFailedCall: core.assign(({ context }) => ({
      turn: { ...context.turn, modelCalls: context.turn.modelCalls + 1 },
    })),
    keepToolCalls: core.assign(({ context, event }) => {
      const output = outputOf<ThinkOutput>(event);
      return updates.keepToolCalls(context, output, parseToolCalls(output.toolCalls, toolsFor(context)));
    }),
    proposeQuantity: core.assign(({ context }) => proposeQuantity(context)),
    keepReply: core.assign(({ context, event }) => ({
      turn: { ...context.turn, reply: (outputOf<ThinkOutput>(event).text ?? '').trim() },
    })),
    setReply: assign(({ context }, reply: string) => ({ turn: { ...context.turn, reply } })),
    judgeReply: core.assign(({ context }) => updates.judged(context)),
    askForRepair: core.assign(({ context }) => updates.askForRepair(context)),
    coverPending: core.assign(({ context, event }) => updates.coverPending(context, timeOf(event))),
  },
});

/** Triggers of domain 8.1. */
const ASKS_FOR_A_PERSON = 1;
const NOT_UNDERSTOOD = 2;
/** Enough of the customer's words to know what it is about. */
const SUMMARY_CHARS = 300;

const handOverFor = (context: ConversationContext, trigger: number) => ({
  type: 'bot.handOver' as const,
  trigger,
  summary: `${triggerName(trigger)}: ${context.pending.at(-1)?.text.slice(0, SUMMARY_CHARS) ?? ''}`,
});

export const withTurn = vocabulary.extend({
  actions: {
    /** Keeps what the tools changed and tells the other regions. */
    applyTools: vocabulary.enqueueActions(({ context, event, enqueue }) => {
      const at = timeOf(event);
      const output = event.type === USED_TOOLS ? outputOf<UseToolsOutput>(event) : null;
      const applied = applyTools(context, output, at);
      enqueue.assign(applied.update);
      for (const raised of applied.raise) enqueue.raise({ ...raised, at });
      enqueue.raise({ type: 'tools.applied', at });
    }),
    /** Looks up what the burst is about. What was asked about fewer words is given up; the same is not asked twice. */
    askBrief: vocabulary.enqueueActions(({ context, enqueue }) => {
      const text = burstText(context);
      if (context.turn.lookUp?.text === text) return;
      enqueue.stopChild('brief');
      enqueue.assign({ turn: { ...context.turn, lookUp: { text, ended: false } } });
      enqueue.spawnChild('brief', {
        id: 'brief',
        input: { conversationId: context.id, text, language: context.language },
      });
    }),
    /** Managers hear of a large or special sale while the assistant goes on (domain 8.2). */
    tellValueReasons: vocabulary.enqueueActions(({ context, event, enqueue }) => {
      const now = timeOf(event);
      const reasons = valueReasons(context, now);
      if (reasons.length === 0) return;
      enqueue.assign({ owner: { ...context.owner, told: markTold(context, reasons, now) } });
      for (const trigger of reasons) {
        const words = 'The assistant goes on; take the conversation over if you want it';
        enqueue({ type: 'alertManager', params: alertOf(context, trigger, triggerName(trigger), words) });
      }
    }),
    /** A person takes over for a reason that lies in the words (domain 8.2). */
    handOverByWords: vocabulary.enqueueActions(({ context, event, enqueue }) => {
      enqueue('markEscalated');
      enqueue.raise({ ...handOverFor(context, hardReason(context) ?? ASKS_FOR_A_PERSON), at: timeOf(event) });
    }),
    /** Managers confirm or reject what the customer ordered (domain 8.6). */
    handOrderOver: vocabulary.enqueueActions(({ context, event, enqueue }) => {
      const at = timeOf(event);
      enqueue('markEscalated');
      enqueue.assign(placed(context, at));
      enqueue.raise({
        type: 'bot.handOver',
        trigger: 0,
        summary: orderSummary(context),
        about: 'order',
        now: true,
        at,
      });
    }),
    /** What the reply asks about the quantity stays open through interruptions (lesson F-02). */
    askHowMany: vocabulary.enqueueActions(({ context, event, enqueue }) => {
      const update = keepAskedQuestion(context);
      if (!update.sale) return;
      enqueue.assign(update);
      enqueue.raise({ type: 'order.selected', at: timeOf(event) });
    }),
    /** The customer was not understood twice in a row. */
    handOverUnclear: vocabulary.enqueueActions(({ context, event, enqueue }) => {
      enqueue('markEscalated');
      enqueue.raise({ ...handOverFor(context, NOT_UNDERSTOOD), at: timeOf(event) });
    }),
    /** The transcript stands under the voice note in the admin. */
    tellHeard: vocabulary.enqueueActions(({ event, enqueue }) => {
      for (const { messageId, text } of outputOf<TranscribeOutput>(event).heard) {
        if (text !== null)
          enqueue({ type: 'tell', params: { type: 'message.changed', id: messageId, text } });
      }
    }),
  },
});
