/** The engine alone: how many messages a second, how long one takes, and what the same rows cost without it. */
import {
  allApplied,
  type Bench,
  type Benchmark,
  COMMANDS_LEFT,
  capped,
  scaled,
  startBenchEngine,
} from './bench.ts';
import { type CpuUse, measureCpu } from './cpu.ts';
import { type LimitResult, measureLimit } from './limit.ts';
import { flood, openLoop } from './load.ts';
import { median, ms, perSecond, times } from './report.ts';
import { verifyWork } from './verify.ts';
import { eventOf, messageOf } from './workload.ts';

const CONVERSATIONS = 2000;
const IN_FLIGHT = 800;
const LIMIT_SECONDS = 4;
const BATCH = 200;

interface Round {
  readonly messagesPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpu: CpuUse;
  readonly limit: LimitResult;
  readonly limitCpuUs: number;
}

/** Engine first: the limit copies what it wrote, into the same tables. */
const round = async (bench: Bench, n: number): Promise<Round> => {
  const url = await bench.server.database('engine');
  const engine = await startBenchEngine({ url, limits: COMMANDS_LEFT });
  const actors = capped(bench, CONVERSATIONS);
  const total = scaled(bench, 40_000, actors);
  const warm = actors * 2;
  // Made before, so that inventing messages is not measured.
  const events = Array.from({ length: warm + total }, (_, i) => [eventOf(messageOf(i, actors))]);
  await flood(warm, IN_FLIGHT, (i) => engine.deliver(events[i] ?? []));
  const { value, cpu } = await measureCpu(bench.server.pid, () =>
    flood(total, IN_FLIGHT, (i) => engine.deliver(events[warm + i] ?? [])),
  );
  await allApplied(engine);
  await engine.stop(5000);
  await verifyWork(url, warm + total);
  const seconds = capped(bench, LIMIT_SECONDS);
  const limit = await measureCpu(bench.server.pid, () =>
    measureLimit({ url, seconds, clients: 2, batch: Math.min(BATCH, actors / 4) }),
  );
  const limitCpuUs = limit.cpu.databaseUs / (limit.value.messagesPerSecond * seconds);
  bench.report.note(
    `round ${n}: engine ${perSecond(value.perSecond)}, limit ${perSecond(limit.value.messagesPerSecond)}`,
  );
  const { nodeUs, databaseUs } = cpu;
  return {
    messagesPerSecond: value.perSecond,
    p50: value.p50,
    p99: value.p99,
    cpu: { nodeUs: nodeUs / total, databaseUs: databaseUs / total },
    limit: limit.value,
    limitCpuUs,
  };
};

const throughput = async (bench: Bench): Promise<void> => {
  const { report } = bench;
  report.section(
    'Engine: throughput',
    `${CONVERSATIONS} conversations, ${IN_FLIGHT} calls in flight, snapshot 2.9 KB, 1 command left in the outbox per message; exactly-once and order verified after each round. Limit: ${BATCH} messages per transaction, 2 clients, the same rows.`,
  );
  const rounds: Round[] = [];
  for (let n = 1; n <= bench.rounds; n++) rounds.push(await round(bench, n));
  const of = (pick: (item: Round) => number): number => median(rounds.map(pick));
  const rate = of((r) => r.messagesPerSecond);
  const ratio = of((r) => r.messagesPerSecond / r.limit.messagesPerSecond);
  report.row({
    name: 'messages applied',
    value: perSecond(rate),
    target: '>= 10,000/s',
    met: rate >= 10_000,
  });
  report.row({
    name: `of batched ${rounds[0]?.limit.tool}`,
    value: times(ratio),
    ratio: `of ${perSecond(of((r) => r.limit.messagesPerSecond))}`,
    target: '>= 0.5',
    met: ratio >= 0.5,
  });
  report.row({ name: 'flood p50 / p99', value: `${ms(of((r) => r.p50))} / ${ms(of((r) => r.p99))}` });
  report.row({
    name: 'CPU a message, node + load / database',
    value: `${of((r) => r.cpu.nodeUs).toFixed(0)} + ${of((r) => r.cpu.databaseUs).toFixed(0)} us`,
    ratio: `limit: ${of((r) => r.limitCpuUs).toFixed(0)} us in the database alone`,
  });
};

const single = async (bench: Bench): Promise<void> => {
  const url = await bench.server.database('engine');
  const engine = await startBenchEngine({ url, limits: COMMANDS_LEFT });
  const actors = capped(bench, CONVERSATIONS);
  const warm = actors * 2;
  await flood(warm, IN_FLIGHT, (i) => engine.deliver([eventOf(messageOf(i, actors))]));
  const seconds = scaled(bench, 10);
  const { p50, p99, failed } = await openLoop(100, seconds, (i) =>
    engine.deliver([eventOf(messageOf(warm + i, actors))]),
  );
  await engine.stop(5000);
  const one = await measureLimit({ url, seconds: capped(bench, LIMIT_SECONDS), clients: 16, batch: 1 });
  bench.report.section(
    'Engine: latency',
    `100 messages a second for ${seconds} s, open loop, from due to committed and applied.`,
  );
  bench.report.row({
    name: 'p50 / p99',
    value: `${ms(p50)} / ${ms(p99)}`,
    ratio: `${failed} failed; a transaction of the same rows alone: ${ms((16 * 1000) / one.messagesPerSecond)} at 16 clients (${perSecond(one.messagesPerSecond)})`,
  });
};

/** The whole circle: the command runs, and its end is stored. */
const commandsRun = async (bench: Bench): Promise<void> => {
  const url = await bench.server.database('engine');
  const engine = await startBenchEngine({ url, limits: { commandsPerVendor: 256, commandBacklog: 20_000 } });
  const actors = capped(bench, CONVERSATIONS);
  const total = scaled(bench, 10_000, actors);
  const beganAt = performance.now();
  await flood(total, IN_FLIGHT, (i) => engine.deliver([eventOf(messageOf(i, actors))]));
  for (;;) {
    const { commandsWaiting, commandsRunning } = await engine.stats();
    if (commandsWaiting + commandsRunning === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const rate = (total / (performance.now() - beganAt)) * 1000;
  await engine.stop(5000);
  bench.report.row({ name: 'messages whose command ran and was settled', value: perSecond(rate) });
};

export const engineBenchmark: Benchmark = {
  name: 'engine',
  run: async (bench) => {
    await throughput(bench);
    await commandsRun(bench);
    await single(bench);
    await bench.server.drop('engine');
  },
};
