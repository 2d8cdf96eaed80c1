/** Prompts, users and queues: what an administrator changes, each change audited (domain 24.4). */
import { Effect } from 'effect';
import { HttpApiBuilder } from 'effect/http-api';
import type { Users } from '../../auth/users.ts';
import { CurrentPrincipal } from '../access.ts';
import type { TreejarApi } from '../api.ts';
import { type ApiContext, attempt, attemptPage } from '../context.ts';
import type { PromptsApi, QueuesApi } from '../deps.ts';
import { conflict, notFound, Unauthorized } from '../errors.ts';
import { DEFAULT_PAGE } from '../requests.ts';

const isYes = (flag: string | undefined): boolean => flag === 'true' || flag === '1';

const record = Effect.fnUntraced(function* (
  ctx: ApiContext,
  action: string,
  target: string,
  change: { readonly before?: unknown; readonly after?: unknown } = {},
) {
  const principal = yield* CurrentPrincipal;
  yield* attempt(() => ctx.audit.record(principal, { action, target, ...change }));
});

export const promptHandlers = (api: TreejarApi, ctx: ApiContext, prompts: PromptsApi) =>
  HttpApiBuilder.group(api, 'prompts', (handlers) =>
    handlers
      .handle('list', ({ query }) =>
        attemptPage(() =>
          prompts.list({
            limit: query.limit ?? DEFAULT_PAGE,
            cursor: query.cursor,
            section: query.section,
            active: isYes(query.active),
          }),
        ),
      )
      .handle(
        'save',
        Effect.fnUntraced(function* ({ payload }) {
          const principal = yield* CurrentPrincipal;
          const saved = yield* attempt(() => prompts.save(principal.name, payload));
          const { active, note } = saved;
          yield* record(ctx, 'prompt.save', saved.id, { after: { active, note } });
          return saved;
        }),
      )
      .handle(
        'activate',
        Effect.fnUntraced(function* ({ params }) {
          const active = yield* attempt(() => prompts.activate(params.id));
          if (active === null) return yield* Effect.fail(notFound('such version of a prompt'));
          yield* record(ctx, 'prompt.activate', active.id);
          return active;
        }),
      )
      .handle(
        'trial',
        Effect.fnUntraced(function* ({ payload }) {
          const tried = yield* attempt(() => prompts.trial(payload));
          if (tried.status === 'missing')
            return yield* Effect.fail(notFound('answer of the bot in this conversation'));
          if (tried.status === 'refused') return yield* Effect.fail(conflict(tried.code, tried.message));
          yield* record(ctx, 'prompt.trial', payload.conversationId);
          return tried.view;
        }),
      ),
  );

const NOT_YOURSELF = conflict(
  'yourself',
  'Nobody changes the own role or disables the own account; ask another administrator.',
);
const LAST_ADMIN = conflict(
  'last_admin',
  'This is the last administrator; make another one an administrator first.',
);

export const userHandlers = (api: TreejarApi, ctx: ApiContext, users: Users) =>
  HttpApiBuilder.group(api, 'users', (handlers) =>
    handlers
      .handle('list', ({ query }) => attemptPage(() => users.list(query.limit ?? DEFAULT_PAGE, query.cursor)))
      .handle(
        'create',
        Effect.fnUntraced(function* ({ payload }) {
          const user = yield* attempt(() => users.create(payload));
          if (user === null)
            return yield* Effect.fail(conflict('exists', 'This address has an account; change that one.'));
          const link = yield* attempt(() => users.link(user.id));
          yield* record(ctx, 'user.create', user.id, { after: { role: user.role } });
          return { user, link };
        }),
      )
      .handle(
        'change',
        Effect.fnUntraced(function* ({ params, payload }) {
          const principal = yield* CurrentPrincipal;
          const own = principal.id === params.id;
          if (own && (payload.role !== undefined || payload.disabled !== undefined))
            return yield* Effect.fail(NOT_YOURSELF);
          const changed = yield* attempt(() => users.change(params.id, payload));
          if (changed.status === 'missing') return yield* Effect.fail(notFound('such user'));
          if (changed.status === 'last_admin') return yield* Effect.fail(LAST_ADMIN);
          const { role, disabledAt } = changed.user;
          yield* record(ctx, 'user.change', params.id, { after: { role, disabled: disabledAt !== null } });
          return changed.user;
        }),
      )
      .handle(
        'reset',
        Effect.fnUntraced(function* ({ params }) {
          const principal = yield* CurrentPrincipal;
          if (principal.id === params.id) return yield* Effect.fail(NOT_YOURSELF);
          const link = yield* attempt(() => users.reset(params.id));
          if (link === null) return yield* Effect.fail(notFound('such user who may sign in'));
          yield* record(ctx, 'user.reset', params.id);
          return link;
        }),
      )
      .handle(
        'password',
        Effect.fnUntraced(function* ({ payload }) {
          const principal = yield* CurrentPrincipal;
          if (principal.kind === 'token')
            return yield* Effect.fail(
              conflict('no_account', 'A script has no password; sign in as a person.'),
            );
          const done = yield* attempt(() => users.setPassword(principal.id, principal.sessionHash, payload));
          if (done === 'wrong') {
            const message = 'The current password is wrong; nothing was changed.';
            return yield* new Unauthorized({ error: { code: 'wrong_credentials', message } });
          }
          yield* record(ctx, 'user.password', principal.id);
        }),
      ),
  );

const NO_JOBS_HERE = conflict(
  'no_jobs_here',
  'The replica that was asked runs no jobs; ask one with the role worker or scheduler.',
);
const RUN_WAITS = conflict('already_waiting', 'A run of this job waits to start; look again in a moment.');
const NOTHING_FAILED = conflict(
  'nothing_failed',
  'This queue has no schedule and nothing in it failed; there is nothing to start.',
);

/** Starts a job for a person, and keeps who did. */
const runJob = Effect.fnUntraced(function* (ctx: ApiContext, queues: QueuesApi, name: string) {
  const start = yield* attempt(() => queues.run(name));
  if (start.status === 'away') return yield* Effect.fail(NO_JOBS_HERE);
  if (start.status === 'missing') return yield* Effect.fail(notFound('such queue of jobs'));
  if (start.status === 'waiting') return yield* Effect.fail(RUN_WAITS);
  if (start.status === 'nothing') return yield* Effect.fail(NOTHING_FAILED);
  const count = start.status === 'retried' ? start.count : 1;
  yield* record(ctx, 'job.run', name, { after: { status: start.status, count } });
  return { status: start.status, count } as const;
});

export const queueHandlers = (api: TreejarApi, ctx: ApiContext, queues: QueuesApi) =>
  HttpApiBuilder.group(api, 'queues', (handlers) =>
    handlers
      .handle('timers', ({ query }) =>
        attemptPage(() => queues.timers(query.limit ?? DEFAULT_PAGE, query.cursor)),
      )
      .handle('jobs', () => attempt(() => queues.jobs()).pipe(Effect.map((items) => ({ items, next: null }))))
      .handle('runJob', ({ params }) => runJob(ctx, queues, params.id)),
  );
