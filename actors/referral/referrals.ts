/** Referral codes as programs need them (domain 19). The runtime keeps them in Postgres. */
import { Context, type Effect, Schema } from 'effect';
import type { ToolResult } from '../../machines/conversation/actors.ts';

/** The database could not be asked. */
export class ReferralsUnavailable extends Schema.TaggedError<ReferralsUnavailable>()('ReferralsUnavailable', {
  retryable: Schema.Boolean,
  message: Schema.String,
}) {}

export type GivenCode = Omit<Extract<ToolResult, { tool: 'referral' }>, 'tool'>;
export type UsedCode = Omit<Extract<ToolResult, { tool: 'referral_used' }>, 'tool'>;

export interface ReferralPolicy {
  /** Decimal text, per cent. */
  readonly referrerPercent: string;
  readonly newcomerPercent: string;
}

export class Referrals extends Context.Service<
  Referrals,
  {
    /** The unused code of this customer, or a new one; repeating it gives the same. */
    readonly give: (
      conversationId: string,
      policy: ReferralPolicy,
    ) => Effect.Effect<GivenCode, ReferralsUnavailable>;
    /** Uses a code for the customer of this conversation, once; a repeat by the same customer is accepted again. */
    readonly use: (conversationId: string, code: string) => Effect.Effect<UsedCode, ReferralsUnavailable>;
  }
>()('treejar/actors/Referrals') {}
