/** The first administrator, and the one-time link that `npm start` prints (contract 1, 2). */
import { Redacted } from 'effect';
import type { Pool } from 'pg';
import type { Clock } from '../engine/types.ts';
import { LINK_TTL_MS } from './auth.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { makeKeyedHash, randomToken } from './secrets.ts';

export interface FirstAdmin {
  /** `ADMIN_EMAIL`; unset in development, where the one-time link signs in {@link LOCAL_ADMIN}. */
  readonly email?: string | undefined;
  readonly password?: Redacted.Redacted | undefined;
}

/** The account of a development machine; it has no password. */
export const LOCAL_ADMIN = 'admin@localhost';

/**
 * Makes sure that the named administrator exists and that `ADMIN_PASSWORD`, when given, is the password: changing the
 * variable and starting again is how a lost password is replaced. Answers the account's id.
 */
export const ensureFirstAdmin = async (pool: Pool, first: FirstAdmin): Promise<string> => {
  const email = (first.email ?? LOCAL_ADMIN).trim().toLowerCase();
  const password = first.password ? Redacted.value(first.password) : null;
  const { rows } = await pool.query<{ id: string; password_hash: string | null }>(
    `insert into admin_user (email, name, role) values ($1, $2, 'admin')
     on conflict (email) do update set email = excluded.email returning id, password_hash`,
    [email, email.split('@')[0] ?? email],
  );
  const user = rows[0];
  if (!user) throw new Error('the first administrator could not be stored; check the migrations');
  if (password !== null && !(await verifyPassword(password, user.password_hash))) {
    const hash = await hashPassword(password);
    // Old sessions end with the old password.
    await pool.query(
      `with gone as (delete from admin_session where user_id = $1)
       update admin_user set password_hash = $2, disabled_at = null where id = $1`,
      [user.id, hash],
    );
  }
  return user.id;
};

export interface LinkOptions {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly sessionSecret: Redacted.Redacted;
  /** `PUBLIC_URL`, no trailing slash. */
  readonly url: string;
  readonly userId: string;
}

/** A link that signs its holder in once, within {@link LINK_TTL_MS}. */
export const createOneTimeLink = async (options: LinkOptions): Promise<string> => {
  const token = randomToken();
  await options.pool.query(
    'insert into one_time_link (token_hash, user_id, expires_at) values ($1, $2, to_timestamp($3 / 1000.0))',
    [
      makeKeyedHash(options.sessionSecret).hash('link', token),
      options.userId,
      options.clock.now() + LINK_TTL_MS,
    ],
  );
  return `${options.url}/admin/?link=${token}`;
};
