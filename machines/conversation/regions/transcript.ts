/** What was said, by whom, and whether it arrived: recorded whatever the other regions do with it. */
import { spawnChild } from 'xstate';
import { failureAlert, recordedReply, sendInputOf, sentLocalId } from '../sending.ts';
import { conversationSetup, lastQueued, timeOf } from '../setup.ts';

export const transcript = conversationSetup.createStateConfig({
  description: 'What was said, by whom, and whether it arrived.',
  meta: { label: 'Transcript' },
  initial: 'recording',
  states: {
    recording: {
      meta: { label: 'Recording' },
      on: {
        'customer.message': [
          { guard: 'isKnownMessage' },
          { guard: 'isNewMessage', actions: ['recordCustomerMessage', 'tellCustomerMessage'] },
          { actions: ['recordHistory', 'tellCustomerMessage'] },
        ],
        'customer.edited': { actions: ['editMessage', 'tellEdited'] },
        'customer.deleted': { actions: ['deleteMessage', 'tellDeleted'] },
        'channel.echo': [
          { guard: 'isOwnEcho', actions: ['confirmEcho', 'tellEchoConfirmed'] },
          { guard: 'isKnownEcho' },
          { guard: 'isOldEcho', actions: ['recordOldEcho', 'tellManagerEcho'] },
          { actions: ['recordEcho', 'tellManagerEcho'] },
        ],
        'message.status': [
          {
            guard: 'isFirstFailure',
            actions: [
              'tellStatus',
              'markFailed',
              { type: 'alertManager', params: ({ context, event }) => failureAlert(context, event) },
            ],
          },
          { actions: 'tellStatus' },
        ],
        'manager.reply': {
          guard: 'windowOpen',
          actions: [
            'recordReply',
            { type: 'queueOutbound', params: ({ event }) => ({ by: 'manager', text: event.text }) },
            {
              type: 'tell',
              params: ({ context, event }) => recordedReply(context, timeOf(event), event.by.name),
            },
            spawnChild('sendMessage', {
              id: ({ context }) => `send.${lastQueued(context)?.localId}`,
              input: ({ context }) => sendInputOf(context),
            }),
          ],
        },
        'manager.template': {
          actions: [
            'recordReply',
            {
              type: 'queueOutbound',
              params: ({ event: { text, template } }) => ({ by: 'manager', text, template }),
            },
            {
              type: 'tell',
              params: ({ context, event }) => recordedReply(context, timeOf(event), event.by.name),
            },
            spawnChild('sendMessage', {
              id: ({ context }) => `send.${lastQueued(context)?.localId}`,
              input: ({ context }) => sendInputOf(context),
            }),
          ],
        },
        'manager.note': { actions: ['recordNote', 'tellNote'] },
        'xstate.done.actor.send.*': { actions: ['confirmSent', 'tellSent'] },
        'xstate.error.actor.send.*': {
          actions: {
            type: 'tell',
            params: ({ context, event }) => ({
              type: 'message.progressed',
              id: sentLocalId(context, event.type),
              providerIds: [],
              status: 'failed',
              error: event.error.message,
            }),
          },
        },
      },
    },
  },
});
