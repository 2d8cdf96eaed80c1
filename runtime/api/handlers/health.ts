/** Health: open to everybody, details only for those who are signed in (domain 20.3). */
import { Effect } from 'effect';
import { HttpServerResponse } from 'effect/http';
import { HttpApiBuilder } from 'effect/http-api';
import type { TreejarApi } from '../api.ts';
import { type ApiContext, attempt } from '../context.ts';

export const healthHandlers = (api: TreejarApi, ctx: ApiContext) =>
  HttpApiBuilder.group(api, 'health', (handlers) =>
    handlers
      .handle(
        'health',
        Effect.fnUntraced(function* ({ request }) {
          const { authorization = null, cookie = null } = request.headers;
          const full = yield* Effect.promise(() => ctx.health());
          // Without a database nobody can be recognised; then everybody is a stranger.
          const principal = yield* attempt(() => ctx.auth.authenticate({ authorization, cookie })).pipe(
            Effect.orElseSucceed(() => null),
          );
          const body = principal ? full : { status: full.status };
          if (full.status === 'ok') return body;
          return HttpServerResponse.jsonUnsafe(body, { status: 503, headers: { 'retry-after': '5' } });
        }),
      )
      .handle('liveness', () => Effect.succeed({ ok: true } as const)),
  );
