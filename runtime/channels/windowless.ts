/** Which channels have no 24-hour window: personal ones, by the transport that the vendor's list names (wire/01 §6). */
import type { Clock } from '../engine/types.ts';
import type { ChannelStore } from './channel-store.ts';

/** The transport of a personal channel, signed in by QR code. */
const PERSONAL = 'whatsapp';
/** A channel's kind never changes. Until every channel is known it is looked for more often. */
const KEPT_MS = 60_000;
const INCOMPLETE_KEPT_MS = 1000;

/** By channel id; a channel whose transport is not known is not in it. Asked at each webhook, read once a minute. */
export const makeWindowless = (
  store: Pick<ChannelStore, 'read'>,
  channelIds: readonly string[],
  clock: Clock,
): (() => Promise<ReadonlyMap<string, boolean>>) => {
  let known: { readonly until: number; readonly map: ReadonlyMap<string, boolean> } | null = null;
  let reading: Promise<ReadonlyMap<string, boolean>> | null = null;
  const read = async (): Promise<ReadonlyMap<string, boolean>> => {
    const channels = await store.read(channelIds);
    const map = new Map(
      channels.flatMap(({ channelId, transport }) =>
        transport === null ? [] : [[channelId, transport.toLowerCase() === PERSONAL] as const],
      ),
    );
    const keptMs = map.size < channelIds.length ? INCOMPLETE_KEPT_MS : KEPT_MS;
    known = { until: clock.now() + keptMs, map };
    return map;
  };
  return async () => {
    if (known && clock.now() < known.until) return known.map;
    // Webhooks that come meanwhile share the read: a flood must not ask once for each.
    reading ??= read().finally(() => {
      reading = null;
    });
    return reading;
  };
};
