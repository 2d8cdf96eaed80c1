/** What a conversation costs in memory while it is active, and what the process needs under load. */
import { type Benchmark, COMMANDS_LEFT, scaled, startBenchEngine } from './bench.ts';
import { flood } from './load.ts';
import { mb } from './report.ts';
import { eventOf, messageOf } from './workload.ts';

const IN_FLIGHT = 800;

/** Kept objects only, where the collector can be asked (`node --expose-gc`); otherwise the resident size tells. */
const usedBytes = (): number => {
  globalThis.gc?.();
  return globalThis.gc ? process.memoryUsage().heapUsed : process.memoryUsage().rss;
};

export const memoryBenchmark: Benchmark = {
  name: 'memory',
  run: async (bench) => {
    const actors = scaled(bench, 10_000);
    const url = await bench.server.database('memory');
    bench.report.section(
      'Memory',
      `${actors.toLocaleString('en')} conversations of 2.9 KB, all active; the cache's own limits lifted for it. ${globalThis.gc ? 'Heap after collection.' : 'Resident size.'}`,
    );
    const engine = await startBenchEngine({
      url,
      limits: { ...COMMANDS_LEFT, cacheActors: actors * 2, cacheChars: 1_000_000_000 },
    });
    await flood(500, IN_FLIGHT, (i) => engine.deliver([eventOf(messageOf(i, 500, 'warm-up'))]));
    const before = usedBytes();
    await flood(actors * 2, IN_FLIGHT, (i) => engine.deliver([eventOf(messageOf(i, actors))]));
    const perActor = (usedBytes() - before) / actors;
    bench.report.row({
      name: 'memory per active conversation',
      value: `${(perActor / 1024).toFixed(1)} KB`,
      ratio: 'per stored one: none',
    });
    await engine.stop(5000);

    const usual = await startBenchEngine({ url, limits: COMMANDS_LEFT });
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 50);
    const total = scaled(bench, 40_000);
    await flood(total, IN_FLIGHT, (i) => usual.deliver([eventOf(messageOf(actors * 2 + i, actors))]));
    clearInterval(watch);
    await usual.stop(5000);
    bench.report.row({
      name: 'resident, load generator included, at most',
      value: mb(peak),
      target: '<= 350 MB',
      met: peak <= 350 * 1048576,
    });
    await bench.server.drop('memory');
  },
};
