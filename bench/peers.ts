import type { Benchmark } from './bench.ts';
export const peersBenchmark: Benchmark = { name: 'peers', run: async () => {} };
