/** Reviews: lists, evidence, what a run would cost, and runs by hand, which are on record. */
import { Effect } from 'effect';
import { HttpApiBuilder } from 'effect/http-api';
import { CurrentPrincipal } from '../access.ts';
import type { TreejarApi } from '../api.ts';
import { type ApiContext, attempt, attemptPage } from '../context.ts';
import type { QualityApi, Refused } from '../deps.ts';
import { type Conflict, conflict, type NotFound, notFound, unprocessable } from '../errors.ts';
import { DEFAULT_PAGE } from '../requests.ts';

/** Ms since the epoch; undefined stays so. */
const instant = (path: string, text: string | undefined) => {
  if (text === undefined) return Effect.succeed(undefined);
  const ms = Date.parse(text);
  return Number.isFinite(ms)
    ? Effect.succeed(ms)
    : Effect.fail(unprocessable([{ path, message: 'is no time, as in 2026-03-01T00:00:00Z' }]));
};

const orRefuse = <A extends object>(
  answer: A | Refused | null,
): Effect.Effect<Exclude<A, Refused>, NotFound | Conflict> => {
  if (answer === null) return Effect.fail(notFound('such conversation'));
  return 'refused' in answer
    ? Effect.fail(conflict((answer as Refused).refused.code, (answer as Refused).refused.message))
    : Effect.succeed(answer as Exclude<A, Refused>);
};

export const qualityHandlers = (api: TreejarApi, ctx: Pick<ApiContext, 'audit'>, quality: QualityApi) =>
  HttpApiBuilder.group(api, 'quality', (handlers) =>
    handlers
      .handle(
        'reviews',
        Effect.fnUntraced(function* ({ query }) {
          const { from, to, limit, flagged, ...rest } = query;
          const since = yield* instant('from', from);
          const until = yield* instant('to', to);
          return yield* attemptPage(() =>
            quality.list({
              ...rest,
              scope: rest.scope ?? 'bot',
              limit: limit ?? DEFAULT_PAGE,
              flagged: flagged === 'true',
              ...(since === undefined ? {} : { since }),
              ...(until === undefined ? {} : { until }),
            }),
          );
        }),
      )
      .handle('review', ({ params }) =>
        attempt(() => quality.detail(params.id)).pipe(
          Effect.flatMap((found) =>
            found === null ? Effect.fail(notFound('such review')) : Effect.succeed(found),
          ),
        ),
      )
      .handle(
        'ask',
        Effect.fnUntraced(function* ({ payload }) {
          const principal = yield* CurrentPrincipal;
          const review = yield* attempt(() => quality.ask(payload)).pipe(Effect.flatMap(orRefuse));
          yield* attempt(() =>
            ctx.audit.record(principal, {
              action: 'quality.review',
              target: payload.conversationId,
              after: { scope: review.scope },
            }),
          );
          return review;
        }),
      )
      .handle('preview', ({ query }) => attempt(() => quality.preview(query)).pipe(Effect.flatMap(orRefuse)))
      .handle(
        'run',
        Effect.fnUntraced(function* ({ payload }) {
          const principal = yield* CurrentPrincipal;
          const answer = yield* attempt(() => quality.run(payload.scope, payload.limit));
          if ('refused' in answer)
            return yield* Effect.fail(conflict(answer.refused.code, answer.refused.message));
          yield* attempt(() =>
            ctx.audit.record(principal, { action: 'quality.run', target: payload.scope, after: answer }),
          );
          return answer;
        }),
      )
      .handle('budget', () =>
        attempt(() => quality.budgets()).pipe(Effect.map((items) => ({ items, next: null }))),
      )
      .handle(
        'managers',
        Effect.fnUntraced(function* ({ query }) {
          const since = yield* instant('from', query.from);
          const until = yield* instant('to', query.to);
          return { items: yield* attempt(() => quality.managers(since, until)), next: null };
        }),
      ),
  );
