/** Tickets for the live socket: signed, good for a minute and once (contract 3.3). */
import type { Pool } from 'pg';
import type { Principal } from '../api/access.ts';
import type { Clock } from '../engine/types.ts';
import { type KeyedHash, randomToken, secretEquals } from './secrets.ts';

export const TICKET_TTL_MS = 60_000;
/** Used tickets remembered by this replica until they expire; beyond it the database alone tells (G10). */
const MAX_REMEMBERED = 10_000;

export interface Tickets {
  readonly issueTicket: (principal: Principal) => Promise<{ token: string; expiresAt: number }>;
  /** Signed by us, not expired, not used on this replica: all that can be said without the database. */
  readonly ticketLooksGood: (token: string) => boolean;
  /** Each ticket is good once, whatever the number of replicas. */
  readonly redeemTicket: (token: string) => Promise<Principal | null>;
}

/** A ticket is `<random>.<expiry, ms>.<HMAC of both>`; who holds it is in the database. */
export const makeTickets = (pool: Pool, clock: Clock, keyed: KeyedHash): Tickets => {
  const used = new Map<string, number>();

  const remember = (token: string): void => {
    const now = clock.now();
    // In order of use, so the first that is still good ends the search.
    for (const [old, until] of used) {
      if (until > now && used.size < MAX_REMEMBERED) break;
      used.delete(old);
    }
    used.set(token, now + TICKET_TTL_MS);
  };

  return {
    issueTicket: async (principal) => {
      const expiresAt = clock.now() + TICKET_TTL_MS;
      const claim = `${randomToken()}.${expiresAt}`;
      const token = `${claim}.${keyed.hash('ticket', claim)}`;
      await pool.query(
        'insert into live_ticket (token_hash, principal, expires_at) values ($1, $2, to_timestamp($3 / 1000.0))',
        [keyed.hash('ticket', token), JSON.stringify({ ...principal, csrfToken: null }), expiresAt],
      );
      return { token, expiresAt };
    },

    ticketLooksGood: (token) => {
      const at = token.lastIndexOf('.');
      const claim = token.slice(0, Math.max(0, at));
      if (!secretEquals(token.slice(at + 1), keyed.hash('ticket', claim))) return false;
      return Number(claim.split('.')[1]) > clock.now() && !used.has(token);
    },

    redeemTicket: async (token) => {
      remember(token);
      const { rows } = await pool.query<{ principal: Principal }>(
        'delete from live_ticket where token_hash = $1 and expires_at > to_timestamp($2 / 1000.0) returning principal',
        [keyed.hash('ticket', token), clock.now()],
      );
      return rows[0]?.principal ?? null;
    },
  };
};
