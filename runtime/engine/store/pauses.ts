/** Pauses as rows: a parked event that stands before all others of its actor (pause.ts). */
import type pg from 'pg';
import type { LockedActor } from '../advance.ts';
import type { Client } from '../database.ts';

/** Event ids that begin so are the engine's own: the door refuses them (accept-event.ts). */
export const OWN_EVENT = 'engine:';
const PAUSE = `${OWN_EVENT}pause:`;

/** The type of the event that pauses, and of the one that stands in the way until it is let go. */
export const PAUSED = 'engine.paused';
/** As which the latter is journaled. */
export const RESUMED = 'engine.resumed';

/** SQL: no pause stands at the actor of `alias`. Reads the partial index of parked rows only. */
export const notPaused = (alias: string): string =>
  `not exists (select from mailbox as pause where pause.actor_id = ${alias}.actor_id and pause.parked_at is not null
     and pause.applied_seq is null and pause.event_id like '${PAUSE}%')`;

/** Waits for the actor's row. Null: there is no such actor, it never began, or it is paused. */
export const lockUnpaused = async (client: Client, actorId: string): Promise<LockedActor | null> => {
  const { rows } = await client.query<{ kind: string; version: number; snapshot: string }>(
    'select kind, version, snapshot from actor where actor_id = $1 and snapshot is not null for update',
    [actorId],
  );
  const [row] = rows;
  if (!row) return null;
  // A statement of its own: its view must be younger than the lock.
  const free = await client.query(`select from (select $1::text as actor_id) as a where ${notPaused('a')}`, [
    actorId,
  ]);
  if (free.rowCount === 0) return null;
  const { kind, version, snapshot } = row;
  return { actorId, kind, version: Number(version), snapshot, state: null };
};

/** The id of the pause's own event; its companion has `:until` behind it. */
export const pauseId = (actor: LockedActor): string => `${PAUSE}${actor.version + 1}`;

/**
 * Both rows of a pause: one for this very commit to apply, and one that is parked where no event can come before it
 * (`pos` counts from 1).
 */
export const insertPause = async (
  client: Client,
  actor: LockedActor,
  pause: { readonly body: string; readonly reason: string; readonly now: number },
): Promise<void> => {
  await client.query(
    `insert into mailbox (actor_id, event_id, pos, kind, cause, sent_at, received_at, body, parked_at, parked_reason)
     values ($1, $2, -2, $3, 'manager', $4, $4, $5, null, null),
       ($1, $2 || ':until', -1, $3, 'manager', $4, $4, $5, $4, $6)`,
    [actor.actorId, pauseId(actor), actor.kind, pause.now, pause.body, pause.reason],
  );
};

/** Removes the row that was to be applied: the actor cannot take a step. */
export const dropUnapplied = async (client: Client, actor: LockedActor): Promise<void> => {
  await client.query('delete from mailbox where actor_id = $1 and event_id = $2', [
    actor.actorId,
    pauseId(actor),
  ]);
};

/** Lets the parked row go: the actor takes it like any event. False: there is none. */
export const unparkPause = async (db: pg.Pool, actorId: string): Promise<boolean> => {
  const result = await db.query(
    `update mailbox set parked_at = null where actor_id = $1 and parked_at is not null and applied_seq is null
       and event_id like '${PAUSE}%'`,
    [actorId],
  );
  return result.rowCount === 1;
};
