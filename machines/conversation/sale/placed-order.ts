/** A concrete order: the customer wants it now, a manager confirms or rejects it (domain 8.2, 8.6). */
import { placesOrder } from '../../triggers/concrete-order.ts';
import type { ConversationContext } from '../context.ts';
import type { Update } from '../updates/update.ts';
import { missingForQuote } from './requirements.ts';
import { asksForQuote } from './wishes.ts';

/** The burst places the selected order, and nobody was asked about it yet. */
export const isPlacedNow = (context: ConversationContext): boolean => {
  const { sale, order, pending } = context;
  if (sale.stage !== 'selecting' || sale.requestedAt !== null || sale.ordered) return false;
  const words = pending.map(({ text }) => text).join('\n');
  return (
    !asksForQuote(words) &&
    placesOrder(words, {
      isSelected: order.lines.length > 0 && sale.question === null,
      hasAddress: !missingForQuote(context).some(({ piece }) => piece === 'address'),
    })
  );
};

export const placed = (context: ConversationContext, at: number): Update => ({
  sale: { ...context.sale, ordered: { at, decision: null } },
});

/** What managers read of it. */
export const orderSummary = ({ order }: ConversationContext): string =>
  [
    'The customer places this order:',
    ...order.lines.map(
      (line) => `${line.quantity} x ${line.name} (${line.sku}) = ${line.lineTotal} ${line.currency}`,
    ),
    `Total before VAT: ${order.subtotal} ${order.currency}`,
  ].join('\n');

/** A manager's word is awaited; snapshots of before know it by the owner's facts alone. */
export const awaitsDecision = ({ sale, owner }: ConversationContext): boolean =>
  sale.ordered ? sale.ordered.decision === null : owner.about === 'order';
