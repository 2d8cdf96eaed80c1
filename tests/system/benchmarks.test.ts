/** Benchmarks of the whole product run, tiny: what is measured elsewhere must not be broken when it is wanted. */
import { describe, expect, it } from 'vitest';
import { fanOutBenchmark } from '../../bench/fan-out.ts';
import { httpBenchmark } from '../../bench/http.ts';
import { repliesBenchmark } from '../../bench/replies.ts';
import { runTiny } from '../../bench/run-tiny.ts';
import { testDatabase } from '../support/postgres.ts';

const PATIENCE_MS = 300_000;

describe('benchmarks of the product', () => {
  for (const benchmark of [httpBenchmark, fanOutBenchmark, repliesBenchmark]) {
    it(`${benchmark.name} runs and says something`, { timeout: PATIENCE_MS }, async () => {
      const db = await testDatabase({ empty: true });
      const lines = await runTiny(benchmark, db.url);
      await db.drop();
      expect(lines.filter((line) => line.startsWith('| ')).length).toBeGreaterThan(0);
      expect(lines.join('\n')).not.toMatch(/NaN|Infinity|undefined/);
    });
  }
});
