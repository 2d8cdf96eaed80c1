/** Events become durable: the mailbox insert, which is also the check for duplicates (G2). */
import type pg from 'pg';
import { columnOf, split } from '../columns.ts';
import type { Cause } from '../types.ts';

export interface MailboxRow {
  readonly actorId: string;
  readonly eventId: string;
  readonly kind: string;
  readonly cause: Cause;
  readonly sentAt: number;
  /** JSON. */
  readonly body: string;
}

/** `pos` follows the order of the rows; rows of one key are inserted once. */
const SQL = `
insert into mailbox (actor_id, event_id, kind, cause, sent_at, received_at, body)
select actor_id, event_id, kind, cause, sent_at, $7::bigint, body
from unnest(${split(1)}, ${split(2)}, ${split(3)}, ${split(4)}, ${split(5, 'bigint')}, ${split(6)})
  with ordinality as t (actor_id, event_id, kind, cause, sent_at, body, ord)
order by ord
on conflict (actor_id, event_id) do nothing
returning actor_id, event_id`;

/** Inserts what is new and answers with its keys. Give the rows sorted by actor, lest two inserts deadlock. */
export const insertEvents = async (
  db: pg.Pool,
  rows: readonly MailboxRow[],
  receivedAt: number,
): Promise<readonly { readonly actorId: string; readonly eventId: string }[]> => {
  const result = await db.query<{ actor_id: string; event_id: string }>({
    name: 'insert-events',
    text: SQL,
    values: [
      columnOf(rows, (row) => row.actorId),
      columnOf(rows, (row) => row.eventId),
      columnOf(rows, (row) => row.kind),
      columnOf(rows, (row) => row.cause),
      columnOf(rows, (row) => row.sentAt),
      columnOf(rows, (row) => row.body),
      receivedAt,
    ],
  });
  return result.rows.map((row) => ({ actorId: row.actor_id, eventId: row.event_id }));
};
