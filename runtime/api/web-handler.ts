/**
 * The REST API as a function of web `Request` to `Response`: no web server needed, so every route is tested with plain
 * Request objects. Errors have one shape whatever went wrong (contract 3).
 */
import { Cause, Context, Effect, Layer, type Types } from 'effect';
import { HttpRouter, HttpServer, HttpServerRequest, HttpServerResponse } from 'effect/http';
import { HttpApiBuilder, HttpApiError, OpenApi } from 'effect/http-api';
import { secretEquals } from '../auth/secrets.ts';
import { parseJson } from '../server/json.ts';
import { REQUEST_ID_HEADER } from '../server/request-id.ts';
import {
  Authorization,
  CurrentPrincipal,
  type Principal,
  RequiredRole,
  roleAllows,
  WellFormed,
} from './access.ts';
import { apiWith, BASE_PATH, type GroupName, type TreejarApi } from './api.ts';
import { type ApiContext, attempt } from './context.ts';
import {
  BadRequest,
  Forbidden,
  issuesOf,
  Unauthorized,
  type Unprocessable,
  UnsupportedMedia,
  unprocessable,
} from './errors.ts';
import { adminHandlers, machineHandlers } from './handlers/admin.ts';
import { candidateHandlers } from './handlers/candidates.ts';
import { channelHandlers } from './handlers/channels.ts';
import { chartHandlers } from './handlers/charts.ts';
import { conversationHandlers } from './handlers/conversations.ts';
import { diagnosticsHandlers } from './handlers/diagnostics.ts';
import { erasureHandlers } from './handlers/erasure.ts';
import { healthHandlers } from './handlers/health.ts';
import { promptHandlers, queueHandlers, userHandlers } from './handlers/house.ts';
import { metricsHandlers } from './handlers/metrics.ts';
import { outreachHandlers } from './handlers/outreach.ts';
import { qualityHandlers } from './handlers/quality.ts';
import { reportsHandlers } from './handlers/reports.ts';
import { sandboxHandlers } from './handlers/sandbox.ts';
import { liveHandlers, sessionHandlers } from './handlers/session.ts';
import { knowledgeHandlers, productHandlers } from './handlers/shop.ts';
import { spendHandlers } from './handlers/spend.ts';
import { crmHandlers, inventoryHandlers } from './handlers/vendors.ts';
import { unstorable, unstorableUrl } from './storable.ts';

export interface WebHandler {
  /** Answers everything under {@link BASE_PATH} but the webhook and the socket. Never rejects. */
  readonly handle: (request: Request) => Promise<Response>;
  readonly openApi: () => unknown;
  readonly dispose: () => Promise<void>;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Why `principal` may not do this, or null. */
const forbidden = (principal: Principal, method: string, csrf: string | undefined): Forbidden | null => {
  if (SAFE_METHODS.has(method) || principal.csrfToken === null) return null;
  if (csrf !== undefined && secretEquals(csrf, principal.csrfToken)) return null;
  const message = 'Send the csrfToken of GET /api/v1/session in the header X-CSRF-Token.';
  return new Forbidden({ error: { code: 'csrf', message } });
};

const authorizationLayer = (ctx: ApiContext) =>
  Layer.succeed(Authorization, (httpEffect, { endpoint }) =>
    Effect.gen(function* () {
      const request = yield* HttpServerRequest.HttpServerRequest;
      const { authorization = null, cookie = null, 'x-csrf-token': csrf } = request.headers;
      const principal = yield* attempt(() => ctx.auth.authenticate({ authorization, cookie }));
      if (!principal) {
        const message = 'Sign in first, or send Authorization: Bearer <ADMIN_API_TOKEN>.';
        return yield* new Unauthorized({ error: { code: 'unauthorized', message } });
      }
      const denied = forbidden(principal, request.method, csrf);
      if (denied) return yield* denied;
      const least = Context.get(endpoint.annotations, RequiredRole);
      if (!roleAllows(principal.role, least)) {
        const message = `This needs the role ${least}; ask an administrator.`;
        return yield* new Forbidden({ error: { code: 'role', message } });
      }
      return yield* Effect.provideService(httpEffect, CurrentPrincipal, principal);
    }),
  );

type BodyFault = BadRequest | UnsupportedMedia | Unprocessable;

/** JSON by content type and by syntax, and decode failures as issues with paths. */
const wellFormedLayer = (ctx: ApiContext) =>
  Layer.succeed(WellFormed, (httpEffect, { endpoint }) =>
    Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
      const place = { requestId: request.headers[REQUEST_ID_HEADER] ?? '', endpoint: endpoint.identifier };
      return Effect.gen(function* () {
        const takesBody = !SAFE_METHODS.has(request.method) && endpoint.payload.size > 0;
        const issue = unstorableUrl(request.url);
        if (issue) return yield* unprocessable([issue]);
        if (takesBody) yield* checkBody(request);
        return yield* httpEffect;
      }).pipe(
        Effect.catch(
          (error): Effect.Effect<HttpServerResponse.HttpServerResponse, BodyFault | Types.unhandled> =>
            HttpApiError.HttpApiSchemaError.is(error) ? schemaFault(ctx, place, error) : Effect.fail(error),
        ),
        Effect.tapCause((cause) => Effect.sync(() => logDefect(ctx, place, cause))),
        // Whatever the handler and its programs log names the request.
        Effect.annotateLogs({ requestId: place.requestId }),
      );
    }),
  );

/** Where something happened, for the log. */
interface Place {
  readonly requestId: string;
  readonly endpoint: string;
}

/** A handler that died answers 500; its error's name is what helps to find out why. */
const logDefect = (ctx: ApiContext, place: Place, cause: Cause.Cause<unknown>): void => {
  if (!Cause.hasDies(cause)) return;
  ctx.log.error({ ...place, error: nameOf(Cause.squash(cause)) }, 'a handler failed');
};

/** What was sent does not fit: a 422 with paths. What we answer does not fit: our fault, logged by its paths only. */
const schemaFault = Effect.fnUntraced(function* (
  ctx: ApiContext,
  place: Place,
  error: HttpApiError.HttpApiSchemaError,
) {
  const issues = issuesOf(error);
  if (error.kind !== 'Body' && error.kind !== 'ResponseHeaders') return yield* unprocessable(issues);
  ctx.log.error({ ...place, paths: issues.map((issue) => issue.path) }, 'an answer does not fit its schema');
  return internalError();
});

const checkBody = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const bytes = new Uint8Array(yield* Effect.orDie(request.arrayBuffer));
  if (bytes.byteLength === 0) return;
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    const message = 'Send the body as JSON with Content-Type: application/json.';
    return yield* new UnsupportedMedia({ error: { code: 'unsupported_media_type', message } });
  }
  const json = parseJson(bytes);
  if (!json.ok) return yield* new BadRequest({ error: { code: json.code, message: json.message } });
  const issue = unstorable(json.value);
  if (issue) return yield* unprocessable([issue]);
});

const INTERNAL = {
  code: 'internal',
  message: 'Something is wrong on our side; the log of the server names it.',
};

const internalError = () => HttpServerResponse.jsonUnsafe({ error: INTERNAL }, { status: 500 });

/** Groups whose service this deployment does not have. */
const absentGroups = (ctx: ApiContext): ReadonlySet<GroupName> => {
  const absent = new Set<GroupName>();
  if (!ctx.catalog) absent.add('products');
  if (!ctx.knowledge) absent.add('knowledge');
  if (!ctx.candidates) absent.add('candidates');
  if (!ctx.crm) absent.add('crm');
  if (!ctx.inventory) absent.add('inventory');
  if (!ctx.erasure) absent.add('erasure');
  if (!ctx.spend) absent.add('spend');
  if (!ctx.metrics) absent.add('metrics');
  if (!ctx.reports || !ctx.metrics) absent.add('reports');
  if (!ctx.channels) absent.add('channels');
  if (!ctx.outreach) absent.add('outreach');
  if (!ctx.diagnostics) absent.add('diagnostics');
  if (!ctx.charts) absent.add('charts');
  if (!ctx.quality) absent.add('quality');
  if (!ctx.prompts) absent.add('prompts');
  if (!ctx.users) absent.add('users');
  if (!ctx.queues) absent.add('queues');
  if (!ctx.simulator) absent.add('sandbox');
  return absent;
};

const handlersOf = (api: TreejarApi, ctx: ApiContext) =>
  Layer.mergeAll(
    healthHandlers(api, ctx),
    sessionHandlers(api, ctx),
    liveHandlers(api, ctx),
    conversationHandlers(api, ctx),
    adminHandlers(api, ctx),
    machineHandlers(api, ctx),
    ctx.catalog ? productHandlers(api, ctx, ctx.catalog) : Layer.empty,
    ctx.knowledge ? knowledgeHandlers(api, ctx, ctx.knowledge) : Layer.empty,
    ctx.candidates ? candidateHandlers(api, ctx, ctx.candidates) : Layer.empty,
    ctx.crm ? crmHandlers(api, ctx, ctx.crm) : Layer.empty,
    ctx.inventory ? inventoryHandlers(api, ctx, ctx.inventory) : Layer.empty,
    ctx.erasure ? erasureHandlers(api, ctx, ctx.erasure) : Layer.empty,
    ctx.spend ? spendHandlers(api, ctx.spend) : Layer.empty,
    ctx.metrics ? metricsHandlers(api, ctx, ctx.metrics) : Layer.empty,
    ctx.reports && ctx.metrics ? reportsHandlers(api, ctx, ctx.reports, ctx.metrics) : Layer.empty,
    ctx.channels ? channelHandlers(api, ctx.channels) : Layer.empty,
    ctx.outreach ? outreachHandlers(api, ctx.outreach) : Layer.empty,
    ctx.charts ? chartHandlers(api, ctx.charts) : Layer.empty,
    ctx.diagnostics ? diagnosticsHandlers(api, ctx, ctx.diagnostics) : Layer.empty,
    ctx.quality ? qualityHandlers(api, ctx, ctx.quality) : Layer.empty,
    ctx.prompts ? promptHandlers(api, ctx, ctx.prompts) : Layer.empty,
    ctx.users ? userHandlers(api, ctx, ctx.users) : Layer.empty,
    ctx.queues ? queueHandlers(api, ctx, ctx.queues) : Layer.empty,
    ctx.simulator ? sandboxHandlers(api, ctx.simulator) : Layer.empty,
  );

/** Builds the handler over the given services. */
export const makeWebHandler = (ctx: ApiContext): WebHandler => {
  const api = apiWith(absentGroups(ctx));
  const middleware = Layer.mergeAll(authorizationLayer(ctx), wellFormedLayer(ctx));
  const routes = HttpApiBuilder.layer(api).pipe(
    Layer.provide(handlersOf(api, ctx)),
    Layer.provide(middleware),
    Layer.provide(HttpServer.layerServices),
  );
  const web = HttpRouter.toWebHandler(routes, { disableLogger: true });
  const document = OpenApi.fromApi(api);
  return {
    handle: async (request) => {
      try {
        return shaped(ctx, request, await web.handler(request, Context.empty()));
      } catch (error) {
        ctx.log.error({ requestId: idOf(request), error: nameOf(error) }, 'a request could not be answered');
        return json(500, INTERNAL);
      }
    },
    openApi: () => document,
    dispose: () => web.dispose(),
  };
};

/** Set by the server for each request (site.ts). */
const idOf = (request: Request): string => request.headers.get(REQUEST_ID_HEADER) ?? '';

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

const json = (status: number, error: { readonly code: string; readonly message: string }): Response =>
  Response.json({ error }, { status });

/** The router's own answers (no such route, a defect) have no body: they get ours. */
const shaped = (ctx: ApiContext, request: Request, response: Response): Response => {
  if (response.status < 400 || response.body !== null) return response;
  const { pathname } = new URL(request.url);
  if (response.status === 404) {
    return json(404, {
      code: 'not_found',
      message: `There is no ${request.method} ${pathname}; see ${BASE_PATH}/openapi.json.`,
    });
  }
  if (response.status >= 500)
    ctx.log.error(
      { requestId: idOf(request), status: response.status, method: request.method },
      'a request failed',
    );
  return json(
    response.status,
    response.status >= 500 ? INTERNAL : { code: 'refused', message: response.statusText },
  );
};
