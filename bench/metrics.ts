/** Metrics over a year of a thousand dialogues a day: how soon they answer, and what keeping them costs. */
import { makePool } from '../adapters/postgres/pool.ts';
import { makeMetrics } from '../runtime/metrics/metrics-api.ts';
import { makeProjector } from '../runtime/metrics/projector.ts';
import { type Benchmark, scaled } from './bench.ts';
import { percentile } from './load.ts';
import { ms, perSecond } from './report.ts';
import { fillYear, tellConversations } from './year.ts';

const DAYS = 365;
const PER_DAY = 1000;
const ASKED_TIMES = 30;
const TINY_SCALE = 0.05;
const TINY_DAYS = 20;
const TINY_ASKED = 2;
const ANSWER_TARGET_MS = 100;
const TOLD = 2000;
const DAY_MS = 86_400_000;
/** Fixed: the same data in every run. 1 January 2026, noon in Dubai. */
const UNTIL = Date.UTC(2026, 0, 1, 8);
const ZONE = 'Asia/Dubai';
const SEED = 'a year';

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

export const metricsBenchmark: Benchmark = {
  name: 'metrics',
  run: async (bench) => {
    const { report } = bench;
    const perDay = Math.max(2, scaled(bench, PER_DAY));
    // A year costs a while even when it is thin.
    const days = bench.scale < TINY_SCALE ? TINY_DAYS : DAYS;
    const asked = bench.scale < TINY_SCALE ? TINY_ASKED : ASKED_TIMES;
    report.section('Metrics', `${days} days of ${perDay.toLocaleString('en')} dialogues each, one database.`);
    const pool = makePool(await bench.server.database('metrics'), { max: 4, applicationName: 'bench' });
    try {
      const clock = { now: () => UNTIL };
      const filled = await timed(() =>
        fillYear(pool, { days, perDay, until: UNTIL, seed: SEED, timeZone: ZONE }),
      );
      report.row({ name: 'generating the facts', value: ms(filled) });
      await pool.query('vacuum analyze');
      const projector = makeProjector({ pool, clock, timeZone: ZONE });
      const summed = await timed(() => projector.catchUp());
      report.row({ name: 'summing up every day', value: ms(summed) });
      const metrics = makeMetrics({ pool, clock, timeZone: ZONE, projector });
      const ranges = [
        ['day', '2025-12-31', '2025-12-31'],
        ['week', '2025-12-25', '2025-12-31'],
        ['month', '2025-12-02', '2025-12-31'],
        ['year', '2025-01-01', '2025-12-31'],
        ['year, cut within months', '2025-01-17', '2025-12-20'],
      ] as const;
      for (const [name, from, to] of ranges) {
        const times: number[] = [];
        for (let i = 0; i < asked; i++) times.push(await timed(() => metrics.report({ from, to })));
        const p95 = percentile(times, 0.95);
        report.row({
          name: `all metrics of a ${name}, p50 / p95`,
          value: `${ms(percentile(times, 0.5))} / ${ms(p95)}`,
          target: `under ${ANSWER_TARGET_MS} ms`,
          met: p95 < ANSWER_TARGET_MS,
        });
      }
      for (const metric of [
        'conversations',
        'customers',
        'handOvers',
        'noorDeals',
        'reopenedShare',
        'replyP95',
      ]) {
        const range = { from: '2025-01-01', to: '2025-12-31' };
        const times: number[] = [];
        for (let i = 0; i < asked; i++)
          times.push(await timed(() => metrics.drill(metric, range, { limit: 50 })));
        const p95 = percentile(times, 0.95);
        report.row({
          name: `first 50 behind a year’s ${metric}, p95`,
          value: ms(p95),
          target: `under ${ANSWER_TARGET_MS} ms`,
          met: p95 < ANSWER_TARGET_MS,
        });
      }
      const told = scaled(bench, TOLD);
      await tellConversations(pool, told, UNTIL + DAY_MS);
      const later = makeProjector({ pool, clock: { now: () => UNTIL + DAY_MS }, timeZone: ZONE });
      const read = await timed(() => later.catchUp());
      report.row({
        name: `reading ${told} conversations that moved`,
        value: perSecond((told / read) * 1000),
      });
      report.row({ name: 'looking when nothing has moved', value: ms(await timed(() => later.catchUp())) });
    } finally {
      await pool.end();
    }
  },
};
