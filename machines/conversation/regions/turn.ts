/** From the customer's message to the reply: the agent loop is this region (design 6). */
import { and, cancel, not, or, raise, spawnChild, stateIn } from 'xstate';
import type { ConversationContext } from '../context.ts';
import { safeReply } from '../grounding/safe-reply.ts';
import { buildThinkInput } from '../prompt.ts';
import { quoteOutcomes } from '../sale/quote-inputs.ts';
import { acceptedLine, preparingLine } from '../sale/texts.ts';
import { alertOf, recordedReply, sendInputOf } from '../sending.ts';
import { botMayAnswer, conversationSetup, lastQueued, timeOf } from '../setup.ts';
import { handedOverLine, holdingLine, mediaOnlyLine, modelDownLine, optedOutLine } from '../texts.ts';
import { picturesOf } from '../updates/pictures.ts';

import { showing } from './showing.ts';

const SPEAKING = '#conversation.turn.speaking';

/** A wish for silence is confirmed once, in our own words (domain 20.1). */
const CONFIRM_SILENCE = {
  target: SPEAKING,
  actions: {
    type: 'setReply' as const,
    params: ({ context }: { context: ConversationContext }) => optedOutLine(context.language),
  },
};

const gathering = conversationSetup.createStateConfig({
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

const understanding = conversationSetup.createStateConfig({
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
              { type: 'setReply', params: ({ context }) => handedOverLine(context.language) },
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
                mediaOnlyLine(context.pending.at(-1)?.kind ?? 'other', context.language),
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
        { guard: 'customerResolved', target: '#conversation.turn.working.thinking' },
      ],
      after: { identifyPatience: '#conversation.turn.working.thinking' },
    },
  },
});

const thinking = conversationSetup.createStateConfig({
  description: 'One call of the model.',
  meta: { label: 'Thinking' },
  entry: 'priceForCustomer',
  invoke: {
    id: 'think',
    src: 'think',
    input: ({ context }) => buildThinkInput(context),
    onDone: [
      {
        guard: and(['proposesTools', 'toolsAllowed']),
        target: 'acting',
        actions: ['keepToolCalls', 'countModelCall'],
      },
      { guard: 'hasText', target: 'checking', actions: ['keepReply', 'countModelCall'] },
      { guard: 'callsLeft', target: 'thinking', reenter: true, actions: 'countModelCall' },
      {
        target: SPEAKING,
        actions: ['countModelCall', { type: 'setReply', params: ({ context }) => safeReply(context) }],
      },
    ],
    onError: {
      target: SPEAKING,
      actions: [
        'countFailedCall',
        'markEscalated',
        { type: 'alertManager', params: ({ context }) => alertOf(context, null, 'The model did not answer') },
        { type: 'setReply', params: ({ context }) => modelDownLine(context.language) },
      ],
    },
  },
});

const acting = conversationSetup.createStateConfig({
  description: 'Runs what the model asked for: reads side by side, changes through guards.',
  meta: { label: 'Checking the facts' },
  initial: 'deciding',
  states: {
    deciding: {
      meta: { label: 'Checking the facts' },
      always: [
        { guard: 'readsOutside', target: 'reading' },
        { target: 'applied', actions: 'applyTools' },
      ],
    },
    reading: {
      meta: { label: 'Reading catalog and knowledge' },
      invoke: {
        id: 'useTools',
        src: 'useTools',
        input: ({ context }) => ({
          conversationId: context.id,
          language: context.language,
          calls: context.turn.proposed?.calls ?? [],
          orders: { phone: context.chatId, outcomes: quoteOutcomes(context) },
        }),
        onDone: { target: 'applied', actions: 'applyTools' },
        onError: { target: 'applied', actions: 'applyTools' },
      },
    },
    applied: {
      description: 'The other regions hear first what changed, so that the model is told how things stand.',
      meta: { label: 'Checking the facts' },
      on: {
        'tools.applied': [
          { guard: 'optsOutNow', ...CONFIRM_SILENCE },
          {
            guard: 'proposesHandOver',
            target: SPEAKING,
            actions: { type: 'setReply', params: ({ context }) => handedOverLine(context.language) },
          },
          {
            guard: 'acceptedNow',
            target: SPEAKING,
            actions: { type: 'setReply', params: ({ context }) => acceptedLine(context) },
          },
          {
            guard: and([stateIn({ order: 'quoting' }), 'notAnnounced']),
            target: SPEAKING,
            actions: ['markAnnounced', { type: 'setReply', params: ({ context }) => preparingLine(context) }],
          },
          { target: '#conversation.turn.working.thinking' },
        ],
      },
    },
  },
});

const checking = conversationSetup.createStateConfig({
  description: 'Nothing leaves that the tools of this turn did not find (domain 14).',
  meta: { label: 'Checking the answer' },
  entry: 'judgeReply',
  always: [
    {
      guard: 'missedHandOver',
      target: SPEAKING,
      actions: [
        'handOverByWords',
        { type: 'setReply', params: ({ context }) => handedOverLine(context.language) },
      ],
    },
    { guard: 'isGrounded', target: SPEAKING },
    { guard: 'canRepair', target: 'thinking', actions: 'askForRepair' },
    {
      guard: 'unclearAgain',
      target: SPEAKING,
      actions: [
        'handOverUnclear',
        { type: 'setReply', params: ({ context }) => handedOverLine(context.language) },
      ],
    },
    { target: SPEAKING, actions: { type: 'setReply', params: ({ context }) => safeReply(context) } },
  ],
});

export const turn = conversationSetup.createStateConfig({
  description: 'From the customer’s message to the reply: the agent’s loop.',
  meta: { label: 'Turn' },
  initial: 'idle',
  states: {
    idle: {
      description: 'Nothing to answer.',
      meta: { label: 'Waiting for the customer' },
      on: {
        'customer.message': [
          { guard: and([botMayAnswer, 'asksToStop', not('hasOptedOut')]), ...CONFIRM_SILENCE },
          // Confirmed already, or written by a machine: there is nobody to answer (domain 17.5, 20.1).
          {
            guard: and([botMayAnswer, not('customerWaits'), 'asksToStop']),
            actions: 'dropMessage',
          },
          {
            guard: and([botMayAnswer, not('customerWaits'), or(['isFollowedUp', 'isPaused']), 'isAutomatic']),
            actions: 'dropMessage',
          },
          { guard: botMayAnswer, target: 'working' },
        ],
        'manager.release': {
          guard: and(['personOwns', 'customerWaits', 'windowOpen']),
          target: 'working.understanding',
        },
        'owner.returned': { guard: and(['customerWaits', 'windowOpen']), target: 'working.understanding' },
      },
    },
    working: {
      meta: { label: 'Working on an answer' },
      entry: 'startTurn',
      exit: 'stopBrief',
      initial: 'gathering',
      // The channel would refuse the answer (wire/01 §6): the customer stays visible as unanswered.
      always: {
        guard: not('windowOpen'),
        target: 'idle',
        actions: {
          type: 'alertManager',
          params: ({ context }) =>
            alertOf(
              context,
              null,
              'A customer was not answered before the 24-hour window closed: use an approved template',
            ),
        },
      },
      after: {
        replyDeadline: {
          guard: 'notHeld',
          actions: [
            'markHeld',
            {
              type: 'queueOutbound',
              params: ({ context }) => ({ by: 'bot', text: holdingLine(context.language) }),
            },
            { type: 'tell', params: ({ context, event }) => recordedReply(context, timeOf(event)) },
            spawnChild('sendMessage', {
              id: ({ context }) => `send.${lastQueued(context)?.localId}`,
              input: ({ context }) => sendInputOf(context),
            }),
          ],
        },
      },
      on: {
        'customer.message': [
          { guard: and(['isNewMessage', 'asksToStop', not('hasOptedOut')]), ...CONFIRM_SILENCE },
          { guard: 'isNewMessage', target: '.gathering', actions: 'restartBurst' },
        ],
        'xstate.done.actor.brief': { actions: ['applyBrief', 'stopBrief'] },
        'xstate.error.actor.brief': { actions: ['giveBriefUp', 'stopBrief'] },
        'manager.takeOver': 'idle',
        'manager.reply': { guard: 'windowOpen', target: 'idle' },
        'manager.template': 'idle',
        'manager.draft': { guard: 'windowOpen', target: 'idle' },
        'manager.decision': { guard: 'windowOpen', target: 'idle' },
        'manager.close': 'idle',
        'channel.echo': { guard: 'isPersonSpeaking', target: 'idle' },
      },
      states: { gathering, understanding, thinking, acting, checking },
    },
    speaking: {
      description: 'The reply is queued; a message that comes now starts the next turn.',
      meta: { label: 'Sending the answer', importance: 2 },
      entry: [
        'tellValueReasons',
        { type: 'queueOutbound', params: ({ context }) => ({ by: 'bot', text: context.turn.reply ?? '' }) },
        'keepReplyId',
        'coverPending',
        { type: 'tell', params: ({ context, event }) => recordedReply(context, timeOf(event)) },
      ],
      invoke: {
        id: 'send.reply',
        src: 'sendMessage',
        input: ({ context }) => sendInputOf(context),
        onDone: [{ guard: 'wantsPhotos', target: 'showing' }, { target: 'spoken' }],
        onError: {
          target: 'spoken',
          actions: {
            type: 'alertManager',
            params: ({ context }) => alertOf(context, null, 'A reply could not be sent'),
          },
        },
      },
      on: {
        'manager.takeOver': { target: 'idle', actions: 'tellDropped' },
        'manager.reply': { guard: 'windowOpen', target: 'idle', actions: 'tellDropped' },
        'manager.template': { target: 'idle', actions: 'tellDropped' },
        'manager.draft': { guard: 'windowOpen', target: 'idle', actions: 'tellDropped' },
        'manager.decision': { guard: 'windowOpen', target: 'idle', actions: 'tellDropped' },
        'manager.close': { target: 'idle', actions: 'tellDropped' },
        'channel.echo': { guard: 'isPersonSpeaking', target: 'idle', actions: 'tellDropped' },
      },
    },
    showing,
    spoken: {
      description: 'Answered; what came meanwhile is the next turn.',
      meta: { label: 'Answered' },
      always: [{ guard: and(['customerWaits', 'botOwns']), target: 'working' }, { target: 'idle' }],
    },
  },
});
