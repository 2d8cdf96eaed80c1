/** The deal in the CRM: made once for an order, then kept at the stage where the order is. The CRM may be away. */

import { and } from 'xstate';
import { alertOf } from '../sending.ts';
import { moveOf, newDealOf } from '../setup/deal.ts';
import { conversationSetup } from '../setup.ts';

const STUCK = {
  description: 'The CRM does not take the deal: a manager is asked to record it by hand.',
  target: 'stuck',
  actions: {
    type: 'alertManager' as const,
    params: ({ context }: { context: Parameters<typeof alertOf>[0] }) =>
      alertOf(context, null, 'The CRM does not take the deal; record it by hand'),
  },
};

export const deal = conversationSetup.createStateConfig({
  description: 'The deal in the CRM follows the order (domain 11.9, 11.10).',
  meta: { label: 'Deal' },
  initial: 'none',
  states: {
    none: {
      description: 'Nothing is wanted clearly enough, or the CRM does not know the customer yet.',
      meta: { label: 'No deal yet' },
      always: {
        description:
          'The interest is clear and the CRM knows the customer: the deal is recorded, even without a quotation (domain 11.10).',
        guard: and(['interestIsClear', 'contactKnown']),
        target: 'creating',
      },
    },
    creating: {
      description: 'One deal for an order: a repeat finds the one that is there.',
      meta: { label: 'Recording the deal' },
      entry: 'askDeal',
      invoke: {
        id: 'createDeal',
        src: 'createDeal',
        input: ({ context }) => newDealOf(context),
        onDone: {
          description: 'The CRM records the deal: its number and stage are kept.',
          target: 'open',
          actions: 'keepDeal',
        },
        onError: STUCK,
      },
    },
    open: {
      description: 'The CRM says what is true.',
      meta: { label: 'Deal recorded' },
      always: [
        {
          description:
            'The order of this deal is over and another is clearly wanted: a deal of its own is recorded (domain 11.10).',
          guard: 'wantsAnotherDeal',
          target: 'creating',
        },
        {
          description:
            'The request changes before anything is bought: the same deal goes on for the new order.',
          guard: 'goesOnWithOrder',
          target: 'open',
          reenter: true,
          actions: 'adoptOrder',
        },
        {
          description:
            'The order is at another stage or amount than the CRM says: the deal is moved there (domain 11.9).',
          guard: 'dealBehind',
          target: 'moving',
        },
      ],
    },
    moving: {
      description: 'One change after the other, so that a slow one never undoes a newer one.',
      meta: { label: 'Moving the deal' },
      invoke: {
        id: 'moveDeal',
        src: 'moveDeal',
        input: ({ context }) => moveOf(context),
        onDone: {
          description: 'The CRM takes the change: what is written there is kept.',
          target: 'open',
          actions: 'dealWritten',
        },
        onError: STUCK,
      },
    },
    stuck: {
      description: 'The CRM refused; the next message of the customer tries again.',
      meta: { label: 'Deal not recorded', importance: 2 },
      on: {
        'customer.message': [
          {
            description:
              'The customer writes again and the deal is recorded already: moving it is tried again.',
            guard: and(['isNewMessage', 'dealMade']),
            target: 'open',
          },
          {
            description:
              'The customer writes again and no deal is recorded yet: recording it is tried again.',
            guard: 'isNewMessage',
            target: 'none',
          },
        ],
      },
    },
  },
});
