/** Product photos after the reply that names the articles (domain 12.14). A person who speaks ends it. */
import { and, spawnChild } from 'xstate';
import { photosAfter } from '../photos.ts';
import { recordedReply, sendInputOf } from '../sending.ts';
import { conversationSetup, lastQueued, timeOf } from '../setup.ts';

const SPOKEN = '#conversation.turn.spoken';
const IDLE = '#conversation.turn.idle';

export const showing = conversationSetup.createStateConfig({
  description: 'The reply has gone out; the photos of the articles that it names follow.',
  meta: { label: 'Sending photos' },
  initial: 'finding',
  on: {
    'manager.takeOver': {
      description: 'A manager takes the conversation over: the photos that are left are not sent.',
      target: IDLE,
    },
    'manager.reply': {
      description:
        'A manager writes to the customer inside the window: the photos that are left are not sent.',
      guard: 'windowOpen',
      target: IDLE,
    },
    'manager.template': {
      description: 'A manager sends an approved template: the photos that are left are not sent.',
      target: IDLE,
    },
    'manager.draft': {
      description:
        'A manager lets the assistant word an answer of theirs: the photos that are left are not sent.',
      guard: 'windowOpen',
      target: IDLE,
    },
    'manager.decision': {
      description: 'A manager decides inside the window: the photos that are left are not sent.',
      guard: 'windowOpen',
      target: IDLE,
    },
    'manager.close': {
      description: 'A manager closes the conversation: the photos that are left are not sent.',
      target: IDLE,
    },
    'channel.echo': {
      description: 'A person of ours writes outside the admin: the photos that are left are not sent.',
      guard: 'isPersonSpeaking',
      target: IDLE,
    },
  },
  states: {
    finding: {
      description: 'Looks for our copies of the photos.',
      meta: { label: 'Looking for photos' },
      invoke: {
        id: 'findPhotos',
        src: 'findPhotos',
        input: ({ context }) => ({ skus: photosAfter(context) }),
        onDone: {
          description: 'Our copies of the photos are found: they are sent one by one (domain 12.14).',
          target: 'sending',
          actions: 'keepPhotos',
        },
        // The words were sent; photos are an extra.
        onError: {
          description:
            'The photos cannot be found: the words were sent and photos are an extra, so the turn is over.',
          target: SPOKEN,
        },
      },
    },
    sending: {
      description: 'Each photo is a message of its own.',
      meta: { label: 'Sending photos' },
      always: [
        {
          description:
            'A photo is left and the window is open: it is sent as a message of its own (domain 12.14).',
          guard: and(['hasPhotoToShow', 'windowOpen']),
          target: 'sending',
          reenter: true,
          actions: [
            'queuePhoto',
            { type: 'tell', params: ({ context, event }) => recordedReply(context, timeOf(event)) },
            spawnChild('sendMessage', {
              id: ({ context }) => `send.${lastQueued(context)?.localId}`,
              input: ({ context }) => sendInputOf(context),
            }),
          ],
        },
        { description: 'Every photo is sent, or the window has closed: the turn is over.', target: SPOKEN },
      ],
    },
  },
});
