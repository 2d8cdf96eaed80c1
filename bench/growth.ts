/** Stored conversations cost nothing: what counts is how many are active. And what a cold one costs. */
import { makePool } from '../adapters/postgres/pool.ts';
import { type Bench, type Benchmark, COMMANDS_LEFT, capped, scaled, startBenchEngine } from './bench.ts';
import { flood } from './load.ts';
import { mb, median, ms, perSecond, times } from './report.ts';
import { eventOf, messageOf } from './workload.ts';

const ACTIVE = 1000;
const IN_FLIGHT = 800;
const CHUNK = 50_000;

/** Copies of one real conversation, with its journal and mailbox, up to `count` of them. */
const store = async (url: string, from: number, count: number): Promise<void> => {
  const pool = makePool(url, { max: 1, applicationName: 'treejar-bench' });
  try {
    for (let at = from; at < count; at += CHUNK) {
      const to = Math.min(count, at + CHUNK);
      for (const sql of COPIES) await pool.query(sql, [at, to]);
    }
    await pool.query('vacuum analyze');
  } finally {
    await pool.end();
  }
};

const COPIES = [
  `insert into actor (actor_id, kind, machine_version, version, snapshot, updated_at)
   select 'stored' || i, kind, machine_version, version, snapshot || '', updated_at
   from actor, generate_series($1::int, $2::int - 1) i where actor_id = 'c0'`,
  `insert into mailbox (actor_id, event_id, kind, cause, sent_at, received_at, applied_seq)
   select 'stored' || i, event_id, kind, cause, sent_at, received_at, applied_seq
   from mailbox, generate_series($1::int, $2::int - 1) i where actor_id = 'c0'`,
  `insert into journal select 'stored' || i, seq, kind, at, event_id, cause, event, from_states, to_states, guards,
     context_diff, commands, timers, machine_version, ignored
   from journal, generate_series($1::int, $2::int - 1) i where actor_id = 'c0'`,
];

interface Size {
  readonly bytes: number;
}

const databaseBytes = async (url: string): Promise<number> => {
  const pool = makePool(url, { max: 1, applicationName: 'treejar-bench' });
  const { rows } = await pool.query<{ bytes: Size['bytes'] }>(
    'select pg_database_size(current_database()) as bytes',
  );
  await pool.end();
  return Number(rows[0]?.bytes ?? 0);
};

/** Two databases of different size, flooded in turn on the same active conversations. */
const measure = async (bench: Bench, url: string, round: number): Promise<number> => {
  const engine = await startBenchEngine({ url, limits: COMMANDS_LEFT });
  const active = capped(bench, ACTIVE);
  const total = scaled(bench, 10_000, active);
  const prefix = `round${round}-`;
  await flood(active, IN_FLIGHT, (i) => engine.deliver([eventOf(messageOf(i, active, prefix))]));
  const { perSecond: rate } = await flood(total, IN_FLIGHT, (i) =>
    engine.deliver([eventOf(messageOf(active + i, active, prefix))]),
  );
  await engine.stop(5000);
  return rate;
};

const seed = async (bench: Bench, name: string, stored: number): Promise<string> => {
  const url = await bench.server.database(name);
  const engine = await startBenchEngine({ url, limits: COMMANDS_LEFT });
  await engine.deliver([eventOf(messageOf(0, 1))]);
  await engine.stop(5000);
  await store(url, 0, stored);
  return url;
};

const growth = async (bench: Bench): Promise<void> => {
  const all = [1000, 100_000, 1_000_000].map((stored) => scaled(bench, stored));
  // A quick run leaves the largest out: filling it takes minutes.
  const sizes = bench.scale < 1 ? all.slice(0, -1) : all;
  const active = capped(bench, ACTIVE);
  bench.report.section(
    'Growth',
    `${active} active conversations beside the stored ones (a message, two journal rows each); all databases flooded in turn, ${bench.rounds} rounds.`,
  );
  const urls: string[] = [];
  for (const stored of sizes) urls.push(await seed(bench, `growth${stored}`, stored));
  const bytes = await Promise.all(urls.map(databaseBytes));
  const rates = sizes.map((): number[] => []);
  for (let round = 0; round < bench.rounds; round++) {
    for (const [i, url] of urls.entries()) rates[i]?.push(await measure(bench, url, round));
  }
  const small = rates[0] ?? [];
  for (const [i, stored] of sizes.entries()) {
    const mine = rates[i] ?? [];
    const ratio = median(mine.map((rate, round) => rate / (small[round] ?? rate)));
    const isLast = i === sizes.length - 1 && i > 0;
    bench.report.row({
      name: `${stored.toLocaleString('en')} stored (${mb(bytes[i] ?? 0)})`,
      value: perSecond(median(mine)),
      ...(i > 0 ? { ratio: `${times(ratio)} of ${(sizes[0] ?? 0).toLocaleString('en')} stored` } : {}),
      ...(isLast ? { target: '>= 0.85', met: ratio >= 0.85 } : {}),
    });
  }
  const per = ((bytes.at(-1) ?? 0) - (bytes[0] ?? 0)) / ((sizes.at(-1) ?? 0) - (sizes[0] ?? 0));
  bench.report.row({
    name: 'disk per stored conversation',
    value: `${(per / 1024).toFixed(1)} KB`,
    ratio: 'memory: none',
  });
};

/** One message to each of many conversations that this process has not seen, and another to each that it has. */
const rehydration = async (bench: Bench): Promise<void> => {
  const actors = scaled(bench, 5000);
  bench.report.section(
    'Rehydration',
    `${actors} conversations, one message each, 64 in flight: after a restart, again, and with no cache at all.`,
  );
  const url = await bench.server.database('rehydration');
  const first = await startBenchEngine({ url, limits: COMMANDS_LEFT });
  await flood(actors, IN_FLIGHT, (i) => first.deliver([eventOf(messageOf(i, actors))]));
  await first.stop(5000);
  const again = async (limits: object, rounds: readonly string[], from: number): Promise<void> => {
    const engine = await startBenchEngine({ url, limits: { ...COMMANDS_LEFT, ...limits } });
    await engine.deliver([eventOf(messageOf(0, 1, `warm-up${from}`))]);
    for (const [i, name] of rounds.entries()) {
      const base = (from + i) * actors;
      const result = await flood(actors, 64, (n) => engine.deliver([eventOf(messageOf(base + n, actors))]));
      bench.report.row({
        name,
        value: perSecond(result.perSecond),
        ratio: `p50 ${ms(result.p50)}, p99 ${ms(result.p99)}`,
      });
    }
    await engine.stop(5000);
  };
  await again({}, ['cold: the first message after a restart', 'warm: the next'], 1);
  await again({ cacheActors: 0 }, ['cache switched off'], 3);
  await bench.server.drop('rehydration');
};

export const growthBenchmark: Benchmark = { name: 'growth', run: growth };
export const rehydrationBenchmark: Benchmark = { name: 'rehydration', run: rehydration };
