/** How an accepted order stands in Inventory (domain 18.4). */
import { Effect } from 'effect';
import { orderStatus } from '../../adapters/zoho-inventory/order-status.ts';
import { ZohoInventory } from '../../adapters/zoho-inventory/zoho-inventory.ts';
import type { OrderNews } from '../../machines/conversation/actors.ts';

export const checkOrder = Effect.fn('checkOrder')(function* ({ number }: { readonly number: string }) {
  if (number === '') return null;
  const inventory = yield* ZohoInventory;
  const order = yield* inventory.saleOrder({ number });
  if (order === null) return null;
  const status = orderStatus(order, { isApproved: true });
  const stage =
    status.stage === 'delivered' || status.stage === 'cancelled' ? status.stage : ('open' as const);
  return { stage, paid: status.payment?.state === 'paid' } satisfies OrderNews;
});
