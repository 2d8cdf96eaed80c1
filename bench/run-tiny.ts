/** A benchmark in tiny, on a test's server: its numbers mean nothing, but it ran. */
import type { Benchmark } from './bench.ts';
import { joinBenchServer } from './database.ts';
import { makeReport } from './report.ts';

/** Of the full run. */
const TINY = 0.004;

/** Answers with what it said, as markdown. Throws when the benchmark fails. */
export const runTiny = async (benchmark: Benchmark, serverUrl: string): Promise<readonly string[]> => {
  // No process id: what the server's CPU costs is left out (cpu.ts).
  const server = joinBenchServer(serverUrl, 0);
  const lines: string[] = [];
  try {
    const report = makeReport((line) => lines.push(line), 'markdown');
    await benchmark.run({ server, report, scale: TINY, rounds: 1 });
  } finally {
    await server.stop();
  }
  return lines;
};
