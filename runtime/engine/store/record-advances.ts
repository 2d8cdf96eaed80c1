/**
 * Snapshot, journal, outbox, timers and mailbox change in one statement (G4): one round trip for a batch of any size,
 * and nothing can come between two of its parts. For events that are in the mailbox already, under their actors' locks.
 */
import type { Advance } from '../advance.ts';
import { splitFrom } from '../columns.ts';
import type { Client } from '../database.ts';
import {
  type Columns,
  cleanReason,
  columnsOf,
  commandColumns,
  journalColumns,
  journalInsert,
  outboxCancel,
  outboxInsert,
  timerArm,
  timerColumns,
  timerDisarm,
} from './advance-writes.ts';

const AT = '$1::bigint';

const SQL = `
with moved as (
  update actor set version = n.version, snapshot = n.snapshot, machine_version = n.machine_version, updated_at = ${AT}
  from unnest(${splitFrom(2, 5, { 1: 'bigint', 2: 'bigint' })})
    as n (actor_id, from_version, version, snapshot, machine_version)
  where actor.actor_id = n.actor_id and actor.version = n.from_version
  returning 1
), journaled as (${journalInsert(7, AT)}
), queued as (${outboxInsert(22, AT, '$21::text')}
), cancelled as (${outboxCancel(22, AT)}
), armed as (${timerArm(32)}
), disarmed as (${timerDisarm(32)}
), applied as (
  update mailbox set applied_seq = n.seq, body = null, parked_at = null
  from unnest(${splitFrom(40, 3, { 2: 'bigint' })}) as n (actor_id, event_id, seq)
  where mailbox.actor_id = n.actor_id and mailbox.event_id = n.event_id and mailbox.applied_seq is null
  returning 1
), parked as (
  update mailbox set parked_at = ${AT}, parked_reason = n.reason, attempts = mailbox.attempts + 1
  from unnest(${splitFrom(43, 3)}) as n (actor_id, event_id, reason)
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

const actorColumns = (moved: readonly Advance[]): Columns =>
  columnsOf(
    moved,
    (a) => a.actorId,
    (a) => a.fromVersion,
    (a) => a.version,
    (a) => a.snapshot,
    (a) => a.machineVersion,
  );

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
