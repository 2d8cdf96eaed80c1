/** The outbox as the runner sees it: claim, settle, adopt, release. */
import type pg from 'pg';
import { column, columnOf, split } from '../columns.ts';
import { notPaused } from './pauses.ts';

/** Enough of a command to queue it. */
export interface CommandRef {
  readonly actorId: string;
  readonly commandId: string;
  readonly kind: string;
  readonly name: string;
}

export interface ClaimedCommand extends CommandRef {
  readonly childId: string | null;
  readonly input: unknown;
  readonly attempt: number;
  readonly firstAttemptAt: number;
}

interface RefRow {
  readonly actor_id: string;
  readonly command_id: string;
  readonly kind: string;
  readonly name: string;
}

interface ClaimRow extends RefRow {
  readonly child_id: string | null;
  readonly input: unknown;
  readonly attempt: number;
  readonly first_attempt_at: number;
}

const refOf = (row: RefRow): CommandRef => ({
  actorId: row.actor_id,
  commandId: row.command_id,
  kind: row.kind,
  name: row.name,
});

const CLAIM = `
update outbox o set status = 'running', attempt = o.attempt + 1, first_attempt_at = coalesce(o.first_attempt_at, $4)
from unnest(${split(1)}, ${split(2)}) as n (actor_id, command_id)
where o.actor_id = n.actor_id and o.command_id = n.command_id and o.status = 'pending' and o.replica = $3
  and ${notPaused('o')}
returning o.actor_id, o.command_id, o.kind, o.name, o.child_id, o.input, o.attempt, o.first_attempt_at`;

/** The last check before a command leaves (G7): one that was cancelled or taken by another replica is not returned. */
export const claimCommands = async (
  db: pg.Pool,
  refs: readonly CommandRef[],
  replica: string,
  now: number,
): Promise<readonly ClaimedCommand[]> => {
  const { rows } = await db.query<ClaimRow>({
    name: 'claim-commands',
    text: CLAIM,
    values: [columnOf(refs, (ref) => ref.actorId), columnOf(refs, (ref) => ref.commandId), replica, now],
  });
  return rows.map((row) => ({
    ...refOf(row),
    childId: row.child_id,
    input: row.input,
    attempt: row.attempt,
    firstAttemptAt: Number(row.first_attempt_at),
  }));
};

/** How an attempt ended. */
export interface Settlement extends CommandRef {
  readonly attempt: number;
  /** `pending`: another attempt is due at `nextAt`. */
  readonly status: 'done' | 'failed' | 'parked' | 'pending';
  readonly nextAt: number | null;
  /** The attempt is given back: nothing was asked of the vendor. */
  readonly isFree: boolean;
  /** JSON. */
  readonly output: string | null;
  /** JSON. */
  readonly error: string | null;
  /** JSON body of the result event, when the actor is to hear of it. */
  readonly result: string | null;
  /** What to write instead when the database refuses this one for its content. */
  readonly ifRefused: Settlement | null;
}

const SETTLE = `
with ended as (
  select * from unnest(${split(1)}, ${split(2)}, ${split(3)}, ${split(4, 'int')}, ${split(5)}, ${split(6, 'bigint')},
    ${split(7)}, ${split(8)}, ${split(9)}, ${split(12, 'int')})
    as n (actor_id, command_id, kind, attempt, status, next_at, output, error, result, free)
), settled as (
  update outbox o set status = n.status, attempt = o.attempt - n.free, next_at = coalesce(n.next_at, o.next_at), output = n.output::jsonb,
    error = n.error::jsonb, finished_at = case when n.status in ('done', 'failed') then $11::bigint end,
    parked_at = case n.status when 'parked' then $11::bigint end
  from ended n
  where o.actor_id = n.actor_id and o.command_id = n.command_id
    and o.status = 'running' and o.replica = $10 and o.attempt = n.attempt
  returning o.actor_id, o.command_id
), told as (
  insert into mailbox (actor_id, event_id, kind, cause, sent_at, received_at, body)
  select n.actor_id, n.command_id || ':result', n.kind, 'result', $11::bigint, $11::bigint, n.result
  from ended n join settled using (actor_id, command_id)
  where n.result is not null
  order by n.actor_id, n.command_id
  on conflict (actor_id, event_id) do nothing
)
select command_id from settled`;

/**
 * Ends attempts and delivers their results in one commit (G5). An attempt that is not ours any more (cancelled, or
 * taken over while this process stood still) changes nothing and is missing from the answer.
 */
export const settleCommands = async (
  db: pg.Pool,
  settlements: readonly Settlement[],
  replica: string,
  now: number,
): Promise<ReadonlySet<string>> => {
  const { rows } = await db.query<{ command_id: string }>({
    name: 'settle-commands',
    text: SETTLE,
    values: [
      columnOf(settlements, (s) => s.actorId),
      columnOf(settlements, (s) => s.commandId),
      columnOf(settlements, (s) => s.kind),
      columnOf(settlements, (s) => s.attempt),
      columnOf(settlements, (s) => s.status),
      columnOf(settlements, (s) => s.nextAt),
      columnOf(settlements, (s) => s.output),
      columnOf(settlements, (s) => s.error),
      columnOf(settlements, (s) => s.result),
      replica,
      now,
      columnOf(settlements, (s) => (s.isFree ? 1 : 0)),
    ],
  });
  return new Set(rows.map((row) => row.command_id));
};

const ADOPT = `
update outbox o set replica = $2, status = 'pending'
from (
  select actor_id, command_id from outbox f
  where f.status in ('pending', 'running') and f.next_at <= $3 and f.kind = any(${split(1)}) and ${notPaused('f')}
    and not exists (select from replica r where r.replica_id = f.replica and r.alive_until > clock_timestamp())
  order by f.next_at limit $4 for update skip locked
) as n
where o.actor_id = n.actor_id and o.command_id = n.command_id
returning o.actor_id, o.command_id, o.kind, o.name`;

/** Takes due commands that belong to nobody or to a dead replica. */
export const adoptCommands = async (
  db: pg.Pool,
  kinds: readonly string[],
  replica: string,
  now: number,
  limit: number,
): Promise<readonly CommandRef[]> => {
  const { rows } = await db.query<RefRow>({
    name: 'adopt-commands',
    text: ADOPT,
    values: [column(kinds), replica, now, limit],
  });
  return rows.map(refOf);
};

/** This replica's own commands that are due: what did not fit in memory, and what waited for its next attempt. */
export const ownDueCommands = async (
  db: pg.Pool,
  replica: string,
  now: number,
  limit: number,
): Promise<readonly CommandRef[]> => {
  const { rows } = await db.query<RefRow>({
    name: 'own-due-commands',
    text: `select actor_id, command_id, kind, name from outbox
           where replica = $1 and status = 'pending' and next_at <= $2 and ${notPaused('outbox')}
           order by next_at limit $3`,
    values: [replica, now, limit],
  });
  return rows.map(refOf);
};

/** Ids of the commands that the table says this replica is running. */
export const ownRunningCommands = async (db: pg.Pool, replica: string): Promise<readonly string[]> => {
  const { rows } = await db.query<{ command_id: string }>({
    name: 'own-running-commands',
    text: `select command_id from outbox where replica = $1 and status = 'running'`,
    values: [replica],
  });
  return rows.map((row) => row.command_id);
};

/** Puts running commands of this replica back: their claim was committed, its answer got lost. */
export const unclaimCommands = async (
  db: pg.Pool,
  replica: string,
  commandIds: readonly string[],
): Promise<void> => {
  await db.query({
    name: 'unclaim-commands',
    text: `update outbox set status = 'pending'
           where replica = $1 and status = 'running' and command_id = any($2::text[])`,
    values: [replica, commandIds],
  });
};

/** Gives up all that this replica holds; an attempt that was interrupted by stopping does not count. */
export const releaseCommands = async (db: pg.Pool, replica: string): Promise<number> => {
  const result = await db.query({
    name: 'release-commands',
    text: `update outbox set replica = null, status = 'pending',
             attempt = attempt - case status when 'running' then 1 else 0 end
           where replica = $1 and status in ('pending', 'running')`,
    values: [replica],
  });
  return result.rowCount ?? 0;
};

/** An operator's answer to a parked command: once more from the first attempt, or never. False: it is not parked. */
export const unparkCommand = async (
  db: pg.Pool,
  actorId: string,
  commandId: string,
  discard: boolean,
  now: number,
): Promise<boolean> => {
  const result = await db.query({
    name: 'unpark-command',
    text: `update outbox set status = case when $3 then 'failed' else 'pending' end, parked_at = null, replica = null,
             attempt = 0, next_at = $4::bigint, finished_at = case when $3 then $4::bigint end
           where actor_id = $1 and command_id = $2 and status = 'parked'`,
    values: [actorId, commandId, discard, now],
  });
  return result.rowCount === 1;
};
