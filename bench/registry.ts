/** Every benchmark, in the order they run. */
import type { Benchmark } from './bench.ts';
import { engineBenchmark } from './engine.ts';
import { fanOutBenchmark } from './fan-out.ts';
import { growthBenchmark, rehydrationBenchmark } from './growth.ts';
import { httpBenchmark } from './http.ts';
import { memoryBenchmark } from './memory.ts';
import { metricsBenchmark } from './metrics.ts';
import { peersBenchmark } from './peers.ts';
import { repliesBenchmark } from './replies.ts';
import { timersBenchmark } from './timers.ts';

export const BENCHMARKS: readonly Benchmark[] = [
  engineBenchmark,
  httpBenchmark,
  rehydrationBenchmark,
  growthBenchmark,
  timersBenchmark,
  fanOutBenchmark,
  memoryBenchmark,
  peersBenchmark,
  repliesBenchmark,
  metricsBenchmark,
];
