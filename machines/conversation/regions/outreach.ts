/**
 * When we write first: after a quotation, after silence, at an agreed time, for the hourly run; and never again to whom
 * asked for silence (domain 17, 20.1). Each touch is decided by the gate at its moment; a touch that is blocked or comes
 * too late stands in no other's way (lesson F-43).
 */
import { and, not } from 'xstate';
import { alertOf } from '../sending.ts';
import { conversationSetup } from '../setup.ts';
import { agreedRequest, errandRequest, stepRequest } from '../touches.ts';

const STOPPED = '#conversation.outreach.stopped';
const OPTED_OUT = '#conversation.outreach.optedOut';

/** Which step of a chain each leg is. */
const STEPS = { first: 1, second: 2, third: 3 } as const;

const end = (why: string) => ({ type: 'endChain' as const, params: why });

/** What may begin while nothing is planned. */
const beginnings = {
  'quote.sent': { target: 'armed', actions: 'startQuoteChain' as const },
  'xstate.done.actor.send.*': {
    guard: and(['startsQuietChain', 'botOwns']),
    target: 'armed',
    actions: 'startQuietChain' as const,
  },
  'contact.agreed': { target: 'agreed', actions: 'agree' as const },
  'outreach.errand': {
    guard: and(['mayRunErrand', 'botOwns', not('isClosed')]),
    target: 'errand',
    actions: 'keepErrand' as const,
  },
};

/** STOP and its like count in every state, whoever owns the chat (domain 20.1). */
const asksForSilence = { guard: and(['isNewMessage', 'asksToStop']), target: OPTED_OUT };

/** Stops of domain 17.4 that are states elsewhere; the others are events. */
const interrupted = [
  {
    guard: not('botOwns'),
    target: STOPPED,
    actions: ['withdrawTouch' as const, end('A person has the chat')],
  },
  {
    guard: 'isClosed' as const,
    target: STOPPED,
    actions: ['withdrawTouch' as const, end('The chat was closed')],
  },
];

const stops = {
  'quote.accepted': {
    target: 'stopped',
    actions: ['withdrawTouch' as const, end('The quotation was accepted')],
  },
  'quote.rejected': {
    target: 'stopped',
    actions: ['withdrawTouch' as const, end('The quotation was rejected')],
  },
  'order.superseded': {
    target: 'stopped',
    actions: ['withdrawTouch' as const, end('There is a new request')],
  },
};

/** What happens when a step is due; each leg waits under a delay of its own name, which the admin shows. */
const whenDue = (step: number, next: string) => [
  {
    guard: { type: 'stepIsMissed' as const, params: { step } },
    target: next,
    actions: { type: 'missStep' as const, params: step },
  },
  { target: 'checking' },
];
type Due = ReturnType<typeof whenDue>;
type Waits = { readonly followUp1: Due } | { readonly followUp2: Due } | { readonly followUp3: Due };

/** One step of a chain: waits for its moment, asks the gate, writes or not, and makes way for the next. */
const leg = (name: keyof typeof STEPS, waits: (due: Due) => Waits, next: string, label: string) => {
  const step = STEPS[name];
  return conversationSetup.createStateConfig({
    meta: { label },
    initial: 'waiting',
    states: {
      waiting: {
        description: 'Until the step is due in business time (domain 17.1, 17.2).',
        meta: { label: `${label} is planned` },
        always: { guard: { type: 'stepIsOver', params: { step } }, target: next },
        after: waits(whenDue(step, next)),
      },
      checking: {
        description:
          'Settings, channel, window and hours are looked at now, not when it was planned (domain 17.3).',
        meta: { label: `${label}: may it go out?` },
        invoke: {
          id: `outreach.${name}`,
          src: 'askOutreach',
          input: ({ context }) => stepRequest(context, step),
          onDone: [
            {
              guard: 'maySend',
              target: next,
              actions: [{ type: 'finishStep', params: step }, 'sendTouch'],
            },
            {
              guard: 'mustWait',
              target: 'waiting',
              actions: {
                type: 'noteDecision',
                params: ({ context }) => ({ kind: context.outreach.chain?.kind ?? 'follow_up', step }),
              },
            },
            { target: next, actions: { type: 'finishStep', params: step } },
          ],
          onError: { target: next, actions: { type: 'failStep', params: step } },
        },
      },
    },
  });
};

const armed = conversationSetup.createStateConfig({
  description: 'Follow-ups are planned; any word of the customer ends them (domain 17.4).',
  meta: { label: 'Follow-ups planned' },
  initial: 'first',
  always: interrupted,
  on: {
    ...stops,
    'quote.sent': { target: 'armed', reenter: true, actions: ['withdrawTouch', 'startQuoteChain'] },
    'contact.agreed': { target: 'agreed', actions: ['withdrawTouch', 'agree'] },
    'customer.optedOut': 'optedOut',
    'customer.message': [
      asksForSilence,
      { guard: and(['isNewMessage', 'isAutomatic']), target: 'paused', actions: 'pauseChain' },
      { guard: 'isNewMessage', target: 'stopped', actions: ['withdrawTouch', end('The customer wrote')] },
    ],
  },
  states: {
    first: leg(
      'first',
      (followUp1) => ({ followUp1 }),
      '#conversation.outreach.armed.second',
      'The first follow-up',
    ),
    second: leg(
      'second',
      (followUp2) => ({ followUp2 }),
      '#conversation.outreach.armed.third',
      'The second follow-up',
    ),
    third: leg(
      'third',
      (followUp3) => ({ followUp3 }),
      '#conversation.outreach.armed.unanswered',
      'The third follow-up',
    ),
    unanswered: {
      description: 'Every step is over; a day later the quotation counts as rejected (domain 17.6).',
      meta: { label: 'Waiting for an answer' },
      after: {
        answerPatience: [
          {
            guard: 'followsQuote',
            target: STOPPED,
            actions: [end('No response'), 'raiseNoResponse'],
          },
          { target: STOPPED, actions: end('No response') },
        ],
      },
    },
  },
});

const agreed = conversationSetup.createStateConfig({
  description: 'The customer named a time (domain 5.15); it holds whatever is written before.',
  meta: { label: 'A contact is agreed', importance: 2 },
  initial: 'waiting',
  on: {
    'contact.agreed': { target: 'agreed', reenter: true, actions: 'agree' },
    'customer.optedOut': 'optedOut',
    'customer.message': asksForSilence,
    'manager.close': { target: 'stopped', actions: 'dropAgreed' },
  },
  states: {
    waiting: {
      meta: { label: 'A contact is agreed' },
      after: {
        agreedTime: [
          {
            guard: not('botOwns'),
            target: STOPPED,
            actions: [
              {
                type: 'alertManager',
                params: ({ context }) =>
                  alertOf(
                    context,
                    null,
                    'The customer expects to be written to now',
                    context.outreach.agreed?.about ?? '',
                  ),
              },
              'dropAgreed',
            ],
          },
          { target: 'checking' },
        ],
      },
    },
    checking: {
      meta: { label: 'The agreed contact: may it go out?' },
      invoke: {
        id: 'outreach.agreed',
        src: 'askOutreach',
        input: ({ context }) => agreedRequest(context),
        onDone: [
          {
            guard: and(['maySend', 'botOwns']),
            target: STOPPED,
            actions: [
              { type: 'noteDecision', params: { kind: 'agreed', step: 1 } },
              'dropAgreed',
              'sendTouch',
            ],
          },
          {
            guard: 'mustWait',
            target: 'waiting',
            actions: { type: 'noteDecision', params: { kind: 'agreed', step: 1 } },
          },
          {
            target: STOPPED,
            actions: [
              { type: 'noteDecision', params: { kind: 'agreed', step: 1 } },
              'alertBrokenPromise',
              'dropAgreed',
            ],
          },
        ],
        onError: { target: STOPPED, actions: ['alertBrokenPromise', 'dropAgreed'] },
      },
    },
  },
});

const errand = conversationSetup.createStateConfig({
  description: 'The hourly run asked for a reminder or a word after long silence (domain 17.8, 18.1).',
  meta: { label: 'May we write first?' },
  always: [
    { guard: not('botOwns'), target: 'idle', actions: 'dropErrand' },
    { guard: 'isClosed', target: 'idle', actions: 'dropErrand' },
  ],
  invoke: {
    id: 'outreach.errand',
    src: 'askOutreach',
    input: ({ context }) => errandRequest(context),
    onDone: [
      {
        guard: 'maySend',
        target: 'idle',
        actions: ['noteErrand', 'dropErrand', 'sendTouch'],
      },
      { target: 'idle', actions: ['noteErrand', 'dropErrand'] },
    ],
    onError: { target: 'idle', actions: 'dropErrand' },
  },
  on: {
    'quote.sent': { target: 'armed', actions: ['dropErrand', 'startQuoteChain'] },
    'contact.agreed': { target: 'agreed', actions: ['dropErrand', 'agree'] },
    'customer.optedOut': 'optedOut',
    'customer.message': [asksForSilence, { guard: 'isNewMessage', target: 'idle', actions: 'dropErrand' }],
  },
});

export const outreach = conversationSetup.createStateConfig({
  description: 'When we write first, and when we must not.',
  meta: { label: 'Writing first' },
  initial: 'idle',
  states: {
    idle: {
      description: 'Nothing is planned.',
      meta: { label: 'No outreach' },
      tags: ['rests'],
      on: { ...beginnings, 'customer.optedOut': 'optedOut', 'customer.message': asksForSilence },
    },
    armed,
    paused: {
      description:
        'An automatic answer came: the chain rests until the return and a day, else three days (domain 17.5).',
      meta: { label: 'Follow-ups resting' },
      always: interrupted,
      after: { pauseEnds: { target: 'armed', actions: 'resumeChain' } },
      on: {
        ...stops,
        'quote.sent': { target: 'armed', actions: 'startQuoteChain' },
        'contact.agreed': { target: 'agreed', actions: 'agree' },
        'customer.optedOut': 'optedOut',
        'customer.message': [
          asksForSilence,
          {
            guard: and(['isNewMessage', 'isAutomatic']),
            target: 'paused',
            reenter: true,
            actions: 'pauseChain',
          },
          { guard: 'isNewMessage', target: 'stopped', actions: end('The customer wrote') },
        ],
      },
    },
    agreed,
    errand,
    stopped: {
      description: 'A chain has ended; the next quotation begins another one.',
      meta: { label: 'Follow-ups ended' },
      tags: ['rests'],
      on: { ...beginnings, 'customer.optedOut': 'optedOut', 'customer.message': asksForSilence },
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
