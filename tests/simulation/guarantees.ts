/** What must be true of every run, whatever the machines are: G1-G7 read off the tables and the log of attempts. */
import { applyChanges } from '../../runtime/engine/diff.ts';
import { readEnvelope } from '../../runtime/engine/envelope.ts';
import type { JournalRow } from '../../runtime/engine/types.ts';
import type { Facts } from './facts.ts';

const RESULT = /^xstate\.(?:done|error)\.actor\./;

/** One sentence for each fault; empty: all guarantees held. */
export const brokenGuarantees = (facts: Facts): readonly string[] => [
  ...acknowledged(facts),
  ...[...facts.journal].flatMap(([id, rows]) => [
    ...sequence(id, rows),
    ...agreement(facts, id, rows),
    ...children(id, rows),
    ...timers(facts, id, rows),
  ]),
  ...leftovers(facts),
  ...attempts(facts),
];

/** G2 where places in the mailbox are given out in the order of the commits, as they are in memory. */
export const brokenOrder = (facts: Facts): readonly string[] =>
  [...facts.journal].flatMap(([id, rows]) => order(facts, id, rows));

const waiting = ({ mailbox }: Facts, actorId: string) =>
  (mailbox.get(actorId) ?? []).filter(({ appliedSeq }) => appliedSeq === null).sort((a, b) => a.pos - b.pos);

const isBlocked = (facts: Facts, actorId: string): boolean => waiting(facts, actorId)[0]?.parked === true;

/** G1: every acknowledged event is applied, or waits behind a parked one. G2: applied once. */
const acknowledged = (facts: Facts): readonly string[] => {
  const faults: string[] = [];
  const applied = new Map<string, number>();
  for (const [id, rows] of facts.journal) {
    for (const { eventId } of rows)
      applied.set(`${id} ${eventId}`, (applied.get(`${id} ${eventId}`) ?? 0) + 1);
  }
  for (const { actorId, eventId } of facts.acked) {
    if (applied.has(`${actorId} ${eventId}`)) continue;
    const waits =
      isBlocked(facts, actorId) && waiting(facts, actorId).some((mail) => mail.eventId === eventId);
    if (!waits) faults.push(`G1: ${eventId} of ${actorId} was acknowledged and is lost`);
  }
  for (const [key, times] of applied) if (times > 1) faults.push(`G2: ${key} was applied ${times} times`);
  return faults;
};

/** G3: the rows are 1, 2, 3 … */
const sequence = (actorId: string, rows: readonly JournalRow[]): readonly string[] =>
  rows.every(({ seq }, i) => seq === i + 1)
    ? []
    : [`G3: the journal of ${actorId} is ${rows.map(({ seq }) => seq).join(',')}`];

/** G2: in the order in which they became durable. */
const order = ({ mailbox }: Facts, actorId: string, rows: readonly JournalRow[]): readonly string[] => {
  const positions = new Map((mailbox.get(actorId) ?? []).map(({ eventId, pos }) => [eventId, pos]));
  let last = 0;
  for (const { eventId, seq } of rows) {
    const pos = positions.get(eventId) ?? last;
    if (pos < last) return [`G2: row ${seq} of ${actorId} (${eventId}) came before an older event`];
    last = pos;
  }
  return [];
};

/** G4: snapshot, version, journal, outbox and timers tell one story. */
const agreement = (facts: Facts, actorId: string, rows: readonly JournalRow[]): readonly string[] => {
  const actor = facts.actors.get(actorId);
  if (!actor || actor.snapshot === null) return [`G4: ${actorId} has a journal and no snapshot`];
  const faults: string[] = [];
  if (actor.version !== rows.length)
    faults.push(`G4: ${actorId} is at version ${actor.version} with ${rows.length} rows`);
  const { stored, timers: armed } = readEnvelope(actor.snapshot);
  try {
    const folded = rows.reduce<unknown>((state, row) => applyChanges(state, row.contextDiff), undefined);
    const now = JSON.stringify(sorted({ value: stored.value, context: stored.context }));
    if (JSON.stringify(sorted(folded)) !== now)
      faults.push(`G4: the journal of ${actorId} folds to something else than its snapshot`);
  } catch (error) {
    faults.push(`G4: the journal of ${actorId} does not fold: ${String(error)}`);
  }
  const inTable = [...(facts.timers.get(actorId) ?? [])]
    .map(([id, { armedSeq }]) => `${id}@${armedSeq}`)
    .sort();
  const inSnapshot = Object.entries(armed)
    .map(([id, { armedSeq }]) => `${id}@${armedSeq}`)
    .sort();
  if (inTable.join() !== inSnapshot.join()) {
    faults.push(
      `G4: timers of ${actorId}: the table has ${inTable.join()}, the snapshot ${inSnapshot.join()}`,
    );
  }
  const told = rows.flatMap(({ commands }) => commands.filter(({ op }) => op !== 'stop').map(({ id }) => id));
  for (const id of told)
    if (!facts.outbox.has(id)) faults.push(`G4: ${id} is in the journal and not in the outbox`);
  return faults;
};

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};

/** G5 and G7: a result counts once, and only while its child is what the actor waits for. */
const children = (actorId: string, rows: readonly JournalRow[]): readonly string[] => {
  const faults: string[] = [];
  const live = new Set<string>();
  for (const row of rows) {
    const id = String(row.event.commandId);
    if (RESULT.test(row.event.type) && row.ignored === null) {
      if (!live.delete(id))
        faults.push(`G7: row ${row.seq} of ${actorId} takes the result of ${id}, which it did not wait for`);
    } else if (RESULT.test(row.event.type) && row.ignored === 'no transition in this state') live.delete(id);
    for (const command of row.commands) {
      if (command.op === 'invoke') live.add(command.id);
      if (command.op === 'stop') live.delete(command.id);
    }
  }
  return faults;
};

/** G6: what was armed is cancelled, fires once, or is armed still; nothing fires late for ever. */
const timers = (facts: Facts, actorId: string, rows: readonly JournalRow[]): readonly string[] => {
  const faults: string[] = [];
  const armed = new Map<string, number>();
  for (const row of rows) {
    for (const { id, op, at } of row.timers) {
      const twice = op === 'armed' && armed.has(id) && id.startsWith('xstate.after.');
      if (twice) faults.push(`G6: row ${row.seq} of ${actorId}: ${id} is armed again and never ended before`);
      if (op === 'armed') armed.set(id, at ?? 0);
      else if (!armed.delete(id))
        faults.push(`G6: row ${row.seq} of ${actorId}: ${id} ${op} without being armed`);
    }
    const fired = row.timers.some(({ op }) => op === 'fired');
    if (row.cause === 'timer' && !fired && row.ignored === null)
      faults.push(`G6: row ${row.seq} of ${actorId} takes ${row.event.type} of no armed timer`);
  }
  const blocked = isBlocked(facts, actorId);
  for (const [id, at] of armed) {
    if (at < facts.now - GRACE_MS && !blocked) faults.push(`G6: ${id} of ${actorId} was due and never fired`);
  }
  return faults;
};

/** A timer that is due is fired by a poll at the latest, and applied soon after. */
const GRACE_MS = 30_000;

/** In the quiet time after the script everything comes to its end. */
const leftovers = (facts: Facts): readonly string[] => {
  const faults: string[] = [];
  for (const [id] of facts.mailbox) {
    const [first] = waiting(facts, id);
    if (first && !first.parked) faults.push(`${first.eventId} of ${id} was never applied`);
  }
  for (const { commandId, status } of facts.outbox.values()) {
    if (status === 'pending' || status === 'running') faults.push(`G5: ${commandId} is ${status} for ever`);
  }
  return faults;
};

/** G5: what was asked for ran, and what had been cancelled did not start. */
const attempts = ({ outbox, runs, journal }: Facts): readonly string[] => {
  const faults: string[] = [];
  const ran = new Set(runs.map(({ commandId }) => commandId));
  for (const { commandId, status } of outbox.values()) {
    if ((status === 'done' || status === 'failed') && !ran.has(commandId))
      faults.push(`G5: ${commandId} is ${status} and never ran`);
  }
  for (const { commandId, actorId, journalRows } of runs) {
    if (journalRows === null) continue;
    const before = (journal.get(actorId) ?? []).slice(0, journalRows);
    const stopped = before.some(({ commands }) =>
      commands.some(({ id, op }) => id === commandId && op === 'stop'),
    );
    if (stopped) faults.push(`G7: ${commandId} started after it had been cancelled`);
  }
  return faults;
};
