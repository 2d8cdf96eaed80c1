/**
 * `npm run load`: simultaneous customers against the product with vendors as slow as real ones; `--soak` and `--overload`
 * are described in USAGE. Exit code 1 when anything was lost, doubled or left unanswered; slowness is only reported.
 */
import { cpus, loadavg, totalmem } from 'node:os';
import { startBenchServer } from '../../bench/database.ts';
import { makeReport, type Report } from '../../bench/report.ts';
import { type CommandLine, parseCommandLine, USAGE } from './command-line.ts';
import type { CrowdOptions } from './crowd.ts';
import { measureDialogues } from './dialogues.ts';
import { REAL } from './latencies.ts';
import { measureOverload } from './overload.ts';
import { measureSoak } from './soak.ts';
import { openStage, partCores, type Stage } from './stage.ts';
import { isClean, type Verdict } from './verify.ts';

/** What docker-compose.yml gives PostgreSQL. */
const DATABASE = { shared_buffers: '512MB', max_wal_size: '2GB', max_connections: '150' };
const ARRIVE_MS = 30_000;
const PATIENCE_MS = 60_000;
const MINUTE_MS = 60_000;
/** Of one customer in a flood. */
const MESSAGES_EACH = 20;
const FLOOD_IN_FLIGHT = 400;
/** A sender who was turned away so long has lost his message to somebody else's patience, not to us. */
const GIVE_UP_MS = 60_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

type Scenario = (stage: Stage, databasePid: number, report: Report) => Promise<Verdict>;

interface Run {
  readonly name: string;
  readonly title: string;
  readonly play: Scenario;
}

const crowdOf = (command: CommandLine, dialogues: number): Run => ({
  name: `load_${dialogues}`,
  title: `${dialogues} simultaneous dialogues for ${command.minutes} minutes`,
  play: (stage, databasePid, report) =>
    measureDialogues(stage, databasePid, crowdOptions(command, dialogues, command.minutes), report),
});

const soakOf = (command: CommandLine, dialogues: number, minutes: number): Run => ({
  name: `soak_${dialogues}`,
  title: `${minutes} minutes of ${dialogues} simultaneous dialogues`,
  play: (stage, databasePid, report) =>
    measureSoak(stage, databasePid, crowdOptions(command, dialogues, minutes), report),
});

const overloadOf = (webhooks: number): Run => ({
  name: 'overload',
  title: `${webhooks} webhooks as fast as they are answered, at most ${process.env.MAILBOX_LIMIT ?? '20000 (as shipped)'} events waiting`,
  play: (stage, databasePid, report) => {
    const customers = Math.max(1, Math.round(webhooks / MESSAGES_EACH));
    const flooded = { webhooks, customers, inFlight: FLOOD_IN_FLIGHT, giveUpAfterMs: GIVE_UP_MS };
    return measureOverload(stage, databasePid, flooded, report);
  },
});

const crowdOptions = (command: CommandLine, dialogues: number, minutes: number): CrowdOptions => ({
  dialogues,
  forMs: minutes * MINUTE_MS,
  arriveMs: ARRIVE_MS,
  thinkMs: [command.thinkSeconds[0] * 1000, command.thinkSeconds[1] * 1000],
  patienceMs: PATIENCE_MS,
});

const runsOf = (command: CommandLine): readonly Run[] => {
  const { dialogues, soak, overload } = command;
  if (overload !== null) return [overloadOf(overload)];
  return dialogues.map((count) => (soak === null ? crowdOf(command, count) : soakOf(command, count, soak)));
};

const describe = (command: CommandLine): string => {
  const [least, most] = command.thinkSeconds;
  const [limit, rest] =
    command.cores === null
      ? ['without a limit of cores', `share all ${cpus().length} cores with it`]
      : [`on core ${command.cores} by taskset`, `have the other cores of ${cpus().length}`];
  return (
    `The whole product in one process ${limit}, old space at most 900 MB (its memory is watched, not bounded by a cgroup); ` +
    `PostgreSQL with fsync, customers and vendors ${rest}. Vendors take: model 2-6 s a call, Wazzup 200 ms, ` +
    `Zoho 400-900 ms, Jina 300 ms. Customers think ${least}-${most} s; every twentieth webhook comes twice.`
  );
};

const run = async (command: CommandLine): Promise<void> => {
  const report = makeReport(say, command.format);
  const server = await startBenchServer(DATABASE);
  let stopping: Promise<void> | null = null;
  // A signal can come while the run ends by itself.
  const stop = (): Promise<void> => {
    stopping ??= server.stop();
    return stopping;
  };
  const end = (): void => void stop().finally(() => process.exit(1));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  say(
    `# Load, ${new Date().toISOString()}, ${cpus().length} x ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB`,
  );
  let clean = true;
  try {
    if (command.cores !== null) await partCores(server.pid, command.cores);
    for (const { name, title, play } of runsOf(command)) {
      const databaseUrl = await server.database(name);
      const stage = await openStage({ databaseUrl, vendors: REAL, cores: command.cores });
      report.section(`${title} (load average ${loadavg()[0]?.toFixed(1)})`, describe(command));
      const verdict = await play(stage, server.pid, report);
      clean &&= isClean(verdict);
      await stage.stop();
      await server.drop(name);
    }
  } finally {
    await stop();
  }
  process.exitCode = clean ? 0 : 1;
};

const parsed = parseCommandLine(process.argv.slice(2));
if ('fault' in parsed) {
  say(`${parsed.fault}\n\n${USAGE}`);
  process.exitCode = 2;
} else await run(parsed);
