/**
 * What every commit writes besides the actor and its mailbox: journal, outbox, timers. Each part is the body of one
 * `with` clause that reads its parameters from `first` on, and the columns for them; so that the two statements that
 * apply events (record-advances.ts, merge-advances.ts) write the same.
 */
import type { Advance } from '../advance.ts';
import { type Cell, columnOf, split, splitFrom } from '../columns.ts';
import { encodeJson } from '../json.ts';

export type Columns = readonly Buffer[];

export const columnsOf = <T>(rows: readonly T[], ...cells: readonly ((row: T) => Cell)[]): Columns =>
  cells.map((cell) => columnOf(rows, cell));

/** Parameters of {@link journalColumns}. */
export const JOURNAL_COLUMNS = 14;

/** `at` names the parameter with the time of the commit, ms. */
export const journalInsert = (first: number, at: string): string => `
  insert into journal (actor_id, seq, kind, at, event_id, cause, event, from_states, to_states, guards, context_diff,
    commands, timers, machine_version, ignored)
  select actor_id, seq, kind, ${at}, event_id, cause, event::jsonb, from_states::jsonb, to_states::jsonb, guards::jsonb,
    context_diff::jsonb, commands::jsonb, timers::jsonb, machine_version, ignored
  from unnest(${splitFrom(first, JOURNAL_COLUMNS, { 1: 'bigint' })})
    as n (actor_id, seq, kind, event_id, cause, event, from_states, to_states, guards, context_diff, commands, timers,
      machine_version, ignored)`;

/** Most steps have no guards, commands or timers: an empty list need not be built each time. */
const encodeList = (list: readonly unknown[]): string => (list.length === 0 ? '[]' : encodeJson(list));

export const journalColumns = (advances: readonly Advance[]): Columns =>
  columnsOf(
    advances.flatMap((a) => a.steps.map(({ row }) => ({ row, kind: a.kind }))),
    (s) => s.row.actorId,
    (s) => s.row.seq,
    (s) => s.kind,
    (s) => s.row.eventId,
    (s) => s.row.cause,
    (s) => encodeJson(s.row.event),
    (s) => encodeList(s.row.from),
    (s) => encodeList(s.row.to),
    (s) => encodeList(s.row.guards),
    (s) => encodeList(s.row.contextDiff),
    (s) => encodeList(s.row.commands),
    (s) => encodeList(s.row.timers),
    (s) => s.row.machineVersion,
    (s) => (s.row.ignored === null ? null : cleanReason(s.row.ignored)),
  );

/** Parameters of {@link commandColumns}: 8 of new commands, 2 of cancelled ones. */
export const COMMAND_COLUMNS = 10;

export const outboxInsert = (first: number, at: string, replica: string): string => `
  insert into outbox (actor_id, command_id, kind, child_id, name, op, input, status, replica, created_at, next_at,
    finished_at)
  select actor_id, command_id, kind, child_id, name, op, input::jsonb, status,
    case status when 'pending' then ${replica} end, ${at}, ${at},
    case status when 'cancelled' then ${at} end
  from unnest(${splitFrom(first, 8)})
    as n (actor_id, command_id, kind, child_id, name, op, input, status)`;

export const outboxCancel = (first: number, at: string): string => `
  update outbox set status = 'cancelled', finished_at = ${at}
  from unnest(${split(first + 8)}, ${split(first + 9)}) as n (actor_id, command_id)
  where outbox.actor_id = n.actor_id and outbox.command_id = n.command_id and outbox.status in ('pending', 'running')
  returning outbox.command_id, outbox.replica`;

export const commandColumns = (advances: readonly Advance[]): Columns => [
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

/** Parameters of {@link timerColumns}: 6 of armed timers, 2 of disarmed ones. */
export const TIMER_COLUMNS = 8;

export const timerArm = (first: number): string => `
  insert into timer (actor_id, timer_id, kind, due_at, event, armed_seq)
  select actor_id, timer_id, kind, due_at, event::jsonb, armed_seq
  from unnest(${splitFrom(first, 6, { 3: 'bigint', 5: 'bigint' })})
    as n (actor_id, timer_id, kind, due_at, event, armed_seq)
  on conflict (actor_id, timer_id)
  do update set due_at = excluded.due_at, event = excluded.event, armed_seq = excluded.armed_seq`;

export const timerDisarm = (first: number): string => `
  delete from timer using unnest(${split(first + 6)}, ${split(first + 7)}) as n (actor_id, timer_id)
  where timer.actor_id = n.actor_id and timer.timer_id = n.timer_id`;

export const timerColumns = (advances: readonly Advance[]): Columns => [
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

/** Longest reason kept of a parked or ignored event, characters. */
const REASON_CHARS = 2000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not reach a column.
const CONTROL = /[\x00-\x08\x0b-\x1f]/g;

/** Text for an operator, fit for a column: never empty, no control characters. */
export const cleanReason = (reason: string): string => {
  const text = reason.replace(CONTROL, ' ').slice(0, REASON_CHARS).toWellFormed();
  return text === '' ? 'no reason given' : text;
};
