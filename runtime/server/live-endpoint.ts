/**
 * WebSocket `/api/v1/live`: who may open it, and the socket as the hub sees it (contract 3.3).
 *
 * The upgrade is made inside the request's own callback, never after an await: this release of the library takes an
 * upgrade that comes later for an HTTP answer and may close the new socket at once (uNetworking/uWebSockets#1929). So
 * what needs no database is judged before the upgrade, and the rest while the socket is open and silent.
 */
import type { HttpRequest, HttpResponse, TemplatedApp, us_socket_context_t, WebSocket } from 'uWebSockets.js';
import type { Principal } from '../api/access.ts';
import { type Auth, sessionCookieOf } from '../auth/auth.ts';
import type { Log } from '../engine/types.ts';
import type { LiveClient, LiveHub } from '../live/hub.ts';
import { MAX_BACKLOG_BYTES, MAX_MESSAGE_BYTES } from '../live/protocol.ts';
import { comeBack, errorReply, type Reply } from './replies.ts';

/** A peer that answers no ping for this long is gone, seconds. */
const IDLE_TIMEOUT_S = 60;
/** Sockets whose sign-in is being looked up, and what each may say meanwhile (G10). */
const MAX_PENDING = 200;
const MAX_EARLY_MESSAGES = 20;
/** Close codes of ours: not signed in; the sign-in cannot be looked up now. */
const UNAUTHORIZED = 4401;
const TRY_LATER = 1013;

export interface UpgradeRequest {
  readonly token: string | null;
  readonly authorization: string | null;
  readonly cookie: string | null;
  readonly origin: string | null;
  readonly host: string;
}

/** `open`: upgrade, then look the principal up; null from there means not signed in. */
export type UpgradeVerdict =
  | { readonly kind: 'open'; readonly principal: () => Promise<Principal | null> }
  | { readonly kind: 'refuse'; readonly reply: Reply };

type JudgeAuth = Pick<Auth, 'ticketLooksGood' | 'redeemTicket' | 'authenticate' | 'isApiToken'>;

const refuse = (status: 401 | 403, code: string, message: string): UpgradeVerdict => ({
  kind: 'refuse',
  reply: errorReply(status, code, message),
});

/**
 * A ticket or the bearer token is proof by itself. A cookie comes along with any site's script, so then the origin must
 * be ours: that of `PUBLIC_URL`, or the host that was asked.
 */
export const judgeUpgrade = (
  request: UpgradeRequest,
  auth: JudgeAuth,
  publicOrigin: string,
): UpgradeVerdict => {
  const { token } = request;
  if (token !== null) {
    if (auth.ticketLooksGood(token)) return { kind: 'open', principal: () => auth.redeemTicket(token) };
    return refuse(401, 'unauthorized', 'The live token was used or has expired; ask for a new one.');
  }
  const { authorization, cookie } = request;
  const proven = authorization === null ? sessionCookieOf(cookie) !== null : auth.isApiToken(authorization);
  if (!proven) {
    return refuse(
      401,
      'unauthorized',
      'Sign in first, or connect with ?token= from POST /api/v1/live/token.',
    );
  }
  if (authorization === null && !originAllowed(request.origin, request.host, publicOrigin)) {
    return refuse(
      403,
      'origin',
      'The page that opens this socket must come from the same address as the server.',
    );
  }
  return { kind: 'open', principal: () => auth.authenticate({ authorization, cookie }) };
};

export const originAllowed = (origin: string | null, host: string, publicOrigin: string): boolean => {
  if (origin === null) return false;
  if (origin === publicOrigin) return true;
  return URL.canParse(origin) && host !== '' && new URL(origin).host === host;
};

export interface LiveEndpointDeps {
  readonly app: TemplatedApp;
  readonly hub: LiveHub;
  readonly auth: JudgeAuth;
  readonly publicOrigin: () => string;
  readonly log: Log;
}

interface SocketData {
  readonly principal: () => Promise<Principal | null>;
  client: LiveClient | null;
  /** What was said before the sign-in was known; null once it is. */
  early: string[] | null;
  open: boolean;
}

export const mountLive = (deps: LiveEndpointDeps): void => {
  const pending = { sockets: 0 };
  deps.app.ws<SocketData>('/api/v1/live', {
    maxPayloadLength: MAX_MESSAGE_BYTES,
    idleTimeout: IDLE_TIMEOUT_S,
    sendPingsAutomatically: true,
    // The hub drops a slow client first; this is the second line.
    maxBackpressure: 2 * MAX_BACKLOG_BYTES,
    closeOnBackpressureLimit: true,
    upgrade: (res, req, context) => upgrade(deps, pending.sockets, res, req, context),
    open: (ws) => {
      pending.sockets += 1;
      void admit(deps, ws).finally(() => {
        pending.sockets -= 1;
      });
    },
    message: (ws, message, isBinary) => {
      if (isBinary) ws.end(1003, 'text_only');
      else hear(ws, Buffer.from(message).toString());
    },
    close: (ws) => {
      const data = ws.getUserData();
      data.open = false;
      data.client?.closed();
      data.client = null;
    },
  });
};

const upgrade = (
  deps: LiveEndpointDeps,
  pending: number,
  res: HttpResponse,
  req: HttpRequest,
  context: us_socket_context_t,
): void => {
  const request: UpgradeRequest = {
    token: req.getQuery('token') || null,
    authorization: req.getHeader('authorization') || null,
    cookie: req.getHeader('cookie') || null,
    origin: req.getHeader('origin') || null,
    host: req.getHeader('host'),
  };
  const verdict = judgeUpgrade(request, deps.auth, deps.publicOrigin());
  if (verdict.kind === 'refuse') {
    reply(res, verdict.reply);
    return;
  }
  if (pending >= MAX_PENDING) {
    reply(res, comeBack('Too many live sockets open at once; try again.'));
    return;
  }
  res.upgrade<SocketData>(
    { principal: verdict.principal, client: null, early: [], open: true },
    req.getHeader('sec-websocket-key'),
    req.getHeader('sec-websocket-protocol'),
    req.getHeader('sec-websocket-extensions'),
    context,
  );
};

const reply = (res: HttpResponse, { status, headers, body }: Reply): void => {
  res.writeStatus(String(status));
  for (const [name, value] of Object.entries(headers)) res.writeHeader(name, value);
  res.end(body, true);
};

/** Looks the principal up and lets the hub have the socket, with what was said meanwhile. */
const admit = async (deps: LiveEndpointDeps, ws: WebSocket<SocketData>): Promise<void> => {
  const data = ws.getUserData();
  try {
    const principal = await data.principal();
    if (!data.open) return;
    if (!principal) {
      ws.end(UNAUTHORIZED, 'unauthorized');
      return;
    }
    data.client = deps.hub.connect(socketOf(ws), principal);
    if (!data.client) {
      ws.end(TRY_LATER, 'too_many_connections');
      return;
    }
    const early = data.early ?? [];
    data.early = null;
    for (const text of early) data.client?.received(text);
  } catch (error) {
    deps.log.warn(
      { error: error instanceof Error ? error.name : typeof error },
      'a live socket could not be judged',
    );
    if (data.open) ws.end(TRY_LATER, 'try_again');
  }
};

const hear = (ws: WebSocket<SocketData>, text: string): void => {
  const data = ws.getUserData();
  if (data.early === null) data.client?.received(text);
  else if (data.early.length < MAX_EARLY_MESSAGES) data.early.push(text);
  else ws.end(1008, 'too_many_messages');
};

const socketOf = (ws: WebSocket<SocketData>) => ({
  send: (text: string) => void ws.send(text),
  bufferedBytes: () => ws.getBufferedAmount(),
  close: (code: number, reason: string) => ws.end(code, reason),
});
