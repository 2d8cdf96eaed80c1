/** The gate that sends and outreach ask: the state that all replicas share, kept for some seconds. */
import { Effect, Layer } from 'effect';
import type { Pool } from 'pg';
import { ChannelGate } from '../../adapters/wazzup/channel-gate.ts';
import { judgeChannel } from '../../adapters/wazzup/channel-states.ts';
import type { Clock, Log } from '../engine/types.ts';
import { makeChannelStore } from './channel-store.ts';

/** How old an answer may be, ms: a run of follow-ups asks for each of its customers. */
const KEPT_MS = 5000;
/** Far above any shop's channels; beyond it the oldest is asked again (G10). */
const MAX_KEPT = 1000;

export const channelGate = (pool: Pool, clock: Clock, log: Log) => {
  const store = makeChannelStore(pool);
  const kept = new Map<string, { readonly state: string | null; readonly at: number }>();

  const stateOf = async (channelId: string): Promise<string | null> => {
    const known = kept.get(channelId);
    if (known && clock.now() - known.at < KEPT_MS) return known.state;
    const [row] = await store.read([channelId]);
    kept.delete(channelId);
    const oldest = kept.size >= MAX_KEPT ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(channelId, { state: row?.state ?? null, at: clock.now() });
    return row?.state ?? null;
  };

  /** Without the database `unknown` is the answer: a send will fail or not by itself, outreach waits. */
  const ask = (channelId: string, what: 'maySend' | 'mayReachOut', unknown: boolean) =>
    Effect.promise(() =>
      stateOf(channelId).then(
        (state) => (state === null ? unknown : judgeChannel(state)[what]),
        (error: unknown) => {
          log.warn(
            { error: error instanceof Error ? error.name : typeof error },
            'a channel’s state cannot be read',
          );
          return unknown;
        },
      ),
    );

  return Layer.succeed(ChannelGate, {
    maySend: (channelId) => ask(channelId, 'maySend', true),
    mayReachOut: (channelId) => ask(channelId, 'mayReachOut', false),
  });
};
