/** The fan-out of a single process: everybody is here, nothing is missed. */
import { Effect } from 'effect';
import { type FanoutShape, MAX_MESSAGE_CHARS, tooLarge, tooMany } from './fanout.ts';
import type { LinkLog } from './link.ts';
import { makeLocalListeners } from './local-listeners.ts';

export const makeMemoryFanout = (log: LinkLog): FanoutShape => {
  const local = makeLocalListeners(log);
  return {
    publish: (channel, message) =>
      Effect.suspend(() => {
        if (message.length > MAX_MESSAGE_CHARS) return Effect.fail(tooLarge());
        local.deliver(channel, message);
        return Effect.void;
      }),
    subscribe: (channel, listener) =>
      Effect.suspend(() => {
        const added = local.add(channel, listener, () => undefined);
        return added ? Effect.succeed(added.end) : Effect.fail(tooMany());
      }),
  };
};
