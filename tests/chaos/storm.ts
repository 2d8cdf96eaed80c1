/** Replicas in processes of their own, and what is done to them and to their database while they work. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Facts } from '../simulation/facts.ts';
import type { Random } from '../simulation/random.ts';
import type { OwnServer } from './own-server.ts';

const NODE = join(import.meta.dirname, '../../node_modules/.bin/node');
const START_MS = 120_000;

export interface ChaosReplica {
  readonly child: ChildProcess;
  readonly ready: Promise<void>;
  readonly exited: Promise<void>;
  readonly acked: { actorId: string; eventId: string }[];
}

export const spawnChaosReplica = (url: string, name: string, phase: string): ChaosReplica => {
  const child = spawn(NODE, [join(import.meta.dirname, 'chaos-replica.ts'), url, name, phase], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acked: { actorId: string; eventId: string }[] = [];
  const ready = Promise.withResolvers<void>();
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    if (line === 'ready') ready.resolve();
    const [word, actorId, eventId] = line.split(' ');
    if (word === 'acked' && actorId !== undefined && eventId !== undefined) acked.push({ actorId, eventId });
  });
  const exited = new Promise<void>((resolve) => reader.once('close', resolve));
  // One that dies before it is ready (its database was away) is replaced like one that was killed.
  void exited.then(() => ready.resolve());
  return { child, ready: ready.promise, exited, acked };
};

type Blow = 'kill' | 'freeze' | 'cut' | 'crash';

export interface Storm {
  readonly acked: Facts['acked'];
  readonly blows: Readonly<Record<Blow, number>>;
}

const REPLICAS = 3;
/** Actors change with the phase, so that a long storm makes no endless journals. */
const PHASE_MS = 30_000;

/** Fewer acknowledgements are no storm: a slow machine gets more time. */
const MIN_ACKED = 400;

/** Blows fall until `durationMs` is over, each kind at least once, and work was done; then every replica is killed. */
export const storm = async (server: OwnServer, random: Random, durationMs: number): Promise<Storm> => {
  const begun = performance.now();
  const all: ChaosReplica[] = [];
  const blows = { kill: 0, freeze: 0, cut: 0, crash: 0 };
  const launch = (): ChaosReplica => {
    const phase = Math.floor((performance.now() - begun) / PHASE_MS);
    const replica = spawnChaosReplica(server.url, `r${all.length}`, String(phase));
    all.push(replica);
    return replica;
  };
  const living = Array.from({ length: REPLICAS }, launch);
  const acked = (): number => all.reduce((sum, replica) => sum + replica.acked.length, 0);
  const goesOn = (): boolean =>
    performance.now() - begun < durationMs || Object.values(blows).includes(0) || acked() < MIN_ACKED;
  const thawing: Promise<void>[] = [];
  try {
    await within(START_MS, Promise.all(living.map(({ ready }) => ready)));
    const deck = deckOf(random);
    while (goesOn()) {
      await sleep(random.int(300, 1100));
      const place = random.int(0, living.length - 1);
      const victim = living[place];
      const blow = deck.next();
      blows[blow]++;
      if (blow === 'kill' && victim) {
        victim.child.kill('SIGKILL');
        living[place] = launch();
      }
      if (blow === 'freeze' && victim) thawing.push(freeze(victim, random.int(200, 5000)));
      if (blow === 'cut') await server.cut(random.int(1, 6));
      if (blow === 'crash') await server.crash();
      // One that could not start while the database was away.
      for (const [i, { child }] of living.entries()) if (child.exitCode !== null) living[i] = launch();
    }
    await sleep(1000);
  } finally {
    // Also the frozen ones: SIGKILL needs nobody to be awake.
    for (const { child } of all) child.kill('SIGKILL');
    await Promise.all([...thawing, ...all.map(({ exited }) => exited)]);
  }
  return { acked: all.flatMap((replica) => replica.acked), blows };
};

const freeze = async ({ child }: ChaosReplica, ms: number): Promise<void> => {
  child.kill('SIGSTOP');
  await sleep(ms);
  child.kill('SIGCONT');
};

/** Each round holds every blow, in another order; crashes take longest and are rarest. */
const deckOf = (random: Random) => {
  let cards: Blow[] = [];
  return {
    next: (): Blow => {
      if (cards.length === 0) cards = ['kill', 'kill', 'kill', 'freeze', 'freeze', 'cut', 'cut', 'crash'];
      return cards.splice(random.int(0, cards.length - 1), 1)[0] ?? 'kill';
    },
  };
};

const within = async (ms: number, work: Promise<unknown>): Promise<void> => {
  const late = sleep(ms, 'late');
  if ((await Promise.race([work, late])) === 'late')
    throw new Error(`The replicas did not start within ${ms} ms.`);
};
