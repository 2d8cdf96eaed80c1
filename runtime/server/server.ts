/** The one listening address: webhook, API, live socket, metrics, media and the admin, on uWebSockets.js. */

import uWS, {
  type HttpRequest,
  type HttpResponse,
  type TemplatedApp,
  type us_listen_socket,
} from 'uWebSockets.js';
import { join } from 'node:path';
import type { Redacted } from 'effect';
import type { Pool } from 'pg';
import type { ChannelItem, DecodedWebhook } from '../../adapters/wazzup/webhook.ts';
import type { ApiContext } from '../api/context.ts';
import type { ApiServices, HealthContributor } from '../api/deps.ts';
import { makeRequestKeys } from '../api/request-keys.ts';
import { makeSettingsStore, type SettingsStore } from '../api/settings-store.ts';
import { makeWebHandler } from '../api/web-handler.ts';
import { makeAudit } from '../auth/audit.ts';
import { makeAuth } from '../auth/auth.ts';
import { type LiveHub, makeLiveHub } from '../live/hub.ts';
import { answer, type Head, type Life, readBody, readHead, send, toRequest, watch } from './bridge.ts';
import { makeHealth } from './health.ts';
import { type Ingest, makeIngest } from './ingest.ts';
import { mountLive } from './live-endpoint.ts';
import { makeMediaSigner } from './media.ts';
import { makeMetrics } from './metrics.ts';
import { makeNumbers, ownParts } from './parts.ts';
import { makeSite, type Site } from './site.ts';
import { makeStaticFiles } from './static-files.ts';
import { type Chore, startUpkeep } from './upkeep.ts';
import { makeWebhook, type Webhook } from './webhook.ts';
import { makeWebhookStore } from './webhook-store.ts';

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
  readonly webhookSecret: Redacted.Redacted;
  readonly sessionSecret: Redacted.Redacted;
  readonly apiToken: Redacted.Redacted | null;
  /** `WAZZUP_CHANNEL_ID`; items of other channels are counted and ignored. */
  readonly channelIds: readonly string[];
  readonly version: string;
  /** `ROLES`: without `ingest` there is no webhook, without `live` no socket. */
  readonly roles: { readonly ingest: boolean; readonly live: boolean };
}

export interface ServerDeps extends ApiServices {
  readonly config: ServerConfig;
  readonly pool: Pool;
  readonly decodeWebhook: (body: unknown) => DecodedWebhook;
  /** Parts of the health answer beside Postgres, mailbox and channels. */
  readonly health?: readonly HealthContributor[] | undefined;
  /** Prometheus text of others, appended to ours. */
  readonly metricsText?: (() => string | Promise<string>) | undefined;
  /** Told what the channel says about itself. */
  readonly onChannel?: ((item: ChannelItem) => void) | undefined;
  readonly settings?: SettingsStore | undefined;
}

export interface RunningServer {
  readonly port: number;
  /** `PUBLIC_URL`, or the listening address. */
  readonly url: string;
  /** Refuses new webhooks with 503, finishes what is in flight (at most `graceMs`), ends sockets with 1001, closes. */
  readonly stop: (graceMs: number) => Promise<void>;
}

/** The port is taken, or the address is not ours. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
  readonly retryable = false;
}

const STATUS_SWEEP_MS = 1000;
const SESSION_CHECK_MS = 60_000;
const CLEAN_UP_MS = 10 * 60_000;
/** How often a stopping server looks whether all is answered. */
const DRAIN_POLL_MS = 10;

/** Starts listening. Rejects with {@link CannotListen}. */
export const startServer = async (deps: ServerDeps): Promise<RunningServer> => {
  const { config, log } = deps;
  const parts = assemble(deps);
  const app = uWS.App();
  const flight = { requests: 0 };
  // Known only once the port is; nothing asks before.
  let publicUrl = config.publicUrl ?? '';

  if (config.roles.ingest) mountWebhook(app, deps, parts.webhook, flight);
  if (config.roles.live) {
    mountLive({
      app,
      hub: parts.hub,
      auth: parts.ctx.auth,
      publicOrigin: () => new URL(publicUrl).origin,
      log,
    });
  }
  app.any('/*', (res, req) => void onRequest(deps, parts.site, flight, res, req));

  const socket = await listen(app, config);
  const port = uWS.us_socket_local_port(socket);
  publicUrl =
    config.publicUrl ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  const upkeep = startUpkeep(chores(parts, config.roles.ingest), log);

  return {
    port,
    url: publicUrl,
    stop: async (graceMs) => {
      parts.webhook.refuse();
      for (let waited = 0; flight.requests > 0 && waited < graceMs; waited += DRAIN_POLL_MS) {
        await new Promise((resume) => setTimeout(resume, DRAIN_POLL_MS));
      }
      await upkeep.stop();
      parts.hub.stop();
      uWS.us_listen_socket_close(socket);
      // The close frames leave first.
      await new Promise((resume) => setTimeout(resume, DRAIN_POLL_MS));
      app.close();
      await parts.dispose();
    },
  };
};

interface Parts {
  readonly ctx: ApiContext;
  readonly ingest: Ingest;
  readonly webhook: Webhook;
  readonly hub: LiveHub;
  readonly site: Site;
  readonly dropQuarantine: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

const assemble = (deps: ServerDeps): Parts => {
  const { config, pool, engine, clock, log } = deps;
  const https = config.publicUrl?.startsWith('https:') ?? false;
  const metrics = makeMetrics();
  const numbers = makeNumbers(engine, metrics);
  const webhookStore = makeWebhookStore(pool);
  const channelIds = new Set(config.channelIds);
  const ingest = makeIngest({ engine, store: webhookStore, clock, channelIds, onChannel: deps.onChannel });
  const contributors = [...ownParts(pool, engine, ingest), ...(deps.health ?? [])];
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
    media: makeMediaSigner({ secret: config.sessionSecret, publicUrl: config.publicUrl ?? '', clock }),
    mediaFolder: join(config.dataDir, 'media'),
    metrics,
    numbers,
    metricsText: deps.metricsText,
    security: { https, sandbox: deps.simulator !== undefined },
    clock,
    log,
  });
  const { webhookSecret: secret, maxBodyBytes } = config;
  const webhook = makeWebhook({
    secret,
    decode: deps.decodeWebhook,
    ingest,
    metrics,
    clock,
    log,
    maxBodyBytes,
  });
  return {
    ctx,
    ingest,
    webhook,
    site,
    hub: makeLiveHub({ ...deps, numbers, metrics }),
    dropQuarantine: () => webhookStore.dropQuarantine(clock.now()),
    dispose: api.dispose,
  };
};

const chores = (parts: Parts, ingests: boolean): readonly Chore[] => [
  ...(ingests ? [{ name: 'unmatched statuses', everyMs: STATUS_SWEEP_MS, run: parts.ingest.sweep }] : []),
  {
    name: 'live sessions',
    everyMs: SESSION_CHECK_MS,
    run: async () => {
      const hashes = parts.hub.sessions();
      if (hashes.length === 0) return;
      const valid = await parts.ctx.auth.validSessions(hashes);
      parts.hub.endSessions((hash) => !valid.has(hash));
    },
  },
  {
    name: 'clean-up',
    everyMs: CLEAN_UP_MS,
    run: async () => {
      await parts.ctx.auth.sweep();
      await parts.ctx.requestKeys.sweep();
      await parts.dropQuarantine();
    },
  },
];

/** Without it a second server would share the port and take half of the requests (SO_REUSEPORT). */
const EXCLUSIVE_PORT = 1;

/** The library takes host, port and options together; its types know only pairs of them. */
type Listen = (
  host: string,
  port: number,
  options: number,
  done: (socket: us_listen_socket | false) => void,
) => void;

const listen = (app: TemplatedApp, config: ServerConfig): Promise<us_listen_socket> =>
  new Promise((resolve, reject) => {
    (app.listen as unknown as Listen).call(app, config.host, config.port, EXCLUSIVE_PORT, (socket) => {
      if (socket) resolve(socket);
      else
        reject(
          new CannotListen(`cannot listen on ${config.host}:${config.port}; stop what uses it or set PORT`),
        );
    });
  });

interface Flight {
  requests: number;
}

const WEBHOOK = '/api/v1/webhook/wazzup';

const mountWebhook = (app: TemplatedApp, deps: ServerDeps, webhook: Webhook, flight: Flight): void => {
  const onWebhook = (res: HttpResponse, req: HttpRequest): void => {
    const life = watch(res);
    const head = readHead(res, req);
    if (!head) return answer(res, life, BAD_HEADERS);
    flight.requests += 1;
    void takeWebhook(deps, webhook, res, life, head)
      .catch((error: unknown) => {
        deps.log.error({ error: error instanceof Error ? error.name : typeof error }, 'a webhook failed');
        answer(res, life, COME_BACK);
      })
      .finally(() => {
        flight.requests -= 1;
      });
  };
  app.post(WEBHOOK, onWebhook);
  app.post(`${WEBHOOK}/:secret`, onWebhook);
};

const takeWebhook = async (
  deps: ServerDeps,
  webhook: Webhook,
  res: HttpResponse,
  life: Life,
  head: Head,
): Promise<void> => {
  const origin = {
    authorization: head.headers.get('authorization') ?? '',
    signature: head.headers.get('x-wazzup-signature') ?? '',
    pathSecret: pathSecretOf(head.path),
  };
  const early = webhook.early(origin);
  // Strangers' bodies are not even read.
  if (early) return answer(res, life, early, true);
  const body = await readBody(res, life, head, deps.config.maxBodyBytes);
  if (body.kind === 'aborted') return;
  if (body.kind === 'too_large') return answer(res, life, webhook.tooLarge(), true);
  answer(res, life, await webhook.handle(origin, body.bytes));
};

const pathSecretOf = (path: string): string | null => {
  const segment = path.slice(WEBHOOK.length + 1);
  if (segment === '') return null;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

const reply = (
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
) => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify({ error: { code, message } }),
});
const BAD_HEADERS = reply(400, 'bad_headers', 'A header of the request is not valid HTTP; correct it.');
const BAD_REQUEST = reply(
  400,
  'bad_request',
  'The address or the method of the request is not valid; correct it.',
);
const COME_BACK = reply(503, 'unavailable', 'Something failed on our side; send it again.', {
  'retry-after': '5',
});

const onRequest = async (
  deps: ServerDeps,
  site: Site,
  flight: Flight,
  res: HttpResponse,
  req: HttpRequest,
): Promise<void> => {
  const life = watch(res);
  const head = readHead(res, req);
  if (!head) return answer(res, life, BAD_HEADERS);
  flight.requests += 1;
  try {
    const max = deps.config.maxBodyBytes;
    const body = await readBody(res, life, head, max);
    if (body.kind === 'aborted') return;
    if (body.kind === 'too_large') {
      return answer(
        res,
        life,
        reply(413, 'too_large', `The body is larger than ${max} bytes; send less.`),
        true,
      );
    }
    const request = toRequest(head, body.bytes.byteLength > 0 ? body.bytes : null);
    if (!request) return answer(res, life, BAD_REQUEST);
    await send(res, life, head, await site.handle(request, head.local));
  } catch (error) {
    deps.log.error(
      { error: error instanceof Error ? error.name : typeof error },
      'an answer could not be sent',
    );
    if (!life.aborted) res.close();
  } finally {
    flight.requests -= 1;
  }
};
