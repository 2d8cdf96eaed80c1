/** Everything the handlers work with, and the one way a promise becomes an effect with the API's errors. */
import { Effect } from 'effect';
import type { DecodedWebhook } from '../../adapters/wazzup/webhook.ts';
import type { Audit } from '../auth/audit.ts';
import type { Auth } from '../auth/auth.ts';
import { BadCursor, type Page } from '../conversations/views-api.ts';
import { isPassingFault } from '../engine/errors.ts';
import type { Ingest } from '../server/ingest.ts';
import type { WebhookStore } from '../server/webhook-store.ts';
import type { Principal } from './access.ts';
import type { ApiServices } from './deps.ts';
import { failAfter, type Unprocessable, unavailable, unprocessable } from './errors.ts';
import type { RequestKeys } from './request-keys.ts';
import type { HealthView } from './schemas.ts';
import type { SettingsStore } from './settings-store.ts';

export interface ApiContext extends ApiServices {
  readonly auth: Auth;
  readonly audit: Audit;
  readonly settings: SettingsStore;
  readonly requestKeys: RequestKeys;
  readonly webhookStore: WebhookStore;
  readonly ingest: Ingest;
  readonly decodeWebhook: (body: unknown) => DecodedWebhook;
  /** With components; the handler hides them from strangers. */
  readonly health: () => Promise<HealthView>;
  /** Numbers of the runtime now: `GET /admin/metrics`, live topic `metrics`. */
  readonly numbers: () => Promise<Readonly<Record<string, number>>>;
  /** `PUBLIC_URL` is https: cookies are `Secure`. */
  readonly secureCookies: boolean;
  readonly version: string;
}

/** The address of the client as the server saw it; set by the server, never taken from outside. */
export const ADDRESS_HEADER = 'x-treejar-address';

const RETRY_AFTER_S = 5;

/** Whether trying again in a moment may help: the database or the engine is away or busy. */
const isPassing = (error: unknown): boolean => {
  if (typeof error === 'object' && error !== null && 'retryable' in error) return error.retryable === true;
  return isPassingFault(error);
};

/** Runs a promise. What passes is a 503 with `Retry-After`; anything else a defect: a 500, logged by its name. */
export const attempt = <A>(work: () => Promise<A>) =>
  Effect.tryPromise({ try: work, catch: (error) => error }).pipe(
    Effect.catch((error) => (isPassing(error) ? busy : Effect.die(error))),
  );

/** As {@link attempt}, and a cursor that is not ours is a 422. */
export const attemptPage = <A>(work: () => Promise<A>) =>
  Effect.gen(function* () {
    const page = yield* attempt(() =>
      work().catch((error: unknown) => {
        if (error instanceof BadCursor) return error;
        throw error;
      }),
    );
    return page instanceof BadCursor ? yield* badCursor() : page;
  });

const busy = failAfter(
  unavailable('A store is away or busy for the moment; try again in a few seconds.'),
  RETRY_AFTER_S,
);

export const badCursor = (): Unprocessable =>
  unprocessable([{ path: 'cursor', message: 'is not a cursor of this list; leave it out to start anew' }]);

/** A page, or a 422 when the store says that the cursor is not its own. */
export const pageOr422 = <A>(page: Page<A> | null): Effect.Effect<Page<A>, Unprocessable> =>
  page === null ? Effect.fail(badCursor()) : Effect.succeed(page);

/** Who is named in events and audit. */
export const personOf = (principal: Principal) => ({ id: principal.id, name: principal.name });
