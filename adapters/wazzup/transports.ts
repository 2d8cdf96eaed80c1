/** What kind of channel each channel is, asked of the vendor once in a while: it decides lengths and abilities. */
import { Clock, Effect } from 'effect';
import type { WazzupError } from './errors.ts';
import type { Channel } from './replies.ts';

/** A channel never changes its kind; a new channel is known after this at the latest, ms. */
const KEPT_MS = 10 * 60 * 1000;

/** The channel's transport, lower case; `null` when the account has no such channel. */
export type TransportOf = (channelId: string) => Effect.Effect<string | null, WazzupError>;

export const makeTransports = (list: Effect.Effect<readonly Channel[], WazzupError>): TransportOf => {
  let known: ReadonlyMap<string, string> = new Map();
  let askedAt = Number.NEGATIVE_INFINITY;
  return (channelId) =>
    Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis;
      if (now - askedAt < KEPT_MS) return known.get(channelId) ?? null;
      const kept = known.get(channelId);
      const channels = yield* kept === undefined ? list : Effect.orElseSucceed(list, () => null);
      // The vendor is away: what was true ten minutes ago still is.
      if (channels === null) return kept ?? null;
      known = new Map(channels.map((channel) => [channel.channelId, channel.transport.toLowerCase()]));
      askedAt = now;
      return known.get(channelId) ?? null;
    });
};
