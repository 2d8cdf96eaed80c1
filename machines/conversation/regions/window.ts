/** WhatsApp's 24-hour window: free text may be sent only while it is open (wire/01 §6). */
import { conversationSetup } from '../setup.ts';

export const window = conversationSetup.createStateConfig({
  initial: 'closed',
  states: {
    closed: {
      meta: { label: 'Window closed' },
      on: { 'customer.message': { guard: 'isNewMessage', target: 'open' } },
    },
    open: {
      meta: { label: 'Window open' },
      after: { windowCloses: 'closed' },
      on: { 'customer.message': { guard: 'isNewMessage', target: 'open', reenter: true } },
    },
  },
});

/** Whether the conversation is being worked on; a customer's message reopens it. */
export const lifecycle = conversationSetup.createStateConfig({
  initial: 'open',
  states: {
    open: { meta: { label: 'Open' }, on: { 'manager.close': { target: 'closed', actions: 'dropPending' } } },
    closed: {
      meta: { label: 'Closed', importance: 2 },
      on: { 'customer.message': { guard: 'isNewMessage', target: 'open' } },
    },
  },
});
