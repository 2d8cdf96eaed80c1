/** Health: open to everybody, details only for those who are signed in (domain 20.3). */
import { Effect } from 'effect';
import { HttpServerResponse } from 'effect/http';
import { HttpApiBuilder } from 'effect/http-api';
import type { TreejarApi } from '../api.ts';
import { type ApiContext, attempt } from '../context.ts';
import type { HealthView } from '../schemas.ts';

export const healthHandlers = (api: TreejarApi, ctx: ApiContext) =>
  HttpApiBuilder.group(api, 'health', (handlers) =>
    handlers
      .handle(
        'health',
        Effect.fnUntraced(function* ({ request }) {
          const { authorization = null, cookie = null } = request.headers;
          const full = yield* Effect.promise(() => ctx.health());
          const known = yield* recognise(ctx, full, authorization, cookie);
          const body = known ? full : { status: full.status };
          if (full.status === 'ok') return body;
          return HttpServerResponse.jsonUnsafe(body, { status: 503, headers: { 'retry-after': '5' } });
        }),
      )
      .handle('liveness', () => Effect.succeed({ ok: true } as const)),
  );

/** Without a database no session can be recognised, and health must answer at once: then only the script is known. */
const recognise = (ctx: ApiContext, full: HealthView, authorization: string | null, cookie: string | null) =>
  full.components?.postgres?.status === 'down'
    ? Effect.sync(() => ctx.auth.isApiToken(authorization))
    : attempt(() => ctx.auth.authenticate({ authorization, cookie })).pipe(
        Effect.map((principal) => principal !== null),
        Effect.orElseSucceed(() => false),
      );
