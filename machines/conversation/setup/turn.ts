/** What the turn region asks and does: the agent loop's questions, counts and changes. */
import { assign } from 'xstate';
import type { BriefOutput, ThinkOutput, TranscribeOutput, UseToolsOutput } from '../actors.ts';
import { type ConversationContext, LIMITS } from '../context.ts';
import * as facts from '../facts.ts';
import { groundingFactsOf } from '../grounding/from-context.ts';
import { ground } from '../grounding/ground.ts';
import { type MachineEvent, outputOf, timeOf } from '../machine-events.ts';
import { applyTools } from '../tools/apply.ts';
import { parseToolCalls, readsOutside, toolsFor } from '../tools/tools.ts';
import { isHardTrigger } from '../triggers.ts';
import { hearVoice, isWordless } from '../updates/dialogue.ts';
import * as updates from '../updates/turn.ts';
import { core } from './core.ts';
import { withOwner } from './owner.ts';

/** The result of the read tools; every other way into applying them has none. */
const USED_TOOLS = 'xstate.done.actor.useTools' as MachineEvent['type'];

/** The message that was queued last, the one to be sent. */
export const lastQueued = (context: ConversationContext) => context.outbound.at(-1);

const vocabulary = withOwner.extend({
  guards: {
    botEnabled: ({ context }) => context.briefing.botEnabled,
    hasVoice: ({ context }) => context.pending.some((message) => message.voice !== null),
    onlyMedia: ({ context }) => context.pending.length > 0 && context.pending.every(isWordless),
    notHeld: ({ context }) => !context.turn.held,
    proposesTools: ({ event }) => outputOf<ThinkOutput>(event).toolCalls.length > 0,
    toolsAllowed: ({ context }) => toolsFor(context).length > 0,
    hasText: ({ event }) => (outputOf<ThinkOutput>(event).text ?? '').trim() !== '',
    callsLeft: ({ context }) => context.turn.modelCalls + 1 < LIMITS.modelCallsPerTurn,
    isGrounded: ({ context }) => context.turn.verdict?.ok === true,
    canRepair: ({ context }) =>
      context.turn.repairs < LIMITS.repairsPerTurn && context.turn.modelCalls < LIMITS.modelCallsPerTurn,
    readsOutside: ({ context }) =>
      (context.turn.proposed?.calls ?? []).some((call) => readsOutside(call.name)),
    proposesHandOver: ({ context }) =>
      context.turn.handOver !== null && isHardTrigger(context.turn.handOver.trigger),
  },
  delays: {
    debounce: ({ context, event }) => {
      const now = timeOf(event);
      const latest = context.turn.burstStartedAt + context.timing.debounceMaxMs;
      return Math.max(0, Math.min(context.timing.debounceMs, latest - now));
    },
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
    hearVoice: core.assign(({ context, event }) =>
      hearVoice(context, outputOf<TranscribeOutput>(event).heard),
    ),
    giveVoiceUp: core.assign(({ context }) => hearVoice(context, [])),
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
    keepReply: core.assign(({ context, event }) => ({
      turn: { ...context.turn, reply: (outputOf<ThinkOutput>(event).text ?? '').trim() },
    })),
    setReply: assign(({ context }, reply: string) => ({ turn: { ...context.turn, reply } })),
    judgeReply: core.assign(({ context }) => ({
      turn: { ...context.turn, verdict: ground(context.turn.reply ?? '', groundingFactsOf(context)) },
    })),
    askForRepair: core.assign(({ context }) => updates.askForRepair(context)),
    coverPending: core.assign(({ context, event }) => updates.coverPending(context, timeOf(event))),
  },
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
