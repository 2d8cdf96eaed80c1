/**
 * What the customer wants to buy, from the first look to the delivery. Lines live in the context alone; prose is never
 * parsed back (lesson F-03). A quoted order is history for the next request (lesson F-04).
 */
import { and, not } from 'xstate';
import { alertOf } from '../sending.ts';
import { mayQuote } from '../setup/order.ts';
import { conversationSetup } from '../setup.ts';
import { quoting } from './order/quoting.ts';

type Context = Parameters<typeof alertOf>[0];

/** An order that is over: what is chosen now is a new one. */
const newRequest = {
  description:
    'Goods are chosen that differ from the quoted ones: a new order begins and the old one is history (lesson F-04).',
  guard: and(['hasLines', not('isQuotedSelection')]),
  target: 'superseded',
} as const;

const progress = {
  'order.progressed': [
    {
      description: 'News says the quoted order is paid: the order is marked as paid.',
      guard: 'isPaid',
      target: 'paid',
    },
    {
      description: 'News says the quoted order is delivered: the order is marked as delivered.',
      guard: 'isDelivered',
      target: 'delivered',
    },
    {
      description: 'News says the quoted order is cancelled: the order counts as lost.',
      guard: 'isCancelled',
      target: 'lost',
    },
  ],
} as const;

const accepted = {
  description:
    'The customer accepts the quotation: it is recorded as accepted and a person takes the order on (domain 9.22).',
  target: 'accepted',
  actions: [{ type: 'settleQuote', params: 'accepted' }, 'handAcceptedOver'],
} as const;

const answers = {
  'quote.accepted': accepted,
  'quote.rejected': {
    description:
      'The customer refuses the quotation or never answers it: the quotation is settled and the order is lost (domain 9.22).',
    target: 'lost',
    actions: 'rejectQuote',
  },
  'quote.objected': [
    {
      description:
        'The customer finds the quotation too dear: the order stays open and a manager is told, who alone decides on a discount (domain 9.22).',
      guard: 'objectsToPrice',
      target: 'negotiating',
      actions: {
        type: 'alertManager',
        params: ({ context }: { context: Context }) =>
          alertOf(
            context,
            5,
            'The customer finds the quotation too dear; a discount is a manager’s decision',
          ),
      },
    },
    {
      description:
        'The customer objects to something other than the price: the order stays open and is negotiated (domain 9.22).',
      target: 'negotiating',
    },
  ],
} as const;

/** A changed selection of the same goods is the next revision; other goods are another order (domain 9.16). */
const reselected = [
  { description: 'The customer chooses just what is quoted: nothing changes.', guard: 'isQuotedSelection' },
  {
    description:
      'The customer changes the selection but keeps a quoted article: the next revision is negotiated (domain 9.16).',
    guard: 'revisesQuote',
    target: 'negotiating',
  },
  newRequest,
] as const;

export const order = conversationSetup.createStateConfig({
  description: 'What the customer wants to buy.',
  meta: { label: 'Order' },
  initial: 'exploring',
  states: {
    exploring: {
      description: 'Looking around; nothing is chosen.',
      meta: { label: 'Looking around' },
      entry: { type: 'setStage', params: 'exploring' },
      on: {
        'order.selected': {
          description: 'Goods are chosen or a question about them is open: choosing begins.',
          guard: 'hasSelectionOrQuestion',
          target: 'selecting',
        },
        'quote.requested': {
          description:
            'The customer asks for a quotation before anything is chosen: the wish is kept until goods are chosen.',
          actions: 'requestQuote',
        },
        'quote.declined': {
          description:
            'The customer wants no quotation: a request for one ends, selling goes on (domain 9.23).',
          actions: 'endRequest',
        },
        'quote.deferred': {
          description:
            'The customer wants the quotation later: the present request for one ends, selling goes on.',
          actions: 'endRequest',
        },
      },
    },
    selecting: {
      description: 'Items and quantities are being chosen.',
      meta: { label: 'Choosing', importance: 2 },
      entry: { type: 'setStage', params: 'selecting' },
      initial: 'deciding',
      always: {
        description:
          'Our question stays unanswered for too many turns: it is dropped and choosing goes on without it (lesson F-02).',
        guard: 'questionExpired',
        target: 'selecting',
        actions: 'dropQuestion',
      },
      on: {
        'order.selected': [
          {
            description: 'The selection or the open question changes: what to ask next is decided anew.',
            guard: 'hasSelectionOrQuestion',
            target: 'selecting',
            reenter: true,
          },
          {
            description:
              'Nothing is chosen any more and no question is open: the customer looks around again.',
            target: 'exploring',
          },
        ],
        'quote.requested': {
          description:
            'The customer asks for a quotation while choosing: the wish is kept and the next step is decided anew.',
          target: 'selecting',
          reenter: true,
          actions: 'requestQuote',
        },
        'quote.declined': {
          description:
            'The customer wants no quotation: a request for one ends, selling goes on (domain 9.23).',
          actions: 'endRequest',
        },
        'quote.deferred': {
          description:
            'The customer wants the quotation later: the present request for one ends, selling goes on.',
          actions: 'endRequest',
        },
      },
      states: {
        deciding: {
          meta: { label: 'Choosing' },
          always: [
            {
              description:
                'Several articles fit what the customer wants: the question which one stays open (domain 12.11).',
              guard: 'asksVariant',
              target: 'choosingVariant',
            },
            {
              description:
                'The article is known but not how many: the question for the quantity stays open (domain 3.8).',
              guard: 'asksQuantity',
              target: 'askingQuantity',
            },
            {
              description: 'Nothing is chosen and no question is open: the customer looks around.',
              guard: 'hasNoLines',
              target: '#conversation.order.exploring',
            },
            {
              description:
                'Goods are chosen and the customer wants a quotation: the missing details are gathered (domain 9.1).',
              guard: and(['quoteWanted', 'consentGranted']),
              target: '#conversation.order.detailing',
            },
            {
              description:
                'Goods are chosen and no quotation is wanted: the choice stands until the customer says more.',
              target: 'chosen',
            },
          ],
        },
        choosingVariant: {
          description:
            'Several articles fit; the question stays open through interruptions (domain 12.11, lesson F-12).',
          meta: { label: 'Choosing a variant' },
        },
        askingQuantity: {
          description: 'How many? The question stays open through interruptions (domain 3.8, lesson F-02).',
          meta: { label: 'Asking how many' },
        },
        chosen: {
          description: 'Items and quantities are known; no quotation is wanted yet.',
          meta: { label: 'Chosen', importance: 2 },
        },
      },
    },
    detailing: {
      description: 'A quotation is wanted; the missing details are gathered (domain 9.1).',
      meta: { label: 'Gathering details', importance: 2 },
      entry: { type: 'setStage', params: 'detailing' },
      always: [
        {
          description:
            'The quotation is wanted, nothing is missing and the assistant speaks: the quotation is made (domain 9.1).',
          guard: mayQuote,
          target: 'quoting',
        },
        {
          description:
            'The customer does not want the quotation any more: the request ends and the choice is kept (lesson F-06).',
          guard: and([not('consentGranted'), 'hasLines']),
          target: 'selecting',
          actions: 'endRequest',
        },
        {
          description:
            'A question about the goods is open again: it is settled before the quotation is made.',
          guard: 'hasQuestion',
          target: 'selecting',
        },
        {
          description: 'Nothing is chosen any more: the customer looks around again.',
          guard: 'hasNoLines',
          target: 'exploring',
        },
      ],
      on: {
        'quote.requested': {
          description:
            'The customer asks for the quotation again: the request is renewed and gathering goes on.',
          actions: 'requestQuote',
        },
      },
    },
    quoting,
    quoted: {
      description: 'The customer has the quotation (domain 9.22).',
      meta: { label: 'Quoted', importance: 2 },
      entry: { type: 'setStage', params: 'quoted' },
      initial: 'asked',
      after: {
        quoteExpires: {
          description:
            'The last day of the quotation is over without an answer: it is settled as expired and the order is lost (domain 9.14).',
          target: 'lost',
          actions: { type: 'settleQuote', params: 'expired' },
        },
      },
      on: {
        ...answers,
        'quote.requested': {
          description:
            'The customer asks for a quotation of other goods than the quoted ones: its details are gathered.',
          guard: not('isQuotedSelection'),
          target: 'detailing',
          actions: 'requestQuote',
        },
        'order.selected': reselected,
        ...progress,
      },
      states: {
        asked: {
          description: 'Asked whether the offer suits: a plain yes counts now (domain 9.22).',
          meta: { label: 'Asked whether it suits' },
          always: {
            description:
              'Another message of ours follows the question: a plain yes does not count as acceptance any more (domain 9.22).',
            guard: not('questionStands'),
            target: 'considering',
          },
        },
        considering: {
          description: 'The customer thinks it over.',
          meta: { label: 'Considering' },
        },
      },
    },
    negotiating: {
      description: 'The quotation does not suit yet; a new revision may follow (domain 9.16, 9.22).',
      meta: { label: 'Negotiating', importance: 2 },
      entry: { type: 'setStage', params: 'negotiating' },
      after: {
        quoteExpires: {
          description:
            'The last day of the quotation is over without an answer: it is settled as expired and the order is lost (domain 9.14).',
          target: 'lost',
          actions: { type: 'settleQuote', params: 'expired' },
        },
      },
      on: {
        ...answers,
        'quote.requested': {
          description:
            'The customer asks for the changed quotation: the details of the next revision are gathered (domain 9.16).',
          target: 'detailing',
          actions: 'requestQuote',
        },
        'order.selected': [
          {
            description:
              'The selection changes and keeps a quoted article: it is negotiated on as the same order (domain 9.16).',
            guard: 'revisesQuote',
          },
          newRequest,
        ],
        ...progress,
      },
    },
    superseded: {
      description: 'A new request: the old order is history and leaks nothing (lesson F-04).',
      meta: { label: 'Replaced by a new request' },
      entry: ['startNewOrder', 'tellSuperseded'],
      always: {
        description: 'The new order is set up at once: choosing begins with its goods.',
        target: 'selecting',
      },
    },
    accepted: {
      description: 'The customer accepted; a person arranges invoice and delivery (domain 9.22).',
      meta: { label: 'Accepted', importance: 2 },
      entry: { type: 'setStage', params: 'accepted' },
      on: { 'order.selected': newRequest, ...progress },
    },
    paid: {
      description: 'The order is paid.',
      meta: { label: 'Paid', importance: 2 },
      entry: { type: 'setStage', params: 'paid' },
      on: { 'order.selected': newRequest, ...progress },
    },
    delivered: {
      description: 'The order is delivered.',
      meta: { label: 'Delivered', importance: 2 },
      entry: { type: 'setStage', params: 'delivered' },
      on: { 'order.selected': newRequest },
    },
    lost: {
      description: 'Refused, expired or never answered. A new wish begins a new order.',
      meta: { label: 'Lost', importance: 2 },
      entry: { type: 'setStage', params: 'lost' },
      on: {
        'order.selected': newRequest,
        'quote.requested': {
          description:
            'The customer asks for a quotation of a lost order again: a new order begins with the request.',
          guard: 'hasLines',
          target: 'superseded',
          actions: 'requestQuote',
        },
      },
    },
  },
});
