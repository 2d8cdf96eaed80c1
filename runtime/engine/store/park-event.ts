/** Parked events: set aside with a reason, retried or given up by an operator (G8). */
import type pg from 'pg';
import { cleanReason } from './advance-writes.ts';

/** Parks an event whose writes failed: its own transaction is gone, so this is another one. False: it is applied. */
export const parkEvent = async (
  db: pg.Pool,
  event: { readonly actorId: string; readonly eventId: string },
  reason: string,
  now: number,
): Promise<boolean> => {
  const result = await db.query({
    name: 'park-event',
    text: `update mailbox set parked_at = $3, parked_reason = $4, attempts = attempts + 1
           where actor_id = $1 and event_id = $2 and applied_seq is null and parked_at is null`,
    values: [event.actorId, event.eventId, now, cleanReason(reason)],
  });
  return result.rowCount === 1;
};

/** Puts a parked event back in its place. False: there is none. */
export const unparkEvent = async (
  db: pg.Pool,
  actorId: string,
  eventId: string,
  discard: boolean,
): Promise<boolean> => {
  const result = await db.query({
    name: 'unpark-event',
    text: `update mailbox set parked_at = null, discarded = $3
           where actor_id = $1 and event_id = $2 and applied_seq is null and parked_at is not null`,
    values: [actorId, eventId, discard],
  });
  return result.rowCount === 1;
};
