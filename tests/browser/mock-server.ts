/**
 * A server that speaks the admin's side of the contract over a small invented shop: the built admin, the REST API and
 * the live socket on one port. Tests change the shop through the handle and watch the browser follow.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeConversations } from './mock/fixtures.ts';
import { machineLayout } from './mock/layout.ts';
import { type MockLive, makeLive } from './mock/live.ts';
import { type Asked, makeRoutes } from './mock/routes.ts';
import { type MockPhones, makePhones } from './mock/sandbox.ts';
import { acceptWebSocket } from './mock/websocket.ts';
import { applyStep, type MockConversation, type Step } from './mock/world.ts';

const ADMIN = fileURLToPath(new URL('../../dist/admin/', import.meta.url));
const MAX_BODY_BYTES = 1024 * 1024;

/** As strict as the real server's, so that a page which needs more fails here first. */
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface MockServer {
  readonly url: string;
  readonly live: MockLive;
  readonly phones: MockPhones;
  readonly conversation: (id: string) => MockConversation;
  readonly conversations: ReadonlyMap<string, MockConversation>;
  /** Adds a conversation and tells the list. */
  readonly add: (conversation: MockConversation) => void;
  /** Applies a step and tells subscribers. */
  readonly step: (id: string, step: Step) => void;
  readonly endSessions: () => void;
  /** While true, every REST request fails as if the database were away. */
  broken: boolean;
  /** Keeps answers to paths that match back until the function it returns is called. */
  readonly hold: (path: RegExp) => () => void;
  readonly close: () => Promise<void>;
}

const readBody = async (request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw new Error('the body is larger than the mock takes');
    chunks.push(bytes);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : JSON.parse(text);
};

const serveAdmin = async (path: string, response: ServerResponse): Promise<void> => {
  const inside = normalize(path.replace(/^\/admin\/?/, ''));
  const wanted = extname(inside) === '' ? 'index.html' : inside;
  try {
    const body = await readFile(join(ADMIN, wanted));
    response.writeHead(200, {
      'Content-Type': TYPES[extname(wanted)] ?? 'application/octet-stream',
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
};

const askedOf = async (request: IncomingMessage, url: URL): Promise<Asked> => ({
  method: request.method ?? 'GET',
  path: url.pathname.replace(/^\/api\/v1/, ''),
  query: url.searchParams,
  body: await readBody(request),
  cookie: request.headers.cookie ?? '',
  csrf: String(request.headers['x-csrf-token'] ?? ''),
  key: String(request.headers['idempotency-key'] ?? ''),
});

/** Starts the mock on a free port (or the one given). */
export const startMockServer = async (port = 0): Promise<MockServer> => {
  const conversations = makeConversations(Date.now());
  const phones = makePhones();
  const routes = makeRoutes({
    conversations,
    phones,
    publish: (conversation, applied) => live.publish(conversation, applied),
  });
  const live: MockLive = makeLive(conversations, phones, routes.newestFirst);

  let held: { readonly path: RegExp; readonly until: Promise<void> } | null = null;
  const api = async (request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> => {
    const asked = await askedOf(request, url);
    if (held?.path.test(asked.path) === true) await held.until;
    // Laid out only when somebody looks: it takes a second.
    const laidOut = asked.path === '/machines/conversation/layout';
    const { status, body, cookie } = mock.broken
      ? {
          status: 503,
          body: { error: { code: 'unavailable', message: 'The database is away. Try again soon.' } },
          cookie: undefined,
        }
      : laidOut
        ? { status: 200, body: await machineLayout(), cookie: undefined }
        : routes.answer(asked);
    if (cookie !== undefined) response.setHeader('Set-Cookie', `${cookie}; HttpOnly; SameSite=Lax; Path=/`);
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(status === 204 ? undefined : JSON.stringify(body));
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://mock.test');
    if (url.pathname.startsWith('/api/')) {
      api(request, url, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    } else if (url.pathname === '/') response.writeHead(302, { Location: '/admin/' }).end();
    else void serveAdmin(url.pathname, response);
  });
  server.on('upgrade', (request, stream) => live.add(acceptWebSocket(request, stream)));
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });

  const conversation = (id: string): MockConversation => {
    const found = conversations.get(id);
    if (found === undefined) throw new Error(`the mock has no conversation ${id}`);
    return found;
  };

  const mock: MockServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    live,
    phones,
    conversation,
    conversations,
    add: (added) => {
      conversations.set(added.detail.id, added);
      const row = added.rows.at(-1);
      if (row !== undefined) live.publish(added, { row, messages: [] });
    },
    step: (id, step) => live.publish(conversation(id), applyStep(conversation(id), step)),
    endSessions: routes.endSessions,
    broken: false,
    hold: (path) => {
      let release = (): void => undefined;
      const until = new Promise<void>((resolve) => {
        release = resolve;
      });
      held = { path, until };
      return release;
    },
    close: async () => {
      live.dropAll();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
  return mock;
};
