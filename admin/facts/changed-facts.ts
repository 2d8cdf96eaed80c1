/** Which facts have just changed, so that the pane can show it for a moment. */
import diff from 'microdiff';
import type { Conversation } from '../api/types.ts';

const factsOf = ({ customer, order, states }: Conversation): Record<string, unknown> => ({
  slots: Object.fromEntries(customer.slots.map((slot) => [slot.slot, slot.value])),
  lines: Object.fromEntries(
    order.lines.map((line) => [line.sku, `${line.quantity} ${line.unitPrice?.amount ?? ''}`]),
  ),
  subtotal: order.subtotal?.amount ?? null,
  states: Object.fromEntries(states.map((path) => [path, true])),
});

/** Keys like `slots/email`, `lines/CHR-1`, `subtotal`, `states/turn.idle`; empty when there was nothing before. */
export const changedFacts = (before: Conversation | null, now: Conversation): ReadonlySet<string> => {
  if (before === null) return new Set();
  const changes = diff(factsOf(before), factsOf(now), { cyclesFix: false });
  return new Set(changes.filter((change) => change.type !== 'REMOVE').map((change) => change.path.join('/')));
};
