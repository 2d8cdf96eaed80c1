/**
 * Every race window at once: three replicas in this process, each of which dawdles at every named trigger point for as
 * long as a seed says, or meets a broken connection there, while senders number their events and send some of them to two
 * replicas at the same moment. `race-windows.test.ts` opens one window after the other; here nobody has thought of the
 * order beforehand. A long run takes one seed after the other for two minutes; the suite's name tells the first.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Effect } from 'effect';
import { afterEach, describe, expect, it } from 'vitest';
import type { Trigger } from '../../runtime/engine/context.ts';
import { eventually, type TestEngine, testEngine } from '../../runtime/engine/testing/harness.ts';
import { plant } from '../../runtime/engine/testing/plant.ts';
import type { CommandInfo } from '../../runtime/engine/types.ts';
import { brokenGuarantees } from '../simulation/guarantees.ts';
import { Random } from '../simulation/random.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { tell } from '../support/tell.ts';
import { chaosKind } from './chaos-machine.ts';
import { brokenStreams, readFacts } from './read-facts.ts';

const LONG = process.env.TEST_LONG === '1';
const SEED = Number(process.env.RACE_SEED ?? (LONG ? randomInt(1, 1_000_000) : 1));
/** One storm at least; then as many as fit. */
const STORMS_MS = LONG ? 120_000 : 0;
const TIMEOUT_MS = 900_000;

const REPLICAS = 3;
/** Some have two senders and mail most of the time, some one, whose events find an empty mailbox. */
const ACTORS = 5;
const SENDERS = 8;
const EVENTS = 12;
const TYPES = ['ADD', 'ADD', 'WORK', 'ADD', 'RING', 'WORK'] as const;
/** Storms within which a planted bug must show: one is enough as a rule. */
const PLANTED_STORMS = 20;
const NOTICED = /G[234]/;
/** How long such a storm may take to come to its end. */
const PLANTED_PATIENCE_MS = 15_000;

const engines: TestEngine[] = [];
let db: TestDatabase | undefined;

const clear = async (): Promise<void> => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop(500)));
  await db?.drop();
  db = undefined;
};

afterEach(clear);

/** Mostly nothing, often some milliseconds, now and then long enough for everybody else to come by. */
const dawdle =
  (random: Random): Trigger =>
  async (point) => {
    if (point !== 'timer.before-fire' && random.chance(0.01)) {
      throw Object.assign(new Error('the connection was cut'), { code: 'ECONNRESET' });
    }
    if (random.chance(0.02)) await sleep(random.int(10, 60));
    else if (random.chance(0.3)) await sleep(random.int(0, 6));
  };

const outside = (random: Random, pool: TestDatabase['pool']) => (_input: unknown, info: CommandInfo) =>
  Effect.promise(async () => {
    await pool.query('insert into ran (command_id, attempt) values ($1, $2)', [info.commandId, info.attempt]);
    await sleep(random.int(0, 40));
    return 'done';
  });

/** Sends until it is acknowledged; one event in five goes to two replicas at once. */
const sendOne = async (
  random: Random,
  event: Parameters<TestEngine['deliver']>[0][number],
): Promise<void> => {
  for (let acked = false; !acked; ) {
    const first = random.pick(engines);
    const second = random.chance(0.2) ? random.pick(engines) : null;
    const answers = await Promise.allSettled([first.deliver([event]), second?.deliver([event])]);
    acked = answers.some(({ status }, i) => status === 'fulfilled' && (i === 0 || second !== null));
  }
};

const sendAll = async (random: Random, sender: number): Promise<{ actorId: string; eventId: string }[]> => {
  const acked = [];
  const actorId = `a${sender % ACTORS}`;
  for (let n = 1; n <= EVENTS; n++) {
    const eventId = `s${sender}:${n}`;
    const body = { type: random.pick(TYPES) };
    await sendOne(random, { actorId, kind: 'chaos', eventId, cause: 'customer', sentAt: n, body });
    acked.push({ actorId, eventId });
  }
  return acked;
};

/** Nothing waits any more; or something was parked: where a bug did that, what waits behind it waits for ever. */
const isOver = async (): Promise<boolean> => {
  const stats = await engines[0]?.stats();
  const { mailboxDepth, commandsWaiting, commandsRunning, timersArmed, parked } = stats ?? {};
  const left = [mailboxDepth, commandsWaiting, commandsRunning, timersArmed];
  return left.every((count) => count === 0) || (parked ?? 0) > 0;
};

/** A planted bug may leave a timer or a command that nobody ends: the checks say so, waiting longer does not. */
const settleBroken = async (): Promise<void> => {
  const until = performance.now() + PLANTED_PATIENCE_MS;
  while (!(await isOver()) && performance.now() < until) await sleep(20);
};

/** One storm on a database of its own. Returns what it broke, in sentences. */
const storm = async (
  seed: number,
  breakTables = '',
  settle = () => eventually(isOver).then(() => {}),
): Promise<readonly string[]> => {
  const random = new Random(seed);
  const own = await testDatabase();
  db = own;
  await own.pool.query(`create table ran (command_id text not null, attempt int not null); ${breakTables}`);
  for (let i = 0; i < REPLICAS; i++) {
    // In every other storm one replica records first, as the product does; the others merge.
    const limits = { leaseMs: 60_000, ...(i === 0 && seed % 2 === 0 ? { mergeBatchEvents: 0 } : {}) };
    const kinds = [chaosKind(outside(random.fork(100 + i), own.pool))];
    const trigger = dawdle(random.fork(i));
    engines.push(await testEngine({ databaseUrl: own.url, replicaId: `r${i}`, kinds, trigger, limits }));
  }
  const senders = Array.from({ length: SENDERS }, (_, i) => sendAll(random.fork(1000 + i), i));
  const acked = (await Promise.all(senders)).flat();
  await settle();
  const facts = await readFacts(own.pool, acked);
  const parked = await own.pool.query('select actor_id from mailbox where parked_at is not null');
  const faults = [
    ...brokenGuarantees(facts),
    ...brokenStreams(facts),
    ...parked.rows.map((row) => `${row.actor_id} was parked`),
  ];
  await clear();
  return faults;
};

describe(`in whatever order windows open (RACE_SEED=${SEED})`, () => {
  it(
    'G1 to G7 hold',
    async () => {
      const until = performance.now() + STORMS_MS;
      let seed = SEED;
      do {
        expect({ seed, faults: await storm(seed) }).toEqual({ seed, faults: [] });
        seed++;
      } while (performance.now() < until);
      if (LONG) tell(`windows: ${seed - SEED} storms from seed ${SEED} on, nothing broken`);
    },
    TIMEOUT_MS,
  );

  it(
    '(planted bugs: no version check, and no key of the journal behind it) are noticed',
    async () => {
      const seed = plant([' and actor.version = n.from_version', '']);
      try {
        const noKey = 'alter table journal drop constraint journal_pkey';
        let faults = '';
        for (let i = 0; i < PLANTED_STORMS && !NOTICED.test(faults); i++) {
          faults = (await storm(SEED + i, noKey, settleBroken)).join('\n');
        }
        expect(faults).toMatch(NOTICED);
      } finally {
        seed.remove();
      }
      expect(seed.changed()).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});
