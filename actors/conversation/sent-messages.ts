/** What is known to have gone out, by the echoes and statuses that came back (design G5). */
import { Context, type Effect } from 'effect';

export interface Sightings {
  /** How many parts of this message of ours the channel has shown (by echoes) to have gone out. */
  readonly partsOut: number;
  /** Echoes of this conversation came back and were not read yet: `partsOut` may be too small. */
  readonly echoesWait: boolean;
}

export class SentMessages extends Context.Service<
  SentMessages,
  {
    /** Both of one moment: an echo is either counted or said to wait. */
    readonly look: (conversationId: string, localId: string) => Effect.Effect<Sightings>;
  }
>()('treejar/actors/SentMessages') {}
