/** The channels' states in the database: whoever hears of a change, every replica knows it. */
import type { Pool } from 'pg';
import type { Channel } from '../../adapters/wazzup/wazzup.ts';

export interface StoredChannel {
  readonly channelId: string;
  readonly transport: string | null;
  readonly phone: string | null;
  readonly name: string | null;
  /** Lower case. */
  readonly state: string;
  /** In this state since, ms since the epoch. */
  readonly since: number;
  readonly checkedAt: number;
  /** What managers were told last; null when there is nothing to take back. */
  readonly toldState: string | null;
}

export type HeardChannel = Pick<Channel, 'channelId' | 'state'> &
  Partial<Pick<Channel, 'transport' | 'phone' | 'name'>>;

export interface ChannelStore {
  /** Of the given channels, those that were ever heard of. */
  readonly read: (channelIds: readonly string[]) => Promise<readonly StoredChannel[]>;
  /** What the list says. `askedAt`, ms: a webhook that came since then knows better. */
  readonly heard: (channels: readonly HeardChannel[], askedAt: number) => Promise<void>;
  /** What a webhook says. `vendorAt`, ms by the vendor's clock: one that comes late changes nothing. */
  readonly told: (channelId: string, state: string, now: number, vendorAt: number | null) => Promise<void>;
  /** Remembers what managers were told, unless the state has changed since. */
  readonly managersKnow: (channel: StoredChannel, toldState: string | null) => Promise<void>;
}

const READ_SQL = `select channel_id as "channelId", transport, phone, name, state, since,
    checked_at as "checkedAt", told_state as "toldState"
  from channel where channel_id = any($1) order by channel_id`;

const HEARD_SQL = `insert into channel as c (channel_id, transport, phone, name, state, since, checked_at)
  select "channelId", transport, phone, name, state, $2, $2
  from jsonb_to_recordset($1::jsonb) as r("channelId" text, transport text, phone text, name text, state text)
  order by "channelId"
  on conflict (channel_id) do update set
    transport = coalesce(excluded.transport, c.transport),
    phone = coalesce(excluded.phone, c.phone),
    name = coalesce(excluded.name, c.name),
    since = case when c.state = excluded.state then c.since else excluded.since end,
    state = excluded.state,
    checked_at = excluded.checked_at
  where c.checked_at <= excluded.checked_at`;

const TOLD_SQL = `insert into channel as c (channel_id, state, since, checked_at, vendor_at)
  values ($1, $2, $3, $3, $4)
  on conflict (channel_id) do update set
    since = case when c.state = excluded.state then c.since else excluded.since end,
    state = excluded.state,
    checked_at = greatest(c.checked_at, excluded.checked_at),
    vendor_at = coalesce(excluded.vendor_at, c.vendor_at)
  where c.vendor_at is null or excluded.vendor_at is null or c.vendor_at < excluded.vendor_at`;

const MANAGERS_KNOW_SQL = 'update channel set told_state = $3 where channel_id = $1 and state = $2';

export const makeChannelStore = (pool: Pool): ChannelStore => ({
  read: async (channelIds) => (await pool.query<StoredChannel>(READ_SQL, [channelIds])).rows,
  heard: async (channels, askedAt) => {
    if (channels.length > 0) await pool.query(HEARD_SQL, [JSON.stringify(channels), askedAt]);
  },
  told: async (channelId, state, now, vendorAt) => {
    await pool.query(TOLD_SQL, [channelId, state, now, vendorAt]);
  },
  managersKnow: async ({ channelId, state }, toldState) => {
    await pool.query(MANAGERS_KNOW_SQL, [channelId, state, toldState]);
  },
});
