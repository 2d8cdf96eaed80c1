/** What is known to have gone out, by the echoes and statuses that came back (design G5). */
import { Context, type Effect } from 'effect';

export class SentMessages extends Context.Service<
  SentMessages,
  {
    /** How many parts of this message of ours the channel has shown (by echoes) to have gone out. */
    readonly partsOut: (conversationId: string, localId: string) => Effect.Effect<number>;
  }
>()('treejar/actors/SentMessages') {}
