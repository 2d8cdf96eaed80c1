/** The one listening address: webhook, API, live socket, metrics, media and the admin, on uWebSockets.js. */
import uWS, {
  type HttpRequest,
  type HttpResponse,
  type TemplatedApp,
  type us_listen_socket,
} from 'uWebSockets.js';
import { mountInspect } from '../inspect/inspect-endpoint.ts';
import { assemble, type Parts } from './assemble.ts';
import { BACKLOG_LOOK_MS } from './backlog.ts';
import { answer, type Flight, readBody, readHead, send, toRequest, watch } from './bridge.ts';
import type { ServerConfig, ServerDeps } from './deps.ts';
import { mountLive } from './live-endpoint.ts';
import { BAD_HEADERS, BAD_REQUEST, tooLarge } from './replies.ts';
import type { Site } from './site.ts';
import { type Chore, startUpkeep } from './upkeep.ts';
import { mountWebhook } from './webhook-endpoint.ts';

export type { ServerConfig, ServerDeps } from './deps.ts';

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
/** Closing while a client's own close frame is on its way resets the connection, and with it what was not read yet. */
const LINGER_MS = 300;

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
  if (config.inspect === true && deps.logId !== undefined) {
    mountInspect({
      app,
      engine: deps.engine,
      auth: parts.ctx.auth,
      publicOrigin: () => new URL(publicUrl).origin,
      nameOf: deps.logId,
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
      const linger = parts.hub.connections() > 0 ? LINGER_MS : 0;
      parts.hub.stop();
      uWS.us_listen_socket_close(socket);
      await new Promise((resume) => setTimeout(resume, linger));
      app.close();
      await parts.dispose();
    },
  };
};

const chores = (parts: Parts, ingests: boolean): readonly Chore[] => [
  ...(ingests
    ? [
        { name: 'unmatched statuses', everyMs: STATUS_SWEEP_MS, run: parts.ingest.sweep },
        { name: 'mailbox backlog', everyMs: BACKLOG_LOOK_MS, run: parts.backlog.look, atOnce: true },
      ]
    : []),
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

const onRequest = async (
  deps: ServerDeps,
  site: Site,
  flight: Flight,
  res: HttpResponse,
  req: HttpRequest,
): Promise<void> => {
  const life = watch(res);
  const head = readHead(res, req);
  if (!head) {
    answer(res, life, BAD_HEADERS);
    return;
  }
  flight.requests += 1;
  try {
    const body = await readBody(res, life, head.headers.get('content-length'), deps.config.maxBodyBytes);
    if (body.kind === 'aborted') return;
    if (body.kind === 'too_large') {
      answer(res, life, tooLarge(deps.config.maxBodyBytes), true);
      return;
    }
    const request = toRequest(head, body.bytes.byteLength > 0 ? body.bytes : null);
    if (request) await send(res, life, head, await site.handle(request, head.local));
    else answer(res, life, BAD_REQUEST);
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
