/** Carries the engine's heads between replicas through Redis, faster than NOTIFY does (contract 3.3, docs/engine.md). */
import { Context, Effect } from 'effect';
import { Fanout, SharedStateStatus } from '../../adapters/redis/shared-state.ts';
import type { Relay } from '../engine/notifier.ts';

const CHANNEL = 'engine-heads';

/** Null without Redis: then NOTIFY carries everything. */
export const headRelay = (services: Context.Context<Fanout | SharedStateStatus>): Relay | null => {
  const status = Context.get(services, SharedStateStatus);
  if (status.read().mode !== 'redis') return null;
  const fanout = Context.get(services, Fanout);
  return {
    isUp: () => status.read().state === 'up',
    // A payload fits by far, and what does not arrive comes by NOTIFY.
    publish: (payload) => void Effect.runFork(Effect.ignore(fanout.publish(CHANNEL, payload))),
    subscribe: (hear) => {
      const listening = Effect.runPromise(fanout.subscribe(CHANNEL, { message: hear, gap: () => undefined }));
      return () => void listening.then((end) => end());
    },
  };
};
