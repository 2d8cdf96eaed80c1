/** What the customer wants to buy. Lines live here alone; prose is never parsed back (lesson F-03). */
import { conversationSetup } from '../setup.ts';

export const order = conversationSetup.createStateConfig({
  description: 'What the customer wants to buy.',
  meta: { label: 'Order' },
  initial: 'exploring',
  states: {
    exploring: {
      description: 'Looking around; nothing is chosen.',
      meta: { label: 'Looking around' },
      on: { 'order.selected': { guard: 'hasLines', target: 'selecting' } },
    },
    selecting: {
      description: 'Items and quantities are chosen.',
      meta: { label: 'Choosing', importance: 2 },
      on: { 'order.selected': { guard: 'hasNoLines', target: 'exploring' } },
    },
  },
});
