/** What the transcript and window regions ask and do: messages, echoes, statuses, notes. */
import { detectLanguage } from '../../language/language.ts';
import type { SendOutput } from '../actors.ts';
import * as echoes from '../echoes.ts';
import * as facts from '../facts.ts';
import { eventOf, outputOf, timeOf } from '../machine-events.ts';
import * as updates from '../updates/dialogue.ts';
import { core } from './core.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** WhatsApp's customer service window (wire/01 §6). */
export const WINDOW_MS = DAY_MS;

export const withTranscript = core.extend({
  guards: {
    isNewMessage: ({ context, event }) => {
      const message = eventOf(event, 'customer.message');
      return !context.seenIds.includes(message.messageId) && !echoes.isHistory(context, message);
    },
    isKnownMessage: ({ context, event }) =>
      context.seenIds.includes(eventOf(event, 'customer.message').messageId),
    /** Personal channels have none (wire/01 §6). */
    channelHasWindow: ({ context }) => context.windowless !== true,
    isOwnEcho: ({ context, event }) => echoes.isOwnEcho(context, eventOf(event, 'channel.echo')),
    /** Written long ago and new to us: an import or a late sync, which takes nothing over now. */
    isOldEcho: ({ event }) => echoes.isOldEcho(eventOf(event, 'channel.echo')),
    isPersonSpeaking: ({ context, event }) => {
      const echo = eventOf(event, 'channel.echo');
      return !echoes.isOwnEcho(context, echo) && !echoes.isOldEcho(echo);
    },
    isFirstFailure: ({ context, event }) => echoes.isFirstFailure(context, eventOf(event, 'message.status')),
    isKnownEcho: ({ context, event }) => context.seenIds.includes(eventOf(event, 'channel.echo').messageId),
  },
  delays: {
    windowCloses: ({ context, event }) =>
      Math.max(0, (context.lastCustomerAt ?? timeOf(event)) + WINDOW_MS - timeOf(event)),
  },
  actions: {
    tellCustomerMessage: core.emit(({ event }) =>
      facts.ofCustomerMessage(eventOf(event, 'customer.message')),
    ),
    tellEdited: core.emit(({ event }) => {
      const { messageId, text } = eventOf(event, 'customer.edited');
      return { type: 'message.changed', id: messageId, text };
    }),
    tellDeleted: core.emit(({ event }) => ({
      type: 'message.changed',
      id: eventOf(event, 'customer.deleted').messageId,
      text: null,
    })),
    tellManagerEcho: core.emit(({ event }) => facts.ofEcho(eventOf(event, 'channel.echo'))),
    tellEchoConfirmed: core.emit(({ context, event }) =>
      facts.ofConfirmedEcho(context, eventOf(event, 'channel.echo')),
    ),
    tellStatus: core.emit(({ event }) => facts.ofStatus(eventOf(event, 'message.status'))),
    tellNote: core.emit(({ event }) => facts.ofNote(eventOf(event, 'manager.note'), timeOf(event))),
    tellSent: core.emit(({ event }) => facts.ofSent(outputOf<SendOutput>(event))),

    recordCustomerMessage: core.assign(({ context, event }) => {
      const message = eventOf(event, 'customer.message');
      return updates.recordCustomerMessage(context, message, detectLanguage(message.text, context.language));
    }),
    recordHistory: core.assign(({ context, event }) =>
      updates.seen(context, eventOf(event, 'customer.message').messageId),
    ),
    editMessage: core.assign(({ context, event }) =>
      updates.editMessage(context, eventOf(event, 'customer.edited')),
    ),
    deleteMessage: core.assign(({ context, event }) =>
      updates.deleteMessage(context, eventOf(event, 'customer.deleted')),
    ),
    recordOldEcho: core.assign(({ context, event }) =>
      updates.seen(context, eventOf(event, 'channel.echo').messageId),
    ),
    recordEcho: core.assign(({ context, event }) =>
      updates.recordEcho(context, eventOf(event, 'channel.echo')),
    ),
    confirmEcho: core.assign(({ context, event }) => {
      const found = echoes.unconfirmedOf(context, eventOf(event, 'channel.echo'));
      return found === null ? {} : updates.hearPart(context, found.localId, found.part);
    }),
    recordReply: core.assign(({ context, event }) => {
      const reply = event.type === 'manager.template' ? event : eventOf(event, 'manager.reply');
      return updates.recordManagerLine(context, reply.text, timeOf(reply));
    }),
    recordNote: core.assign(({ context, event }) => {
      const note = eventOf(event, 'manager.note');
      return updates.recordNote(context, note.text, timeOf(note));
    }),
    markFailed: core.assign(({ context, event }) =>
      updates.markFailed(context, eventOf(event, 'message.status').messageId),
    ),
    confirmSent: core.assign(({ context, event }) =>
      updates.confirmSent(context, outputOf<SendOutput>(event)),
    ),
  },
});
