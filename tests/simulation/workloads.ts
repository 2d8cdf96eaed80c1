/** Sample machines under load: the counter keeps what it was sent, the shop invokes, waits, is interrupted. */
import { Effect } from 'effect';
import { add, counterKind, handler, shopEvent, shopKind } from '../../runtime/engine/testing/counter.ts';
import type { MailboxEvent } from '../../runtime/engine/types.ts';
import type { Random } from './random.ts';
import { type Op, REPLICAS, type VendorAnswer, type Workload, type World } from './world.ts';

/** Kills, freezes and broken connections over the given time, ms. */
export const hostileOps = (random: Random, spanMs: number): readonly Op[] => {
  const ops: Op[] = [];
  for (let i = random.int(0, 4); i > 0; i--) {
    const at = random.int(0, spanMs);
    const replica = random.int(0, REPLICAS - 1);
    const kind = random.int(0, 3);
    if (kind === 0) ops.push({ at, op: 'kill', replica, downMs: random.int(10, 9000) });
    if (kind === 1) ops.push({ at, op: 'freeze', replica, ms: random.int(50, 15_000) });
    if (kind === 2) ops.push({ at, op: 'database', fault: 'fails', commits: random.int(1, 4) });
    if (kind === 3) ops.push({ at, op: 'database', fault: 'answer lost', commits: random.int(1, 2) });
  }
  return ops;
};

/** Numbers per actor and stream; some calls come twice, some at once. */
const counterOps = (random: Random): readonly Op[] => {
  const ops: Op[] = [];
  let n = 0;
  for (let i = random.int(5, 25); i > 0; i--) {
    const actor = `c${random.int(0, 2)}`;
    const stream = `${actor}/${random.int(0, 1)}`;
    const events: MailboxEvent[] = [];
    for (let k = random.chance(0.3) ? random.int(2, 4) : 1; k > 0; k--) {
      n++;
      const poison = random.chance(0.02) ? { body: { type: 'POISON' } } : {};
      // The stream is in the number, so that the order within one can be told from the counter's memory.
      events.push(add(actor, n, { ...poison, eventId: `${stream}:${n}` }));
    }
    const at = random.int(0, 4000);
    ops.push({ at, op: 'deliver', stream, events });
    if (random.chance(0.2))
      ops.push({ at: at + random.int(0, 500), op: 'deliver', stream: `${stream}'`, events });
  }
  return ops;
};

/** Each number once. */
const counterChecks = (world: World): readonly string[] => {
  const faults: string[] = [];
  for (const [id, { kind, snapshot }] of world.db.actors) {
    if (kind !== 'counter' || snapshot === null) continue;
    const { seen } = JSON.parse(snapshot).snapshot.context as { seen: readonly number[] };
    if (new Set(seen).size < seen.length) faults.push(`${id} counted a number twice: ${seen.join()}`);
  }
  return faults;
};

const SHOP_EVENTS = ['ASK', 'ASK', 'ASK', 'STOP', 'IDLE'] as const;

/** The patience of a shop that asks, ms (testing/counter.ts). */
const PATIENCE_MS = 60_000;

/** Some events come just when the patience of an earlier one ends, so that time-outs race with them. */
const shopOps = (random: Random): readonly Op[] => {
  const ops: Op[] = [];
  for (let i = random.int(4, 16); i > 0; i--) {
    const actor = `s${random.int(0, 2)}`;
    const event = shopEvent(actor, random.pick(SHOP_EVENTS), `e${i}`);
    const [earlier] = ops.slice(-1);
    const race = earlier !== undefined && random.chance(0.35);
    const at = race ? earlier.at + PATIENCE_MS + random.int(-300, 600) : random.int(0, 5000);
    ops.push({ at, op: 'deliver', stream: actor, events: [event] });
  }
  return ops;
};

const failure = (retryable: boolean) => ({ _tag: 'Away', message: 'the vendor is away', retryable });

const shopAnswer = (_command: unknown, random: Random): VendorAnswer => {
  const kind = random.next();
  const afterMs =
    kind < 0.25
      ? random.int(PATIENCE_MS - 500, 100_000)
      : kind < 0.35
        ? random.int(3000, 8000)
        : random.int(0, 300);
  if (random.chance(0.2)) return { afterMs, ended: { tag: 'failed', failure: failure(random.chance(0.7)) } };
  return { afterMs, ended: { tag: 'succeeded', output: random.int(1, 500) } };
};

const unused = handler(() => Effect.die('the simulation answers'), { timeoutMs: 90_000 });

export const sampleWorkload: Workload = {
  name: 'samples',
  kinds: [counterKind(), shopKind({ fetchPrice: unused, report: unused })],
  script: (random) => [...counterOps(random), ...shopOps(random), ...hostileOps(random, 6000)],
  answer: shopAnswer,
  check: counterChecks,
};
