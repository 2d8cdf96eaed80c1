/**
 * The frame of every sandbox double: a real HTTP server on loopback that speaks a vendor's wire, keeps a log of what
 * it was asked, and can be told to fail. Doubles are production code: `npm start` runs them for vendors without a key.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface DoubleRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly json: () => unknown;
  readonly form: () => URLSearchParams;
  /** Groups captured by the route's pattern. */
  readonly params: Readonly<Record<string, string>>;
}

export interface DoubleResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON; a string or bytes as they are; a stream piece by piece, and cut off when it throws. */
  readonly body?: unknown;
}

export type DoubleHandler = (request: DoubleRequest) => DoubleResponse | Promise<DoubleResponse>;

/** A switchable fault. It applies to the next `times` requests whose path matches (all of them when unset). */
export interface Fault {
  readonly path?: RegExp;
  readonly method?: string;
  /** Of query and body, one below the other: a fault for one customer among many. */
  readonly about?: RegExp;
  times?: number;
  /** Wait before the handler runs, ms. */
  readonly delayMs?: number;
  /** Answer this in place of the handler's answer (the handler does not run). */
  readonly respond?: DoubleResponse;
  /** Run the handler, then break the connection: the vendor did it, the caller does not know. */
  readonly dropAfter?: boolean;
  /** Break the connection before the handler runs. */
  readonly dropBefore?: boolean;
  /** Send the body this many ms a byte. */
  readonly slowBodyMs?: number;
}

export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly status: number;
}

/** The newest requests kept, so that a long-lived sandbox stays bounded (G10). */
const LOG_LIMIT = 2000;

export interface DoubleServer {
  readonly url: string;
  readonly log: readonly LoggedRequest[];
  readonly addFault: (fault: Fault) => void;
  readonly clearFaults: () => void;
  /** How long each answer takes from now on, ms, faults aside; null: no longer than the work. */
  readonly setLatency: (latency: (() => number) | null) => void;
  /** Faults that have not happened yet, or go on. */
  readonly faultsLeft: () => readonly Fault[];
  readonly close: () => Promise<void>;
}

export interface DoubleOptions {
  /** 0 takes a free port. */
  readonly port?: number;
  /** Part of the base URL, for example `/v3`; the routes are below it. */
  readonly prefix?: string;
  /** Keys are `METHOD /path/:param`, tried in order. */
  readonly routes: Readonly<Record<string, DoubleHandler>>;
  readonly notFound?: DoubleHandler;
}

/** Starts a double. Its `url` includes the prefix and has no trailing slash. */
export const startDoubleServer = async (options: DoubleOptions): Promise<DoubleServer> => {
  const routes = Object.entries(options.routes).map(([key, handler]) =>
    compile(options.prefix ?? '', key, handler),
  );
  const log: LoggedRequest[] = [];
  const faults: Fault[] = [];
  let latency: (() => number) | null = null;

  const takeFault = (method: string, path: string, said: string): Fault | undefined => {
    const fault = faults.find(
      (f) =>
        (!f.path || f.path.test(path)) &&
        (!f.method || f.method === method) &&
        (!f.about || f.about.test(said)),
    );
    if (fault?.times !== undefined && --fault.times <= 0) faults.splice(faults.indexOf(fault), 1);
    return fault;
  };

  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const [rawPath = '/', query = ''] = (req.url ?? '/').split('?', 2);
    const method = req.method ?? 'GET';
    const fault = takeFault(method, rawPath, `${query}\n${body.toString('utf8')}`);
    if (latency) await new Promise((resolve) => setTimeout(resolve, latency?.()));
    if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    if (fault?.dropBefore) return void req.socket.destroy();
    let match: { handler: DoubleHandler; params: Record<string, string> } | undefined;
    for (const route of routes) {
      const params = route.match(method, rawPath);
      if (params) {
        match = { handler: route.handler, params };
        break;
      }
    }
    const request: DoubleRequest = {
      method,
      path: rawPath,
      query: new URLSearchParams(query),
      headers: req.headers,
      body,
      json: () => JSON.parse(body.toString('utf8')),
      form: () => new URLSearchParams(body.toString('utf8')),
      params: match?.params ?? {},
    };
    const handler =
      match?.handler ?? options.notFound ?? (() => ({ status: 404, body: { message: 'no such route' } }));
    const response = fault?.respond ?? (await handler(request));
    log.push({ method, path: rawPath, query, body: body.toString('utf8'), status: response.status });
    if (log.length > LOG_LIMIT) log.splice(0, log.length - LOG_LIMIT);
    if (fault?.dropAfter) return void req.socket.destroy();
    await send(res, response, fault?.slowBodyMs);
  };

  const server = createServer((req, res) => {
    answer(req, res).catch((error: unknown) => {
      if (!res.headersSent) res.writeHead(500, { 'content-type': 'application/json' });
      res.end(JSON.stringify({ message: `the double failed: ${String(error)}` }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${options.prefix ?? ''}`,
    log,
    addFault: (fault) => void faults.push({ ...fault }),
    clearFaults: () => void faults.splice(0),
    setLatency: (next) => {
      latency = next;
    },
    faultsLeft: () => [...faults],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const compile = (prefix: string, key: string, handler: DoubleHandler) => {
  const [method, path = '/'] = key.split(' ', 2);
  const names: string[] = [];
  const pattern = `${prefix}${path}`
    .replace(/[.+*?^${}()|[\]\\]/g, '\\$&')
    .replace(/:(\w+)/g, (_, name: string) => {
      names.push(name);
      return '([^/]+)';
    });
  const regex = new RegExp(`^${pattern}/?$`);
  return {
    handler,
    match: (m: string, p: string): Record<string, string> | undefined => {
      const found = m === method ? regex.exec(p) : null;
      if (!found) return undefined;
      return Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(found[i + 1] ?? '')]));
    },
  };
};

const send = async (res: ServerResponse, response: DoubleResponse, slowBodyMs?: number): Promise<void> => {
  const raw = response.body;
  if (isStream(raw)) return sendPieces(res, response, raw);
  const isText = typeof raw === 'string';
  const bytes =
    raw === undefined
      ? Buffer.alloc(0)
      : raw instanceof Uint8Array
        ? Buffer.from(raw)
        : Buffer.from(isText ? raw : JSON.stringify(raw));
  const type =
    raw !== undefined && !isText && !(raw instanceof Uint8Array) ? 'application/json' : 'text/plain';
  res.writeHead(response.status, { 'content-type': type, ...response.headers });
  if (!slowBodyMs) return void res.end(bytes);
  for (const byte of bytes) {
    if (res.destroyed) return;
    res.write(Buffer.from([byte]));
    await new Promise((resolve) => setTimeout(resolve, slowBodyMs));
  }
  res.end();
};

const isStream = (body: unknown): body is AsyncIterable<string> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

/** Stops when the caller has gone, so that an endless stream ends with its reader. */
const sendPieces = async (
  res: ServerResponse,
  response: DoubleResponse,
  pieces: AsyncIterable<string>,
): Promise<void> => {
  res.writeHead(response.status, { 'content-type': 'text/plain', ...response.headers });
  try {
    for await (const piece of pieces) {
      if (res.destroyed) return;
      res.write(piece);
    }
    res.end();
  } catch {
    res.destroy();
  }
};
