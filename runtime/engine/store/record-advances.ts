/**
 * Snapshot, journal, outbox, timers and mailbox change in one statement (G4): one round trip for a batch of any size,
 * and nothing can come between two of its parts.
 */
import type { Advance } from '../advance.ts';
import { type Cell, columnOf, split } from '../columns.ts';
import type { Client } from '../database.ts';
import { encodeJson } from '../json.ts';

const SQL = `
with moved as (
  update actor set version = n.version, snapshot = n.snapshot, machine_version = n.machine_version, updated_at = $1::bigint
  from unnest(${split(2)}, ${split(3, 'bigint')}, ${split(4, 'bigint')}, ${split(5)}, ${split(6)})
    as n (actor_id, from_version, version, snapshot, machine_version)
  where actor.actor_id = n.actor_id and actor.version = n.from_version
  returning 1
), journaled as (
  insert into journal (actor_id, seq, kind, at, event_id, cause, event, from_states, to_states, guards, context_diff,
    commands, timers, machine_version, ignored)
  select actor_id, seq, kind, $1::bigint, event_id, cause, event::jsonb, from_states::jsonb, to_states::jsonb, guards::jsonb,
    context_diff::jsonb, commands::jsonb, timers::jsonb, machine_version, ignored
  from unnest(${split(7)}, ${split(8, 'bigint')}, ${split(9)}, ${split(10)}, ${split(11)}, ${split(12)}, ${split(13)},
    ${split(14)}, ${split(15)}, ${split(16)}, ${split(17)}, ${split(18)}, ${split(19)}, ${split(20)})
    as n (actor_id, seq, kind, event_id, cause, event, from_states, to_states, guards, context_diff, commands, timers,
      machine_version, ignored)
), queued as (
  insert into outbox (actor_id, command_id, kind, child_id, name, op, input, status, replica, created_at, next_at,
    finished_at)
  select actor_id, command_id, kind, child_id, name, op, input::jsonb, status,
    case status when 'pending' then $21::text end, $1::bigint, $1::bigint,
    case status when 'cancelled' then $1::bigint end
  from unnest(${split(22)}, ${split(23)}, ${split(24)}, ${split(25)}, ${split(26)}, ${split(27)}, ${split(28)},
    ${split(29)})
    as n (actor_id, command_id, kind, child_id, name, op, input, status)
), cancelled as (
  update outbox set status = 'cancelled', finished_at = $1::bigint
  from unnest(${split(30)}, ${split(31)}) as n (actor_id, command_id)
  where outbox.actor_id = n.actor_id and outbox.command_id = n.command_id and outbox.status in ('pending', 'running')
  returning outbox.command_id, outbox.replica
), armed as (
  insert into timer (actor_id, timer_id, kind, due_at, event, armed_seq)
  select actor_id, timer_id, kind, due_at, event::jsonb, armed_seq
  from unnest(${split(32)}, ${split(33)}, ${split(34)}, ${split(35, 'bigint')}, ${split(36)}, ${split(37, 'bigint')})
    as n (actor_id, timer_id, kind, due_at, event, armed_seq)
  on conflict (actor_id, timer_id)
  do update set due_at = excluded.due_at, event = excluded.event, armed_seq = excluded.armed_seq
), disarmed as (
  delete from timer using unnest(${split(38)}, ${split(39)}) as n (actor_id, timer_id)
  where timer.actor_id = n.actor_id and timer.timer_id = n.timer_id
), applied as (
  update mailbox set applied_seq = n.seq, body = null, parked_at = null
  from unnest(${split(40)}, ${split(41)}, ${split(42, 'bigint')}) as n (actor_id, event_id, seq)
  where mailbox.actor_id = n.actor_id and mailbox.event_id = n.event_id and mailbox.applied_seq is null
  returning 1
), parked as (
  update mailbox set parked_at = $1::bigint, parked_reason = n.reason, attempts = mailbox.attempts + 1
  from unnest(${split(43)}, ${split(44)}, ${split(45)}) as n (actor_id, event_id, reason)
  where mailbox.actor_id = n.actor_id and mailbox.event_id = n.event_id and mailbox.applied_seq is null
)
select
  (select count(*) from moved)::int as moved,
  (select count(*) from applied)::int as applied,
  (select coalesce(json_agg(json_build_array(command_id, replica)), '[]') from cancelled) as cancelled`;

/** Another writer was faster although the row was locked: the batch rolls back and is read again. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
}

/** Commands that were cancelled, with the replica that may be running them. */
export type Cancelled = readonly (readonly [commandId: string, replica: string | null])[];

interface Answer {
  readonly moved: number;
  readonly applied: number;
  readonly cancelled: Cancelled;
}

/** Longest reason kept of a parked event, characters. */
const REASON_CHARS = 2000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not reach a column.
const CONTROL = /[\x00-\x08\x0b-\x1f]/g;

/** Text for an operator, fit for a column: never empty, no control characters. */
export const cleanReason = (reason: string): string => {
  const text = reason.replace(CONTROL, ' ').slice(0, REASON_CHARS).toWellFormed();
  return text === '' ? 'no reason given' : text;
};

/** Writes all that a batch changed. Throws {@link VersionConflict}; the caller's transaction rolls back. */
export const recordAdvances = async (
  client: Client,
  advances: readonly Advance[],
  replica: string,
  now: number,
): Promise<Cancelled> => {
  const moved = advances.filter((advance) => advance.snapshot !== null);
  const appliedCount = advances.reduce((sum, advance) => sum + advance.applied.length, 0);
  const { rows } = await client.query<Answer>({
    name: 'record-advances',
    text: SQL,
    values: [
      now,
      ...actorColumns(moved),
      ...journalColumns(advances),
      replica,
      ...commandColumns(advances),
      ...timerColumns(advances),
      ...mailboxColumns(advances),
    ],
  });
  const [answer] = rows;
  if (answer?.moved !== moved.length || answer.applied !== appliedCount) {
    throw new VersionConflict('An actor was changed by another writer; its events are read again.');
  }
  return answer.cancelled;
};

type Columns = readonly string[];

const columnsOf = <T>(rows: readonly T[], ...cells: readonly ((row: T) => Cell)[]): Columns =>
  cells.map((cell) => columnOf(rows, cell));

const actorColumns = (moved: readonly Advance[]): Columns =>
  columnsOf(
    moved,
    (a) => a.actorId,
    (a) => a.fromVersion,
    (a) => a.version,
    (a) => a.snapshot,
    (a) => a.machineVersion,
  );

const journalColumns = (advances: readonly Advance[]): Columns =>
  columnsOf(
    advances.flatMap((a) => a.steps.map((s) => ({ ...s.row, kind: a.kind }))),
    (r) => r.actorId,
    (r) => r.seq,
    (r) => r.kind,
    (r) => r.eventId,
    (r) => r.cause,
    (r) => encodeJson(r.event),
    (r) => encodeJson(r.from),
    (r) => encodeJson(r.to),
    (r) => encodeJson(r.guards),
    (r) => encodeJson(r.contextDiff),
    (r) => encodeJson(r.commands),
    (r) => encodeJson(r.timers),
    (r) => r.machineVersion,
    (r) => (r.ignored === null ? null : cleanReason(r.ignored)),
  );

const commandColumns = (advances: readonly Advance[]): Columns => [
  ...columnsOf(
    advances.flatMap((a) => a.commands),
    (c) => c.actorId,
    (c) => c.commandId,
    (c) => c.kind,
    (c) => c.childId,
    (c) => c.name,
    (c) => c.op,
    (c) => encodeJson(c.input),
    (c) => c.status,
  ),
  ...columnsOf(
    advances.flatMap((a) => a.cancelled.map((commandId) => ({ actorId: a.actorId, commandId }))),
    (c) => c.actorId,
    (c) => c.commandId,
  ),
];

const timerColumns = (advances: readonly Advance[]): Columns => [
  ...columnsOf(
    advances.flatMap((a) => a.armed),
    (t) => t.actorId,
    (t) => t.timerId,
    (t) => t.kind,
    (t) => t.at,
    (t) => encodeJson(t.event),
    (t) => t.armedSeq,
  ),
  ...columnsOf(
    advances.flatMap((a) => a.disarmed.map((timerId) => ({ actorId: a.actorId, timerId }))),
    (t) => t.actorId,
    (t) => t.timerId,
  ),
];

const mailboxColumns = (advances: readonly Advance[]): Columns => [
  ...columnsOf(
    advances.flatMap((a) => a.applied.map((e) => ({ ...e, actorId: a.actorId }))),
    (e) => e.actorId,
    (e) => e.eventId,
    (e) => e.seq,
  ),
  ...columnsOf(
    advances.flatMap((a) => (a.parked ? [a.parked] : [])),
    (p) => p.actorId,
    (p) => p.eventId,
    (p) => cleanReason(p.reason),
  ),
];
