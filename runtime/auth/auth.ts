/** Signing in: passwords, one-time links, sessions by cookie, the script's token, and tickets for the live socket. */
import { Redacted } from 'effect';
import type { Pool } from 'pg';
import type { Principal, Role } from '../api/access.ts';
import type { Clock } from '../engine/types.ts';
import { type Lockout, makeLockout } from './lockout.ts';
import { verifyPassword } from './passwords.ts';
import { makeKeyedHash, randomToken, secretEquals } from './secrets.ts';
import { makeTickets, type Tickets } from './tickets.ts';

export const SESSION_COOKIE = 'treejar_session';
/** A session ends after this long without use, and in any case after {@link SESSION_MAX_MS}. */
export const SESSION_IDLE_MS = 12 * 3_600_000;
export const SESSION_MAX_MS = 7 * 24 * 3_600_000;
/** A session in use is renewed at most this often: one write an hour, not one a request. */
const RENEW_EVERY_MS = 3_600_000;
export const LINK_TTL_MS = 30 * 60_000;

export type SignIn =
  | { readonly status: 'ok'; readonly cookie: string; readonly principal: Principal }
  | { readonly status: 'wrong' }
  | { readonly status: 'locked'; readonly retryAfterMs: number };

export interface Credentials {
  readonly authorization: string | null;
  readonly cookie: string | null;
}

export interface Auth extends Tickets {
  readonly login: (email: string, password: string, address: string) => Promise<SignIn>;
  readonly redeemLink: (token: string, address: string) => Promise<SignIn>;
  /** Null: nobody we know. */
  readonly authenticate: (credentials: Credentials) => Promise<Principal | null>;
  readonly logout: (principal: Principal) => Promise<void>;
  /** Which of these sessions are still good. */
  readonly validSessions: (hashes: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly isApiToken: (authorization: string | null) => boolean;
  readonly sweep: () => Promise<void>;
}

export interface AuthOptions {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly sessionSecret: Redacted.Redacted;
  readonly apiToken?: Redacted.Redacted | undefined;
}

interface UserRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

const API_TOKEN_PRINCIPAL: Principal = {
  kind: 'token',
  id: 'api-token',
  email: '',
  name: 'API token',
  role: 'admin',
  csrfToken: null,
  sessionHash: null,
};

/** The value of our cookie in a `Cookie` header. */
export const sessionCookieOf = (header: string | null): string | null => {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === SESSION_COOKIE) return part.slice(at + 1).trim() || null;
  }
  return null;
};

const bearerOf = (authorization: string | null): string | null =>
  /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? null;

export const makeAuth = (options: AuthOptions): Auth => {
  const { pool, clock } = options;
  const keyed = makeKeyedHash(options.sessionSecret);
  const lockout: Lockout = makeLockout(pool, clock);
  const apiToken = options.apiToken ? Redacted.value(options.apiToken) : null;

  const principalOf = (user: UserRow, cookie: string): Principal => ({
    kind: 'session',
    id: user.id,
    email: user.email,
    name: user.name,
    role: user.role,
    csrfToken: keyed.hash('csrf', cookie),
    sessionHash: keyed.hash('session', cookie),
  });

  const openSession = async (user: UserRow): Promise<SignIn> => {
    const cookie = randomToken();
    const now = clock.now();
    await pool.query(
      `insert into admin_session (token_hash, user_id, created_at, expires_at)
       values ($1, $2, to_timestamp($3 / 1000.0), to_timestamp($4 / 1000.0))`,
      [keyed.hash('session', cookie), user.id, now, now + SESSION_IDLE_MS],
    );
    return { status: 'ok', cookie, principal: principalOf(user, cookie) };
  };

  const tickets = makeTickets(pool, clock, keyed);

  const isApiToken = (authorization: string | null): boolean => {
    const given = bearerOf(authorization);
    return given !== null && apiToken !== null && secretEquals(given, apiToken);
  };

  const bySession = async (cookie: string): Promise<Principal | null> => {
    const now = clock.now();
    const hash = keyed.hash('session', cookie);
    const { rows } = await pool.query<UserRow & { expires: string; created: string }>(
      `select u.id, u.email, u.name, u.role, (extract(epoch from s.expires_at) * 1000)::bigint as expires,
              (extract(epoch from s.created_at) * 1000)::bigint as created
         from admin_session s join admin_user u on u.id = s.user_id
        where s.token_hash = $1 and s.expires_at > to_timestamp($2 / 1000.0) and u.disabled_at is null`,
      [hash, now],
    );
    const row = rows[0];
    if (!row) return null;
    const expires = Math.min(now + SESSION_IDLE_MS, Number(row.created) + SESSION_MAX_MS);
    if (expires - Number(row.expires) > RENEW_EVERY_MS) {
      await pool.query(
        'update admin_session set expires_at = to_timestamp($2 / 1000.0) where token_hash = $1',
        [hash, expires],
      );
    }
    return principalOf(row, cookie);
  };

  return {
    login: async (email, password, address) => {
      const normalized = email.trim().toLowerCase();
      const keys = [keyed.hash('account', normalized), keyed.hash('address', address)];
      const retryAfterMs = await lockout.lockedForMs(keys);
      if (retryAfterMs > 0) return { status: 'locked', retryAfterMs };
      const { rows } = await pool.query<UserRow & { password_hash: string | null }>(
        'select id, email, name, role, password_hash from admin_user where email = $1 and disabled_at is null',
        [normalized],
      );
      const user = rows[0];
      if (!(await verifyPassword(password, user?.password_hash ?? null)) || !user) {
        await lockout.failed(keys);
        return { status: 'wrong' };
      }
      await lockout.succeeded(keys);
      return openSession(user);
    },

    redeemLink: async (token, address) => {
      const keys = [keyed.hash('address', address)];
      const retryAfterMs = await lockout.lockedForMs(keys);
      if (retryAfterMs > 0) return { status: 'locked', retryAfterMs };
      const { rows } = await pool.query<UserRow>(
        `with used as (delete from one_time_link where token_hash = $1 and expires_at > to_timestamp($2 / 1000.0)
                       returning user_id)
         select u.id, u.email, u.name, u.role from used join admin_user u on u.id = used.user_id
          where u.disabled_at is null`,
        [keyed.hash('link', token), clock.now()],
      );
      const user = rows[0];
      if (user) return openSession(user);
      await lockout.failed(keys);
      return { status: 'wrong' };
    },

    authenticate: async ({ authorization, cookie }) => {
      // A bearer token is explicit: a wrong one must not fall back to a cookie that happens to be there.
      if (authorization !== null) return isApiToken(authorization) ? API_TOKEN_PRINCIPAL : null;
      const session = sessionCookieOf(cookie);
      return session === null ? null : bySession(session);
    },

    logout: async (principal) => {
      if (principal.sessionHash === null) return;
      await pool.query('delete from admin_session where token_hash = $1', [principal.sessionHash]);
    },

    ...tickets,

    validSessions: async (hashes) => {
      const { rows } = await pool.query<{ token_hash: string }>(
        `select s.token_hash from admin_session s join admin_user u on u.id = s.user_id
          where s.token_hash = any($1) and s.expires_at > to_timestamp($2 / 1000.0) and u.disabled_at is null`,
        [hashes, clock.now()],
      );
      return new Set(rows.map((row) => row.token_hash));
    },

    isApiToken,

    sweep: async () => {
      const now = clock.now();
      for (const table of ['admin_session', 'one_time_link', 'live_ticket']) {
        await pool.query(`delete from ${table} where expires_at < to_timestamp($1 / 1000.0)`, [now]);
      }
      await lockout.sweep();
    },
  };
};
