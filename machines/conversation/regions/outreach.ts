/**
 * When we write first: after a quotation, after silence, at an agreed time, for the hourly run; and never again to whom
 * asked for silence (domain 17, 20.1). Each touch is decided by the gate at its moment; a touch that is blocked or comes
 * too late stands in no other's way (lesson F-43).
 */
import { and, not } from 'xstate';
import { conversationSetup } from '../setup.ts';
import { agreed } from './outreach/agreed.ts';
import { armed } from './outreach/armed.ts';
import { asksForSilence, end, interrupted, stops, WISHES_SILENCE } from './outreach/ends.ts';
import { errand } from './outreach/errand.ts';

/** What may begin while nothing is planned. */
const beginnings = {
  'quote.sent': {
    description: 'A quotation was sent: its three follow-ups are planned from that moment (domain 17.1).',
    target: 'armed',
    actions: 'startQuoteChain' as const,
  },
  'xstate.done.actor.send.*': {
    description:
      'A reply of the assistant went out and there is no quotation or order: silence after it is followed up when the owner switched that on (domain 17.7).',

    guard: and(['startsQuietChain', 'botOwns']),
    target: 'armed',
    actions: 'startQuietChain' as const,
  },
  'contact.agreed': {
    description: 'The customer named a time: one message is planned for it (domain 5.15).',
    target: 'agreed',
    actions: 'agree' as const,
  },
  'outreach.errand': {
    description:
      'The hourly run asks for a reminder or a word after long silence, and it may be done: the gate is asked (domain 17.8, 18.1).',

    guard: and(['mayRunErrand', 'botOwns', not('isClosed')]),
    target: 'errand',
    actions: 'keepErrand' as const,
  },
};

export const outreach = conversationSetup.createStateConfig({
  description: 'When we write first, and when we must not.',
  meta: { label: 'Writing first' },
  initial: 'idle',
  states: {
    idle: {
      description: 'Nothing is planned.',
      meta: { label: 'No outreach' },
      tags: ['rests'],
      on: { ...beginnings, 'customer.optedOut': WISHES_SILENCE, 'customer.message': asksForSilence },
    },
    armed,
    paused: {
      description:
        'An automatic answer came: the chain rests until the return and a day, else three days (domain 17.5).',
      meta: { label: 'Follow-ups resting' },
      always: interrupted,
      after: {
        pauseEnds: {
          description: 'The rest is over: the follow-ups go on where they stopped (domain 17.5).',
          target: 'armed',
          actions: 'resumeChain',
        },
      },
      on: {
        ...stops,
        'quote.sent': {
          description: 'A quotation was sent during the rest: its follow-ups start at once (domain 17.1).',
          target: 'armed',
          actions: 'startQuoteChain',
        },
        'contact.agreed': {
          description:
            'The customer named a time during the rest: one message is planned for it (domain 5.15).',
          target: 'agreed',
          actions: 'agree',
        },
        'customer.optedOut': WISHES_SILENCE,
        'customer.message': [
          asksForSilence,
          {
            description:
              'Another automatic answer came: the rest is counted anew from the date it names (domain 17.5).',

            guard: and(['isNewMessage', 'isAutomatic']),
            target: 'paused',
            reenter: true,
            actions: 'pauseChain',
          },
          {
            description: 'The customer wrote during the rest: the follow-ups end (domain 17.4).',
            guard: 'isNewMessage',
            target: 'stopped',
            actions: end('The customer wrote'),
          },
        ],
      },
    },
    agreed,
    errand,
    stopped: {
      description: 'A chain has ended; the next quotation begins another one.',
      meta: { label: 'Follow-ups ended' },
      tags: ['rests'],
      on: { ...beginnings, 'customer.optedOut': WISHES_SILENCE, 'customer.message': asksForSilence },
    },
    optedOut: {
      description:
        'The customer wants no messages: we never write first again, and answer when they write (domain 20.1).',
      meta: { label: 'Wants no messages', importance: 2 },
      tags: ['rests'],
      entry: [
        'withdrawTouch',
        'optOut',
        {
          type: 'markOptOut',
          params: ({ context }) => ({
            conversationId: context.id,
            chatId: context.chatId,
            contactId: context.customer.crmContactId,
            at: context.outreach.optedOutAt ?? 0,
          }),
        },
      ],
    },
  },
});
