/**
 * WebSocket `/api/v1/inspect`: the frames of Stately's inspector for one conversation (`?conversation=`) or for those
 * that begin while it is open, redacted (contract 3.4). One way: what a viewer says is not read.
 */
import type { HttpRequest, HttpResponse, TemplatedApp, us_socket_context_t, WebSocket } from 'uWebSockets.js';
import type { Principal } from '../api/access.ts';
import type { EngineApi, Log } from '../engine/types.ts';
import { judgeUpgrade, type LiveEndpointDeps } from '../server/live-endpoint.ts';
import { comeBack, type Reply } from '../server/replies.ts';
import { shippedMachine } from '../statechart/shipped-machines.ts';
import { type Follower, makeFollower } from './follower.ts';
import { machineConfig } from './machine-config.ts';

/** Viewers at once, and what one may leave unread (G10). */
const MAX_VIEWERS = 10;
const MAX_BACKLOG_BYTES = 4 * 1024 * 1024;
const IDLE_TIMEOUT_S = 60;
/** Close codes of ours: not signed in; no such conversation. */
const UNAUTHORIZED = 4401;
const UNKNOWN = 4404;
const TRY_LATER = 1013;
const KIND = 'conversation';

export interface InspectDeps {
  readonly app: TemplatedApp;
  readonly engine: EngineApi;
  readonly auth: LiveEndpointDeps['auth'];
  readonly publicOrigin: () => string;
  /** A name for a conversation's id, which holds a telephone number. */
  readonly nameOf: (actorId: string) => string;
  readonly log: Log;
}

interface SocketData {
  readonly principal: () => Promise<Principal | null>;
  readonly conversation: string | null;
  follower: Follower | null;
  open: boolean;
}

export const mountInspect = (deps: InspectDeps): void => {
  const machine = shippedMachine(KIND)?.machine;
  if (machine === undefined) throw new Error('no machine of conversations is shipped');
  const definition = JSON.stringify(machineConfig(machine));
  let viewers = 0;
  deps.app.ws<SocketData>('/api/v1/inspect', {
    idleTimeout: IDLE_TIMEOUT_S,
    sendPingsAutomatically: true,
    maxPayloadLength: 1024,
    maxBackpressure: 2 * MAX_BACKLOG_BYTES,
    closeOnBackpressureLimit: true,
    upgrade: (res, req, context) => upgrade(deps, viewers, res, req, context),
    open: (ws) => {
      viewers += 1;
      void begin(deps, definition, ws);
    },
    close: (ws) => {
      viewers -= 1;
      const data = ws.getUserData();
      data.open = false;
      data.follower?.stop();
    },
  });
};

const upgrade = (
  deps: InspectDeps,
  viewers: number,
  res: HttpResponse,
  req: HttpRequest,
  context: us_socket_context_t,
): void => {
  const conversation = new URLSearchParams(req.getQuery()).get('conversation');
  const verdict = judgeUpgrade(
    {
      token: req.getQuery('token') || null,
      authorization: req.getHeader('authorization') || null,
      cookie: req.getHeader('cookie') || null,
      origin: req.getHeader('origin') || null,
      host: req.getHeader('host'),
    },
    deps.auth,
    deps.publicOrigin(),
  );
  if (verdict.kind === 'refuse') {
    answer(res, verdict.reply);
    return;
  }
  if (viewers >= MAX_VIEWERS) {
    answer(res, comeBack('Too many inspectors are open; close one.'));
    return;
  }
  res.upgrade<SocketData>(
    { principal: verdict.principal, conversation, follower: null, open: true },
    req.getHeader('sec-websocket-key'),
    req.getHeader('sec-websocket-protocol'),
    req.getHeader('sec-websocket-extensions'),
    context,
  );
};

const answer = (res: HttpResponse, { status, headers, body }: Reply): void => {
  res.writeStatus(String(status));
  for (const [name, value] of Object.entries(headers)) res.writeHeader(name, value);
  res.end(body, true);
};

const begin = async (deps: InspectDeps, definition: string, ws: WebSocket<SocketData>): Promise<void> => {
  const data = ws.getUserData();
  const onTrouble = (error: unknown): void => {
    deps.log.warn({ error: error instanceof Error ? error.name : typeof error }, 'an inspector was closed');
    if (data.open) ws.end(TRY_LATER, 'try_again');
  };
  const send = (frame: object): void => {
    if (!data.open) return;
    if (ws.getBufferedAmount() > MAX_BACKLOG_BYTES) ws.end(TRY_LATER, 'too_slow');
    else ws.send(JSON.stringify(frame));
  };
  try {
    if ((await data.principal()) === null) {
      if (data.open) ws.end(UNAUTHORIZED, 'unauthorized');
      return;
    }
    if (!data.open) return;
    const { engine, nameOf } = deps;
    const follower = makeFollower({ engine, kind: KIND, definition, nameOf, send, onTrouble });
    data.follower = follower;
    if (data.conversation === null) follower.followNew();
    else if (!(await follower.follow(data.conversation)) && data.open)
      ws.end(UNKNOWN, 'no_such_conversation');
  } catch (error) {
    onTrouble(error);
  }
};
