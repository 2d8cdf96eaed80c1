/** A long run at a modest rate: what grows that should not, and what each turn leaves in the tables. */
import { mb, type Report } from '../../bench/report.ts';
import { type CrowdOptions, playCrowd } from './crowd.ts';
import type { Stage } from './stage.ts';
import { comeToRest, type Verdict, verify, witnessesOf } from './verify.ts';
import { type Sample, startWatch } from './watch.ts';

const SAMPLES = 180;
const LEAST_MS = 1000;
const REST_MS = 60_000;
/** Caches fill and code is compiled before anything is compared: the first fifth of the time is not looked at. */
const FIFTHS = 5;
/** Of the last fifth over the second, where nothing leaks: collections come when they like. */
const MEMORY_GROWTH = 0.15;
const MEMORY_NOISE_BYTES = 24 * 1048576;
/** Sockets to vendors and customers open and close as they are used. */
const HANDLES_NOISE = 40;
const CONNECTIONS_NOISE = 6;
const TABLES_SHOWN = 6;

interface Place {
  readonly name: string;
  readonly samples: readonly Sample[];
}

export const measureSoak = async (
  stage: Stage,
  databasePid: number,
  options: CrowdOptions,
  report: Report,
): Promise<Verdict & { readonly grown: number }> => {
  const everyMs = Math.max(LEAST_MS, options.forMs / SAMPLES);
  const watch = startWatch(stage, { everyMs, databasePid });
  const crowd = await playCrowd(stage, options);
  const samples = await watch.stop();
  await comeToRest(stage, REST_MS);
  const verdict = await verify(witnessesOf(stage), crowd.webhooks.posted, crowd.turns);
  const places = placesOf(samples);
  report.row({
    name: 'customers, turns',
    value: `${crowd.customers}, ${crowd.turns.length}`,
    ratio: `${samples.length} looks, one every ${(everyMs / 1000).toFixed(0)} s; medians of a fifth of the time each`,
  });
  const grown = reportGrowth(report, places);
  await reportTables(report, stage, samples, crowd.turns.length);
  report.row({
    name: 'lost / doubled / unsettled / unanswered / parked',
    value: `${verdict.lost + verdict.unapplied + verdict.vanished} / ${verdict.doubled} / ${verdict.unsettled} / ${verdict.unanswered} / ${verdict.parked}`,
    target: 'none',
    met: Object.values(verdict).every((count) => count === 0),
  });
  return { ...verdict, grown };
};

/** Start, middle and end: the second, third and last fifth. */
const placesOf = (samples: readonly Sample[]): readonly [Place, Place, Place] => {
  const fifth = (n: number) =>
    samples.slice(Math.floor((samples.length * n) / FIFTHS), Math.ceil((samples.length * (n + 1)) / FIFTHS));
  return [
    { name: 'start', samples: fifth(1) },
    { name: 'middle', samples: fifth(2) },
    { name: 'end', samples: fifth(FIFTHS - 1) },
  ];
};

interface Watched {
  readonly name: string;
  readonly pick: (sample: Sample) => number;
  readonly show: (value: number) => string;
  /** How much more than at the start is still the same. */
  readonly allowed: (start: number) => number;
}

const memory = (start: number): number => start * MEMORY_GROWTH + MEMORY_NOISE_BYTES;

const WATCHED: readonly Watched[] = [
  { name: 'resident memory', pick: (s) => s.residentBytes, show: mb, allowed: memory },
  { name: "JavaScript's heap", pick: (s) => s.heapBytes, show: mb, allowed: memory },
  { name: 'open files and sockets', pick: (s) => s.handles, show: String, allowed: () => HANDLES_NOISE },
  { name: 'threads', pick: (s) => s.threads, show: String, allowed: () => 2 },
  {
    name: 'database connections',
    pick: (s) => s.connections,
    show: String,
    allowed: () => CONNECTIONS_NOISE,
  },
  { name: 'commands waiting', pick: (s) => s.commandsWaiting, show: String, allowed: () => 10 },
];

const reportGrowth = (report: Report, [start, middle, end]: readonly [Place, Place, Place]): number => {
  let grown = 0;
  for (const { name, pick, show, allowed } of WATCHED) {
    const [first, second, last] = [start, middle, end].map(({ samples }) => medianOf(samples.map(pick)));
    if (first === undefined || second === undefined || last === undefined)
      throw new Error('Nothing sampled.');
    const met = last <= first + allowed(first);
    if (!met) grown++;
    report.row({
      name: `${name}: start, middle, end`,
      value: `${show(first)}, ${show(second)}, ${show(last)}`,
      target: `end <= ${show(Math.round(first + allowed(first)))}`,
      met,
    });
  }
  return grown;
};

/** Not rounded, as the report's own would have it for numbers: half of an even count takes the upper one. */
const medianOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** What is stored is meant to be stored: it grows with the turns and with nothing else. */
const reportTables = async (
  report: Report,
  { pool }: Stage,
  samples: readonly Sample[],
  turns: number,
): Promise<void> => {
  const first = samples[0]?.databaseBytes ?? 0;
  const half = samples[Math.floor(samples.length / 2)]?.databaseBytes ?? 0;
  const last = samples.at(-1)?.databaseBytes ?? 0;
  report.row({
    name: 'database: start, middle, end',
    value: `${mb(first)}, ${mb(half)}, ${mb(last)}`,
    ratio: `${((last - first) / 1024 / Math.max(1, turns)).toFixed(0)} KB a turn, indexes included`,
  });
  const { rows } = await pool.query<{ name: string; bytes: number; rows: number }>(
    `select relname as name, pg_total_relation_size(relid)::float8 as bytes, n_live_tup::int as rows
     from pg_stat_user_tables order by 2 desc limit $1`,
    [TABLES_SHOWN],
  );
  const tables = rows.map(({ name, bytes, rows: count }) => `${name} ${mb(bytes)} (${count} rows)`);
  report.row({ name: 'largest tables at the end', value: tables.join(', ') });
};
