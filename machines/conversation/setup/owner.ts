/** What the owner region asks and does: take-over, hand-over, silence. */
import { assign } from 'xstate';
import * as facts from '../facts.ts';
import { eventOf, timeOf } from '../machine-events.ts';
import { alertOf } from '../sending.ts';
import { isHardTrigger } from '../triggers.ts';
import { recordNote } from '../updates/dialogue.ts';
import { core } from './core.ts';
import { withOrder } from './order.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Domain 8.4: a manager is told again after this long at the earliest. */
const ALERT_COOL_DOWN_MS = 5 * 60 * 1000;

const vocabulary = withOrder.extend({
  guards: {
    handsOverNow: ({ event }) => isHardTrigger(eventOf(event, 'bot.handOver').trigger),
    mayAcknowledge: ({ context }) => context.owner.acknowledged < 2,
    returnsChats: ({ context }) => context.timing.handOverReturnMs > 0,
    isOtherManager: ({ context, event }) => eventOf(event, 'manager.takeOver').by.name !== context.owner.name,
  },
  delays: {
    handOverReturn: ({ context }) => context.timing.handOverReturnMs || DAY_MS,
  },
  actions: {
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
    countAcknowledgement: core.assign(({ context }) => ({
      owner: { ...context.owner, acknowledged: context.owner.acknowledged + 1 },
    })),
    stampAlert: core.assign(({ context, event }) => ({
      owner: { ...context.owner, lastAlertAt: timeOf(event) },
    })),
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
