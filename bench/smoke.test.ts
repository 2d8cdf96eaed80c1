/** Every benchmark runs, tiny, on the test server: what is measured elsewhere must not be broken when it is wanted. */
import { afterAll, describe, it } from 'vitest';
import { testDatabase } from '../tests/support/postgres.ts';
import { type BenchServer, joinBenchServer } from './database.ts';
import { PEERS_WITHOUT_PACKAGES, peersBenchmarkOf } from './peers.ts';
import { BENCHMARKS } from './registry.ts';
import { makeReport } from './report.ts';

/** What needs no packages beyond ours. */
const HERE = [...BENCHMARKS.filter(({ name }) => name !== 'peers'), peersBenchmarkOf(PEERS_WITHOUT_PACKAGES)];

/** Of the full run. */
const TINY = 0.004;
const PATIENCE_MS = 60_000;

let server: BenchServer | null = null;

/** The test server, joined under a database of this file's own. */
const join = async (): Promise<BenchServer> => {
  const { url, pool } = await testDatabase({ empty: true });
  await pool.end();
  // No process id: what the server's CPU costs is left out (cpu.ts).
  server ??= joinBenchServer(url, 0);
  return server;
};

afterAll(async () => server?.stop());

describe('benchmarks', () => {
  for (const benchmark of HERE) {
    it.concurrent(`${benchmark.name} runs and says something`, { timeout: PATIENCE_MS }, async ({
      expect,
    }) => {
      const lines: string[] = [];
      const report = makeReport((line) => lines.push(line), 'markdown');
      await benchmark.run({ server: await join(), report, scale: TINY, rounds: 1 });
      expect(lines.filter((line) => line.startsWith('| ')).length).toBeGreaterThan(0);
      expect(lines.join('\n')).not.toMatch(/NaN|Infinity|undefined/);
    });
  }
});
