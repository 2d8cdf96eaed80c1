/** Reading conversations, and the manager's acts on them. */
import { Effect } from 'effect';
import { HttpApiBuilder } from 'effect/http-api';
import type { ListQuery } from '../../conversations/views-api.ts';
import { CurrentPrincipal, type Principal } from '../access.ts';
import type { TreejarApi } from '../api.ts';
import { type ApiContext, attempt, attemptPage, badCursor, personOf } from '../context.ts';
import { conflict, notFound } from '../errors.ts';
import { type ActResult, actAsManager, type ManagerEvent } from '../manager-acts.ts';
import { pauseConversation, resumeConversation } from '../pausing.ts';
import { DEFAULT_PAGE } from '../requests.ts';
import type { Owner } from '../schemas.ts';
import { managerWords } from './manager-message.ts';

const MISSING = 'such conversation';

const orMissing = <A>(found: A | null, what = MISSING) =>
  found === null ? Effect.fail(notFound(what)) : Effect.succeed(found);

type Flag = 'true' | 'false' | '1' | '0';

interface Filters {
  readonly owner?: typeof Owner.Type;
  readonly state?: string;
  readonly language?: 'en' | 'ar';
  readonly waiting?: Flag;
  readonly stuck?: Flag;
  readonly q?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

const isYes = (flag: Flag): boolean => flag === 'true' || flag === '1';

const listQuery = (query: Filters): ListQuery => {
  const { waiting, stuck, limit, q, ...rest } = query;
  return {
    ...rest,
    limit: limit ?? DEFAULT_PAGE,
    ...(q !== undefined && q.trim() !== '' ? { q: q.trim() } : {}),
    ...(waiting === undefined ? {} : { waiting: isYes(waiting) }),
    ...(stuck === undefined ? {} : { stuck: isYes(stuck) }),
  };
};

/** The journal goes forward: its cursor is the last seq of the page before. */
const sinceOf = (query: { readonly since?: number; readonly cursor?: string }) => {
  if (query.cursor === undefined) return Effect.succeed(query.since ?? 0);
  return /^\d{1,15}$/.test(query.cursor) ? Effect.succeed(Number(query.cursor)) : Effect.fail(badCursor());
};

const act = Effect.fnUntraced(function* (
  ctx: ApiContext,
  id: string,
  key: string | undefined,
  event: (by: ReturnType<typeof personOf>, principal: Principal) => ManagerEvent,
) {
  const principal = yield* CurrentPrincipal;
  return yield* answered(() =>
    actAsManager(ctx, {
      principal,
      conversationId: id,
      event: event(personOf(principal), principal),
      key: key ?? null,
    }),
  );
});

const answered = Effect.fnUntraced(function* (work: () => Promise<ActResult>) {
  const result = yield* attempt(work);
  if (result.status === 'missing') return yield* Effect.fail(notFound(MISSING));
  if (result.status === 'conflict') return yield* Effect.fail(conflict(result.code, result.message));
  return result.detail;
});

export const conversationHandlers = (api: TreejarApi, ctx: ApiContext) =>
  HttpApiBuilder.group(api, 'conversations', (handlers) =>
    handlers
      .handle('list', ({ query }) => attemptPage(() => ctx.views.list(listQuery(query))))
      .handle('counts', () => attempt(() => ctx.views.counts()))
      .handle('detail', ({ params }) =>
        attempt(() => ctx.views.detail(params.id)).pipe(Effect.flatMap((found) => orMissing(found))),
      )
      .handle('messages', ({ params, query }) =>
        attemptPage(() => ctx.views.messages(params.id, query.limit ?? DEFAULT_PAGE, query.cursor)).pipe(
          Effect.flatMap((found) => orMissing(found)),
        ),
      )
      .handle(
        'journal',
        Effect.fnUntraced(function* ({ params, query }) {
          const since = yield* sinceOf(query);
          const page = yield* attemptPage(() =>
            ctx.views.journal(params.id, since, query.limit ?? DEFAULT_PAGE),
          );
          return yield* orMissing(page);
        }),
      )
      .handle('snapshot', ({ params, query }) =>
        attempt(() => ctx.views.snapshotAt(params.id, query.at)).pipe(
          Effect.flatMap((found) => orMissing(found, 'such conversation, or no transition with this number')),
        ),
      )
      .handle('takeOver', ({ params, headers, payload }) =>
        act(ctx, params.id, headers['idempotency-key'], (by) => ({
          type: 'manager.takeOver',
          by,
          ...payload,
        })),
      )
      .handle('release', ({ params, headers, payload }) =>
        act(ctx, params.id, headers['idempotency-key'], (by) => ({
          type: 'manager.release',
          by,
          note: payload?.note?.trim() || null,
        })),
      )
      .handle(
        'reply',
        Effect.fnUntraced(function* ({ params, headers, payload }) {
          const words = yield* managerWords(ctx, params.id, payload);
          return yield* act(ctx, params.id, headers['idempotency-key'], (by) => ({ ...words, by }));
        }),
      )
      .handle('note', ({ params, headers, payload }) =>
        act(ctx, params.id, headers['idempotency-key'], (by) => ({
          type: 'manager.note',
          by,
          text: payload.text,
        })),
      )
      .handle('close', ({ params, headers }) =>
        act(ctx, params.id, headers['idempotency-key'], (by) => ({ type: 'manager.close', by })),
      )
      .handle(
        'pause',
        Effect.fnUntraced(function* ({ params, headers, payload }) {
          const principal = yield* CurrentPrincipal;
          const request = { principal, conversationId: params.id, key: headers['idempotency-key'] ?? null };
          return yield* answered(() => pauseConversation(ctx, request, payload.reason));
        }),
      )
      .handle(
        'resume',
        Effect.fnUntraced(function* ({ params, headers }) {
          const principal = yield* CurrentPrincipal;
          const request = { principal, conversationId: params.id, key: headers['idempotency-key'] ?? null };
          return yield* answered(() => resumeConversation(ctx, request));
        }),
      ),
  );
