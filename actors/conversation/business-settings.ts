/** The owner's settings that a turn needs (contract 3.5). The runtime keeps them; a change counts from the next turn. */
import { Context, type Effect } from 'effect';
import type { SaleTerms } from '../../machines/conversation/context.ts';

export interface TurnSettings {
  readonly assistantName: string;
  readonly companyName: string;
  readonly botEnabled: boolean;
  readonly maxContextMessages: number;
  /** Discounts, VAT and delivery (domain 9.9-9.12). */
  readonly terms: SaleTerms;
  /** Chats without a quotation are followed up (domain 17.7). */
  readonly quietFollowUps?: boolean;
  /** Null: no approved policy (domain 19.2). */
  readonly referral: { readonly referrerPercent: string; readonly newcomerPercent: string } | null;
  /** Zoho's id of the VAT, so that Inventory's total is the paper's; null: the organisation's own rules (wire/04 §6). */
  readonly vatTaxId: string | null;
}

export class BusinessSettings extends Context.Service<
  BusinessSettings,
  { readonly forTurn: Effect.Effect<TurnSettings> }
>()('treejar/actors/BusinessSettings') {}
