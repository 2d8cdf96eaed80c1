/** The fence (G3): the actor's row is locked before its events are read, and read after it is locked. */

import type { LockedActor } from '../advance.ts';
import { column, columnOf, split } from '../columns.ts';
import type { Client } from '../database.ts';
import type { SnapshotCache } from '../snapshot-cache.ts';
import type { PendingEvent } from '../take-event.ts';
import type { Cause, EventBody } from '../types.ts';

/** An actor that the caller knows as of this version needs no snapshot: it is the same, or the version differs. */
const SNAPSHOT = 'case when actor.version = n.version then null else actor.snapshot end as snapshot';

const LOCK = `
select actor.actor_id, actor.kind, actor.version, ${SNAPSHOT}
from unnest(${split(1)}, ${split(2, 'bigint')}) as n (actor_id, version) join actor on actor.actor_id = n.actor_id
order by actor.actor_id for update of actor skip locked`;

const LOAD = `
select actor.actor_id, actor.kind, actor.version, actor.snapshot
from unnest(${split(1)}) as n (actor_id) join actor on actor.actor_id = n.actor_id`;

/** The kind of a new actor is that of the first event it got. */
const CREATE = `
insert into actor (actor_id, kind, updated_at)
select distinct on (actor_id) actor_id, kind, $2::bigint from mailbox
where actor_id = any(${split(1)}) and applied_seq is null
order by actor_id, pos
on conflict (actor_id) do nothing`;

interface ActorRow {
  readonly actor_id: string;
  readonly kind: string;
  readonly version: number;
  readonly snapshot: string | null;
}

const lock = async (
  client: Client,
  ids: readonly string[],
  cache: SnapshotCache,
): Promise<readonly LockedActor[]> => {
  const known = new Map(ids.map((id) => [id, cache.get(id)]));
  const { rows } = await client.query<ActorRow>({
    name: 'lock-actors',
    text: LOCK,
    values: [column(ids), columnOf(ids, (id) => known.get(id)?.version ?? -1)],
  });
  return rows.map((row) => {
    const cached = known.get(row.actor_id);
    const version = Number(row.version);
    return { ...actorOf(row), state: cached?.version === version ? cached.state : null };
  });
};

const actorOf = (row: ActorRow): LockedActor => ({
  actorId: row.actor_id,
  kind: row.kind,
  version: Number(row.version),
  snapshot: row.snapshot,
  state: null,
});

/** Actors as they are now, not locked: whoever writes has to name their version. Missing ones do not exist. */
export const loadActors = async (client: Client, ids: readonly string[]): Promise<readonly LockedActor[]> => {
  const { rows } = await client.query<ActorRow>({ name: 'load-actors', text: LOAD, values: [column(ids)] });
  return rows.map(actorOf);
};

/** Locks what nobody else holds, creating rows of new actors. Those missing from the answer are held elsewhere. */
export const lockActors = async (
  client: Client,
  ids: readonly string[],
  now: number,
  cache: SnapshotCache,
): Promise<readonly LockedActor[]> => {
  const known = await lock(client, ids, cache);
  if (known.length === ids.length) return known;
  const seen = new Set(known.map((actor) => actor.actorId));
  const missing = ids.filter((id) => !seen.has(id));
  const created = await client.query({
    name: 'create-actors',
    text: CREATE,
    values: [column(missing), now],
  });
  return created.rowCount === 0 ? known : [...known, ...(await lock(client, missing, cache))];
};

const PENDING = `
select a.actor_id, m.event_id, m.kind, m.cause, m.received_at, m.body, m.parked_at, m.parked_reason, m.discarded
from unnest(${split(1)}) as a (actor_id)
cross join lateral (
  select * from mailbox
  where mailbox.actor_id = a.actor_id and applied_seq is null
  order by pos limit $2::int
) m
order by a.actor_id, m.pos`;

interface PendingRow {
  readonly actor_id: string;
  readonly event_id: string;
  readonly kind: string;
  readonly cause: Cause;
  readonly received_at: number;
  readonly body: string;
  readonly parked_at: number | null;
  readonly parked_reason: string | null;
  readonly discarded: boolean;
}

export interface ActorEvents {
  readonly events: readonly PendingEvent[];
  /** There may be more than were read. */
  readonly more: boolean;
  /** One of them is parked: those behind it wait. */
  readonly blocked: boolean;
}

/** The first pending events of locked actors, in the order they became durable, up to the first parked one. */
export const pendingEvents = async (
  client: Client,
  ids: readonly string[],
  perActor: number,
): Promise<ReadonlyMap<string, ActorEvents>> => {
  const { rows } = await client.query<PendingRow>({
    name: 'pending-events',
    text: PENDING,
    values: [column(ids), perActor],
  });
  const grouped = Map.groupBy(rows, (row) => row.actor_id);
  return new Map(
    [...grouped].map(([id, all]) => {
      const stop = all.findIndex((row) => row.parked_at !== null);
      const free = stop === -1 ? all : all.slice(0, stop);
      return [
        id,
        { events: free.map(read), more: stop === -1 && all.length === perActor, blocked: stop !== -1 },
      ];
    }),
  );
};

const read = (row: PendingRow): PendingEvent => ({
  actorId: row.actor_id,
  eventId: row.event_id,
  kind: row.kind,
  cause: row.cause,
  receivedAt: Number(row.received_at),
  body: JSON.parse(row.body) as EventBody,
  parkedReason: row.parked_reason,
  discarded: row.discarded,
});
