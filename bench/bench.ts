/** What every benchmark gets. */
import { systemClock } from '../runtime/clock.ts';
import { startEngine } from '../runtime/engine/engine.ts';
import type { EngineLimits } from '../runtime/engine/limits.ts';
import type { ActorKind, EngineApi, Log } from '../runtime/engine/types.ts';
import type { BenchServer } from './database.ts';
import type { Report } from './report.ts';
import { workKind } from './workload.ts';

export interface Bench {
  readonly server: BenchServer;
  readonly report: Report;
  /** 1 by default; less makes a quick and rough run. */
  readonly scale: number;
  /** How often a ratio is measured, each time both sides in turn; the median counts. */
  readonly rounds: number;
}

export interface Benchmark {
  readonly name: string;
  readonly run: (bench: Bench) => Promise<void>;
}

/** Nothing may go wrong unnoticed while a number is made. */
const loud: Log = {
  debug: () => {},
  info: () => {},
  warn: (fields, message) => void process.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
  error: (fields, message) => void process.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
};

export interface EngineChoices {
  readonly url: string;
  readonly kinds?: readonly ActorKind[];
  readonly limits?: Partial<EngineLimits>;
}

/** Leaves commands in the outbox, for another process: what the limit and the peers do as well. */
export const COMMANDS_LEFT = { commandBacklog: 0 } as const;

export const startBenchEngine = ({
  url,
  kinds = [workKind()],
  limits = {},
}: EngineChoices): Promise<EngineApi> =>
  startEngine({
    databaseUrl: url,
    kinds,
    replicaId: 'bench',
    clock: systemClock,
    log: loud,
    worker: true,
    limits,
  });

/** Looked at this often, ms. */
const LOOK_MS = 20;

/** Resolves when nothing lies in a mailbox: an answered event is durable, and almost always applied by then. */
export const allApplied = async (engine: EngineApi): Promise<void> => {
  while ((await engine.stats()).mailboxDepth > 0)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
};

/** `count` of the run's scale, in whole steps. */
export const scaled = ({ scale }: Bench, count: number, step = 1): number =>
  Math.max(step, Math.round((count * scale) / step) * step);

/** `count` in every run of some length; less only in the tiny ones of the smoke test. */
export const capped = ({ scale }: Bench, count: number): number =>
  Math.max(1, Math.min(count, Math.round(count * scale * CAP)));

/** A quick run has a fifth of the scale and still the full configuration. */
const CAP = 5;
