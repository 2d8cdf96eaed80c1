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
  after: { debounce: 'understanding' },
  on: {
    'customer.message': { guard: 'isNewMessage', target: 'gathering', reenter: true },
    'turn.lookAhead': { guard: 'hasWords', actions: 'askBrief' },
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
      always: { guard: not('hasVoice'), target: 'looking' },
      invoke: {
        id: 'transcribe',
        src: 'transcribe',
        input: ({ context }) => ({
          notes: context.pending.flatMap(({ messageId, voice }) => (voice ? [{ messageId, ...voice }] : [])),
        }),
        onDone: { target: 'looking', actions: ['tellHeard', 'hearVoice'] },
        onError: { target: 'looking', actions: 'giveVoiceUp' },
      },
    },
    looking: {
      description: 'Looks at pictures: a plan is a person’s, a product is searched for (domain 16.6).',
      meta: { label: 'Looking at the picture' },
      always: { guard: not('hasPictures'), target: 'briefing' },
      invoke: {
        id: 'lookAt',
        src: 'lookAt',
        input: ({ context }) => ({ conversationId: context.id, pictures: picturesOf(context) }),
        onDone: [
          {
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
          { target: 'briefing', actions: 'keepSeen' },
        ],
        onError: { target: 'briefing', actions: 'givePicturesUp' },
      },
    },
    briefing: {
      description: 'Waits for the look-up, or begins it where the burst has ended with other words.',
      meta: { label: 'Looking things up' },
      entry: 'askBrief',
      always: [
        {
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
        { guard: 'isBriefed', target: 'identifying' },
      ],
    },
    identifying: {
      description: 'A slow CRM may hold an answer up only for a moment (domain 11.13).',
      meta: { label: 'Looking the customer up' },
      always: [
        // The owner switched the assistant off: the customer stays visible as unanswered.
        { guard: not('botEnabled'), target: '#conversation.turn.idle' },
        {
          description: 'A plain yes to our question needs no model (domain 9.22).',
          guard: 'saysYesToQuote',
          target: SPEAKING,
          actions: [{ type: 'setReply', params: ({ context }) => acceptedLine(context) }, 'acceptQuote'],
        },
        { ...OWN_SELECTION, guard: and(['customerResolved', 'answersQuantity']) },
        { guard: 'customerResolved', target: '#conversation.turn.working.thinking' },
      ],
      after: {
        identifyPatience: [
          { ...OWN_SELECTION, guard: 'answersQuantity' },
          { target: '#conversation.turn.working.thinking' },
        ],
      },
    },
  },
});
