/** Work that nobody told this replica of: the backstop of every notification. By row existence, never by "id greater". */
import type pg from 'pg';
import { column, split } from '../columns.ts';

export interface PendingActor {
  readonly actorId: string;
  /** Of its oldest pending event. */
  readonly pos: number;
}

/**
 * Actors with events that are pending for a while and not held back by a parked one, those that wait longest first;
 * `after` pages by position, and only within one look: rows become visible out of order, the next look finds them.
 */
export const findPendingActors = async (
  db: pg.Pool,
  query: { kinds: readonly string[]; receivedBefore: number; after: number; limit: number },
): Promise<readonly PendingActor[]> => {
  const { rows } = await db.query<{ actor_id: string; pos: string }>({
    name: 'find-pending-actors',
    text: `select m.actor_id, min(m.pos) as pos from mailbox m
           where m.applied_seq is null and m.received_at <= $2 and m.kind = any(${split(1)})
             and not exists (select from mailbox p
               where p.actor_id = m.actor_id and p.parked_at is not null and p.applied_seq is null and p.pos < m.pos)
           group by m.actor_id having min(m.pos) > $3 order by 2 limit $4`,
    values: [column(query.kinds), query.receivedBefore, query.after, query.limit],
  });
  return rows.map((row) => ({ actorId: row.actor_id, pos: Number(row.pos) }));
};
