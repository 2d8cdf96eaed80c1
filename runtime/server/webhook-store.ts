/** SQL of the webhook: whose message a status is about, what is unmatched, what could not be read. */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { RejectedItem } from '../../adapters/wazzup/webhook.ts';
import type { EventBody } from '../engine/types.ts';

/** A status without a conversation is dropped after this long: it belongs to another system's message. */
export const UNMATCHED_TTL_MS = 10 * 60_000;
/** Domain 20.6. */
export const QUARANTINE_TTL_MS = 7 * 24 * 3_600_000;
/** Statuses matched by one sweep. */
const SWEEP_BATCH = 500;
/** One quarantined item is cut to this; the operator needs its shape, not all of it (G10). */
const MAX_QUARANTINE_CHARS = 64 * 1024;

export interface UnmatchedStatus {
  readonly messageId: string;
  readonly eventId: string;
  readonly body: EventBody;
  readonly sentAt: number;
}

export interface QuarantinedItem {
  readonly id: string;
  readonly path: string;
  readonly reason: string;
  readonly payload: string;
  readonly receivedAt: Date;
}

export interface WebhookStore {
  /** Conversation by provider message id, for those that are known. */
  readonly conversationsOf: (providerIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  readonly keepUnmatched: (statuses: readonly UnmatchedStatus[], now: number) => Promise<void>;
  /** Statuses whose message has become known, with its conversation. */
  readonly matched: () => Promise<readonly (UnmatchedStatus & { readonly conversationId: string })[]>;
  readonly forget: (statuses: readonly Pick<UnmatchedStatus, 'messageId' | 'eventId'>[]) => Promise<void>;
  /** Number dropped. */
  readonly dropUnmatched: (now: number) => Promise<number>;
  readonly quarantine: (items: readonly RejectedItem[], now: number) => Promise<void>;
  readonly quarantined: (limit: number, cursor?: string) => Promise<readonly QuarantinedItem[]>;
  readonly quarantinedById: (id: string) => Promise<QuarantinedItem | null>;
  readonly release: (id: string) => Promise<boolean>;
  readonly dropQuarantine: (now: number) => Promise<void>;
}

interface StatusRow {
  readonly message_id: string;
  readonly event_id: string;
  readonly body: EventBody;
  readonly sent_at: Date;
  readonly conversation_id: string;
}

interface QuarantineRow {
  readonly id: string;
  readonly path: string;
  readonly reason: string;
  readonly payload: string;
  readonly received_at: Date;
}

const itemOf = (row: QuarantineRow): QuarantinedItem => ({
  id: row.id,
  path: row.path,
  reason: row.reason,
  payload: row.payload,
  receivedAt: row.received_at,
});

/** Text that Postgres takes: NUL is refused in text. */
const storable = (text: string): string => text.replaceAll('\u0000', '\uFFFD').slice(0, MAX_QUARANTINE_CHARS);

const QUARANTINED = 'select id, path, reason, payload, received_at from webhook_quarantine';

export const makeWebhookStore = (pool: Pool): WebhookStore => ({
  conversationsOf: async (providerIds) => {
    if (providerIds.length === 0) return new Map();
    const { rows } = await pool.query<{ provider_id: string; conversation_id: string }>(
      'select provider_id, conversation_id from channel_message where provider_id = any($1)',
      [providerIds],
    );
    return new Map(rows.map((row) => [row.provider_id, row.conversation_id]));
  },

  keepUnmatched: async (statuses, now) => {
    if (statuses.length === 0) return;
    await pool.query(
      `insert into unmatched_status (message_id, event_id, body, sent_at, received_at)
       select message_id, event_id, body, to_timestamp(sent_at / 1000.0), to_timestamp($2 / 1000.0)
         from jsonb_to_recordset($1::jsonb) as t(message_id text, event_id text, body jsonb, sent_at float8)
        order by message_id, event_id on conflict do nothing`,
      [
        JSON.stringify(
          statuses.map((s) => ({
            message_id: s.messageId,
            event_id: s.eventId,
            body: s.body,
            sent_at: s.sentAt,
          })),
        ),
        now,
      ],
    );
  },

  matched: async () => {
    const { rows } = await pool.query<StatusRow>(
      `select u.message_id, u.event_id, u.body, u.sent_at, m.conversation_id
         from unmatched_status u join channel_message m on m.provider_id = u.message_id
        order by u.received_at limit ${SWEEP_BATCH}`,
    );
    return rows.map((row) => ({
      messageId: row.message_id,
      eventId: row.event_id,
      body: row.body,
      sentAt: row.sent_at.getTime(),
      conversationId: row.conversation_id,
    }));
  },

  forget: async (statuses) => {
    await pool.query(
      `delete from unmatched_status u using unnest($1::text[], $2::text[]) as k(message_id, event_id)
        where u.message_id = k.message_id and u.event_id = k.event_id`,
      [statuses.map((s) => s.messageId), statuses.map((s) => s.eventId)],
    );
  },

  dropUnmatched: async (now) => {
    const { rowCount } = await pool.query(
      'delete from unmatched_status where received_at < to_timestamp($1 / 1000.0)',
      [now - UNMATCHED_TTL_MS],
    );
    return rowCount ?? 0;
  },

  quarantine: async (items, now) => {
    if (items.length === 0) return;
    const rows = items.map((item) => {
      const payload = storable(JSON.stringify(item.raw) ?? 'null');
      const id = createHash('sha256').update(`${item.reason}:${payload}`).digest('hex').slice(0, 32);
      return { id, path: storable(item.path), reason: storable(item.reason), payload };
    });
    await pool.query(
      `insert into webhook_quarantine (id, received_at, path, reason, payload)
       select id, to_timestamp($2 / 1000.0), path, reason, payload
         from jsonb_to_recordset($1::jsonb) as t(id text, path text, reason text, payload text)
        order by id on conflict do nothing`,
      [JSON.stringify(rows), now],
    );
  },

  quarantined: async (limit, cursor) => {
    const { rows } = await pool.query<QuarantineRow>(
      `${QUARANTINED}
        where $2::text is null
           or (received_at, id) > (select c.received_at, c.id from webhook_quarantine c where c.id = $2)
        order by received_at, id limit $1`,
      [limit, cursor ?? null],
    );
    return rows.map(itemOf);
  },

  quarantinedById: async (id) => {
    const { rows } = await pool.query<QuarantineRow>(`${QUARANTINED} where id = $1`, [id]);
    return rows[0] ? itemOf(rows[0]) : null;
  },

  release: async (id) => {
    const { rowCount } = await pool.query('delete from webhook_quarantine where id = $1', [id]);
    return rowCount === 1;
  },

  dropQuarantine: async (now) => {
    await pool.query('delete from webhook_quarantine where received_at < to_timestamp($1 / 1000.0)', [
      now - QUARANTINE_TTL_MS,
    ]);
  },
});
