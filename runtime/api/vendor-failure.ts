/**
 * Failures of Zoho as answers of the API: what a caller can put right is a 4xx, what passes or what an operator must put
 * right is a 503 with `Retry-After` (contract 3). Messages are the adapters' own: they say what to do, and name nobody.
 */
import { Effect } from 'effect';
import type { HttpServerRequest } from 'effect/http';
import { isPassingFault } from '../engine/errors.ts';
import { type Conflict, conflict, failAfter, NotFound, Unavailable, Unprocessable } from './errors.ts';

/** Waits for what nobody knows the end of, s. */
const SOON_S = 5;
const OPERATOR_S = 300;

/** What a route itself refuses. Thrown by the services behind the routes. */
export class VendorRefusal extends Error {
  readonly status: 404 | 409 | 422;
  readonly code: string;
  readonly path: string;

  constructor(status: 404 | 409 | 422, code: string, message: string, path = 'body') {
    super(message);
    this.status = status;
    this.code = code;
    this.path = path;
  }
}

interface Known {
  readonly _tag?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly retryable?: unknown;
  readonly retryAfterMs?: unknown;
}

/** Runs a service's promise. A defect of ours stays one: a 500 that the log names. */
export const vendor = <A>(work: () => Promise<A>) =>
  Effect.tryPromise({ try: work, catch: (error) => error }).pipe(Effect.catch(answerOf));

const answerOf = (
  error: unknown,
): Effect.Effect<
  never,
  NotFound | Conflict | Unprocessable | Unavailable,
  HttpServerRequest.HttpServerRequest
> => {
  if (error instanceof VendorRefusal) return refusal(error.status, error.code, error.message, error.path);
  const known: Known = typeof error === 'object' && error !== null ? error : {};
  const tag = typeof known._tag === 'string' ? known._tag : '';
  const message = typeof known.message === 'string' ? known.message : 'The vendor failed; try again.';
  switch (tag) {
    case 'CrmRejected':
    case 'InventoryRejected':
      return rejected(String(known.code ?? ''), message);
    case 'InventoryConflict':
      return refusal(409, 'vendor_conflict', message);
    case 'CrmNoTransition':
      return refusal(409, 'no_transition', message);
    case 'ZohoAuthRevoked':
    case 'ZohoWrongDataCentre':
    case 'ZohoAccessDenied':
    case 'ZohoTokenRefused':
      return away('vendor_access', message, OPERATOR_S);
    case 'CrmMalformed':
    case 'InventoryMalformed':
      return away('vendor_unreadable', message, OPERATOR_S);
  }
  const waitMs = typeof known.retryAfterMs === 'number' ? known.retryAfterMs : SOON_S * 1000;
  if (/Throttled$/.test(tag)) return away('vendor_throttled', message, waitMs / 1000);
  if (/Unverified$/.test(tag)) return away('vendor_unverified', message, waitMs / 1000);
  if (known.retryable === true) return away('vendor_unavailable', message, waitMs / 1000);
  if (isPassingFault(error)) return away('unavailable', 'The database is away for a moment.', SOON_S);
  return Effect.die(error);
};

/** Zoho's "there is no such record", in the words of CRM and of Inventory. */
const ABSENT = new Set(['1002', 'INVALID_URL_PATTERN', 'NOT_FOUND', 'NO_RECORDS_FOUND']);

const rejected = (code: string, message: string) =>
  ABSENT.has(code) ? refusal(404, 'not_found', message) : refusal(422, 'vendor_rejected', message);

const refusal = (
  status: 404 | 409 | 422,
  code: string,
  message: string,
  path = 'body',
): Effect.Effect<never, NotFound | Conflict | Unprocessable> => {
  if (status === 404) return Effect.fail(new NotFound({ error: { code, message } }));
  if (status === 409) return Effect.fail(conflict(code, message));
  return Effect.fail(new Unprocessable({ error: { code, message, issues: [{ path, message }] } }));
};

const away = (code: string, message: string, seconds: number) =>
  failAfter(new Unavailable({ error: { code, message } }), seconds);
