/**
 * Who asks, and what they may do (design 9): viewer < manager < admin. Each endpoint names the least role it needs by
 * an annotation; the middleware enforces it, so that no handler can forget.
 */
import { Context } from 'effect';
import { HttpApiMiddleware } from 'effect/http-api';
import {
  BadRequest,
  Forbidden,
  Unauthorized,
  Unavailable,
  Unprocessable,
  UnsupportedMedia,
} from './errors.ts';

export type Role = 'viewer' | 'manager' | 'admin';

const RANK: Readonly<Record<Role, number>> = { viewer: 0, manager: 1, admin: 2 };

/** Whether `role` may do what needs `least`. */
export const roleAllows = (role: Role, least: Role): boolean => RANK[role] >= RANK[least];

/** A signed-in person or the script that holds `ADMIN_API_TOKEN`. */
export interface Principal {
  readonly kind: 'session' | 'token';
  /** The account's id; `api-token` for the script. */
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** For `session`: what `X-CSRF-Token` must be. Null for the script, which sends no cookies. */
  readonly csrfToken: string | null;
  /** For `session`: the keyed hash that names its row. */
  readonly sessionHash: string | null;
}

/** The principal of the request, provided by {@link Authorization}. */
export class CurrentPrincipal extends Context.Service<CurrentPrincipal, Principal>()(
  'treejar/api/CurrentPrincipal',
) {}

/** Annotation of an endpoint: the least role that may call it. */
export const RequiredRole = Context.Reference<Role>('treejar/api/RequiredRole', {
  defaultValue: () => 'viewer',
});

/** Signed in, allowed, and (for changes by cookie) with the CSRF token. */
export class Authorization extends HttpApiMiddleware.Service<Authorization, { provides: CurrentPrincipal }>()(
  'treejar/api/Authorization',
  { error: [Unauthorized, Forbidden, Unavailable] },
) {}

/** The body is JSON, and what does not fit the schemas is answered with paths. */
export class WellFormed extends HttpApiMiddleware.Service<WellFormed>()('treejar/api/WellFormed', {
  error: [BadRequest, UnsupportedMedia, Unprocessable, Unavailable],
}) {}
