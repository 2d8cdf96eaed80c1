/** What others may read: actors, journal rows, counts. */
import type pg from 'pg';
import type {
  Cause,
  Change,
  EngineStats,
  EventBody,
  GuardTried,
  JournalCommand,
  JournalRow,
  JournalTimer,
} from '../types.ts';

export interface ActorRecord {
  readonly actorId: string;
  readonly kind: string;
  readonly version: number;
  readonly machineVersion: string;
  readonly snapshot: string;
}

/** Null: nobody of this id has taken a step. */
export const readActor = async (db: pg.Pool, actorId: string): Promise<ActorRecord | null> => {
  const { rows } = await db.query<{
    kind: string;
    version: number;
    machine_version: string | null;
    snapshot: string | null;
  }>({
    name: 'read-actor',
    text: 'select kind, version, machine_version, snapshot from actor where actor_id = $1',
    values: [actorId],
  });
  const [row] = rows;
  if (!row || row.snapshot === null) return null;
  const { kind, snapshot } = row;
  return { actorId, kind, version: Number(row.version), machineVersion: row.machine_version ?? '', snapshot };
};

interface JournalRecord {
  readonly actor_id: string;
  readonly seq: number;
  readonly at: number;
  readonly event_id: string;
  readonly cause: Cause;
  readonly event: EventBody;
  readonly from_states: readonly string[];
  readonly to_states: readonly string[];
  readonly guards: readonly GuardTried[];
  readonly context_diff: readonly Change[];
  readonly commands: readonly JournalCommand[];
  readonly timers: readonly JournalTimer[];
  readonly machine_version: string;
  readonly ignored: string | null;
}

/** Rows with `seq > since`, oldest first. */
export const readJournal = async (
  db: pg.Pool,
  actorId: string,
  since: number,
  limit: number,
): Promise<readonly JournalRow[]> => {
  const { rows } = await db.query<JournalRecord>({
    name: 'read-journal',
    text: `select actor_id, seq, at, event_id, cause, event, from_states, to_states, guards, context_diff, commands, timers,
             machine_version, ignored
           from journal where actor_id = $1 and seq > $2 order by seq limit $3`,
    values: [actorId, since, limit],
  });
  return rows.map((row) => ({
    actorId: row.actor_id,
    seq: Number(row.seq),
    at: Number(row.at),
    eventId: row.event_id,
    cause: row.cause,
    event: row.event,
    from: row.from_states,
    to: row.to_states,
    guards: row.guards,
    contextDiff: row.context_diff,
    commands: row.commands,
    timers: row.timers,
    machineVersion: row.machine_version,
    ignored: row.ignored,
  }));
};

/** Changes of rows with `since < seq <= until`, oldest first. */
export const readChanges = async (
  db: pg.Pool,
  actorId: string,
  since: number,
  until: number,
  limit: number,
): Promise<readonly { readonly seq: number; readonly changes: readonly Change[] }[]> => {
  const { rows } = await db.query<{ seq: number; context_diff: readonly Change[] }>({
    name: 'read-changes',
    text: `select seq, context_diff from journal
           where actor_id = $1 and seq > $2 and seq <= $3 order by seq limit $4`,
    values: [actorId, since, until, limit],
  });
  return rows.map((row) => ({ seq: Number(row.seq), changes: row.context_diff }));
};

/** Counts of open work; each reads a partial index of what is open, and the timers' table. */
export const readStats = async (db: pg.Pool, now: number): Promise<EngineStats> => {
  const { rows } = await db.query<Record<keyof EngineStats, number>>({
    name: 'read-stats',
    text: `select
        (select count(*) from mailbox where applied_seq is null) as "mailboxDepth",
        (select coalesce(greatest(0, $1::bigint - min(received_at)), 0) from mailbox where applied_seq is null)
          as "mailboxAgeMs",
        (select count(*) from outbox where status = 'pending') as "commandsWaiting",
        (select count(*) from outbox where status = 'running') as "commandsRunning",
        (select count(*) from timer) as "timersArmed",
        (select count(*) from mailbox where parked_at is not null and applied_seq is null)
          + (select count(*) from outbox where status = 'parked') as "parked"`,
    values: [now],
  });
  const row = rows[0];
  return {
    mailboxDepth: Number(row?.mailboxDepth ?? 0),
    mailboxAgeMs: Number(row?.mailboxAgeMs ?? 0),
    commandsWaiting: Number(row?.commandsWaiting ?? 0),
    commandsRunning: Number(row?.commandsRunning ?? 0),
    timersArmed: Number(row?.timersArmed ?? 0),
    parked: Number(row?.parked ?? 0),
  };
};

/**
 * One conversation that is parked, and whose customer goes on writing, must not turn everybody else away (G8). Reads the
 * partial index of what waits, `atMost` rows of it, and the one of what is parked.
 */
const BACKLOG = `
select count(*)::int as waiting from (
  select from mailbox m
  where m.applied_seq is null
    and not exists (select from mailbox p
      where p.actor_id = m.actor_id and p.parked_at is not null and p.applied_seq is null)
  limit $1) as found`;

export const countBacklog = async (db: pg.Pool, atMost: number): Promise<number> => {
  const { rows } = await db.query<{ waiting: number }>({
    name: 'count-backlog',
    text: BACKLOG,
    values: [atMost],
  });
  return rows[0]?.waiting ?? 0;
};
