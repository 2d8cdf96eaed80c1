/** The tables after a storm, in the form that the checks of the simulation read. */
import type pg from 'pg';
import { readJournal } from '../../runtime/engine/store/read-actors.ts';
import type { Facts } from '../simulation/facts.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Mail = Facts['mailbox'] extends ReadonlyMap<string, readonly (infer M)[]> ? M : never;

/** Rows per actor beyond this would not be read: far more than a storm makes. */
const ROWS_MAX = 1_000_000;

/** `acked` are lines of the senders. */
export const readFacts = async (pool: pg.Pool, acked: Facts['acked']): Promise<Facts> => {
  const facts = {
    journal: new Map(),
    actors: new Map(),
    mailbox: new Map<string, Mail[]>(),
    outbox: new Map(),
  };
  const actors = await pool.query('select actor_id, version, snapshot from actor');
  for (const { actor_id: id, version, snapshot } of actors.rows) {
    facts.actors.set(id, { version: Number(version), snapshot });
    facts.journal.set(id, await readJournal(pool, id, 0, ROWS_MAX));
  }
  const mails = await pool.query(
    'select actor_id, event_id, pos, applied_seq, parked_at from mailbox order by pos',
  );
  for (const row of mails.rows) {
    const mailbox = facts.mailbox.get(row.actor_id) ?? [];
    facts.mailbox.set(row.actor_id, mailbox);
    mailbox.push({
      eventId: row.event_id,
      pos: Number(row.pos),
      appliedSeq: row.applied_seq === null ? null : Number(row.applied_seq),
      parked: row.parked_at !== null,
    });
  }
  const commands = await pool.query('select command_id, status from outbox');
  for (const row of commands.rows)
    facts.outbox.set(row.command_id, { commandId: row.command_id, status: row.status });
  const timers = new Map<string, Map<string, { armedSeq: number }>>();
  for (const row of (await pool.query('select actor_id, timer_id, armed_seq from timer')).rows) {
    const own = timers.get(row.actor_id) ?? new Map<string, { armedSeq: number }>();
    timers.set(row.actor_id, own.set(row.timer_id, { armedSeq: Number(row.armed_seq) }));
  }
  const ran = await pool.query('select distinct command_id from ran');
  const runs = ran.rows.map(({ command_id: commandId }) => ({
    commandId,
    actorId: String(commandId).split(':')[0] ?? '',
    journalRows: null,
  }));
  const result: Mutable<Facts> = { now: Date.now(), acked, timers, runs, ...facts };
  return result;
};

/** G2: what one sender sent one after the other, each after the acknowledgement of the one before, was applied so. */
export const brokenStreams = ({ journal }: Facts): readonly string[] => {
  const faults: string[] = [];
  for (const [id, rows] of journal) {
    const last = new Map<string, number>();
    for (const { eventId, seq, cause } of rows) {
      const [sender = '', n] = eventId.split(':');
      if (cause !== 'customer' || n === undefined) continue;
      if (Number(n) <= (last.get(sender) ?? 0))
        faults.push(`G2: row ${seq} of ${id}: ${eventId} came after a younger one`);
      last.set(sender, Number(n));
    }
  }
  return faults;
};
