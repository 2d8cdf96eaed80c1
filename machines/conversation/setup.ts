/** The conversation's vocabulary for XState: types, actors, guards, delays and named actions. The regions use it. */
import { and, assign, emit, setup, stateIn } from 'xstate';
import { detectLanguage } from '../language/language.ts';
import {
  type AlertParams,
  type BriefOutput,
  conversationActors,
  type IdentifyOutput,
  type SendOutput,
  type ThinkOutput,
  type TranscribeOutput,
  type UpdateContactParams,
  type UseToolsOutput,
} from './actors.ts';
import { type ConversationContext, type ConversationInput, LIMITS } from './context.ts';
import type { ConversationEvent, CustomerMessage, TemplateUse } from './events.ts';
import type { MessageFact } from './facts.ts';
import * as facts from './facts.ts';
import { ground } from './grounding.ts';
import { alertOf } from './sending.ts';
import { applyTools, isHardTrigger } from './tool-results.ts';
import { parseToolCalls, readsOutside, toolsFor } from './tools.ts';
import * as updates from './updates.ts';

/** Results of sends, whichever part of the statechart asked for them (`send.reply`, `send.holding`, …). */
type SendResult =
  | { readonly type: 'xstate.done.actor.send.message'; readonly output: SendOutput; readonly at?: number }
  | {
      readonly type: 'xstate.error.actor.send.message';
      readonly error: { readonly _tag: string; readonly message: string };
      readonly actorId?: string;
      readonly at?: number;
    };

/** Raised by one region for another, within one step. */
type Internal =
  | {
      readonly type: 'bot.handOver';
      readonly trigger: number;
      readonly summary: string;
      readonly at?: number;
    }
  | { readonly type: 'order.selected'; readonly at?: number };

export type MachineEvent = ConversationEvent | SendResult | Internal;

/** The host puts the time into every event; a missing one is a bug of the caller, not a moment in 1970. */
export const timeOf = (event: { readonly type: string; readonly at?: number }): number => {
  if (event.at === undefined) throw new Error(`The event ${event.type} has no time; the host must stamp it.`);
  return event.at;
};

const DAY_MS = 24 * 60 * 60 * 1000;
/** WhatsApp's customer service window (wire/01 §6). */
export const WINDOW_MS = DAY_MS;
/** Messages this much older than the last answered one came with a late sync (products.md §4). */
const HISTORY_MS = 10 * 60 * 1000;

/** Domain 8.4: a manager is told again after this long at the earliest. */
const ALERT_COOL_DOWN_MS = 5 * 60 * 1000;

const isHistory = (context: ConversationContext, event: CustomerMessage): boolean =>
  timeOf(event) - event.sentAt > DAY_MS ||
  (context.answeredUpTo !== null && event.sentAt < context.answeredUpTo - HISTORY_MS);

const isOldEcho = (event: Extract<MachineEvent, { type: 'channel.echo' }>): boolean =>
  timeOf(event) - event.sentAt > DAY_MS;

const isFirstFailure = (
  context: ConversationContext,
  event: Extract<MachineEvent, { type: 'message.status' }>,
): boolean =>
  event.status === 'error' &&
  !context.outbound.some((message) => message.failed && message.providerIds.includes(event.messageId));

const plain = (text: string): string => text.replace(/[*_~\s]+/g, '').toLowerCase();

/** Ours by id, or by text while the vendor's answer with the id is still on its way (wire/01 §5.3). */
const isOwnEcho = (
  context: ConversationContext,
  event: Extract<MachineEvent, { type: 'channel.echo' }>,
): boolean => {
  if (context.outbound.some((message) => message.providerIds.includes(event.messageId))) return true;
  if (isOldEcho(event)) return false;
  if (event.authorType === 'bot') return true;
  if (event.sentFromApp || event.authorType === 'manager') return false;
  return context.outbound.some(
    (message) =>
      message.providerIds.length === 0 &&
      plain(message.text).includes(plain(event.text)) &&
      event.text !== '',
  );
};

/** The result of the read tools; every other way into applying them has none. */
const USED_TOOLS = 'xstate.done.actor.useTools' as MachineEvent['type'];

const of = <T extends MachineEvent['type']>(
  event: MachineEvent,
  type: T,
): Extract<MachineEvent, { type: T }> => {
  if (event.type !== type) throw new Error(`expected ${type}, got ${event.type}`);
  return event as Extract<MachineEvent, { type: T }>;
};

/** Results carry their output beside the declared fields; XState types them only inside `onDone`. */
const outputOf = <Output>(event: unknown): Output => (event as { output: Output }).output;

/** The message that was queued last, the one to be sent. */
export const lastQueued = (context: ConversationContext) => context.outbound.at(-1);

const vocabulary = setup({
  types: {
    context: {} as ConversationContext,
    events: {} as MachineEvent,
    input: {} as ConversationInput,
    emitted: {} as MessageFact,
    meta: {} as { readonly label?: string; readonly importance?: 0 | 1 | 2 },
  },
  actors: conversationActors,
  guards: {
    botOwns: stateIn({ owner: 'bot' }),
    botEnabled: ({ context }) => context.briefing.botEnabled,
    isNewMessage: ({ context, event }) => {
      const message = of(event, 'customer.message');
      return !context.seenIds.includes(message.messageId) && !isHistory(context, message);
    },
    isKnownMessage: ({ context, event }) => context.seenIds.includes(of(event, 'customer.message').messageId),
    customerWaits: ({ context }) => context.pending.length > 0,
    isOwnEcho: ({ context, event }) => isOwnEcho(context, of(event, 'channel.echo')),
    /** Written long ago and new to us: an import or a late sync, which takes nothing over now. */
    isOldEcho: ({ event }) => isOldEcho(of(event, 'channel.echo')),
    isPersonSpeaking: ({ context, event }) => {
      const echo = of(event, 'channel.echo');
      return !isOwnEcho(context, echo) && !isOldEcho(echo);
    },
    isFirstFailure: ({ context, event }) => isFirstFailure(context, of(event, 'message.status')),
    isKnownEcho: ({ context, event }) => context.seenIds.includes(of(event, 'channel.echo').messageId),
    windowOpen: stateIn({ window: 'open' }),
    turnIsQuiet: stateIn({ turn: 'idle' }),
    hasLines: ({ context }) => context.order.lines.length > 0,
    hasNoLines: ({ context }) => context.order.lines.length === 0,
    customerResolved: ({ context }) => context.customer.kind !== 'unknown',
    hasVoice: ({ context }) => context.pending.some((message) => message.voice !== null),
    onlyMedia: ({ context }) => context.pending.length > 0 && context.pending.every(updates.isWordless),
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
    handsOverNow: ({ event }) => isHardTrigger(of(event, 'bot.handOver').trigger),
    mayAcknowledge: ({ context }) => context.owner.acknowledged < 2,
    returnsChats: ({ context }) => context.timing.handOverReturnMs > 0,
    isOtherManager: ({ context, event }) => of(event, 'manager.takeOver').by.name !== context.owner.name,
    contactFound: ({ event }) => outputOf<IdentifyOutput>(event).contact !== null,
    crmBehind: ({ context }) => context.customer.dirty && context.customer.crmContactId !== null,
  },
  delays: {
    debounce: ({ context, event }) => {
      const now = timeOf(event);
      const latest = context.turn.burstStartedAt + context.timing.debounceMaxMs;
      return Math.max(0, Math.min(context.timing.debounceMs, latest - now));
    },
    replyDeadline: ({ context }) => context.timing.replyDeadlineMs,
    identifyPatience: 1500,
    windowCloses: ({ context, event }) =>
      Math.max(0, (context.lastCustomerAt ?? timeOf(event)) + WINDOW_MS - timeOf(event)),
    handOverReturn: ({ context }) => context.timing.handOverReturnMs || DAY_MS,
  },
  actions: {
    alertManager: (_, _params: AlertParams) => undefined,
    updateContact: (_, _params: UpdateContactParams) => undefined,
    tell: emit((_, fact: MessageFact) => fact),
    tellCustomerMessage: emit(({ event }) => facts.ofCustomerMessage(of(event, 'customer.message'))),
    tellEdited: emit(({ event }) => {
      const { messageId, text } = of(event, 'customer.edited');
      return { type: 'message.changed', id: messageId, text };
    }),
    tellDeleted: emit(({ event }) => ({
      type: 'message.changed',
      id: of(event, 'customer.deleted').messageId,
      text: null,
    })),
    tellManagerEcho: emit(({ event }) => facts.ofEcho(of(event, 'channel.echo'))),
    tellEchoConfirmed: emit(({ context, event }) =>
      facts.ofConfirmedEcho(context, of(event, 'channel.echo')),
    ),
    tellStatus: emit(({ event }) => facts.ofStatus(of(event, 'message.status'))),
    tellNote: emit(({ event }) => facts.ofNote(of(event, 'manager.note'), timeOf(event))),
    tellSent: emit(({ event }) => facts.ofSent(outputOf<SendOutput>(event))),
    tellDropped: emit(({ context }) => facts.ofDropped(context.turn.replyId)),

    recordCustomerMessage: assign(({ context, event }) => {
      const message = of(event, 'customer.message');
      return updates.recordCustomerMessage(context, message, detectLanguage(message.text, context.language));
    }),
    recordHistory: assign(({ context, event }) =>
      updates.seen(context, of(event, 'customer.message').messageId),
    ),
    editMessage: assign(({ context, event }) => updates.editMessage(context, of(event, 'customer.edited'))),
    deleteMessage: assign(({ context, event }) =>
      updates.deleteMessage(context, of(event, 'customer.deleted')),
    ),
    recordOldEcho: assign(({ context, event }) => updates.seen(context, of(event, 'channel.echo').messageId)),
    recordEcho: assign(({ context, event }) => updates.recordEcho(context, of(event, 'channel.echo'))),
    confirmEcho: assign(({ context, event }) => {
      const echo = of(event, 'channel.echo');
      const own = context.outbound.find(
        (message) => message.providerIds.length === 0 && plain(message.text).includes(plain(echo.text)),
      );
      return own ? updates.confirmSent(context, { localId: own.localId, providerIds: [echo.messageId] }) : {};
    }),
    recordReply: assign(({ context, event }) => {
      const reply = event.type === 'manager.template' ? event : of(event, 'manager.reply');
      return updates.recordManagerLine(context, reply.text, timeOf(reply));
    }),
    recordNote: assign(({ context, event }) => {
      const note = of(event, 'manager.note');
      return updates.recordNote(context, note.text, timeOf(note));
    }),
    recordReleaseNote: assign(({ context, event }) => {
      const release = of(event, 'manager.release');
      return release.note ? updates.recordNote(context, release.note, timeOf(release)) : {};
    }),
    queueOutbound: assign(
      ({ context, event }, message: { by: 'bot' | 'manager'; text: string; template?: TemplateUse }) =>
        updates.queueOutbound(context, { ...message, at: timeOf(event) }),
    ),
    markFailed: assign(({ context, event }) =>
      updates.markFailed(context, of(event, 'message.status').messageId),
    ),
    keepReplyId: assign(({ context }) => ({
      turn: { ...context.turn, replyId: lastQueued(context)?.localId ?? null },
    })),
    confirmSent: assign(({ context, event }) => updates.confirmSent(context, outputOf<SendOutput>(event))),

    startTurn: assign(({ context, event }) => updates.startTurn(context, timeOf(event))),
    restartBurst: assign(({ context, event }) => updates.restartBurst(context, timeOf(event))),
    applyBrief: assign(({ context, event }) => updates.applyBrief(context, outputOf<BriefOutput>(event))),
    hearVoice: assign(({ context, event }) =>
      updates.hearVoice(context, outputOf<TranscribeOutput>(event).heard),
    ),
    giveVoiceUp: assign(({ context }) => updates.hearVoice(context, [])),
    markHeld: assign(({ context }) => ({ turn: { ...context.turn, held: true } })),
    markEscalated: assign(({ context }) => updates.escalated(context)),
    countModelCall: assign(({ context, event }) =>
      updates.countModelCall(context, outputOf<ThinkOutput>(event)),
    ),
    countFailedCall: assign(({ context }) => ({
      turn: { ...context.turn, modelCalls: context.turn.modelCalls + 1 },
    })),
    keepToolCalls: assign(({ context, event }) => {
      const output = outputOf<ThinkOutput>(event);
      const step = { role: 'assistant' as const, content: output.text, toolCalls: output.toolCalls };
      return {
        turn: {
          ...context.turn,
          steps: [...context.turn.steps, step],
          proposed: parseToolCalls(output.toolCalls, toolsFor(context)),
          toolCalls: context.turn.toolCalls + output.toolCalls.length,
          searches:
            context.turn.searches + output.toolCalls.filter((call) => call.name === 'search_products').length,
        },
      };
    }),
    keepReply: assign(({ context, event }) => ({
      turn: { ...context.turn, reply: (outputOf<ThinkOutput>(event).text ?? '').trim() },
    })),
    setReply: assign(({ context }, reply: string) => ({ turn: { ...context.turn, reply } })),
    judgeReply: assign(({ context }) => ({
      turn: { ...context.turn, verdict: ground(context.turn.reply ?? '', context) },
    })),
    askForRepair: assign(({ context }) => ({
      turn: {
        ...context.turn,
        repairs: context.turn.repairs + 1,
        steps: [
          ...context.turn.steps,
          { role: 'assistant' as const, content: context.turn.reply, toolCalls: [] },
          {
            role: 'repair' as const,
            content: `Your last answer was not sent: ${context.turn.verdict?.problems.join(' ') ?? ''} Answer again without that, using only what the tools found.`,
          },
        ],
      },
    })),
    applyTools: assign(({ context, event }) => {
      const proposed = context.turn.proposed ?? { calls: [], refused: [] };
      const output = event.type === USED_TOOLS ? outputOf<UseToolsOutput>(event) : null;
      const applied = applyTools(context, proposed.calls, proposed.refused, output, timeOf(event));
      return {
        turn: {
          ...context.turn,
          evidence: applied.evidence,
          steps: [...context.turn.steps, ...applied.steps],
          proposed: null,
          handOver: applied.handOver,
        },
        slots: applied.slots,
        customer: applied.slotsChanged ? { ...context.customer, dirty: true } : context.customer,
        order: applied.order ?? context.order,
      };
    }),
    coverPending: assign(({ context, event }) => updates.coverPending(context, timeOf(event))),
    dropPending: assign({ pending: [] }),

    applyIdentity: assign(({ context, event }) =>
      updates.applyIdentity(context, outputOf<IdentifyOutput>(event), timeOf(event)),
    ),
    identityUnavailable: assign(({ context }) => ({
      customer: { ...context.customer, kind: 'unavailable' as const },
    })),
    keepContactId: assign(({ context, event }) => ({
      customer: { ...context.customer, crmContactId: outputOf<{ contactId: string }>(event).contactId },
    })),
    crmIsCurrent: assign(({ context }) => ({ customer: { ...context.customer, dirty: false } })),

    setOwner: assign(
      ({ context, event }, owner: { name: string | null; reason: string | null; trigger?: number }) => ({
        owner: {
          ...context.owner,
          name: owner.name,
          reason: owner.reason,
          trigger: owner.trigger ?? null,
          since: timeOf(event),
          acknowledged: 0,
        },
      }),
    ),
    countAcknowledgement: assign(({ context }) => ({
      owner: { ...context.owner, acknowledged: context.owner.acknowledged + 1 },
    })),
    stampAlert: assign(({ context, event }) => ({ owner: { ...context.owner, lastAlertAt: timeOf(event) } })),
  },
});

export const conversationSetup = vocabulary.extend({
  actions: {
    /** Tells the other regions what the tools changed. */
    raiseChanges: vocabulary.enqueueActions(({ context, event, enqueue }) => {
      const at = timeOf(event);
      enqueue.raise({ type: 'order.selected', at });
      if (context.turn.handOver) enqueue.raise({ type: 'bot.handOver', ...context.turn.handOver, at });
    }),
    /** The transcript stands under the voice note in the admin. */
    tellHeard: vocabulary.enqueueActions(({ event, enqueue }) => {
      for (const { messageId, text } of outputOf<TranscribeOutput>(event).heard) {
        if (text !== null)
          enqueue({ type: 'tell', params: { type: 'message.changed', id: messageId, text } });
      }
    }),
    /** The note given with the chat is shown among the messages, like any other. */
    tellReleaseNote: vocabulary.enqueueActions(({ event, enqueue }) => {
      const { by, note } = of(event, 'manager.release');
      if (note)
        enqueue({
          type: 'tell',
          params: facts.ofNote({ type: 'manager.note', by, text: note }, timeOf(event)),
        });
    }),
    /** Takes back what the bot queued beside the turn's reply: a person speaks now (G7, lesson F-30). */
    silenceBot: vocabulary.enqueueActions(({ context, enqueue }) => {
      for (const message of context.outbound) {
        if (message.by !== 'bot' || message.providerIds.length > 0) continue;
        enqueue.stopChild(`send.${message.localId}`);
        enqueue({ type: 'tell', params: facts.ofDropped(message.localId) });
      }
    }),
    /** Tells a manager again, at most once in {@link ALERT_COOL_DOWN_MS} (domain 8.4). */
    realert: vocabulary.enqueueActions(({ context, event, enqueue }) => {
      if (timeOf(event) - context.owner.lastAlertAt < ALERT_COOL_DOWN_MS) return;
      enqueue('stampAlert');
      enqueue({
        type: 'alertManager',
        params: alertOf(context, context.owner.trigger, 'The customer wrote again'),
      });
    }),
  },
});

export const botMayAnswer = and(['botOwns', 'isNewMessage']);
