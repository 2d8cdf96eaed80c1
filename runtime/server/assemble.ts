/** Puts the server's parts together; nothing listens yet. */
import { join } from 'node:path';
import type { ApiContext } from '../api/context.ts';
import { makeRequestKeys } from '../api/request-keys.ts';
import { makeSettingsStore } from '../api/settings-store.ts';
import { makeWebHandler } from '../api/web-handler.ts';
import { makeAudit } from '../auth/audit.ts';
import { makeAuth } from '../auth/auth.ts';
import { type LiveHub, makeLiveHub } from '../live/hub.ts';
import { type Backlog, makeBacklog } from './backlog.ts';
import type { ServerDeps } from './deps.ts';
import { makeHealth } from './health.ts';
import { type Ingest, makeIngest } from './ingest.ts';
import { makeMediaSigner } from './media.ts';
import { makeNumbers, ownParts } from './parts.ts';
import { makeSite, type Site } from './site.ts';
import { makeStaticFiles } from './static-files.ts';
import { makeWebhook, type Webhook } from './webhook.ts';
import { makeWebhookStore } from './webhook-store.ts';

export interface Parts {
  readonly ctx: ApiContext;
  readonly ingest: Ingest;
  readonly webhook: Webhook;
  readonly backlog: Backlog;
  readonly hub: LiveHub;
  readonly site: Site;
  readonly dropQuarantine: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

export const assemble = (deps: ServerDeps): Parts => {
  const { config, pool, engine, clock, log, telemetry: metrics } = deps;
  const https = config.publicUrl?.startsWith('https:') ?? false;
  const numbers = makeNumbers(engine, metrics);
  const webhookStore = makeWebhookStore(pool);
  const channelIds = new Set(config.channelIds);
  const { onChannel, onTemplate, windowless } = deps;
  const ingest = makeIngest({
    engine,
    store: webhookStore,
    clock,
    channelIds,
    onChannel,
    onTemplate,
    windowless,
  });
  const contributors = [...ownParts(pool, engine), ...(deps.health ?? [])];
  const ctx: ApiContext = {
    ...deps,
    auth: makeAuth({
      pool,
      clock,
      sessionSecret: config.sessionSecret,
      apiToken: config.apiToken ?? undefined,
    }),
    audit: makeAudit(pool, clock),
    settings: deps.settings ?? makeSettingsStore(pool, clock),
    requestKeys: makeRequestKeys(pool, clock),
    webhookStore,
    ingest,
    health: makeHealth({ contributors, version: config.version, clock, log }),
    numbers,
    secureCookies: https,
    version: config.version,
  };
  const api = makeWebHandler(ctx);
  const site = makeSite({
    api,
    auth: ctx.auth,
    admin: makeStaticFiles(config.adminDir),
    media: makeMediaSigner({ secret: config.sessionSecret, publicUrl: () => config.publicUrl ?? '', clock }),
    resolveMedia: deps.resolveMedia,
    mediaFolder: join(config.dataDir, 'media'),
    metrics,
    numbers,
    metricsText: deps.metricsText,
    security: { https, sandbox: deps.simulator !== undefined, inspect: config.inspect },
    clock,
    log,
  });
  const { webhookSecret: secret, maxBodyBytes } = config;
  const backlog = makeBacklog(engine, config.mailboxLimit);
  const webhook = makeWebhook({
    secret,
    decode: deps.decodeWebhook,
    ingest,
    metrics,
    clock,
    log,
    maxBodyBytes,
    isFull: backlog.isFull,
  });
  return {
    ctx,
    ingest,
    webhook,
    backlog,
    site,
    hub: makeLiveHub({ ...deps, numbers, metrics }),
    dropQuarantine: () => webhookStore.dropQuarantine(clock.now()),
    dispose: api.dispose,
  };
};
