/** Signing in and out, and tickets for the live socket. */
import { Effect } from 'effect';
import { HttpEffect, type HttpServerRequest, HttpServerResponse } from 'effect/http';
import { HttpApiBuilder } from 'effect/http-api';
import { SESSION_COOKIE, SESSION_MAX_MS, type SignIn } from '../../auth/auth.ts';
import { PasswordsBusy } from '../../auth/passwords.ts';
import { CurrentPrincipal, type Principal } from '../access.ts';
import type { TreejarApi } from '../api.ts';
import { ADDRESS_HEADER, type ApiContext, attempt } from '../context.ts';
import { failAfter, TooMany, Unauthorized } from '../errors.ts';
import type { SessionView } from '../schemas.ts';

const BUSY_RETRY_S = 3;

const wrong = (message: string) => new Unauthorized({ error: { code: 'wrong_credentials', message } });

const tooMany = (seconds: number) =>
  failAfter(
    new TooMany({
      error: {
        code: 'too_many_attempts',
        message: 'Too many failed sign-ins; wait as long as Retry-After says.',
      },
    }),
    seconds,
  );

const viewOf = (ctx: ApiContext, principal: Principal): SessionView => ({
  email: principal.email,
  name: principal.name,
  role: principal.role,
  csrfToken: principal.csrfToken ?? '',
  sandbox: ctx.simulator !== undefined,
  version: ctx.version,
});

/** The cookie is out of reach for scripts and not sent from other sites' forms. */
const cookieOf = (ctx: ApiContext, value: string, maxAgeSeconds: number): string =>
  [
    `${SESSION_COOKIE}=${value}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    `Max-Age=${maxAgeSeconds}`,
    ...(ctx.secureCookies ? ['Secure'] : []),
  ].join('; ');

const setCookie = (cookie: string) =>
  HttpEffect.appendPreResponseHandler((_request, response) =>
    Effect.succeed(HttpServerResponse.setHeader(response, 'set-cookie', cookie)),
  );

const addressOf = (request: HttpServerRequest.HttpServerRequest): string =>
  request.headers[ADDRESS_HEADER] ?? 'unknown';

const finish = Effect.fnUntraced(function* (
  ctx: ApiContext,
  action: string,
  signIn: SignIn,
  message: string,
) {
  if (signIn.status === 'locked') return yield* tooMany(signIn.retryAfterMs / 1000);
  if (signIn.status === 'wrong') return yield* wrong(message);
  yield* attempt(() => ctx.audit.record(signIn.principal, { action, target: signIn.principal.id }));
  yield* setCookie(cookieOf(ctx, signIn.cookie, SESSION_MAX_MS / 1000));
  return viewOf(ctx, signIn.principal);
});

/** Too many passwords at once is a 429, not a 503: the others may go on. */
const signingIn = (work: () => Promise<SignIn>) =>
  attempt(() =>
    work().catch((error: unknown): SignIn => {
      if (error instanceof PasswordsBusy) return { status: 'locked', retryAfterMs: BUSY_RETRY_S * 1000 };
      throw error;
    }),
  );

export const sessionHandlers = (api: TreejarApi, ctx: ApiContext) =>
  HttpApiBuilder.group(api, 'session', (handlers) =>
    handlers
      .handle(
        'login',
        Effect.fnUntraced(function* ({ payload, request }) {
          const signIn = yield* signingIn(() =>
            ctx.auth.login(payload.email, payload.password, addressOf(request)),
          );
          return yield* finish(ctx, 'session.login', signIn, 'E-mail or password is wrong; check both.');
        }),
      )
      .handle(
        'link',
        Effect.fnUntraced(function* ({ payload, request }) {
          const signIn = yield* signingIn(() => ctx.auth.redeemLink(payload.token, addressOf(request)));
          return yield* finish(
            ctx,
            'session.link',
            signIn,
            'The link was used or has expired; start again for a new one.',
          );
        }),
      )
      .handle('current', () => Effect.map(CurrentPrincipal, (principal) => viewOf(ctx, principal)))
      .handle(
        'logout',
        Effect.fnUntraced(function* () {
          const principal = yield* CurrentPrincipal;
          yield* attempt(() => ctx.auth.logout(principal));
          yield* attempt(() =>
            ctx.audit.record(principal, { action: 'session.logout', target: principal.id }),
          );
          yield* setCookie(cookieOf(ctx, '', 0));
        }),
      ),
  );

export const liveHandlers = (api: TreejarApi, ctx: ApiContext) =>
  HttpApiBuilder.group(api, 'live', (handlers) =>
    handlers.handle(
      'ticket',
      Effect.fnUntraced(function* () {
        const principal = yield* CurrentPrincipal;
        const { token, expiresAt } = yield* attempt(() => ctx.auth.issueTicket(principal));
        return { token, expiresAt: new Date(expiresAt).toISOString() };
      }),
    ),
  );
