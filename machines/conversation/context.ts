/**
 * What a conversation remembers. Everything here is plain JSON and lives in the snapshot. Each area has a file of its
 * own under `context/`, with its first value beside it; this file only puts them together.
 */
import { type AfterSaleArea, INITIAL_AFTER_SALE } from './context/after-sale.ts';
import { type BriefingArea, INITIAL_BRIEFING } from './context/briefing.ts';
import { type CustomerArea, INITIAL_CUSTOMER } from './context/customer.ts';
import { type DealArea, INITIAL_DEAL } from './context/deal.ts';
import { type DialogueArea, INITIAL_DIALOGUE } from './context/dialogue.ts';
import type { ConversationInput, Timing } from './context/input.ts';
import { INITIAL_ORDER, type OrderArea } from './context/order.ts';
import { INITIAL_OUTREACH, type OutreachArea } from './context/outreach.ts';
import { INITIAL_OWNER, type OwnerArea } from './context/owner.ts';
import { INITIAL_SALE, type SaleArea } from './context/sale.ts';
import { INITIAL_TURN, type TurnArea } from './context/turn.ts';

export * from './context/after-sale.ts';
export * from './context/briefing.ts';
export * from './context/customer.ts';
export * from './context/deal.ts';
export * from './context/dialogue.ts';
export * from './context/evidence.ts';
export * from './context/input.ts';
export * from './context/limits.ts';
export * from './context/order.ts';
export * from './context/outreach.ts';
export * from './context/owner.ts';
export * from './context/sale.ts';
export * from './context/turn.ts';

export interface ConversationContext
  extends DialogueArea,
    TurnArea,
    BriefingArea,
    CustomerArea,
    OrderArea,
    SaleArea,
    DealArea,
    OwnerArea,
    OutreachArea,
    AfterSaleArea {
  readonly id: string;
  readonly channelId: string;
  readonly chatId: string;
  readonly timing: Timing;
  readonly createdAt: number;
}

export const initialContext = (input: ConversationInput): ConversationContext => ({
  id: input.id,
  channelId: input.channelId,
  chatId: input.chatId,
  timing: input.timing,
  createdAt: 0,
  ...INITIAL_DIALOGUE,
  ...INITIAL_TURN,
  ...INITIAL_BRIEFING,
  ...INITIAL_CUSTOMER,
  ...INITIAL_ORDER,
  ...INITIAL_SALE,
  ...INITIAL_DEAL,
  ...INITIAL_OWNER,
  ...INITIAL_OUTREACH,
  ...INITIAL_AFTER_SALE,
});
