/**
 * `npm run bench [-- engine http …] [-- --markdown] [-- --quick] [-- --rounds=3]`: every benchmark, or those named, each in
 * a process of its own, all on one embedded PostgreSQL with fsync on. Exit code 1 when one fails; a missed target is
 * reported, not failed, because it may be the machine's.
 */
import { spawn } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makePool } from '../adapters/postgres/pool.ts';
import { type CommandLine, parseCommandLine, USAGE } from './command-line.ts';
import { type BenchOptions, SETTINGS, startBenchServer } from './database.ts';
import { installPeers } from './install-peers.ts';
import { findPgbench } from './limit.ts';
import { targetsTable, type Verdict } from './report.ts';

/**
 * A collector that can be asked. The heap is Node's own choice: it holds the load as well as the engine. What a peer's
 * packages say of their own drivers does not belong between the rows.
 */
const NODE_FLAGS = ['--expose-gc', '--disable-warning=DeprecationWarning'];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const nodePath = async (): Promise<string> => {
  const path = pathToFileURL(join(import.meta.dirname, '../tools/launch/node24.mjs')).href;
  return ((await import(path)) as { requireNode24: () => string }).requireNode24();
};

const describeMachine = async (url: string): Promise<void> => {
  const pool = makePool(url, { max: 1, applicationName: 'treejar-bench' });
  const { rows } = await pool.query<{ version: string }>('select version()');
  await pool.end();
  const load = loadavg()[0] ?? 0;
  const settings = Object.entries(SETTINGS).map(([name, value]) => `${name}=${value}`);
  say(`# Benchmarks, ${new Date().toISOString()}\n`);
  say(
    `- ${cpus().length} x ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`,
  );
  say(`- ${rows[0]?.version.split(' on ')[0]}, ${settings.join(' ')}`);
  say(`- limit measured by ${findPgbench() === null ? 'a node loop (pgbench is not installed)' : 'pgbench'}`);
  const busy = load > cpus().length / 2 ? ': others work here, trust ratios, not rates' : '';
  say(`- load average before the start: ${load.toFixed(1)}${busy}`);
};

/** Resolves with what became of its targets; null when it failed. */
const runOne = (node: string, name: string, options: BenchOptions): Promise<readonly Verdict[] | null> =>
  new Promise((resolve) => {
    const child = spawn(
      node,
      [...NODE_FLAGS, join(import.meta.dirname, 'one.ts'), name, JSON.stringify(options)],
      { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
    );
    let verdicts: readonly Verdict[] | null = null;
    child.on('message', (message) => {
      verdicts = message as readonly Verdict[];
    });
    child.on('exit', () => resolve(verdicts));
    process.once('exit', () => child.kill());
  });

const run = async ({ names, scale, rounds, format }: CommandLine): Promise<void> => {
  const node = await nodePath();
  const server = await startBenchServer();
  const stop = (): void => void server.stop().finally(() => process.exit(1));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await describeMachine(server.url);
  const beganAt = performance.now();
  const fault = names.includes('peers') ? installPeers() : null;
  if (fault !== null) say(`- the peers' packages could not be installed: ${fault}`);
  const failed: string[] = [];
  const took: string[] = [];
  const verdicts: Verdict[] = [];
  for (const name of names) {
    const startedAt = performance.now();
    const result = await runOne(node, name, { url: server.url, pid: server.pid, scale, rounds, format });
    took.push(`${name} ${Math.round((performance.now() - startedAt) / 1000)} s`);
    if (result === null) failed.push(name);
    else verdicts.push(...result);
  }
  await server.stop();
  if (verdicts.length > 0) say(`\n## Targets\n\n${targetsTable(verdicts)}`);
  if (failed.length > 0) say(`\nFailed: ${failed.join(', ')}`);
  say(`\nIt took ${((performance.now() - beganAt) / 60_000).toFixed(1)} minutes (${took.join(', ')}).`);
  process.exitCode = failed.length > 0 ? 1 : 0;
};

const parsed = parseCommandLine(process.argv.slice(2));
if ('fault' in parsed) {
  say(`${parsed.fault}\n\n${USAGE}`);
  process.exitCode = 2;
} else await run(parsed);
