/**
 * Events become durable and are applied in one statement: mailbox rows that are born applied, and all they change. It
 * holds only while the actors' mailboxes are empty, every event is new and no actor has moved since it was read; when
 * any of that fails, the whole statement fails and nothing has happened.
 */
import type { Advance } from '../advance.ts';
import { columnOf, split, splitFrom } from '../columns.ts';
import type { Client } from '../database.ts';
import { codeOf } from '../errors.ts';
import {
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
import type { MailboxRow } from './insert-events.ts';
import type { Cancelled } from './record-advances.ts';

const AT = '$1::bigint';

/**
 * Rows that another replica holds are skipped, not waited for, and then no actor moves: one that stands still in its
 * transaction must not hold this lane. The division is how a lone statement, which is its own transaction, rolls back.
 */
const SQL = `
with held as materialized (
  select 1 from unnest(${split(2)}) as n (actor_id) join actor on actor.actor_id = n.actor_id
  for update of actor skip locked
), moved as (
  update actor set version = n.version, snapshot = n.snapshot, machine_version = n.machine_version, updated_at = ${AT}
  from unnest(${splitFrom(2, 5, { 1: 'bigint', 2: 'bigint' })})
    as n (actor_id, from_version, version, snapshot, machine_version)
  where actor.actor_id = n.actor_id and actor.version = n.from_version and (select count(*) from held) = $7::int
  returning 1
), created as (
  insert into actor (actor_id, kind, version, snapshot, machine_version, updated_at)
  select actor_id, kind, version, snapshot, machine_version, ${AT}
  from unnest(${splitFrom(8, 5, { 2: 'bigint' })}) as n (actor_id, kind, version, snapshot, machine_version)
  on conflict (actor_id) do nothing
  returning 1
), entered as (
  insert into mailbox (actor_id, event_id, kind, cause, sent_at, received_at, applied_seq)
  select actor_id, event_id, kind, cause, sent_at, ${AT}, applied_seq
  from unnest(${splitFrom(13, 6, { 4: 'bigint', 5: 'bigint' })})
    with ordinality as n (actor_id, event_id, kind, cause, sent_at, applied_seq, ord)
  order by ord
  on conflict (actor_id, event_id) do nothing
  returning 1
), journaled as (${journalInsert(19, AT)}
), queued as (${outboxInsert(34, AT, '$33::text')}
), cancelled as (${outboxCancel(34, AT)}
), armed as (${timerArm(44)}
), disarmed as (${timerDisarm(44)}
)
select 1 / (
    (select count(*) from moved) = $7::int
    and (select count(*) from created) = $52::int
    and (select count(*) from entered) = $53::int
    and not exists (
      select from unnest(${split(54)}) as n (actor_id)
      cross join lateral (
        select 1 from mailbox where mailbox.actor_id = n.actor_id and applied_seq is null order by pos limit 1
      ) as pending
    )
  )::int as ok,
  (select coalesce(json_agg(json_build_array(command_id, replica)), '[]') from cancelled) as cancelled`;

/** An event was a duplicate, an actor has moved, is held, or has mail: the events go through the mailbox. */
export class MergeConflict extends Error {
  override readonly name = 'MergeConflict';
}

/** Nothing else in the statement divides. */
const DIVISION_BY_ZERO = '22012';

/** An actor's advance together with the rows of its events, in the order they were applied. */
export interface MergedAdvance {
  readonly advance: Advance;
  /** False for an actor that has no row yet. */
  readonly stored: boolean;
  readonly rows: readonly MailboxRow[];
}

/** Give the actors sorted by id. Throws {@link MergeConflict}, then nothing has changed. */
export const mergeAdvances = async (
  client: Client,
  merged: readonly MergedAdvance[],
  replica: string,
  now: number,
): Promise<Cancelled> => {
  const advances = merged.map(({ advance }) => advance);
  const moved = merged.filter(({ stored }) => stored).map(({ advance }) => advance);
  const created = merged.filter(({ stored }) => !stored).map(({ advance }) => advance);
  const entered = merged.flatMap(({ advance, rows }) =>
    advance.applied.map(({ seq }, i) => ({ row: rows[i] as MailboxRow, seq })),
  );
  try {
    const { rows } = await client.query<{ cancelled: Cancelled }>({
      name: 'merge-advances',
      text: SQL,
      values: [
        now,
        ...columnsOf(
          moved,
          (a) => a.actorId,
          (a) => a.fromVersion,
          (a) => a.version,
          (a) => a.snapshot,
          (a) => a.machineVersion,
        ),
        moved.length,
        ...columnsOf(
          created,
          (a) => a.actorId,
          (a) => a.kind,
          (a) => a.version,
          (a) => a.snapshot,
          (a) => a.machineVersion,
        ),
        ...columnsOf(
          entered,
          (e) => e.row.actorId,
          (e) => e.row.eventId,
          (e) => e.row.kind,
          (e) => e.row.cause,
          (e) => e.row.sentAt,
          (e) => e.seq,
        ),
        ...journalColumns(advances),
        replica,
        ...commandColumns(advances),
        ...timerColumns(advances),
        created.length,
        entered.length,
        columnOf(advances, (a) => a.actorId),
      ],
    });
    return rows[0]?.cancelled ?? [];
  } catch (error) {
    if (codeOf(error) !== DIVISION_BY_ZERO) throw error;
    throw new MergeConflict('The events go through the mailbox.', { cause: error });
  }
};
