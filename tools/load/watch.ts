/** What the product and its database need while they are under load, looked at every so often. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { treeCpuUs } from '../../bench/cpu.ts';
import { OWN_CONNECTIONS, type Stage } from './stage.ts';

export interface Sample {
  /** Seconds since the watch began. */
  readonly at: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  /** Open files and sockets. */
  readonly handles: number;
  readonly threads: number;
  /** Of the product alone. */
  readonly connections: number;
  readonly mailboxDepth: number;
  readonly mailboxAgeMs: number;
  readonly commandsWaiting: number;
  readonly databaseBytes: number;
  /** Seconds of processor time since their start. */
  readonly productCpu: number;
  readonly databaseCpu: number;
  /** The slowest turn in a hundred of the product's event loop since the last sample, ms. */
  readonly loopLateMs: number;
}

export interface Watch {
  readonly samples: readonly Sample[];
  readonly stop: () => Promise<readonly Sample[]>;
}

export interface WatchOptions {
  readonly everyMs: number;
  /** The postmaster. */
  readonly databasePid: number;
  readonly onSample?: (sample: Sample) => void;
}

/** The first sample is taken at once, the last one by `stop`. */
export const startWatch = (stage: Stage, options: WatchOptions): Watch => {
  const beganAt = performance.now();
  const samples: Sample[] = [];
  const ending = new AbortController();
  const look = async (): Promise<void> => {
    const sample = await takeSample(stage, options.databasePid, (performance.now() - beganAt) / 1000);
    samples.push(sample);
    options.onSample?.(sample);
  };
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await look();
      await sleep(options.everyMs, undefined, { signal: ending.signal }).catch(() => undefined); // the end of the watch
    }
    await look();
  };
  const running = run();
  // Whoever stops it hears of its fault.
  running.catch(() => undefined);
  return {
    samples,
    stop: async () => {
      ending.abort();
      await running;
      return samples;
    },
  };
};

const takeSample = async (stage: Stage, databasePid: number, at: number): Promise<Sample> => {
  const pid = stage.product.child.pid ?? 0;
  const [text, stored] = await Promise.all([readMetrics(stage), readDatabase(stage)]);
  return {
    at,
    residentBytes: statusOf(pid, 'VmRSS') * 1024,
    heapBytes: numberIn(text, 'treejar_process_heap_bytes'),
    handles: filesOf(pid),
    threads: statusOf(pid, 'Threads'),
    ...stored,
    mailboxDepth: numberIn(text, 'treejar_mailbox_depth'),
    mailboxAgeMs: numberIn(text, 'treejar_mailbox_age_seconds') * 1000,
    commandsWaiting: numberIn(text, 'treejar_commands_waiting'),
    productCpu: numberIn(text, 'treejar_process_cpu_seconds_total'),
    databaseCpu: treeCpuUs(databasePid) / 1e6,
    loopLateMs: numberIn(text, 'treejar_event_loop_delay_seconds{quantile="0.99"}') * 1000,
  };
};

const readMetrics = async ({ product }: Stage): Promise<string> => {
  const response = await fetch(`${product.url}/metrics`);
  if (response.status !== 200) throw new Error(`/metrics answered ${response.status}.`);
  return response.text();
};

const readDatabase = async ({ pool }: Stage) => {
  const { rows } = await pool.query<{ connections: number; bytes: number }>(
    `select pg_database_size(current_database())::float8 as bytes, count(*)::int as connections
     from pg_stat_activity where datname = current_database() and application_name <> $1`,
    [OWN_CONNECTIONS],
  );
  return { connections: rows[0]?.connections ?? 0, databaseBytes: rows[0]?.bytes ?? 0 };
};

const numberIn = (text: string, series: string): number => {
  const line = text.split('\n').find((each) => each.startsWith(`${series} `));
  if (line === undefined) throw new Error(`/metrics has no ${series}.`);
  return Number(line.slice(series.length + 1));
};

/** A field of /proc/<pid>/status; NaN where there is no /proc, never a number that looks measured. */
const statusOf = (pid: number, field: string): number => {
  try {
    return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return Number.NaN;
  }
};

const filesOf = (pid: number): number => {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return Number.NaN;
  }
};
