/** Benchmarks run, tiny, on the test server: what is measured elsewhere must not be broken when it is wanted. */
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../tests/support/postgres.ts';
import { peersBenchmarkOf } from './peers.ts';
import { BENCHMARKS } from './registry.ts';
import { runTiny } from './run-tiny.ts';

/** Those that start the product are in tests/system; of the peers the one without a queue that polls. */
const ELSEWHERE: readonly string[] = ['http', 'fan-out', 'replies', 'peers'];
const HERE = [
  ...BENCHMARKS.filter(({ name }) => !ELSEWHERE.includes(name)),
  peersBenchmarkOf(['transaction']),
];

/** On a machine that is busy with other things. */
const PATIENCE_MS = 300_000;

describe('benchmarks', () => {
  for (const benchmark of HERE) {
    it(`${benchmark.name} runs and says something`, { timeout: PATIENCE_MS }, async () => {
      const db = await testDatabase({ empty: true });
      const lines = await runTiny(benchmark, db.url);
      await db.drop();
      expect(lines.filter((line) => line.startsWith('| ')).length).toBeGreaterThan(0);
      expect(lines.join('\n')).not.toMatch(/NaN|Infinity|undefined|not measured/);
    });
  }
});
