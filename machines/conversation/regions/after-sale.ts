/** What follows an accepted quotation: the order as Inventory tells it, then what the customer thought of it (domain 18). */
import { and, not } from 'xstate';
import { conversationSetup } from '../setup.ts';
import { feedbackRequest } from '../touches.ts';

const DELIVERED = '#conversation.afterSale.delivered';
const IDLE = '#conversation.afterSale.idle';

const accepted = {
  'quote.accepted': {
    description:
      'The customer accepts a quotation: its order is followed until it is delivered (domain 18.4).',
    target: 'ordered',
    actions: 'keepOrder' as const,
  },
};

const ordered = conversationSetup.createStateConfig({
  description: 'An accepted order: the hourly run asks Inventory how it stands (domain 18.4).',
  meta: { label: 'Order under way' },
  initial: 'resting',
  on: {
    ...accepted,
    'order.progressed': [
      {
        description: 'Our order is delivered: the time is kept and feedback is planned (domain 18.3).',
        guard: { type: 'orderIs', params: 'delivered' },
        target: 'delivered',
        actions: 'markDelivered',
      },
      {
        description: 'Our order is cancelled: it is dropped and nothing is followed any more.',
        guard: { type: 'orderIs', params: 'cancelled' },
        target: 'idle',
        actions: 'dropOrder',
      },
      {
        description: 'Our order is paid: the payment is kept, the state stays.',
        guard: { type: 'orderIs', params: 'paid' },
        actions: 'markPaid',
      },
    ],
  },
  states: {
    resting: {
      meta: { label: 'Order under way' },
      tags: ['rests'],
      on: {
        'order.check': {
          description: 'The hourly run comes by: Inventory is asked how the order stands (domain 18.4).',
          target: 'checking',
        },
      },
    },
    checking: {
      meta: { label: 'Looking how the order stands' },
      invoke: {
        id: 'checkOrder',
        src: 'checkOrder',
        input: ({ context }) => ({ number: context.afterSale.order?.number ?? '' }),
        onDone: [
          {
            description:
              'Inventory says the order is delivered: the order is told and feedback is planned (domain 18.4).',
            guard: 'looksDelivered',
            target: DELIVERED,
            actions: ['raiseNews', 'keepNews'],
          },
          {
            description:
              'Inventory says the order is cancelled: the order is told and nothing is followed any more.',
            guard: 'looksCancelled',
            target: IDLE,
            actions: ['raiseNews', 'dropOrder'],
          },
          {
            description:
              'The order is still under way: a payment is told if it is new, the next run looks again.',
            target: 'resting',
            actions: ['raiseNews', 'keepNews'],
          },
        ],
        onError: {
          description: 'Inventory cannot be asked: nothing is changed and the next run tries again.',
          target: 'resting',
          actions: 'noNews',
        },
      },
    },
  },
});

const delivered = conversationSetup.createStateConfig({
  description: 'Delivered: a day later the customer is asked what they think, once (domain 18.3).',
  meta: { label: 'Delivered, feedback is planned' },
  initial: 'waiting',
  on: {
    ...accepted,
    'order.progressed': {
      description: 'Our order is paid: the payment is kept, the state stays.',
      guard: { type: 'orderIs', params: 'paid' },
      actions: 'markPaid',
    },
  },
  states: {
    waiting: {
      meta: { label: 'Feedback is planned' },
      always: {
        description: 'The customer wants no more messages from us: feedback is not asked for.',
        guard: 'hasOptedOut',
        target: '#conversation.afterSale.over',
      },
      after: {
        feedbackDue: [
          {
            description:
              'More than 48 hours have passed since the delivery, in business time: feedback is not asked for (domain 18.3).',
            guard: 'feedbackIsLate',
            target: '#conversation.afterSale.over',
          },
          {
            description: 'Feedback is due while a person has the chat: it waits an hour and looks again.',
            guard: not('botOwns'),
            target: 'waiting',
            reenter: true,
            actions: 'waitForOwner',
          },
          {
            description:
              'Feedback is due and the assistant speaks: it is checked whether we may write (domain 18.3).',
            target: 'checking',
          },
        ],
      },
    },
    checking: {
      meta: { label: 'May we ask for feedback?' },
      invoke: {
        id: 'feedback.gate',
        src: 'askOutreach',
        input: ({ context }) => feedbackRequest(context),
        onDone: [
          {
            description:
              'We may write and the assistant speaks: the request for feedback is sent (domain 18.3).',
            guard: and(['maySend', 'botOwns']),
            target: '#conversation.afterSale.asking',
            actions: ['feedbackRequested', 'sendTouch'],
          },
          {
            description: 'We may write only later: feedback waits until the time that was told.',
            guard: 'mustWait',
            target: 'waiting',
            actions: 'waitForGate',
          },
          {
            description: 'We may not write, or a person took the chat over: feedback is not asked for.',
            target: '#conversation.afterSale.over',
          },
        ],
        onError: {
          description: 'It cannot be found out whether we may write: nothing is sent and feedback is over.',
          target: '#conversation.afterSale.over',
        },
      },
    },
  },
});

export const afterSale = conversationSetup.createStateConfig({
  description: 'An accepted order until it is delivered, and what the customer thought of it.',
  meta: { label: 'After the sale' },
  initial: 'idle',
  states: {
    idle: {
      description: 'Nothing was ordered yet.',
      meta: { label: 'Nothing ordered' },
      tags: ['rests'],
      on: accepted,
    },
    ordered,
    delivered,
    asking: {
      description: 'Four questions, one by one; each answer is checked (domain 18.3).',
      meta: { label: 'Asking for feedback', importance: 2 },
      after: {
        feedbackPatience: {
          description:
            'The customer leaves the questions open for a week: what was answered is kept and feedback is over.',
          target: 'over',
        },
      },
      exit: ['keepFeedback', 'stopAsking'],
      on: {
        ...accepted,
        'feedback.answered': {
          description: 'The last of the four questions is answered: the feedback is recorded (domain 18.3).',
          guard: 'feedbackIsComplete',
          target: 'given',
        },
        'customer.optedOut': {
          description:
            'The customer wants no more messages from us: what was answered is kept and feedback is over.',
          target: 'over',
        },
      },
    },
    given: {
      meta: { label: 'Feedback was given', importance: 2 },
      tags: ['rests'],
      on: accepted,
    },
    over: {
      description: 'Feedback is not asked for any more.',
      meta: { label: 'Feedback is over' },
      tags: ['rests'],
      entry: 'feedbackIsOver',
      on: accepted,
    },
  },
});
