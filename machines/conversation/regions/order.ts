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
  guard: and(['hasLines', not('isQuotedSelection')]),
  target: 'superseded',
} as const;

const progress = {
  'order.progressed': [
    { guard: 'isPaid', target: 'paid' },
    { guard: 'isDelivered', target: 'delivered' },
    { guard: 'isCancelled', target: 'lost' },
  ],
} as const;

const accepted = {
  target: 'accepted',
  actions: [{ type: 'settleQuote', params: 'accepted' }, 'handAcceptedOver'],
} as const;

const answers = {
  'quote.accepted': accepted,
  'quote.rejected': { target: 'lost', actions: 'rejectQuote' },
  'quote.objected': [
    {
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
    { target: 'negotiating' },
  ],
} as const;

/** A changed selection of the same goods is the next revision; other goods are another order (domain 9.16). */
const reselected = [
  { guard: 'isQuotedSelection' },
  { guard: 'revisesQuote', target: 'negotiating' },
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
        'order.selected': { guard: 'hasSelectionOrQuestion', target: 'selecting' },
        'quote.requested': { actions: 'requestQuote' },
        'quote.declined': { actions: 'endRequest' },
        'quote.deferred': { actions: 'endRequest' },
      },
    },
    selecting: {
      description: 'Items and quantities are being chosen.',
      meta: { label: 'Choosing', importance: 2 },
      entry: { type: 'setStage', params: 'selecting' },
      initial: 'deciding',
      always: { guard: 'questionExpired', target: 'selecting', actions: 'dropQuestion' },
      on: {
        'order.selected': [
          { guard: 'hasSelectionOrQuestion', target: 'selecting', reenter: true },
          { target: 'exploring' },
        ],
        'quote.requested': { target: 'selecting', reenter: true, actions: 'requestQuote' },
        'quote.declined': { actions: 'endRequest' },
        'quote.deferred': { actions: 'endRequest' },
      },
      states: {
        deciding: {
          meta: { label: 'Choosing' },
          always: [
            { guard: 'asksVariant', target: 'choosingVariant' },
            { guard: 'asksQuantity', target: 'askingQuantity' },
            { guard: 'hasNoLines', target: '#conversation.order.exploring' },
            { guard: and(['quoteWanted', 'consentGranted']), target: '#conversation.order.detailing' },
            { target: 'chosen' },
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
        { guard: mayQuote, target: 'quoting' },
        { guard: and([not('consentGranted'), 'hasLines']), target: 'selecting', actions: 'endRequest' },
        { guard: 'hasQuestion', target: 'selecting' },
        { guard: 'hasNoLines', target: 'exploring' },
      ],
      on: { 'quote.requested': { actions: 'requestQuote' } },
    },
    quoting,
    quoted: {
      description: 'The customer has the quotation (domain 9.22).',
      meta: { label: 'Quoted', importance: 2 },
      entry: { type: 'setStage', params: 'quoted' },
      initial: 'asked',
      after: { quoteExpires: { target: 'lost', actions: { type: 'settleQuote', params: 'expired' } } },
      on: {
        ...answers,
        'quote.requested': { guard: not('isQuotedSelection'), target: 'detailing', actions: 'requestQuote' },
        'order.selected': reselected,
        ...progress,
      },
      states: {
        asked: {
          description: 'Asked whether the offer suits: a plain yes counts now (domain 9.22).',
          meta: { label: 'Asked whether it suits' },
          always: { guard: not('questionStands'), target: 'considering' },
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
      after: { quoteExpires: { target: 'lost', actions: { type: 'settleQuote', params: 'expired' } } },
      on: {
        ...answers,
        'quote.requested': { target: 'detailing', actions: 'requestQuote' },
        'order.selected': [{ guard: 'revisesQuote' }, newRequest],
        ...progress,
      },
    },
    superseded: {
      description: 'A new request: the old order is history and leaks nothing (lesson F-04).',
      meta: { label: 'Replaced by a new request' },
      entry: ['startNewOrder', 'tellSuperseded'],
      always: 'selecting',
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
        'quote.requested': { guard: 'hasLines', target: 'superseded', actions: 'requestQuote' },
      },
    },
  },
});
