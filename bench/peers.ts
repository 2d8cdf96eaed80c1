/** The same work by others, in the same run, each on an empty database of its own on the same server. */
import { setTimeout as sleep } from 'node:timers/promises';
import { allApplied, type Bench, type Benchmark, COMMANDS_LEFT, capped, startBenchEngine } from './bench.ts';
import { arePeersInstalled } from './install-peers.ts';
import { flood, floodFor } from './load.ts';
import type { Peer, RunningPeer } from './peer.ts';
import { ms, perSecond } from './report.ts';
import { verifyWork } from './verify.ts';
import { eventOf, messageOf } from './workload.ts';

const CONVERSATIONS = 2000;
const SECONDS = 8;
/** Once before each peer: a machine that others use is not as fast a minute later. */
const ENGINE_SECONDS = 4;
const IN_FLIGHT = 800;
const TARGET = 10;

/** A peer that hangs must not hold the run. */
const PATIENCE_MS = 120_000;

/** Those in `peers/` need packages of their own but for the first. */
const PEERS = ['transaction', 'pg-boss', 'effect-cluster', 'restate', 'dbos'] as const;
const PEERS_WITHOUT_PACKAGES: readonly string[] = ['transaction', 'pg-boss'];

interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** Warms up on every conversation once, then measures, then proves the work. */
const drive = async (
  bench: Bench,
  inFlight: number,
  seconds: number,
  take: (i: number) => Promise<unknown>,
): Promise<Measured & { readonly messages: number }> => {
  const warm = capped(bench, CONVERSATIONS);
  const warmed = await flood(warm, inFlight, take);
  const result = await floodFor(seconds, inFlight, (i) => take(warm + i));
  if (warmed.failed + result.failed > 0) throw new Error(`${warmed.failed + result.failed} messages failed.`);
  return { ...result, messages: warm + result.calls };
};

const measureEngine = async (bench: Bench): Promise<Measured> => {
  const url = await bench.server.database('peer_engine');
  const actors = capped(bench, CONVERSATIONS);
  const engine = await startBenchEngine({ url, limits: COMMANDS_LEFT });
  const seconds = capped(bench, ENGINE_SECONDS);
  const result = await drive(bench, IN_FLIGHT, seconds, (i) =>
    engine.deliver([eventOf(messageOf(i, actors))]),
  );
  await allApplied(engine);
  await engine.stop(5000);
  await verifyWork(url, result.messages);
  await bench.server.drop('peer_engine');
  return result;
};

/** Not all of them queue: a conversation's next message is sent when the one before was answered. */
const inOrder = (running: RunningPeer, actors: number): ((i: number) => Promise<unknown>) => {
  const last = new Map<string, Promise<unknown>>();
  return (i) => {
    const message = messageOf(i, actors);
    const taken = (last.get(message.actorId) ?? Promise.resolve()).then(() => running.take(message));
    last.set(message.actorId, taken);
    return taken;
  };
};

const measurePeer = async (bench: Bench, peer: Peer, running: RunningPeer): Promise<Measured> => {
  const actors = capped(bench, CONVERSATIONS);
  const result = await drive(bench, peer.inFlight, capped(bench, SECONDS), inOrder(running, actors));
  await running.verify(result.messages);
  return result;
};

const inTime = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    sleep(PATIENCE_MS, undefined, { ref: false }).then((): never => {
      throw new Error(`it did not finish in ${PATIENCE_MS / 1000} s`);
    }),
  ]);

/** In words, for the table: a peer that cannot be measured here is no fault of the run. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? 'no reason given';

const compare = async (bench: Bench, name: string): Promise<void> => {
  const { report, server } = bench;
  if (!PEERS_WITHOUT_PACKAGES.includes(name) && !arePeersInstalled()) {
    return report.row({ name, value: 'not measured', ratio: 'its packages are not installed' });
  }
  const database = `peer_${name.replaceAll('-', '_')}`;
  const engine = await measureEngine(bench);
  let label = name;
  let running: RunningPeer | null = null;
  try {
    const { peer } = (await import(`./peers/${name}.ts`)) as { peer: Peer };
    label = peer.name;
    running = await inTime(peer.start(await server.database(database, false)));
    const result = await inTime(measurePeer(bench, peer, running));
    const times = engine.perSecond / result.perSecond;
    report.row({
      name: label,
      value: `${perSecond(result.perSecond)}; the engine ${times.toFixed(1)} times`,
      ratio: `the engine just before: ${perSecond(engine.perSecond)}; p50 ${ms(result.p50)}, p99 ${ms(result.p99)}, ${peer.inFlight} in flight; ${peer.configuration}`,
      target: `>= ${TARGET} times`,
      met: times >= TARGET,
    });
  } catch (error) {
    report.row({ name: label, value: 'not measured', ratio: reasonOf(error) });
  }
  await running?.stop();
  await server.drop(database);
};

/** The comparison with some of them. */
export const peersBenchmarkOf = (names: readonly string[]): Benchmark => ({
  name: 'peers',
  run: async (bench) => {
    bench.report.section(
      'Peers',
      `The engine's work by others: ${capped(bench, CONVERSATIONS)} conversations, the same statechart and snapshot, a duplicate check and one queued command per message; ${capped(bench, SECONDS)} s each after every conversation was written to once, the engine for ${capped(bench, ENGINE_SECONDS)} s with ${IN_FLIGHT} calls in flight just before each. Exactly-once and order verified after each.`,
    );
    for (const name of names) await compare(bench, name);
  },
});

export const peersBenchmark = peersBenchmarkOf(PEERS);
