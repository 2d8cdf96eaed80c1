/** Who changed what (domain 24.4). Callers pass states and ids, never a message's text. */
import type { Pool } from 'pg';
import type { Principal } from '../api/access.ts';
import type { AuditView } from '../api/schemas.ts';
import type { Page } from '../conversations/views-api.ts';
import type { Clock } from '../engine/types.ts';

export interface AuditEntry {
  /** `conversation.takeOver`, `settings.put`. */
  readonly action: string;
  readonly target: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Absent: all. `action` may be the beginning of a kind, `user.`. */
export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
}

export interface Audit {
  readonly record: (by: Pick<Principal, 'id' | 'name'>, entry: AuditEntry) => Promise<void>;
  /** Newest first; null: the cursor is not ours. */
  readonly list: (limit: number, cursor?: string, filter?: AuditFilter) => Promise<Page<AuditView> | null>;
}

interface Row {
  /** A number, or a string beyond 2^53. */
  readonly id: number | string;
  readonly at: Date;
  readonly actor_name: string;
  readonly action: string;
  readonly target: string;
  readonly before: unknown;
  readonly after: unknown;
}

const jsonOf = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

export const makeAudit = (pool: Pool, clock: Clock): Audit => ({
  record: async (by, entry) => {
    await pool.query(
      `insert into audit_entry (at, actor_id, actor_name, action, target, before, after)
       values (to_timestamp($1 / 1000.0), $2, $3, $4, $5, $6, $7)`,
      [clock.now(), by.id, by.name, entry.action, entry.target, jsonOf(entry.before), jsonOf(entry.after)],
    );
  },
  list: async (limit, cursor, filter = {}) => {
    if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) return null;
    const { rows } = await pool.query<Row>(
      `select id, at, actor_name, action, target, before, after from audit_entry
        where id < coalesce($2::bigint, 9223372036854775807)
          and ($3::text is null or actor_name = $3)
          and ($4::text is null or left(action, length($4)) = $4)
        order by id desc limit $1`,
      [limit + 1, cursor ?? null, filter.actor ?? null, filter.action ?? null],
    );
    const items = rows.slice(0, limit).map((row) => ({
      id: String(row.id),
      at: row.at.toISOString(),
      actor: row.actor_name,
      action: row.action,
      target: row.target,
      before: row.before,
      after: row.after,
    }));
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  },
});
