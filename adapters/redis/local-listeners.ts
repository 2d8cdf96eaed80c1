/** The listeners of one process, by channel. */
import { type Listener, MAX_CHANNELS, type Unsubscribe } from './fanout.ts';
import type { LinkLog } from './link.ts';

export interface LocalListeners {
  readonly deliver: (channel: string, message: string) => void;
  /** Tells the listeners of these channels that they may have missed something. */
  readonly gap: (channels: readonly string[]) => void;
  /** `null`: too many channels. `onLast` is called when nobody listens to the channel any more. */
  readonly add: (
    channel: string,
    listener: Listener,
    onLast: () => void,
  ) => { readonly end: Unsubscribe } | null;
  readonly channels: () => readonly string[];
}

export const makeLocalListeners = (log: LinkLog): LocalListeners => {
  const listeners = new Map<string, Set<Listener>>();

  /** One listener's fault is not the others'. */
  const guarded = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      log.error({ reason: error instanceof Error ? error.name : typeof error }, 'a live listener failed');
    }
  };

  return {
    deliver: (channel, message) => {
      for (const listener of [...(listeners.get(channel) ?? [])]) guarded(() => listener.message(message));
    },
    gap: (channels) => {
      const told = channels.flatMap((channel) => [...(listeners.get(channel) ?? [])]);
      for (const listener of told) guarded(() => listener.gap());
    },
    add: (channel, listener, onLast) => {
      const known = listeners.get(channel);
      if (!known && listeners.size >= MAX_CHANNELS) return null;
      const set = known ?? new Set<Listener>();
      // A copy, so that subscribing the same listener twice makes two subscriptions.
      const own = { ...listener };
      set.add(own);
      listeners.set(channel, set);
      return {
        end: () => {
          if (!set.delete(own) || set.size > 0) return;
          listeners.delete(channel);
          onLast();
        },
      };
    },
    channels: () => [...listeners.keys()],
  };
};
