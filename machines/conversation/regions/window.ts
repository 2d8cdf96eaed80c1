/** WhatsApp's 24-hour window: free text may be sent only while it is open (wire/01 §6). */
import { crmNoteOf } from '../crm-note.ts';
import { conversationSetup, timeOf } from '../setup.ts';

export const window = conversationSetup.createStateConfig({
  description:
    'Whether WhatsApp lets us write free text: 24 hours from the customer’s last message; for ever on a personal channel.',
  meta: { label: 'Window' },
  initial: 'closed',
  states: {
    closed: {
      meta: { label: 'Window closed' },
      on: {
        'customer.message': {
          description: 'The customer writes: free text may be sent for 24 hours (wire/01 §6).',
          guard: 'isNewMessage',
          target: 'open',
        },
      },
    },
    open: {
      meta: { label: 'Window open' },
      after: {
        windowCloses: {
          description:
            'The customer has not written for 24 hours on a channel that has a window: only approved templates may be sent (wire/01 §6).',
          guard: 'channelHasWindow',
          target: 'closed',
        },
      },
      on: {
        'customer.message': {
          description: 'The customer writes again: the 24 hours begin anew (wire/01 §6).',
          guard: 'isNewMessage',
          target: 'open',
          reenter: true,
        },
      },
    },
  },
});

/** Whether the conversation is being worked on; a customer's message reopens it. */
export const lifecycle = conversationSetup.createStateConfig({
  description: 'Whether the conversation is being worked on.',
  meta: { label: 'Lifecycle' },
  initial: 'open',
  states: {
    open: {
      meta: { label: 'Open' },
      on: {
        'manager.close': {
          description:
            'A manager closes the conversation: what waits for an answer is dropped, and the CRM is told who closed it.',
          target: 'closed',
          actions: [
            'dropPending',
            {
              type: 'noteInCrm',
              params: ({ context, event }) => crmNoteOf(context, 'closed', timeOf(event), event.by.name),
            },
          ],
        },
        'bot.closed': {
          description: 'The assistant closes the conversation with its tool: the CRM is told.',
          target: 'closed',
          actions: {
            type: 'noteInCrm',
            params: ({ context, event }) => crmNoteOf(context, 'closed', timeOf(event)),
          },
        },
      },
    },
    closed: {
      meta: { label: 'Closed', importance: 2 },
      on: {
        'customer.message': {
          description: 'The customer writes: the conversation is open again.',
          guard: 'isNewMessage',
          target: 'open',
        },
        'manager.close': {
          description:
            'A manager closes a conversation that is closed already: what waits for an answer is dropped.',
          actions: 'dropPending',
        },
      },
    },
  },
});
