/** Managers' answers on their way into the knowledge base: read, published by an administrator, or turned down. */
import { Effect } from 'effect';
import { HttpApiBuilder } from 'effect/http-api';
import { CurrentPrincipal } from '../access.ts';
import type { TreejarApi } from '../api.ts';
import { type ApiContext, attempt, attemptPage } from '../context.ts';
import type { CandidatesApi } from '../deps.ts';
import { notFound } from '../errors.ts';
import { DEFAULT_PAGE } from '../requests.ts';

const DONE = { ok: true } as const;

export const candidateHandlers = (api: TreejarApi, ctx: ApiContext, candidates: CandidatesApi) =>
  HttpApiBuilder.group(api, 'candidates', (handlers) =>
    handlers
      .handle('list', ({ query }) =>
        attemptPage(() => candidates.list(query.limit ?? DEFAULT_PAGE, query.cursor)),
      )
      .handle(
        'approve',
        Effect.fnUntraced(function* ({ params, payload }) {
          const principal = yield* CurrentPrincipal;
          const articleId = yield* attempt(() => candidates.approve(params.id, payload, principal.name));
          if (articleId === null) return yield* Effect.fail(notFound('such open candidate'));
          yield* attempt(() =>
            ctx.audit.record(principal, {
              action: 'knowledge.approve',
              target: params.id,
              after: { articleId },
            }),
          );
          return { articleId };
        }),
      )
      .handle(
        'reject',
        Effect.fnUntraced(function* ({ params }) {
          const principal = yield* CurrentPrincipal;
          if (!(yield* attempt(() => candidates.reject(params.id, principal.name)))) {
            return yield* Effect.fail(notFound('such open candidate'));
          }
          yield* attempt(() =>
            ctx.audit.record(principal, { action: 'knowledge.reject', target: params.id }),
          );
          return DONE;
        }),
      ),
  );
