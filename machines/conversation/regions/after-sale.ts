/** What follows an accepted quotation: the order as Inventory tells it, then what the customer thought of it (domain 18). */
import { and, not } from 'xstate';
import { conversationSetup } from '../setup.ts';
import { feedbackRequest } from '../touches.ts';

const DELIVERED = '#conversation.afterSale.delivered';
const IDLE = '#conversation.afterSale.idle';

const accepted = { 'quote.accepted': { target: 'ordered', actions: 'keepOrder' as const } };

const ordered = conversationSetup.createStateConfig({
  description: 'An accepted order: the hourly run asks Inventory how it stands (domain 18.4).',
  meta: { label: 'Order under way' },
  initial: 'resting',
  on: {
    ...accepted,
    'order.progressed': [
      { guard: { type: 'orderIs', params: 'delivered' }, target: 'delivered', actions: 'markDelivered' },
      { guard: { type: 'orderIs', params: 'cancelled' }, target: 'idle', actions: 'dropOrder' },
      { guard: { type: 'orderIs', params: 'paid' }, actions: 'markPaid' },
    ],
  },
  states: {
    resting: {
      meta: { label: 'Order under way' },
      tags: ['rests'],
      on: { 'order.check': 'checking' },
    },
    checking: {
      meta: { label: 'Looking how the order stands' },
      invoke: {
        id: 'checkOrder',
        src: 'checkOrder',
        input: ({ context }) => ({ number: context.afterSale.order?.number ?? '' }),
        onDone: [
          { guard: 'looksDelivered', target: DELIVERED, actions: ['raiseNews', 'keepNews'] },
          { guard: 'looksCancelled', target: IDLE, actions: ['raiseNews', 'dropOrder'] },
          { target: 'resting', actions: ['raiseNews', 'keepNews'] },
        ],
        onError: { target: 'resting', actions: 'noNews' },
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
    'order.progressed': { guard: { type: 'orderIs', params: 'paid' }, actions: 'markPaid' },
  },
  states: {
    waiting: {
      meta: { label: 'Feedback is planned' },
      always: { guard: 'hasOptedOut', target: '#conversation.afterSale.over' },
      after: {
        feedbackDue: [
          { guard: 'feedbackIsLate', target: '#conversation.afterSale.over' },
          { guard: not('botOwns'), target: 'waiting', reenter: true, actions: 'waitForOwner' },
          { target: 'checking' },
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
            guard: and(['maySend', 'botOwns']),
            target: '#conversation.afterSale.asking',
            actions: ['feedbackRequested', 'sendTouch'],
          },
          { guard: 'mustWait', target: 'waiting', actions: 'waitForGate' },
          { target: '#conversation.afterSale.over' },
        ],
        onError: '#conversation.afterSale.over',
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
      after: { feedbackPatience: 'over' },
      exit: ['keepFeedback', 'stopAsking'],
      on: {
        ...accepted,
        'feedback.answered': { guard: 'feedbackIsComplete', target: 'given' },
        'customer.optedOut': 'over',
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
