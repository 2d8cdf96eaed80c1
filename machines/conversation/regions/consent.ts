/** Whether the customer wants a quotation. It changes by their own words alone (domain 9.23; lessons F-06, F-07). */
import { and } from 'xstate';
import { conversationSetup } from '../setup.ts';

const granted = {
  'quote.requested': {
    description:
      'The customer asks for a quotation in their own words: one may be made from now on (lesson F-06).',
    target: 'granted',
  },
} as const;
const refused = {
  description:
    'The customer writes that they want no quotation: none is made until they ask for one (domain 9.23).',
  guard: and(['isNewMessage', 'refusesQuote']),
  target: 'declined',
} as const;
const deferred = {
  description: 'The customer writes that they want the quotation later: none is made now, selling goes on.',
  guard: and(['isNewMessage', 'defersQuote']),
  target: 'deferred',
} as const;

export const consent = conversationSetup.createStateConfig({
  description: 'Whether the customer wants a quotation, by their own words.',
  meta: { label: 'Consent' },
  initial: 'not_asked',
  on: {
    'order.superseded': {
      description:
        'A new order replaces the old one: the wish for a quotation counts for the old one only (lesson F-04).',
      target: '.not_asked',
    },
  },
  states: {
    not_asked: {
      description: 'Nobody spoke of a quotation yet.',
      meta: { label: 'Quotation not asked for' },
      entry: { type: 'setConsent', params: 'not_asked' },
      on: {
        ...granted,
        'quote.declined': {
          description:
            'The assistant understands that the customer wants no quotation: none is made until they ask for one (domain 9.23).',
          target: 'declined',
        },
        'quote.deferred': {
          description:
            'The assistant understands that the customer wants the quotation later: none is made now.',
          target: 'deferred',
        },
        'customer.message': [deferred, refused],
      },
    },
    deferred: {
      description: 'The customer wants it later; selling goes on, and a later wish is enough.',
      meta: { label: 'Quotation later' },
      entry: { type: 'setConsent', params: 'deferred' },
      on: {
        ...granted,
        'quote.declined': {
          description:
            'The assistant understands that the customer wants no quotation: none is made until they ask for one (domain 9.23).',
          target: 'declined',
        },
        'customer.message': refused,
      },
    },
    declined: {
      description:
        'No quotation, until the customer asks for one anew (domain 9.23). Selling goes on (lesson F-07).',
      meta: { label: 'No quotation wanted' },
      entry: { type: 'setConsent', params: 'declined' },
      on: granted,
    },
    granted: {
      description: 'The customer wants a quotation: the only state in which one may be made (lesson F-06).',
      meta: { label: 'Quotation wanted', importance: 2 },
      entry: { type: 'setConsent', params: 'granted' },
      on: {
        'quote.declined': {
          description:
            'The assistant understands that the customer wants no quotation: none is made until they ask for one (domain 9.23).',
          target: 'declined',
        },
        'quote.deferred': {
          description:
            'The assistant understands that the customer wants the quotation later: none is made now.',
          target: 'deferred',
        },
        'customer.message': [deferred, refused],
      },
    },
  },
});
