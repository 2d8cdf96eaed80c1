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
          { guard: and(['isNewMessage', 'asksToStop']), actions: 'dropMessage' },
          { guard: 'isNewMessage', target: '.gathering', actions: 'restartBurst' },
        ],
        'xstate.done.actor.brief': { actions: ['applyBrief', 'stopBrief'] },
        'xstate.error.actor.brief': { actions: ['giveBriefUp', 'stopBrief'] },
        'manager.takeOver': 'idle',
        'manager.reply': { guard: 'windowOpen', target: 'idle' },
        'manager.template': 'idle',
        'manager.draft': { guard: 'windowOpen', target: 'idle' },
        'manager.decision': { guard: and(['windowOpen', 'awaitsDecision']), target: 'idle' },
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
        'askHowMany',
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
        'customer.message': SILENCE_BESIDE,
        'manager.takeOver': { target: 'idle', actions: 'tellDropped' },
        'manager.reply': { guard: 'windowOpen', target: 'idle', actions: 'tellDropped' },
        'manager.template': { target: 'idle', actions: 'tellDropped' },
        'manager.draft': { guard: 'windowOpen', target: 'idle', actions: 'tellDropped' },
        'manager.decision': {
          guard: and(['windowOpen', 'awaitsDecision']),
          target: 'idle',
          actions: 'tellDropped',
        },
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
