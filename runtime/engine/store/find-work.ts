/** Work that nobody told this replica of: the backstop of every notification. By row existence, never by "id greater". */
import type pg from 'pg';
import { column, split } from '../columns.ts';

/** Actors with events that are pending for a while and not held back by a parked one; `after` pages by actor id. */
export const findPendingActors = async (
  db: pg.Pool,
  query: { kinds: readonly string[]; receivedBefore: number; after: string; limit: number },
): Promise<readonly string[]> => {
  const { rows } = await db.query<{ actor_id: string }>({
    name: 'find-pending-actors',
    text: `select distinct m.actor_id from mailbox m
           where m.applied_seq is null and m.received_at <= $2 and m.actor_id > $3 and m.kind = any(${split(1)})
             and not exists (select from mailbox p
               where p.actor_id = m.actor_id and p.parked_at is not null and p.applied_seq is null and p.pos < m.pos)
           order by m.actor_id limit $4`,
    values: [column(query.kinds), query.receivedBefore, query.after, query.limit],
  });
  return rows.map((row) => row.actor_id);
};
