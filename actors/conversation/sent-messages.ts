/** What is known to have gone out, by the echoes and statuses that came back (design G5). */
import { Context, type Effect } from 'effect';

export class SentMessages extends Context.Service<
  SentMessages,
  {
    /** True when the channel has shown (by an echo or a status) that this message of ours went out. */
    readonly wentOut: (conversationId: string, localId: string) => Effect.Effect<boolean>;
  }
>()('treejar/actors/SentMessages') {}
