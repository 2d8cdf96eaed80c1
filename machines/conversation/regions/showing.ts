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
    'manager.takeOver': IDLE,
    'manager.reply': { guard: 'windowOpen', target: IDLE },
    'manager.template': IDLE,
    'manager.draft': { guard: 'windowOpen', target: IDLE },
    'manager.decision': { guard: 'windowOpen', target: IDLE },
    'manager.close': IDLE,
    'channel.echo': { guard: 'isPersonSpeaking', target: IDLE },
  },
  states: {
    finding: {
      description: 'Looks for our copies of the photos.',
      meta: { label: 'Looking for photos' },
      invoke: {
        id: 'findPhotos',
        src: 'findPhotos',
        input: ({ context }) => ({ skus: photosAfter(context) }),
        onDone: { target: 'sending', actions: 'keepPhotos' },
        // The words were sent; photos are an extra.
        onError: SPOKEN,
      },
    },
    sending: {
      description: 'Each photo is a message of its own.',
      meta: { label: 'Sending photos' },
      always: [
        {
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
        { target: SPOKEN },
      ],
    },
  },
});
