/** What the server is given. */
import type { Redacted } from 'effect';
import type { Pool } from 'pg';
import type { ChannelItem, DecodedWebhook, TemplateItem } from '../../adapters/wazzup/webhook.ts';
import type { ApiServices, HealthContributor } from '../api/deps.ts';
import type { SettingsStore } from '../api/settings-store.ts';
import type { PresenceLink } from '../live/presence-link.ts';
import type { MediaResolver } from './media.ts';
import type { Metrics } from './metrics.ts';

export interface ServerConfig {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** `PUBLIC_URL`, no trailing slash; null: the listening address. */
  readonly publicUrl: string | null;
  readonly dataDir: string;
  /** The built admin, `dist/admin`. */
  readonly adminDir: string;
  readonly maxBodyBytes: number;
  /** `MAILBOX_LIMIT`: with more events waiting, webhooks are told to come back. */
  readonly mailboxLimit: number;
  readonly webhookSecret: Redacted.Redacted;
  readonly sessionSecret: Redacted.Redacted;
  readonly apiToken: Redacted.Redacted | null;
  /** `WAZZUP_CHANNEL_ID`; items of other channels are counted and ignored. */
  readonly channelIds: readonly string[];
  readonly version: string;
  /** `ROLES`: without `ingest` there is no webhook, without `live` no socket. */
  /** `STATELY_INSPECT`: the socket of developers' inspectors; absent: there is none. */
  readonly inspect?: boolean | undefined;
  readonly roles: { readonly ingest: boolean; readonly live: boolean };
}

export interface ServerDeps extends ApiServices {
  readonly config: ServerConfig;
  readonly pool: Pool;
  readonly decodeWebhook: (body: unknown) => DecodedWebhook;
  /** Parts of the health answer beside Postgres and mailbox. */
  readonly health?: readonly HealthContributor[] | undefined;
  /** Shared with whoever measures outside of the server. */
  readonly telemetry: Metrics;
  /** Prometheus text of others, appended to ours. */
  readonly metricsText?: (() => string | Promise<string>) | undefined;
  /** Told what the channel says about itself and its templates; the webhook is answered when they resolve. */
  readonly onChannel?: ((item: ChannelItem) => Promise<void>) | undefined;
  readonly onTemplate?: ((item: TemplateItem) => Promise<void>) | undefined;
  /** A name for an id that holds a telephone number. */
  readonly logId?: ((id: string) => string) | undefined;
  readonly windowless?: (() => Promise<ReadonlyMap<string, boolean>>) | undefined;
  readonly settings?: SettingsStore | undefined;
  /** Carries who looks at what to the other replicas. */
  readonly presence?: PresenceLink | null | undefined;
  /** What signed paths stand for that are no files themselves. */
  readonly resolveMedia?: MediaResolver | undefined;
}
