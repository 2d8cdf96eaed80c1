/** What the owner region asks and does: take-over, hand-over, silence. */
import { assign } from 'xstate';
import type { AdaptOutput } from '../actors.ts';
import type { ConversationContext, ManagerAnswer } from '../context.ts';
import * as facts from '../facts.ts';
import { eventOf, outputOf, timeOf } from '../machine-events.ts';
import { awaitsDecision } from '../sale/placed-order.ts';
import { alertOf } from '../sending.ts';
import { decisionLine } from '../texts.ts';
import { isHardTrigger } from '../triggers.ts';
import { recordNote, remember } from '../updates/dialogue.ts';
import type { Update } from '../updates/update.ts';
import { core } from './core.ts';
import { withOrder } from './order.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Domain 8.4: a manager is told again after this long at the earliest. */
const ALERT_COOL_DOWN_MS = 5 * 60 * 1000;

/** What the person chose for this chat, else the setting (contract 2, `HAND_OVER_RETURN`); 0: it is never offered back. */
const returnInMs = ({ owner, timing }: ConversationContext): number =>
  owner.returnInMs ?? timing.handOverReturnMs;

const answeredBy = (
  context: ConversationContext,
  answer: Pick<ManagerAnswer, 'by' | 'text' | 'learn' | 'decision'>,
): Update => {
  const asked = context.dialogue.filter((line) => line.from === 'customer').at(-1);
  return {
    owner: { ...context.owner, answer: { ...answer, question: asked?.text ?? '', localId: null } },
    pending: [],
    answeredUpTo: context.lastCustomerAt,
  };
};

const vocabulary = withOrder.extend({
  guards: {
    handsOverNow: ({ event }) => {
      const { trigger, now } = eventOf(event, 'bot.handOver');
      return now === true || isHardTrigger(trigger);
    },
    mayAcknowledge: ({ context }) => context.owner.acknowledged < 2,
    returnsChats: ({ context }) => returnInMs(context) > 0,
    /** Confirmed and rejected once: a late press changes nothing (domain 8.8). */
    awaitsDecision: ({ context }) => awaitsDecision(context),
    isAnswerSent: ({ context, event }) => {
      const localId = context.owner.answer?.localId;
      return localId != null && event.type.endsWith(`.send.${localId}`);
    },
    wantsToTeach: ({ context }) => context.owner.answer?.learn === true,
    isOtherManager: ({ context, event }) => eventOf(event, 'manager.takeOver').by.name !== context.owner.name,
  },
  delays: {
    handOverReturn: ({ context }) => returnInMs(context) || DAY_MS,
  },
  actions: {
    setOwner: assign(
      (
        { context, event },
        owner: {
          name: string | null;
          reason: string | null;
          trigger?: number | null;
          about?: 'order';
          returnInMs?: number | null;
        },
      ) => ({
        owner: {
          ...context.owner,
          name: owner.name,
          reason: owner.reason,
          trigger: owner.trigger ?? null,
          about: owner.about ?? null,
          returnInMs: owner.returnInMs ?? null,
          since: timeOf(event),
          acknowledged: 0,
        },
      }),
    ),
    countAcknowledgement: core.assign(({ context }) => ({
      owner: { ...context.owner, acknowledged: context.owner.acknowledged + 1 },
    })),
    stampAlert: core.assign(({ context, event }) => ({
      owner: { ...context.owner, lastAlertAt: timeOf(event) },
    })),
    /** What was asked so far is the manager's to answer; what comes from now on is a new question. */
    keepDraft: core.assign(({ context, event }) => {
      const draft = eventOf(event, 'manager.draft');
      return answeredBy(context, { by: draft.by.name, text: draft.text, learn: draft.learn });
    }),
    keepDecision: core.assign(({ context, event }) => {
      const { by, decision } = eventOf(event, 'manager.decision');
      const text = decisionLine(decision, context.language);
      return answeredBy(context, { by: by.name, text, learn: false, decision });
    }),
    keepAdapted: core.assign(({ context, event }) => {
      const { answer } = context.owner;
      return answer
        ? { owner: { ...context.owner, answer: { ...answer, text: outputOf<AdaptOutput>(event).text } } }
        : {};
    }),
    /** The queued message is the answer; the model will know what was said. */
    rememberAnswer: core.assign(({ context, event }) => {
      const { answer } = context.owner;
      if (!answer) return {};
      const localId = context.outbound.at(-1)?.localId ?? null;
      return {
        owner: { ...context.owner, answer: { ...answer, localId } },
        dialogue: remember(context, { from: 'manager', text: answer.text, at: timeOf(event) }),
      };
    }),
    /** The customer knows the manager's word (domain 8.8): now it holds. */
    recordDecision: core.assign(({ context }) => {
      const decision = context.owner.answer?.decision;
      const { ordered } = context.sale;
      return decision && ordered ? { sale: { ...context.sale, ordered: { ...ordered, decision } } } : {};
    }),
    forgetAnswer: core.assign(({ context }) => ({ owner: { ...context.owner, answer: null } })),
    recordReleaseNote: core.assign(({ context, event }) => {
      const release = eventOf(event, 'manager.release');
      return release.note ? recordNote(context, release.note, timeOf(release)) : {};
    }),
  },
});

export const withOwner = vocabulary.extend({
  actions: {
    /** The note given with the chat is shown among the messages, like any other. */
    tellReleaseNote: vocabulary.enqueueActions(({ event, enqueue }) => {
      const { by, note } = eventOf(event, 'manager.release');
      if (note)
        enqueue({
          type: 'tell',
          params: facts.ofNote({ type: 'manager.note', by, text: note }, timeOf(event)),
        });
    }),
    /** The customer has the answer: the managers' question is closed, and the assistant goes on (domain 8.8, 8.11). */
    resolveAnswer: vocabulary.enqueueActions(({ context, event, enqueue }) => {
      const { by = '', text = '' } = context.owner.answer ?? {};
      enqueue({
        type: 'closeAlerts',
        params: { conversationId: context.id, by, note: `Sent to the customer for ${by}:\n${text}` },
      });
      enqueue('recordDecision');
      enqueue('forgetAnswer');
      enqueue({ type: 'setOwner', params: { name: null, reason: null } });
      enqueue.raise({ type: 'owner.returned', at: timeOf(event) });
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
