/** WebSocket `/api/v1/live`: who may open it, and the socket as the hub sees it (contract 3.3). */
import type { HttpRequest, HttpResponse, TemplatedApp, us_socket_context_t, WebSocket } from 'uWebSockets.js';
import type { Principal } from '../api/access.ts';
import type { Auth } from '../auth/auth.ts';
import type { Log } from '../engine/types.ts';
import type { LiveClient, LiveHub } from '../live/hub.ts';
import { MAX_BACKLOG_BYTES, MAX_MESSAGE_BYTES } from '../live/protocol.ts';
import { answer, watch } from './bridge.ts';
import { comeBack, errorReply } from './replies.ts';

/** A peer that answers no ping for this long is gone, seconds. */
const IDLE_TIMEOUT_S = 60;

export interface UpgradeRequest {
  readonly token: string | null;
  readonly authorization: string | null;
  readonly cookie: string | null;
  readonly origin: string | null;
  readonly host: string;
}

export type UpgradeVerdict =
  | { readonly ok: true; readonly principal: Principal }
  | { readonly ok: false; readonly status: 401 | 403; readonly code: string; readonly message: string };

const deny = (status: 401 | 403, code: string, message: string): UpgradeVerdict => ({
  ok: false,
  status,
  code,
  message,
});

/**
 * A ticket or the bearer token is proof by itself. A cookie comes along with any site's script, so then the origin must
 * be ours: that of `PUBLIC_URL`, or the host that was asked.
 */
export const judgeUpgrade = async (
  request: UpgradeRequest,
  auth: Pick<Auth, 'redeemTicket' | 'authenticate'>,
  publicOrigin: string,
): Promise<UpgradeVerdict> => {
  if (request.token !== null) {
    const principal = await auth.redeemTicket(request.token);
    if (principal) return { ok: true, principal };
    return deny(401, 'unauthorized', 'The live token was used or has expired; ask for a new one.');
  }
  const principal = await auth.authenticate(request);
  if (!principal)
    return deny(401, 'unauthorized', 'Sign in first, or connect with ?token= from POST /api/v1/live/token.');
  if (principal.kind === 'session' && !originAllowed(request.origin, request.host, publicOrigin)) {
    return deny(
      403,
      'origin',
      'The page that opens this socket must come from the same address as the server.',
    );
  }
  return { ok: true, principal };
};

export const originAllowed = (origin: string | null, host: string, publicOrigin: string): boolean => {
  if (origin === null) return false;
  if (origin === publicOrigin) return true;
  return URL.canParse(origin) && host !== '' && new URL(origin).host === host;
};

export interface LiveEndpointDeps {
  readonly app: TemplatedApp;
  readonly hub: LiveHub;
  readonly auth: Auth;
  readonly publicOrigin: () => string;
  readonly log: Log;
}

interface SocketData {
  readonly principal: Principal;
  client: LiveClient | null;
}

export const mountLive = (deps: LiveEndpointDeps): void => {
  deps.app.ws<SocketData>('/api/v1/live', {
    maxPayloadLength: MAX_MESSAGE_BYTES,
    idleTimeout: IDLE_TIMEOUT_S,
    sendPingsAutomatically: true,
    // The hub drops a slow client first; this is the second line.
    maxBackpressure: 2 * MAX_BACKLOG_BYTES,
    closeOnBackpressureLimit: true,
    upgrade: (res, req, context) => void upgrade(deps, res, req, context),
    open: (ws) => {
      const data = ws.getUserData();
      data.client = deps.hub.connect(socketOf(ws), data.principal);
      if (!data.client) ws.end(1013, 'too_many_connections');
    },
    message: (ws, message, isBinary) => {
      if (isBinary) ws.end(1003, 'text_only');
      else ws.getUserData().client?.received(Buffer.from(message).toString());
    },
    close: (ws) => {
      const data = ws.getUserData();
      data.client?.closed();
      data.client = null;
    },
  });
};

const socketOf = (ws: WebSocket<SocketData>) => ({
  send: (text: string) => void ws.send(text),
  bufferedBytes: () => ws.getBufferedAmount(),
  close: (code: number, reason: string) => ws.end(code, reason),
});

const upgrade = async (
  deps: LiveEndpointDeps,
  res: HttpResponse,
  req: HttpRequest,
  context: us_socket_context_t,
): Promise<void> => {
  const life = watch(res);
  const request: UpgradeRequest = {
    token: req.getQuery('token') || null,
    authorization: req.getHeader('authorization') || null,
    cookie: req.getHeader('cookie') || null,
    origin: req.getHeader('origin') || null,
    host: req.getHeader('host'),
  };
  const key = req.getHeader('sec-websocket-key');
  const protocol = req.getHeader('sec-websocket-protocol');
  const extensions = req.getHeader('sec-websocket-extensions');
  try {
    const verdict = await judgeUpgrade(request, deps.auth, deps.publicOrigin());
    if (life.aborted) return;
    if (!verdict.ok) return answer(res, life, errorReply(verdict.status, verdict.code, verdict.message));
    const data: SocketData = { principal: verdict.principal, client: null };
    res.cork(() => res.upgrade(data, key, protocol, extensions, context));
  } catch (error) {
    deps.log.warn(
      { error: error instanceof Error ? error.name : typeof error },
      'a live socket could not be judged',
    );
    answer(res, life, comeBack('Signing in is not possible now; try again in a few seconds.'));
  }
};
