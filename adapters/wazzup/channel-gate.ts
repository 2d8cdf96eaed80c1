/** Whether a channel is fit to be written on: asked before outreach, answered from what all replicas know of it. */
import { Context, type Effect } from 'effect';

export class ChannelGate extends Context.Service<
  ChannelGate,
  {
    /** An answer to somebody who wrote. True while nothing is known of the channel. */
    readonly maySend: (channelId: string) => Effect.Effect<boolean>;
    /** A message that the customer did not ask for: follow-up, reminder, template (domain 17). False while nothing is known. */
    readonly mayReachOut: (channelId: string) => Effect.Effect<boolean>;
  }
>()('treejar/adapters/wazzup/ChannelGate') {}
