/**
 * The conversation: one actor for each customer on each channel. Its regions are facts that do not depend on each
 * other (design 6). Order matters: `transcript` records first, so that the regions after it act on what was said.
 */
import { initialContext } from './context.ts';
import { afterSale } from './regions/after-sale.ts';
import { consent } from './regions/consent.ts';
import { customer } from './regions/customer.ts';
import { deal } from './regions/deal.ts';
import { order } from './regions/order.ts';
import { outreach } from './regions/outreach.ts';
import { owner } from './regions/owner.ts';
import { transcript } from './regions/transcript.ts';
import { turn } from './regions/turn.ts';
import { lifecycle, window } from './regions/window.ts';
import { conversationSetup } from './setup.ts';

/** Stamped into every snapshot and journal row; raise it whenever states, actors, delays or the context change. */
export const CONVERSATION_VERSION = '3';

export const conversationMachine = conversationSetup.createMachine({
  id: 'conversation',
  context: ({ input }) => initialContext(input),
  type: 'parallel',
  states: {
    transcript,
    window,
    lifecycle,
    customer,
    owner,
    consent,
    order,
    deal,
    turn,
    outreach,
    afterSale,
  },
});
