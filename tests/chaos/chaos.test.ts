/**
 * Real processes, real signals, a real server: replicas are killed (SIGKILL) and frozen (SIGSTOP) in the middle of their
 * work, connections are cut, and the database goes down at once and recovers, while senders number their events. Then
 * the tables must tell a story without a gap. `npm test` takes half a minute, `npm run test:long` ten and prints what fell.
 *
 * To see it fail, plant a bug in the engine: answer before the insert (recorder.ts: `done` before `insertRetrying`) or
 * drop `on conflict … do nothing` for an event id of its own (G1, G2), `o.attempt = n.attempt` and `o.replica` in
 * store/commands.ts (G5, G7), the version in store/merge-advances.ts (G3, G4), `alarm.poll` in worker.ts (G6).
 */

import { randomInt } from 'node:crypto';
import { Effect } from 'effect';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePool } from '../../adapters/postgres/pool.ts';
import { startEngine } from '../../runtime/engine/engine.ts';
import { memoryLog } from '../../runtime/engine/testing/harness.ts';
import type { JournalRow } from '../../runtime/engine/types.ts';
import type { Facts } from '../simulation/facts.ts';
import { brokenGuarantees } from '../simulation/guarantees.ts';
import { Random } from '../simulation/random.ts';
import { tell } from '../support/tell.ts';
import { chaosKind } from './chaos-machine.ts';
import { type OwnServer, startOwnServer } from './own-server.ts';
import { brokenStreams, readFacts } from './read-facts.ts';
import { type Storm, spawnChaosReplica, storm } from './storm.ts';

const LONG = process.env.TEST_LONG === '1';
/** A long run goes another way each time; the name of the first suite tells the seed. */
const SEED = Number(process.env.CHAOS_SEED ?? (LONG ? randomInt(1, 1_000_000) : 1));
const STORM_MS = LONG ? 420_000 : 8000;
const TIMEOUT_MS = LONG ? 1_200_000 : 600_000;
/** Everything must have come to its end by then. */
const DRAIN_MS = 180_000;

let server: OwnServer;
let pool: pg.Pool;
let blown: Storm;
let facts: Facts;

const summaryOf = ({ acked, blows }: Storm, { journal, outbox, actors }: Facts): string => {
  const rows = [...journal.values()].flat();
  const timers = rows.filter(({ cause }) => cause === 'timer').length;
  const fallen = Object.entries(blows).map(([blow, times]) => `${blow} ${times}`);
  return `chaos of ${STORM_MS / 1000} s from seed ${SEED}: ${fallen.join(', ')}; ${acked.length} events acknowledged, ${rows.length} steps of ${actors.size} actors, ${outbox.size} commands, ${timers} timers fired`;
};

/** A replica that nobody harms finishes what the others left. */
const drain = async (): Promise<void> => {
  const outside = (_input: unknown, { commandId, attempt }: { commandId: string; attempt: number }) =>
    Effect.promise(() =>
      pool.query('insert into ran (command_id, attempt) values ($1, $2)', [commandId, attempt]),
    );
  const engine = await startEngine({
    databaseUrl: server.url,
    kinds: [chaosKind((input, info) => outside(input, info).pipe(Effect.as('done')))],
    replicaId: 'last',
    worker: true,
    clock: { now: () => Date.now() },
    log: memoryLog().log,
    limits: { pollMs: 100 },
  });
  const until = performance.now() + DRAIN_MS;
  for (;;) {
    const { mailboxDepth, commandsWaiting, commandsRunning, timersArmed } = await engine.stats();
    if (mailboxDepth + commandsWaiting + commandsRunning + timersArmed === 0) break;
    if (performance.now() > until) break; // the checks say what is left
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await engine.stop(1000);
};

beforeAll(async () => {
  server = await startOwnServer();
  pool = makePool(server.url, { max: 4, applicationName: 'treejar-test' });
  await pool.query('create table ran (command_id text not null, attempt int not null)');
  const liar = spawnChaosReplica(server.url, 'liar', 'liar');
  while (liar.acked.length < 2000) await new Promise((resolve) => setTimeout(resolve, 5));
  liar.child.kill('SIGKILL');
  await liar.exited;
  blown = await storm(server, new Random(SEED), STORM_MS);
  await drain();
  facts = await readFacts(pool, [...blown.acked, ...liar.acked]);
  if (LONG) tell(summaryOf(blown, facts));
}, TIMEOUT_MS);

afterAll(async () => {
  await pool?.end();
  await server?.drop();
});

/** What honest senders were told. */
const honest = (): Facts => ({ ...facts, acked: facts.acked.filter(({ actorId }) => actorId !== 'liar') });

describe(`after the storm (CHAOS_SEED=${SEED})`, () => {
  it('every kind of blow has fallen, and work was done all the while', () => {
    for (const times of Object.values(blown.blows)) expect(times).toBeGreaterThan(0);
    expect(honest().acked.length).toBeGreaterThan(200);
    const ends = [...facts.outbox.values()].map(({ status }) => status);
    expect(ends).toContain('done');
    expect(ends).toContain('cancelled');
    expect([...facts.journal.values()].flat().some(({ cause }) => cause === 'timer')).toBe(true);
  });

  it('nothing acknowledged is lost, everything is applied once, snapshots are the fold of their journals, timers fired once', () => {
    expect(brokenGuarantees(honest())).toEqual([]);
  });

  it('each sender’s events were applied in its order', () => {
    expect(brokenStreams(facts)).toEqual([]);
  });

  it('nothing was parked: no blow is anybody’s fault', async () => {
    const { rows } = await pool.query(
      `select parked_reason from mailbox where parked_at is not null
       union all select error ->> 'message' from outbox where status = 'parked'`,
    );
    expect(rows).toEqual([]);
  });
});

describe('the checks would have noticed', () => {
  it('a replica that acknowledged before its events were durable', () => {
    const lies = brokenGuarantees(facts).filter((fault) =>
      fault.includes('of liar was acknowledged and is lost'),
    );
    expect(lies.length).toBeGreaterThan(0);
  });

  const firstLong = (): [string, readonly JournalRow[]] => {
    const found = [...facts.journal].find(([id, rows]) => id !== 'liar' && rows.length > 20);
    if (!found) throw new Error('no journal is long enough');
    return found;
  };
  const withJournal = (change: (rows: JournalRow[]) => void): readonly string[] => {
    const [id, rows] = firstLong();
    const copy = structuredClone(rows) as JournalRow[];
    change(copy);
    const forged = { ...honest(), journal: new Map(facts.journal).set(id, copy) };
    return [...brokenGuarantees(forged), ...brokenStreams(forged)];
  };

  it('a row that is missing', () => {
    expect(withJournal((rows) => void rows.splice(10, 1)).join('\n')).toMatch(/G3/);
  });

  it('an event that was applied twice', () => {
    const faults = withJournal((rows) => {
      const [again] = rows.filter(({ cause }) => cause === 'customer');
      if (again) rows.push({ ...again, seq: rows.length + 1, contextDiff: [] });
    });
    expect(faults.join('\n')).toMatch(/G2: .* was applied 2 times/);
  });

  it('two events in the wrong order', () => {
    const faults = withJournal((rows) => {
      // A sender is the part of the event's id before the colon; which of them wrote twice here is chance.
      const written = rows.filter(({ cause }) => cause === 'customer');
      const bySender = Map.groupBy(written, ({ eventId }) => eventId.split(':')[0]);
      const own = [...bySender.values()].find((events) => events.length > 1) ?? [];
      const [one, two] = own.slice(-2);
      if (!one || !two) throw new Error('no two events of one sender');
      const [i, j] = [rows.indexOf(one), rows.indexOf(two)];
      rows[i] = { ...two, seq: one.seq };
      rows[j] = { ...one, seq: two.seq };
    });
    expect(faults.join('\n')).toMatch(/came after a younger one/);
  });

  it('a snapshot that is older than its journal', () => {
    const [id] = firstLong();
    const stored = facts.actors.get(id);
    const snapshot =
      stored?.snapshot?.replace(/"added":(\d+)/, (_all, n) => `"added":${Number(n) - 1}`) ?? null;
    const actors = new Map(facts.actors).set(id, { version: stored?.version ?? 0, snapshot });
    expect(brokenGuarantees({ ...honest(), actors }).join('\n')).toMatch(/G4: .* folds to something else/);
  });

  it('a timer that never fired, and a command that never ended', () => {
    const faults = withJournal((rows) => {
      const fired = rows.find(({ timers }) => timers.some(({ op }) => op === 'fired'));
      if (fired) rows[rows.indexOf(fired)] = { ...fired, timers: [], cause: 'system' };
    });
    expect(faults.join('\n')).toMatch(/G6/);
    const [first] = facts.outbox.keys();
    const outbox = new Map(facts.outbox).set(first ?? '', { commandId: first ?? '', status: 'running' });
    const late = { ...honest(), outbox, now: facts.now + 3_600_000 };
    expect(brokenGuarantees(late).join('\n')).toMatch(/G5: .* is running for ever/);
  });
});
