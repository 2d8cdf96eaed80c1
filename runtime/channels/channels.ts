/** Channel health and templates as the rest of the runtime uses them: hooks, health, API, and the watch by the clock. */
import { Context } from 'effect';
import type { Pool } from 'pg';
import { Alerts } from '../../actors/conversation/alerts.ts';
import { judgeChannel } from '../../adapters/wazzup/channel-states.ts';
import { countBlanks } from '../../adapters/wazzup/templates.ts';
import { Wazzup } from '../../adapters/wazzup/wazzup.ts';
import type { ChannelItem, TemplateItem } from '../../adapters/wazzup/webhook.ts';
import type { ChannelsApi, ComponentHealth, HealthContributor } from '../api/deps.ts';
import type { ChannelView, TemplateView } from '../api/schemas.ts';
import { iso } from '../conversations/rows.ts';
import type { Clock, Log } from '../engine/types.ts';
import { startUpkeep, type Upkeep } from '../server/upkeep.ts';
import { CHECK_EVERY_MS, makeChannelCheck } from './channel-check.ts';
import { makeChannelStore, type StoredChannel } from './channel-store.ts';
import { prepareTemplate } from './prepare-template.ts';
import { tellManagers } from './tell-managers.ts';
import { makeTemplateStore, type StoredTemplate } from './template-store.ts';
import { makeWindowless } from './windowless.ts';

/** Five checks were missed: what is shown may not be true any more. */
const STALE_MS = 5 * CHECK_EVERY_MS;

export interface ChannelsOptions {
  readonly pool: Pool;
  readonly services: Context.Context<Alerts | Wazzup>;
  /** `WAZZUP_CHANNEL_ID`. */
  readonly channelIds: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
}

export interface Channels {
  /** For webhooks; each rejects when it could not be stored. */
  readonly onChannel: (item: ChannelItem) => Promise<void>;
  readonly onTemplate: (item: TemplateItem) => Promise<void>;
  /** For webhooks: whether channels have no 24-hour window. */
  readonly windowless: () => Promise<ReadonlyMap<string, boolean>>;
  readonly health: HealthContributor;
  readonly api: ChannelsApi;
  /** One check of the vendor now. */
  readonly check: () => Promise<void>;
  /** Checks now and each minute until stopped: for replicas with the role `scheduler`. */
  readonly watch: () => Upkeep;
}

export const makeChannels = (options: ChannelsOptions): Channels => {
  const { pool, services, channelIds, clock, log } = options;
  const store = makeChannelStore(pool);
  const templates = makeTemplateStore(pool);
  const telling = { store, alerts: Context.get(services, Alerts) };
  const wazzup = Context.get(services, Wazzup);
  const deps = { ...telling, pool, templates, wazzup, channelIds, clock, log };
  const check = makeChannelCheck(deps);

  return {
    onChannel: async (item) => {
      await store.told(item.channelId, item.state, clock.now(), item.at);
      await tellManagers(telling, [item.channelId]);
    },
    onTemplate: (item) => templates.told(item, clock.now()),
    windowless: makeWindowless(store, channelIds, clock),
    health: {
      name: 'channels',
      required: false,
      check: async () => healthOf(channelIds, await store.read(channelIds), clock.now()),
    },
    api: {
      list: async () => (await store.read(channelIds)).map(channelView),
      templates: async (limit, cursor) => {
        const page = await templates.list(limit, cursor);
        return { items: page.items.map(templateView), next: page.next };
      },
      trouble: async (channelId) => {
        const [channel] = await store.read([channelId]);
        const verdict = channel ? judgeChannel(channel.state) : null;
        return verdict && !verdict.maySend ? verdict.advice : null;
      },
      prepare: async (channelId, use) => {
        const [[channel], template] = await Promise.all([store.read([channelId]), templates.byId(use.id)]);
        return prepareTemplate(channelId, channel ?? null, template, use);
      },
    },
    check,
    watch: () =>
      startUpkeep([{ name: 'channel check', everyMs: CHECK_EVERY_MS, run: check, atOnce: true }], log),
  };
};

/** Before the first word of a channel nothing is wrong; afterwards silence is (lesson F-45). */
const healthOf = (
  channelIds: readonly string[],
  known: readonly StoredChannel[],
  now: number,
): ComponentHealth => {
  const byId = new Map(known.map((channel) => [channel.channelId, channel]));
  const ill = known.filter((one) => judgeChannel(one.state).alarming || now - one.checkedAt > STALE_MS);
  const oldest = Math.min(...known.map((channel) => channel.checkedAt));
  return {
    status: ill.length > 0 ? 'degraded' : 'ok',
    detail: {
      ...Object.fromEntries(channelIds.map((id) => [id, byId.get(id)?.state ?? 'unknown'])),
      checkedSecondsAgo: known.length > 0 ? Math.max(0, Math.round((now - oldest) / 1000)) : null,
    },
  };
};

const channelView = (channel: StoredChannel): ChannelView => {
  const { maySend, mayReachOut, advice } = judgeChannel(channel.state);
  return {
    id: channel.channelId,
    name: channel.name,
    phone: channel.phone,
    transport: channel.transport,
    state: channel.state,
    maySend,
    mayReachOut,
    advice,
    since: iso(channel.since),
    checkedAt: iso(channel.checkedAt),
  };
};

const templateView = (template: StoredTemplate): TemplateView => ({
  id: template.id,
  name: template.name,
  title: template.title,
  language: template.language,
  status: template.status,
  text: template.parts.join('\n\n'),
  blanks: countBlanks(template.parts),
  channelIds: template.channelIds,
  since: iso(template.since),
});
