/** The follow-ups after a quotation or after silence, step by step (domain 17.1, 17.7). */
import { and } from 'xstate';
import { conversationSetup } from '../../setup.ts';
import { stepRequest } from '../../touches.ts';
import { asksForSilence, end, interrupted, STOPPED, stops, WISHES_SILENCE } from './ends.ts';

/** Which step of a chain each leg is. */
const STEPS = { first: 1, second: 2, third: 3 } as const;

/** What happens when a step is due; each leg waits under a delay of its own name, which the admin shows. */
const whenDue = (step: number, next: string) => [
  {
    description:
      'The step woke up too late to be of use: it is recorded as missed and stands in no other’s way (lesson F-43).',

    guard: { type: 'stepIsMissed' as const, params: { step } },
    target: next,
    actions: { type: 'missStep' as const, params: step },
  },
  {
    description: 'The step is due: the gate is asked whether it may go out now (domain 17.3).',
    target: 'checking',
  },
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
        always: {
          description:
            'The step was done before, or has no time in the settings: the chain goes on to the next.',
          guard: { type: 'stepIsOver', params: { step } },
          target: next,
        },
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
              description: 'The gate allows it: the follow-up is sent, recorded, and makes way for the next.',
              guard: 'maySend',
              target: next,
              actions: [{ type: 'finishStep', params: step }, 'sendTouch'],
            },
            {
              description:
                'The gate says not yet, as outside business hours: the step waits for the next opening (domain 17.2).',
              guard: 'mustWait',
              target: 'waiting',
              actions: {
                type: 'noteDecision',
                params: ({ context }) => ({ kind: context.outreach.chain?.kind ?? 'follow_up', step }),
              },
            },
            {
              description:
                'The gate forbids it, as without an approved template: the step is recorded as blocked with the reason and nothing is sent (domain 17.3).',
              target: next,
              actions: { type: 'finishStep', params: step },
            },
          ],
          onError: {
            description: 'The gate could not be asked: the step is recorded as failed and the chain goes on.',
            target: next,
            actions: { type: 'failStep', params: step },
          },
        },
      },
    },
  });
};

export const armed = conversationSetup.createStateConfig({
  description: 'Follow-ups are planned; any word of the customer ends them (domain 17.4).',
  meta: { label: 'Follow-ups planned' },
  initial: 'first',
  always: interrupted,
  on: {
    ...stops,
    'quote.sent': {
      description:
        'Another quotation was sent: the follow-ups start anew from it, and one not sent yet is taken back (domain 17.1).',
      target: 'armed',
      reenter: true,
      actions: ['withdrawTouch', 'startQuoteChain'],
    },
    'contact.agreed': {
      description:
        'The customer named a time: the agreed message takes the place of the follow-ups (domain 5.15).',
      target: 'agreed',
      actions: ['withdrawTouch', 'agree'],
    },
    'customer.optedOut': WISHES_SILENCE,
    'customer.message': [
      asksForSilence,
      {
        description: 'An automatic answer came, no word of the customer: the follow-ups rest (domain 17.5).',
        guard: and(['isNewMessage', 'isAutomatic']),
        target: 'paused',
        actions: 'pauseChain',
      },
      {
        description:
          'The customer wrote: the follow-ups end, and one not sent yet is taken back (domain 17.4).',
        guard: 'isNewMessage',
        target: 'stopped',
        actions: ['withdrawTouch', end('The customer wrote')],
      },
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
            description:
              'A day passed after the last step on a quotation: it counts as rejected with the reason “no response” (domain 17.6).',

            guard: 'followsQuote',
            target: STOPPED,
            actions: [end('No response'), 'raiseNoResponse'],
          },
          {
            description:
              'A day passed after the last step on a quiet chat: the chain ends, there is no quotation to reject (domain 17.7).',
            target: STOPPED,
            actions: end('No response'),
          },
        ],
      },
    },
  },
});
