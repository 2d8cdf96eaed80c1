/** Who may sign in: made, changed, disabled and reset by administrators; the shop always keeps one of them. */
import type { Redacted } from 'effect';
import type { Pool, PoolClient } from 'pg';
import type { NewUserBody, UserPatch, UserView } from '../api/house-schemas.ts';
import type { Page } from '../conversations/views-api.ts';
import { BadCursor } from '../conversations/views-api.ts';
import type { Clock } from '../engine/types.ts';
import { LINK_TTL_MS } from './auth.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { makeKeyedHash, randomToken } from './secrets.ts';

export interface SignInLink {
  readonly path: string;
  readonly expiresAt: string;
}

export type UserChange =
  | { readonly status: 'ok'; readonly user: UserView }
  | { readonly status: 'missing' }
  /** Nobody would be left who may administrate. */
  | { readonly status: 'last_admin' };

export interface Users {
  /** By e-mail. Throws BadCursor. */
  readonly list: (limit: number, cursor?: string) => Promise<Page<UserView>>;
  /** Null: the address has an account. */
  readonly create: (user: NewUserBody) => Promise<UserView | null>;
  /** Disabling ends the sessions; a new role counts from the next request. */
  readonly change: (id: string, patch: UserPatch) => Promise<UserChange>;
  /** Ends sessions and password. Null: no such account, or it is disabled. */
  readonly reset: (id: string) => Promise<SignInLink | null>;
  readonly link: (id: string) => Promise<SignInLink>;
  /** `wrong`: the current password is. The session named by `keep` stays, the others end. */
  readonly setPassword: (
    id: string,
    keep: string | null,
    words: { readonly current?: string | undefined; readonly password: string },
  ) => Promise<'ok' | 'wrong'>;
}

interface Row {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: UserView['role'];
  readonly has_password: boolean;
  readonly disabled_at: Date | null;
  readonly created_at: Date;
  readonly last_sign_in: Date | null;
}

const VIEW = `select u.id, u.email, u.name, u.role, u.password_hash is not null as has_password, u.disabled_at, u.created_at,
       (select max(s.created_at) from admin_session s where s.user_id = u.id) as last_sign_in
  from admin_user u`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const viewOf = (row: Row): UserView => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  hasPassword: row.has_password,
  disabledAt: row.disabled_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
  lastSignIn: row.last_sign_in?.toISOString() ?? null,
});

const transaction = async <A>(pool: Pool, work: (client: PoolClient) => Promise<A>): Promise<A> => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const answer = await work(client);
    await client.query('commit');
    return answer;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
};

const isLastAdmin = async (client: PoolClient, id: string): Promise<boolean> => {
  const { rows } = await client.query<{ id: string }>(
    "select id from admin_user where role = 'admin' and disabled_at is null limit 2",
  );
  return rows.length === 1 && rows[0]?.id === id;
};

/** An administrator who may sign in must remain; decided under a lock, so that two cannot remove each other. */
const changeUser = (pool: Pool, now: number, id: string, patch: UserPatch): Promise<UserChange> =>
  transaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtext('admin_user'))");
    const steps = patch.disabled === true || (patch.role !== undefined && patch.role !== 'admin');
    if (steps && (await isLastAdmin(client, id))) return { status: 'last_admin' };
    await client.query(
      `update admin_user
          set name = coalesce($2, name), role = coalesce($3, role),
              disabled_at = case when $4::boolean is null then disabled_at
                                 when $4 then coalesce(disabled_at, to_timestamp($5 / 1000.0)) end
        where id = $1`,
      [id, patch.name?.trim() ?? null, patch.role ?? null, patch.disabled ?? null, now],
    );
    if (patch.disabled === true) await client.query('delete from admin_session where user_id = $1', [id]);
    const { rows } = await client.query<Row>(`${VIEW} where u.id = $1`, [id]);
    return rows[0] === undefined ? { status: 'missing' } : { status: 'ok', user: viewOf(rows[0]) };
  });

export const makeUsers = (pool: Pool, clock: Clock, sessionSecret: Redacted.Redacted): Users => {
  const keyed = makeKeyedHash(sessionSecret);
  const link = async (id: string): Promise<SignInLink> => {
    const token = randomToken();
    const until = clock.now() + LINK_TTL_MS;
    await pool.query(
      'insert into one_time_link (token_hash, user_id, expires_at) values ($1, $2, to_timestamp($3 / 1000.0))',
      [keyed.hash('link', token), id, until],
    );
    return { path: `/admin/?link=${token}`, expiresAt: new Date(until).toISOString() };
  };
  return {
    link,
    list: async (limit, cursor) => {
      if (cursor !== undefined && cursor.length > 320) throw new BadCursor('The cursor is not one of ours.');
      const { rows } = await pool.query<Row>(`${VIEW} where u.email > $2 order by u.email limit $1`, [
        limit + 1,
        cursor ?? '',
      ]);
      const items = rows.slice(0, limit).map(viewOf);
      return { items, next: rows.length > limit ? (items.at(-1)?.email ?? null) : null };
    },
    create: async ({ email, name, role }) => {
      const { rows } = await pool.query<{ id: string }>(
        `insert into admin_user (email, name, role) values ($1, $2, $3) on conflict (email) do nothing returning id`,
        [email.trim().toLowerCase(), name.trim(), role],
      );
      const made = rows[0];
      if (made === undefined) return null;
      const view = await pool.query<Row>(`${VIEW} where u.id = $1`, [made.id]);
      return view.rows[0] === undefined ? null : viewOf(view.rows[0]);
    },
    change: async (id, patch) =>
      UUID.test(id) ? changeUser(pool, clock.now(), id, patch) : { status: 'missing' },
    reset: async (id) => {
      if (!UUID.test(id)) return null;
      const done = await transaction(pool, async (client) => {
        const { rowCount } = await client.query(
          'update admin_user set password_hash = null where id = $1 and disabled_at is null',
          [id],
        );
        await client.query('delete from admin_session where user_id = $1', [id]);
        await client.query('delete from one_time_link where user_id = $1', [id]);
        return rowCount === 1;
      });
      return done ? link(id) : null;
    },
    setPassword: async (id, keep, { current, password }) => {
      const { rows } = await pool.query<{ password_hash: string | null }>(
        'select password_hash from admin_user where id = $1',
        [id],
      );
      const known = rows[0]?.password_hash ?? null;
      if (known !== null && !(await verifyPassword(current ?? '', known))) return 'wrong';
      const hash = await hashPassword(password);
      await transaction(pool, async (client) => {
        await client.query('update admin_user set password_hash = $2 where id = $1', [id, hash]);
        await client.query(
          'delete from admin_session where user_id = $1 and token_hash is distinct from $2',
          [id, keep],
        );
      });
      return 'ok';
    },
  };
};
