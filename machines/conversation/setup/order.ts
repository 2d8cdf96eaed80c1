/** What the order region asks and does. */
import { withCustomer } from './customer.ts';

export const withOrder = withCustomer.extend({
  guards: {
    hasLines: ({ context }) => context.order.lines.length > 0,
    hasNoLines: ({ context }) => context.order.lines.length === 0,
  },
});
