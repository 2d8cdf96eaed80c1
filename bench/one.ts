/** Runs one benchmark in a process of its own: `one.ts <name> <options as JSON>`. Started by main.ts. */
import { type BenchOptions, joinBenchServer } from './database.ts';
import { BENCHMARKS } from './registry.ts';
import { makeReport } from './report.ts';

const [name = '', json = '{}'] = process.argv.slice(2);
const { url, pid, scale, rounds, format } = JSON.parse(json) as BenchOptions;
const benchmark = BENCHMARKS.find((item) => item.name === name);
if (!benchmark) throw new Error(`There is no benchmark called ${name}.`);

const server = joinBenchServer(url, pid);
const report = makeReport((line) => void process.stdout.write(`${line}\n`), format);
try {
  await benchmark.run({ server, report, scale, rounds });
} finally {
  await server.stop();
}
process.send?.(report.verdicts());
// A peer may leave a timer behind; the number is made.
process.exit(0);
