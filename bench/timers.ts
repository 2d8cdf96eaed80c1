/** 100,000 timers: what arming costs, what they cost while they wait, and how late they fire when all are due at once. */
import { setup } from 'xstate';
import { makePool } from '../adapters/postgres/pool.ts';
import type { ActorKind } from '../runtime/engine/types.ts';
import { type Benchmark, capped, scaled, startBenchEngine } from './bench.ts';
import { flood, percentile } from './load.ts';
import { mb, ms, perSecond } from './report.ts';

const IN_FLIGHT = 800;
const FIRST_DUE_MS = 1000;
/** Arming one takes less, even on a slow machine: the last must be armed before the first is due. */
const ARMING_MS = 0.5;
const SPREAD_MS = 30_000;
const IDLE_MS = 5000;

/** Waits as long as it is told, then is done. */
const kind = (delayMs: () => number): ActorKind => ({
  kind: 'egg',
  machine: setup({ delays: { patience: delayMs } }).createMachine({
    id: 'egg',
    initial: 'raw',
    states: {
      raw: { on: { BOIL: 'boiling' } },
      boiling: { after: { patience: 'done' } },
      done: { type: 'final' },
    },
  }),
  version: '1',
  inputFor: () => undefined,
  commands: {},
  projections: [],
});

export const timersBenchmark: Benchmark = {
  name: 'timers',
  run: async (bench) => {
    const total = scaled(bench, 100_000);
    bench.report.section(
      'Timers',
      `${total.toLocaleString('en')} actors, one timer each, due within ${capped(bench, SPREAD_MS) / 1000} s of each other.`,
    );
    const url = await bench.server.database('timers');
    // Due long after all are armed: the last armed must not be late before it begins.
    const idleMs = capped(bench, IDLE_MS);
    const lead = FIRST_DUE_MS + idleMs + total * ARMING_MS;
    const spreadMs = capped(bench, SPREAD_MS);
    const beganAt = performance.now();
    const kinds = [kind(() => lead - (performance.now() - beganAt) + Math.random() * spreadMs)];
    const engine = await startBenchEngine({ url, kinds });
    const before = process.memoryUsage().rss;
    const { perSecond: rate } = await flood(total, IN_FLIGHT, (i) =>
      engine.deliver([
        {
          actorId: `egg${i}`,
          kind: 'egg',
          eventId: 'boil',
          cause: 'system',
          sentAt: 0,
          body: { type: 'BOIL' },
        },
      ]),
    );
    const { timersArmed } = await engine.stats();
    if (timersArmed !== total) throw new Error(`${timersArmed} timers are armed, not ${total}.`);
    bench.report.row({ name: 'armed', value: perSecond(rate) });
    const idle = process.cpuUsage();
    const idleAt = performance.now();
    await new Promise((resolve) => setTimeout(resolve, idleMs));
    const used = process.cpuUsage(idle);
    const share = (used.user + used.system) / 1000 / (performance.now() - idleAt);
    bench.report.row({
      name: 'CPU of the process while they wait',
      value: `${(share * 100).toFixed(1)} % of a core`,
    });
    bench.report.row({
      name: 'memory they take',
      value: mb(Math.max(0, process.memoryUsage().rss - before)),
    });
    for (;;) {
      if ((await engine.stats()).timersArmed === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    await engine.stop(5000);
    const pool = makePool(url, { max: 1, applicationName: 'treejar-bench' });
    const { rows } = await pool.query<{ late: number }>(
      `select (fired.at - (armed.timers -> 0 ->> 'at')::bigint)::float8 as late
       from journal fired join journal armed on armed.actor_id = fired.actor_id and armed.seq = 2
       where fired.seq = 3 and fired.cause = 'timer'`,
    );
    await pool.end();
    if (rows.length !== total) throw new Error(`${rows.length} timers fired, not ${total}.`);
    const late = rows.map((row) => row.late);
    bench.report.row({
      name: `fired once each, ${perSecond((total * 1000) / spreadMs)} due`,
      value: `late by ${ms(percentile(late, 0.5))} / ${ms(percentile(late, 0.99))}`,
      ratio: 'p50 / p99, from due to applied',
    });
    await bench.server.drop('timers');
  },
};
