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
          {
            description: 'The channel delivers a message again that we have: it is recorded once.',
            guard: 'isKnownMessage',
          },
          {
            description: 'The customer writes: the message is recorded and shown to the managers.',
            guard: 'isNewMessage',
            actions: ['recordCustomerMessage', 'tellCustomerMessage'],
          },
          {
            description:
              'A message of long ago arrives, from an import or a late sync: it is shown in the transcript and waits for no answer.',
            actions: ['recordHistory', 'tellCustomerMessage'],
          },
        ],
        'customer.edited': {
          description: 'The customer edits a message: the new words replace the old ones.',
          actions: ['editMessage', 'tellEdited'],
        },
        'customer.deleted': {
          description:
            'The customer deletes a message: it no longer counts, and the transcript shows that it is gone.',
          actions: ['deleteMessage', 'tellDeleted'],
        },
        'channel.echo': [
          {
            description: 'The channel repeats a message of ours: it confirms that it went out.',
            guard: 'isOwnEcho',
            actions: ['confirmEcho', 'tellEchoConfirmed'],
          },
          {
            description: 'The channel repeats a message again that we have: it is recorded once.',
            guard: 'isKnownEcho',
          },
          {
            description:
              'A message that a person of ours wrote more than a day ago arrives late: it is recorded and takes nothing over now.',
            guard: 'isOldEcho',
            actions: ['recordOldEcho', 'tellManagerEcho'],
          },
          {
            description: 'A person of ours writes outside the admin: the words are recorded as theirs.',
            actions: ['recordEcho', 'tellManagerEcho'],
          },
        ],
        'message.status': [
          {
            description:
              'The channel gives a message of ours up for the first time: it is marked as failed and a manager is told.',
            guard: 'isFirstFailure',
            actions: [
              'tellStatus',
              'markFailed',
              { type: 'alertManager', params: ({ context, event }) => failureAlert(context, event) },
            ],
          },
          {
            description: 'The channel reports how far a message of ours has come: the transcript shows it.',
            actions: 'tellStatus',
          },
        ],
        'manager.reply': {
          description:
            'A manager writes inside the window: the words are recorded and sent as theirs (wire/01 §6).',
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
          description:
            'A manager chooses an approved template: it is recorded and sent, also when the window is closed (wire/01 §6).',
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
        'manager.note': {
          description: 'A manager leaves a note: it is recorded for the team and never sent.',
          actions: ['recordNote', 'tellNote'],
        },
        'xstate.done.actor.send.*': {
          description: 'The channel accepts a message of ours: the transcript shows it as sent.',
          actions: ['confirmSent', 'tellSent'],
        },
        'xstate.error.actor.send.*': {
          description:
            'The channel does not take a message of ours: the transcript shows it as failed and why.',
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
