/** Dead letters, settings, audit, numbers, machines. */
import { Effect } from 'effect';
import { HttpApiBuilder } from 'effect/http-api';
import { CurrentPrincipal } from '../access.ts';
import type { TreejarApi } from '../api.ts';
import { maskedAudit } from '../audit-masks.ts';
import { type ApiContext, attempt, attemptPage, pageOr422 } from '../context.ts';
import { discardDeadLetter, listDeadLetters, retryDeadLetter } from '../dead-letters.ts';
import { conflict, notFound, unprocessable } from '../errors.ts';
import type { MachineDetailView } from '../machine-detail-schema.ts';
import { DEFAULT_HEAT_DAYS, DEFAULT_PAGE } from '../requests.ts';

const DONE = { ok: true } as const;

const record = Effect.fnUntraced(function* (
  ctx: ApiContext,
  action: string,
  target: string,
  change: { readonly before?: unknown; readonly after?: unknown } = {},
) {
  const principal = yield* CurrentPrincipal;
  yield* attempt(() => ctx.audit.record(principal, { action, target, ...change }));
});

export const adminHandlers = (api: TreejarApi, ctx: ApiContext) =>
  HttpApiBuilder.group(api, 'admin', (handlers) =>
    handlers
      .handle('deadLetters', ({ query }) =>
        attemptPage(() => listDeadLetters(ctx, query.limit ?? DEFAULT_PAGE, query.cursor)),
      )
      .handle(
        'retryDeadLetter',
        Effect.fnUntraced(function* ({ params }) {
          const result = yield* attempt(() => retryDeadLetter(ctx, params.id));
          if (result === 'missing') return yield* Effect.fail(notFound('such dead letter'));
          if (result === 'still_unreadable') {
            return yield* Effect.fail(
              conflict('still_unreadable', 'It still cannot be read; discard it, or update and retry.'),
            );
          }
          yield* record(ctx, 'deadLetter.retry', params.id);
          return DONE;
        }),
      )
      .handle(
        'discardDeadLetter',
        Effect.fnUntraced(function* ({ params }) {
          if (!(yield* attempt(() => discardDeadLetter(ctx, params.id)))) {
            return yield* Effect.fail(notFound('such dead letter'));
          }
          yield* record(ctx, 'deadLetter.discard', params.id);
          return DONE;
        }),
      )
      .handle('settings', () => attempt(() => ctx.settings.get()))
      .handle(
        'putSettings',
        Effect.fnUntraced(function* ({ payload }) {
          const principal = yield* CurrentPrincipal;
          const result = yield* attempt(() => ctx.settings.put(principal, payload));
          if (!result.ok) return yield* Effect.fail(unprocessable(result.issues));
          yield* record(ctx, 'settings.put', Object.keys(payload).join(','), {
            before: result.before,
            after: result.after,
          });
          return result.after;
        }),
      )
      .handle('settingsHistory', ({ query }) =>
        attempt(() => ctx.settings.history(query.limit ?? DEFAULT_PAGE, query.cursor)).pipe(
          Effect.flatMap(pageOr422),
        ),
      )
      .handle('audit', ({ query }) =>
        attempt(() => ctx.audit.list(query.limit ?? DEFAULT_PAGE, query.cursor, query)).pipe(
          Effect.flatMap(pageOr422),
          Effect.map(({ items, next }) => ({ items: items.map(maskedAudit), next })),
        ),
      ),
  );

export const machineHandlers = (api: TreejarApi, ctx: ApiContext) =>
  HttpApiBuilder.group(api, 'machines', (handlers) =>
    handlers
      .handle('list', () => Effect.sync(() => ({ items: ctx.views.machines(), next: null })))
      .handle('detail', ({ params, query }) =>
        attempt(() => machineDetail(ctx, params.id, query.days ?? DEFAULT_HEAT_DAYS)).pipe(
          Effect.flatMap((found) => (found ? Effect.succeed(found) : Effect.fail(notFound('such machine')))),
        ),
      ),
  );

/** Null: no such machine. */
const machineDetail = async (
  { views, charts }: ApiContext,
  id: string,
  days: number,
): Promise<MachineDetailView | null> => {
  const [machine, layout, heat] = await Promise.all([
    views.machine(id),
    charts?.layout(id),
    charts?.heat(id, days),
  ]);
  if (machine === null) return null;
  return { ...machine, layout: layout?.view.regions ?? null, heat: heat ?? null };
};
