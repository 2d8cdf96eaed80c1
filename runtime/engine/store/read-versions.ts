/** What lives in the database, by version of its machine: all that the start-up check reads (G9). */
import type pg from 'pg';
import type { MachineParts } from '../machine-parts.ts';
import type { SnapshotShape } from '../snapshot-fit.ts';

/** Actors of one version, and some of their ids. */
export interface LivingVersion {
  readonly kind: string;
  readonly version: string;
  readonly actors: number;
  readonly examples: readonly string[];
}

export interface LivingShape extends SnapshotShape {
  readonly actors: number;
  readonly examples: readonly string[];
}

/** Index only: the actors' rows are not touched. */
export const readLivingVersions = async (db: pg.Pool): Promise<readonly LivingVersion[]> => {
  const { rows } = await db.query<{ kind: string; version: string; actors: number; example: string }>(
    `select kind, machine_version as version, count(*)::int as actors, min(actor_id) as example
     from actor where machine_version is not null group by kind, machine_version order by kind, machine_version`,
  );
  return rows.map(({ kind, version, actors, example }) => ({ kind, version, actors, examples: [example] }));
};

export interface SeenVersion {
  readonly kind: string;
  readonly version: string;
  readonly fingerprint: string;
  readonly parts: MachineParts;
}

export const readSeenVersions = async (db: pg.Pool): Promise<readonly SeenVersion[]> => {
  const { rows } = await db.query<SeenVersion>(
    'select kind, version, fingerprint, parts from machine_version',
  );
  return rows;
};

/**
 * Remembers the definitions that start now. An earlier definition under the same version has been compared with its
 * actors by then, and need not be again.
 */
export const recordVersions = async (
  db: pg.Pool,
  versions: readonly SeenVersion[],
  now: number,
): Promise<void> => {
  for (const { kind, version, fingerprint, parts } of versions) {
    await db.query('delete from machine_version where kind = $1 and version = $2 and fingerprint <> $3', [
      kind,
      version,
      fingerprint,
    ]);
    await db.query(
      `insert into machine_version (kind, version, fingerprint, parts, first_seen_at) values ($1, $2, $3, $4, $5)
       on conflict do nothing`,
      [kind, version, fingerprint, JSON.stringify(parts), now],
    );
  }
};

const SHAPES = `
with page as (
  select actor_id, snapshot::json as stored from actor
  where kind = $1 and machine_version = $2 and actor_id > $3 order by actor_id limit $4
), shape as (
  select actor_id, stored -> 'snapshot' ->> 'value' as value, stored -> 'snapshot' ->> 'status' as status,
    stored -> 'snapshot' ->> 'children' as children, stored -> 'snapshot' ->> 'historyValue' as history,
    (select coalesce(json_agg(id order by id), '[]')::text from json_object_keys(stored -> 'timers') as id
      where id like 'xstate.after.%') as timers
  from page
)
select value, status, children, history, timers, count(*)::int as actors, max(actor_id) as last,
  (array_agg(actor_id order by actor_id))[1:3] as examples
from shape group by value, status, children, history, timers`;

interface ShapeRow {
  readonly value: string;
  readonly status: SnapshotShape['status'];
  readonly children: string | null;
  readonly history: string | null;
  readonly timers: string;
  readonly actors: number;
  readonly last: string;
  readonly examples: readonly string[];
}

/** One page of the actors of a version, grouped by everything but their context. `next` is null after the last page. */
export const readShapes = async (
  db: pg.Pool,
  kind: string,
  version: string,
  after: string,
  limit: number,
): Promise<{ readonly shapes: readonly LivingShape[]; readonly next: string | null }> => {
  const { rows } = await db.query<ShapeRow>(SHAPES, [kind, version, after, limit]);
  const total = rows.reduce((sum, row) => sum + row.actors, 0);
  const last =
    rows
      .map((row) => row.last)
      .toSorted()
      .at(-1) ?? '';
  return { shapes: rows.map(shapeOf), next: total < limit ? null : last };
};

const shapeOf = (row: ShapeRow): LivingShape => {
  const history = JSON.parse(row.history ?? '{}') as Record<string, readonly { readonly id: string }[]>;
  const timers = JSON.parse(row.timers) as readonly string[];
  return {
    // A value that is one name is text here, JSON otherwise.
    value: row.value.startsWith('{') ? (JSON.parse(row.value) as SnapshotShape['value']) : row.value,
    status: row.status,
    children: JSON.parse(row.children ?? '{}') as SnapshotShape['children'],
    historyValue: Object.fromEntries(
      Object.entries(history).map(([key, at]) => [key, at.map(({ id }) => id)]),
    ),
    timers: Object.fromEntries(timers.map((id) => [id, 0])),
    actors: row.actors,
    examples: row.examples,
  };
};

/** Whole snapshots of a version, from both ends of its ids: to be read with the schema of the context. */
export const sampleSnapshots = async (
  db: pg.Pool,
  kind: string,
  version: string,
  limit: number,
): Promise<readonly { readonly actorId: string; readonly snapshot: string }[]> => {
  const half = (direction: string): string =>
    `(select actor_id, snapshot from actor where kind = $1 and machine_version = $2
      order by actor_id ${direction} limit $3)`;
  const { rows } = await db.query<{ actor_id: string; snapshot: string }>(
    `${half('asc')} union ${half('desc')}`,
    [kind, version, Math.ceil(limit / 2)],
  );
  return rows.map((row) => ({ actorId: row.actor_id, snapshot: row.snapshot }));
};

/** The stored actors of these ids. */
export const readSnapshots = async (
  db: pg.Pool,
  actorIds: readonly string[],
): Promise<readonly { readonly actorId: string; readonly snapshot: string }[]> => {
  const { rows } = await db.query<{ actor_id: string; snapshot: string }>(
    'select actor_id, snapshot from actor where actor_id = any($1::text[]) and snapshot is not null',
    [actorIds],
  );
  return rows.map((row) => ({ actorId: row.actor_id, snapshot: row.snapshot }));
};

/** Something of actors that refers to the machine by name. */
export interface LivingName {
  readonly kind: string;
  readonly version: string;
  readonly name: string;
  readonly actors: number;
  readonly examples: readonly string[];
}

/** Event types of armed timers that are not an `after`, whose event is not told by their id. */
export const readTimerEvents = async (db: pg.Pool): Promise<readonly LivingName[]> => {
  const { rows } = await db.query<LivingName>(
    `select a.kind, a.machine_version as version, t.event ->> 'type' as name, count(*)::int as actors,
       (array_agg(actor_id order by actor_id))[1:3] as examples
     from timer t join actor a using (actor_id)
     where t.timer_id not like 'xstate.after.%' group by 1, 2, 3 order by 1, 2, 3`,
  );
  return rows;
};

/** Names of commands that wait or run. */
export const readOpenCommands = async (db: pg.Pool): Promise<readonly LivingName[]> => {
  const { rows } = await db.query<LivingName>(
    `select a.kind, a.machine_version as version, o.name, count(*)::int as actors,
       (array_agg(actor_id order by actor_id))[1:3] as examples
     from outbox o join actor a using (actor_id)
     where o.status in ('pending', 'running') group by 1, 2, 3 order by 1, 2, 3`,
  );
  return rows;
};
