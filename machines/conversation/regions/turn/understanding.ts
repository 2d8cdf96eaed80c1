/** Before the model is asked: the end of the burst, voice and pictures, the look-up, the customer. */
import { and, cancel, not, raise } from 'xstate';
import { acceptedLine } from '../../sale/texts.ts';
import { alertOf } from '../../sending.ts';
import { conversationSetup, timeOf } from '../../setup.ts';
import { handedOverLine, introduced, mediaOnlyLine } from '../../texts.ts';
import { picturesOf } from '../../updates/pictures.ts';
import { SPEAKING } from './ways-out.ts';

/** A bare number answers the open question: the selection needs no model (lesson F-02). */
const OWN_SELECTION = {
  target: '#conversation.turn.working.acting',
  actions: 'proposeQuantity' as const,
};

export const gathering = conversationSetup.createStateConfig({
  description:
    'Waits for the end of a burst: people write one thought in several messages (domain 4.5). Looks up what it is about meanwhile.',
  meta: { label: 'Reading along' },
  // Not an `after`: snapshots of before need not be brought up to it, they look up when the burst has ended.
  entry: raise({ type: 'turn.lookAhead' }, { id: 'lookAhead', delay: 'lookAhead' }),
  exit: cancel('lookAhead'),
  after: {
    debounce: {
      description:
        'The customer has stopped writing for a moment: the burst is whole and is looked into (domain 4.5).',
      target: 'understanding',
    },
  },
  on: {
    'customer.message': {
      description: 'The customer writes on: the wait for the end of the burst begins again (domain 4.5).',
      guard: 'isNewMessage',
      target: 'gathering',
      reenter: true,
    },
    'turn.lookAhead': {
      description:
        'Part of the wait is over and there are words already: their look-up begins ahead of the end of the burst.',
      guard: 'hasWords',
      actions: 'askBrief',
    },
  },
});

export const understanding = conversationSetup.createStateConfig({
  description: 'Fetches prompts, products and knowledge for the burst, and waits a moment for the CRM.',
  meta: { label: 'Looking things up' },
  initial: 'listening',
  states: {
    listening: {
      description: 'Turns voice notes into words; from then on they are text (domain 16.5).',
      meta: { label: 'Listening to the voice note' },
      always: {
        description: 'The burst has no voice note: there is nothing to listen to.',
        guard: not('hasVoice'),
        target: 'looking',
      },
      invoke: {
        id: 'transcribe',
        src: 'transcribe',
        input: ({ context }) => ({
          notes: context.pending.flatMap(({ messageId, voice }) => (voice ? [{ messageId, ...voice }] : [])),
        }),
        onDone: {
          description: 'The voice notes are turned into words: from now on they are text (domain 16.5).',
          target: 'looking',
          actions: ['tellHeard', 'hearVoice'],
        },
        onError: {
          description: 'The voice notes cannot be turned into words: the turn goes on without them.',
          target: 'looking',
          actions: 'giveVoiceUp',
        },
      },
    },
    looking: {
      description: 'Looks at pictures: a plan is a person’s, a product is searched for (domain 16.6).',
      meta: { label: 'Looking at the picture' },
      always: {
        description: 'The burst has no picture: there is nothing to look at.',
        guard: not('hasPictures'),
        target: 'briefing',
      },
      invoke: {
        id: 'lookAt',
        src: 'lookAt',
        input: ({ context }) => ({ conversationId: context.id, pictures: picturesOf(context) }),
        onDone: [
          {
            description:
              'A picture shows a drawing or a floor plan: it is a person’s, and the customer is told so (domain 16.6).',
            guard: 'sawPlan',
            target: SPEAKING,
            actions: [
              'keepSeen',
              'markEscalated',
              raise(({ event }) => ({
                type: 'bot.handOver',
                trigger: 14,
                summary: 'The customer sent a drawing or a floor plan.',
                at: timeOf(event),
              })),
              {
                type: 'setReply',
                params: ({ context }) => introduced(handedOverLine(context.language), context),
              },
            ],
          },
          {
            description: 'The pictures show no plan: what they show is searched for (domain 16.6).',
            target: 'briefing',
            actions: 'keepSeen',
          },
        ],
        onError: {
          description: 'The pictures cannot be looked at: the turn goes on without them.',
          target: 'briefing',
          actions: 'givePicturesUp',
        },
      },
    },
    briefing: {
      description: 'Waits for the look-up, or begins it where the burst has ended with other words.',
      meta: { label: 'Looking things up' },
      entry: 'askBrief',
      always: [
        {
          description:
            'The burst has no words that we can read: the customer is told so and a manager is called to look at it.',
          guard: 'onlyMedia',
          target: SPEAKING,
          actions: [
            {
              type: 'alertManager',
              params: ({ context }) => alertOf(context, null, 'The customer sent a file or a voice note'),
            },
            'markEscalated',
            {
              type: 'setReply',
              params: ({ context }) =>
                introduced(mediaOnlyLine(context.pending.at(-1)?.kind ?? 'other', context), context),
            },
          ],
        },
        {
          description:
            'The look-up of products and knowledge has ended: only the customer is still to be known.',
          guard: 'isBriefed',
          target: 'identifying',
        },
      ],
    },
    identifying: {
      description: 'A slow CRM may hold an answer up only for a moment (domain 11.13).',
      meta: { label: 'Looking the customer up' },
      always: [
        // The owner switched the assistant off: the customer stays visible as unanswered.
        {
          description:
            'The owner switched the assistant off: nothing is said, and the customer stays visible as unanswered.',
          guard: not('botEnabled'),
          target: '#conversation.turn.idle',
        },
        {
          description: 'A plain yes to our question needs no model (domain 9.22).',
          guard: 'saysYesToQuote',
          target: SPEAKING,
          actions: [{ type: 'setReply', params: ({ context }) => acceptedLine(context) }, 'acceptQuote'],
        },
        {
          description:
            'The customer is known and answers our question with a bare number: it is taken as the quantity without the model (lesson F-02).',
          ...OWN_SELECTION,
          guard: and(['customerResolved', 'answersQuantity']),
        },
        {
          description: 'We know who the customer is: the model is asked.',
          guard: 'customerResolved',
          target: '#conversation.turn.working.thinking',
        },
      ],
      after: {
        identifyPatience: [
          {
            description:
              'The CRM is slow and the customer’s bare number answers our question: it is taken as the quantity without the model (lesson F-02).',
            ...OWN_SELECTION,
            guard: 'answersQuantity',
          },
          {
            description:
              'The CRM is slow: the model is asked without waiting for it any longer (domain 11.13).',
            target: '#conversation.turn.working.thinking',
          },
        ],
      },
    },
  },
});
