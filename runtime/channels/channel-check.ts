/** Asks the vendor how the channels are and which templates there are (lesson F-45: silence is no sign of health). */
import { Effect } from 'effect';
import type { Pool } from 'pg';
import { MISSING } from '../../adapters/wazzup/channel-states.ts';
import { WABA } from '../../adapters/wazzup/limits.ts';
import type { Channel, Wazzup } from '../../adapters/wazzup/wazzup.ts';
import type { Clock, Log } from '../engine/types.ts';
import type { ChannelStore, HeardChannel } from './channel-store.ts';
import { CHANNEL_CHECK_LOCK, whenAlone } from './single-run.ts';
import { type Telling, tellManagers } from './tell-managers.ts';
import type { TemplateStore } from './template-store.ts';

export const CHECK_EVERY_MS = 60_000;
/** Whoever asked less than this ago has asked for all replicas. */
const FRESH_MS = 50_000;
const TEMPLATES_EVERY_MS = 15 * 60_000;

export interface CheckDeps extends Telling {
  readonly pool: Pool;
  readonly store: ChannelStore;
  readonly templates: TemplateStore;
  readonly wazzup: Wazzup['Service'];
  readonly channelIds: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
}

/** One check; rejects when the vendor or the database is away: what is known stays, and grows old. */
export const makeChannelCheck = (deps: CheckDeps): (() => Promise<void>) => {
  const { clock, channelIds } = deps;
  let templatesAt = Number.NEGATIVE_INFINITY;

  const isFresh = async (): Promise<boolean> => {
    const known = await deps.store.read(channelIds);
    return known.length === channelIds.length && known.every((one) => clock.now() - one.checkedAt < FRESH_MS);
  };

  const checkTemplates = async (channels: readonly Channel[]): Promise<void> => {
    const now = clock.now();
    // Only business channels have templates (domain 17.12).
    const wanted = channels.some((one) => one.transport.toLowerCase() === WABA);
    if (!wanted || now - templatesAt < TEMPLATES_EVERY_MS) return;
    const list = await Effect.runPromise(deps.wazzup.templates());
    if (list.unreadable > 0 || !list.complete) {
      const { unreadable, complete } = list;
      deps.log.warn({ unreadable, complete }, 'not every WhatsApp template could be read');
    }
    await deps.templates.heard(list, now);
    templatesAt = now;
  };

  const check = async (): Promise<void> => {
    if (await isFresh()) return;
    const askedAt = clock.now();
    const listed = await Effect.runPromise(deps.wazzup.channels());
    await deps.store.heard(channelIds.map(heardOf(listed)), askedAt);
    await tellManagers(deps, channelIds);
    await checkTemplates(listed);
  };

  return async () => {
    await whenAlone(deps.pool, CHANNEL_CHECK_LOCK, check);
  };
};

const heardOf =
  (listed: readonly Channel[]) =>
  (channelId: string): HeardChannel =>
    listed.find((channel) => channel.channelId === channelId) ?? { channelId, state: MISSING };
