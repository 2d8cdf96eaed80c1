/** Who the customer is, and what the CRM knows. A CRM that is away never silences the bot (domain 11.13). */
import { conversationSetup } from '../setup.ts';
import { slotFields } from '../slots.ts';

/** Slots that changed go to the CRM, whichever region changed them. */
const keepCrmCurrent = {
  always: {
    description:
      'A fact of the customer changed in the conversation: the contact in the CRM gets it, whichever region learned it.',
    guard: 'crmBehind' as const,
    actions: [
      {
        type: 'updateContact' as const,
        params: ({ context }: { context: Parameters<typeof slotFields>[0] }) => ({
          contactId: context.customer.crmContactId ?? '',
          fields: slotFields(context),
        }),
      },
      'crmIsCurrent' as const,
    ],
  },
};

export const customer = conversationSetup.createStateConfig({
  description: 'Who the customer is, and what the CRM knows of them.',
  meta: { label: 'Customer' },
  initial: 'unknown',
  states: {
    unknown: {
      meta: { label: 'Not looked up yet' },
      // An import brings people who may never write again: the CRM is asked about those who do.
      on: {
        'customer.message': {
          description: 'The customer writes for the first time: the CRM is asked who it is (domain 11.1).',
          guard: 'isNewMessage',
          target: 'identifying',
        },
      },
    },
    identifying: {
      description: 'Looks the phone up in the CRM in several spellings (domain 11.1).',
      meta: { label: 'Looking the customer up' },
      invoke: {
        id: 'identify',
        src: 'identifyCustomer',
        input: ({ context }) => ({ phone: context.chatId }),
        onDone: [
          {
            description:
              'The CRM knows the phone: the customer is a returning one, and what is known of them is used (domain 11.1).',
            guard: 'contactFound',
            target: 'returning',
            actions: 'applyIdentity',
          },
          {
            description: 'The CRM does not know the phone: a contact is made (domain 11.1).',
            target: 'creating',
            actions: 'applyIdentity',
          },
        ],
        onError: {
          description: 'The CRM could not be asked: the customer is served all the same (domain 11.13).',
          target: 'unavailable',
          actions: 'identityUnavailable',
        },
      },
    },
    creating: {
      description: 'A new contact is made once (domain 11.1, 11.2).',
      meta: { label: 'New, being recorded' },
      invoke: {
        id: 'createContact',
        src: 'createContact',
        input: ({ context }) => ({
          phone: context.chatId,
          name: context.slots.name?.value ?? null,
          company: context.slots.company?.value ?? null,
          email: context.slots.email?.value ?? null,
          ...(context.origin === undefined ? {} : { attribution: context.origin.first }),
        }),
        onDone: {
          description: 'The contact was made: its id is kept so that it is made only once (domain 11.1).',
          target: 'new',
          actions: 'keepContactId',
        },
        onError: {
          description:
            'The CRM did not take the contact: the customer is served all the same (domain 11.13).',
          target: 'unrecorded',
        },
      },
    },
    new: { meta: { label: 'New customer' }, ...keepCrmCurrent },
    returning: { meta: { label: 'Returning customer' }, ...keepCrmCurrent },
    unrecorded: {
      description: 'The CRM refused the contact; the next message tries again.',
      meta: { label: 'New, not in the CRM', importance: 2 },
      on: {
        'customer.message': {
          description:
            'The customer writes again: the contact is offered to the CRM once more (domain 11.13).',
          guard: 'isNewMessage',
          target: 'creating',
        },
      },
    },
    unavailable: {
      description: 'The CRM could not be asked; the next message tries again.',
      meta: { label: 'CRM away', importance: 2 },
      on: {
        'customer.message': {
          description: 'The customer writes again: the CRM is asked once more who it is (domain 11.13).',
          guard: 'isNewMessage',
          target: 'identifying',
        },
      },
    },
  },
});
