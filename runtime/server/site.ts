/**
 * Everything the server answers over plain HTTP but the webhook, as one function of `Request`: API, health, metrics,
 * media links, the admin. Every answer carries the security headers.
 */
import type { WebHandler } from '../api/web-handler.ts';
import type { Auth } from '../auth/auth.ts';
import type { Clock, Log } from '../engine/types.ts';
import { type MediaResolver, type MediaSigner, serveMedia } from './media.ts';
import type { Metrics } from './metrics.ts';
import { REQUEST_ID_HEADER, requestIdFrom } from './request-id.ts';
import { type SecurityOptions, securityHeaders } from './security-headers.ts';
import type { StaticFiles } from './static-files.ts';

export interface SiteDeps {
  readonly api: WebHandler;
  readonly auth: Pick<Auth, 'isApiToken'>;
  readonly admin: StaticFiles;
  readonly media: Pick<MediaSigner, 'verify'>;
  readonly mediaFolder: string;
  readonly resolveMedia?: MediaResolver | undefined;
  readonly metrics: Metrics;
  /** Refreshes the gauges before they are read. */
  readonly numbers: () => Promise<unknown>;
  /** More Prometheus text, of the engine and the vendors. */
  readonly metricsText?: (() => string | Promise<string>) | undefined;
  readonly security: SecurityOptions;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Site {
  /** `local`: from this machine, not through a proxy. Never rejects. */
  readonly handle: (request: Request, local: boolean) => Promise<Response>;
}

const OPENAPI = '/api/v1/openapi.json';

export const makeSite = (deps: SiteDeps): Site => {
  const headers = securityHeaders(deps.security);

  const route = async (request: Request, local: boolean): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (pathname === OPENAPI && reads) return Response.json(deps.api.openApi());
    if (pathname.startsWith('/api/')) return deps.api.handle(asGet(request));
    if (!reads) return notFound(request.method, pathname);
    if (pathname === '/metrics') return metricsPage(request, local);
    if (pathname.startsWith('/media/'))
      return serveMedia(deps.media, deps.mediaFolder, pathname.slice('/media/'.length), deps.resolveMedia);
    if (pathname.startsWith('/admin/')) {
      const path = decodePath(pathname.slice('/admin/'.length));
      return path === null ? notFound(request.method, pathname) : deps.admin.respond(path, request);
    }
    if (pathname === '/' || pathname === '/admin') return redirect('/admin/');
    return notFound(request.method, pathname);
  };

  const metricsPage = async (request: Request, local: boolean): Promise<Response> => {
    if (!local && !deps.auth.isApiToken(request.headers.get('authorization'))) {
      return problem(
        401,
        'unauthorized',
        'Send Authorization: Bearer <ADMIN_API_TOKEN>, or ask from this machine.',
      );
    }
    const more = await freshNumbers();
    return new Response(deps.metrics.render() + more, {
      headers: { 'content-type': 'text/plain; version=0.0.4' },
    });
  };

  /** The process's own numbers are wanted most when the database is away. */
  const freshNumbers = async (): Promise<string> => {
    try {
      await deps.numbers();
      const more = (await deps.metricsText?.()) ?? '';
      deps.metrics.gauge('treejar_database_up', 1);
      return more;
    } catch (error) {
      deps.log.warn(
        { error: error instanceof Error ? error.name : typeof error },
        'numbers could not be read',
      );
      deps.metrics.gauge('treejar_database_up', 0);
      return '';
    }
  };

  return {
    handle: async (request, local) => {
      const started = deps.clock.now();
      const requestId = requestIdFrom(request.headers.get(REQUEST_ID_HEADER) ?? '');
      // Who answers it logs it too.
      request.headers.set(REQUEST_ID_HEADER, requestId);
      const response = await route(request, local).catch((error: unknown) => {
        deps.log.error(
          { requestId, error: error instanceof Error ? error.name : typeof error },
          'a request failed',
        );
        return problem(500, 'internal', 'Something is wrong on our side; the log of the server names it.');
      });
      const group = groupOf(new URL(request.url).pathname);
      const status = `${Math.floor(response.status / 100)}xx`;
      deps.metrics.count('treejar_http_requests_total', { group, method: methodOf(request.method), status });
      deps.metrics.observe('treejar_http_request_seconds', (deps.clock.now() - started) / 1000, { group });
      response.headers.set(REQUEST_ID_HEADER, requestId);
      if (response.status >= 500)
        deps.log.warn({ requestId, group, status: response.status }, 'answered with a fault');
      for (const [name, value] of headers) if (!response.headers.has(name)) response.headers.set(name, value);
      if (group === 'api' && !response.headers.has('cache-control'))
        response.headers.set('cache-control', 'no-store');
      return response;
    },
  };
};

const problem = (status: number, code: string, message: string): Response =>
  Response.json({ error: { code, message } }, { status });

const notFound = (method: string, path: string): Response =>
  problem(404, 'not_found', `There is no ${method} ${path}; the API is described at ${OPENAPI}.`);

const redirect = (location: string): Response => new Response(null, { status: 308, headers: { location } });

/** The API knows GET; the server leaves the body of a HEAD away. */
const asGet = (request: Request): Request =>
  request.method === 'HEAD' ? new Request(request.url, { headers: request.headers }) : request;

const decodePath = (path: string): string | null => {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
};

/** Closed sets, so that no client can grow the number of series. */
const GROUPS: readonly (readonly [string, string])[] = [
  ['/api/', 'api'],
  ['/admin', 'admin'],
  ['/media/', 'media'],
  ['/metrics', 'metrics'],
];
const groupOf = (path: string): string => GROUPS.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'other';

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const methodOf = (method: string): string => (METHODS.has(method) ? method : 'other');
