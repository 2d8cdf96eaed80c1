/** Whether the customer wants a quotation. It changes by their own words alone (domain 9.23; lessons F-06, F-07). */
import { and } from 'xstate';
import { conversationSetup } from '../setup.ts';

const granted = { 'quote.requested': 'granted' } as const;
const refused = { guard: and(['isNewMessage', 'refusesQuote']), target: 'declined' } as const;
const deferred = { guard: and(['isNewMessage', 'defersQuote']), target: 'deferred' } as const;

export const consent = conversationSetup.createStateConfig({
  description: 'Whether the customer wants a quotation, by their own words.',
  meta: { label: 'Consent' },
  initial: 'not_asked',
  on: { 'order.superseded': '.not_asked' },
  states: {
    not_asked: {
      description: 'Nobody spoke of a quotation yet.',
      meta: { label: 'Quotation not asked for' },
      entry: { type: 'setConsent', params: 'not_asked' },
      on: {
        ...granted,
        'quote.declined': 'declined',
        'quote.deferred': 'deferred',
        'customer.message': [deferred, refused],
      },
    },
    deferred: {
      description: 'The customer wants it later; selling goes on, and a later wish is enough.',
      meta: { label: 'Quotation later' },
      entry: { type: 'setConsent', params: 'deferred' },
      on: { ...granted, 'quote.declined': 'declined', 'customer.message': refused },
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
        'quote.declined': 'declined',
        'quote.deferred': 'deferred',
        'customer.message': [deferred, refused],
      },
    },
  },
});
