/** From the customer's message to the reply: the agent loop is this region (design 6). */
import { and, not, or, spawnChild } from 'xstate';
import { alertOf, recordedReply, sendInputOf } from '../sending.ts';
import { botMayAnswer, conversationSetup, lastQueued, timeOf } from '../setup.ts';
import { holdingLine } from '../texts.ts';
import { showing } from './showing.ts';
import { acting, checking, thinking } from './turn/thinking.ts';
import { gathering, understanding } from './turn/understanding.ts';
import { CONFIRM_SILENCE, SILENCE_BESIDE } from './turn/ways-out.ts';

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
          {
            description:
              'The customer asks for silence for the first time: we confirm it once, in our own words, and no model is asked (domain 20.1).',
            guard: and([botMayAnswer, 'asksToStop', not('hasOptedOut')]),
            ...CONFIRM_SILENCE,
          },
          // Confirmed already, or written by a machine: there is nobody to answer (domain 17.5, 20.1).
          {
            description:
              'The customer asks again for a silence that is confirmed already: nobody waits for an answer (domain 20.1).',
            guard: and([botMayAnswer, not('customerWaits'), 'asksToStop']),
            actions: 'dropMessage',
          },
          {
            description:
              'A machine of the customer answers a message that we wrote first: there is nobody to answer (domain 17.5).',
            guard: and([botMayAnswer, not('customerWaits'), or(['isFollowedUp', 'isPaused']), 'isAutomatic']),
            actions: 'dropMessage',
          },
          {
            description:
              'The customer writes and the assistant owns the conversation: it begins to work on an answer.',
            guard: botMayAnswer,
            target: 'working',
          },
        ],
        'manager.release': {
          description:
            'A manager gives the conversation back while the customer waits and the window is open: the assistant looks into what was asked.',
          guard: and(['personOwns', 'customerWaits', 'windowOpen']),
          target: 'working.understanding',
        },
        'owner.returned': {
          description:
            'The assistant owns the conversation again while the customer waits and the window is open: it looks into what was asked.',
          guard: and(['customerWaits', 'windowOpen']),
          target: 'working.understanding',
        },
      },
    },
    working: {
      meta: { label: 'Working on an answer' },
      entry: 'startTurn',
      exit: 'stopBrief',
      initial: 'gathering',
      // The channel would refuse the answer (wire/01 §6): the customer stays visible as unanswered.
      always: {
        description:
          'The 24-hour window closes before the answer: the channel would refuse it, so the turn ends and a manager is told to use a template (wire/01 §6).',
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
          description:
            'The answer takes too long: the customer is told once that we are on it, and the work goes on.',
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
          {
            description:
              'The customer asks for silence while we work on an answer: the work stops and we confirm the silence once (domain 20.1).',
            guard: and(['isNewMessage', 'asksToStop', not('hasOptedOut')]),
            ...CONFIRM_SILENCE,
          },
          {
            description:
              'The customer asks again for a silence that is confirmed already: the message is left out of the answer (domain 20.1).',
            guard: and(['isNewMessage', 'asksToStop']),
            actions: 'dropMessage',
          },
          {
            description:
              'The customer writes more while we work on an answer: it starts again from the whole burst (domain 4.5).',
            guard: 'isNewMessage',
            target: '.gathering',
            actions: 'restartBurst',
          },
        ],
        'xstate.done.actor.brief': {
          description: 'The look-up of products and knowledge ends: what it found is kept for the answer.',
          actions: ['applyBrief', 'stopBrief'],
        },
        'xstate.error.actor.brief': {
          description: 'The look-up of products and knowledge fails: the answer goes on without it.',
          actions: ['giveBriefUp', 'stopBrief'],
        },
        'manager.takeOver': {
          description: 'A manager takes the conversation over: the assistant stops its work unsaid.',
          target: 'idle',
        },
        'manager.reply': {
          description:
            'A manager writes to the customer inside the window: the assistant stops its work unsaid.',
          guard: 'windowOpen',
          target: 'idle',
        },
        'manager.template': {
          description: 'A manager sends an approved template: the assistant stops its work unsaid.',
          target: 'idle',
        },
        'manager.draft': {
          description:
            'A manager lets the assistant word an answer of theirs: that answer takes the place of the one in work.',
          guard: 'windowOpen',
          target: 'idle',
        },
        'manager.decision': {
          description:
            'A manager decides what the customer waits for: the word about it takes the place of the answer in work.',
          guard: and(['windowOpen', 'awaitsDecision']),
          target: 'idle',
        },
        'manager.close': {
          description: 'A manager closes the conversation: the assistant stops its work unsaid.',
          target: 'idle',
        },
        'channel.echo': {
          description:
            'A person of ours writes from their phone or the channel’s own inbox: the assistant stops its work unsaid.',
          guard: 'isPersonSpeaking',
          target: 'idle',
        },
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
        'askHowMany',
        { type: 'tell', params: ({ context, event }) => recordedReply(context, timeOf(event)) },
      ],
      invoke: {
        id: 'send.reply',
        src: 'sendMessage',
        input: ({ context }) => sendInputOf(context),
        onDone: [
          {
            description:
              'The reply is sent and names articles to be shown: their photos follow (domain 12.14).',
            guard: 'wantsPhotos',
            target: 'showing',
          },
          {
            description: 'The reply is sent and no photos belong to it: the turn is over.',
            target: 'spoken',
          },
        ],
        onError: {
          description: 'The channel does not take the reply: a manager is told, and the turn is over.',
          target: 'spoken',
          actions: {
            type: 'alertManager',
            params: ({ context }) => alertOf(context, null, 'A reply could not be sent'),
          },
        },
      },
      on: {
        'customer.message': SILENCE_BESIDE,
        'manager.takeOver': {
          description:
            'A manager takes the conversation over while the reply is on its way: the reply is reported as dropped.',
          target: 'idle',
          actions: 'tellDropped',
        },
        'manager.reply': {
          description:
            'A manager writes to the customer while the reply is on its way: the reply is reported as dropped.',
          guard: 'windowOpen',
          target: 'idle',
          actions: 'tellDropped',
        },
        'manager.template': {
          description:
            'A manager sends a template while the reply is on its way: the reply is reported as dropped.',
          target: 'idle',
          actions: 'tellDropped',
        },
        'manager.draft': {
          description:
            'A manager lets the assistant word an answer of theirs while the reply is on its way: the reply is reported as dropped.',
          guard: 'windowOpen',
          target: 'idle',
          actions: 'tellDropped',
        },
        'manager.decision': {
          description:
            'A manager decides what the customer waits for while the reply is on its way: the reply is reported as dropped.',
          guard: and(['windowOpen', 'awaitsDecision']),
          target: 'idle',
          actions: 'tellDropped',
        },
        'manager.close': {
          description:
            'A manager closes the conversation while the reply is on its way: the reply is reported as dropped.',
          target: 'idle',
          actions: 'tellDropped',
        },
        'channel.echo': {
          description:
            'A person of ours writes outside the admin while the reply is on its way: the reply is reported as dropped.',
          guard: 'isPersonSpeaking',
          target: 'idle',
          actions: 'tellDropped',
        },
      },
    },
    showing,
    spoken: {
      description: 'Answered; what came meanwhile is the next turn.',
      meta: { label: 'Answered' },
      always: [
        {
          description:
            'The customer wrote while we answered and the assistant still owns the conversation: the next turn begins.',
          guard: and(['customerWaits', 'botOwns']),
          target: 'working',
        },
        {
          description:
            'Nothing is left to answer, or a person owns the conversation: the turn waits for the next message.',
          target: 'idle',
        },
      ],
    },
  },
});
