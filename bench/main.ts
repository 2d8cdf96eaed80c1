/**
 * `npm run bench [-- --quick] [-- --full] [-- --only=engine,http] [-- --rounds=5]`: every benchmark in a process of its
 * own, all on one embedded PostgreSQL with fsync on. Exit code 1 when one fails; a missed target is reported, not failed,
 * because it may be the machine's.
 */
import { spawn } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makePool } from '../adapters/postgres/pool.ts';
import { type BenchOptions, SETTINGS, startBenchServer } from './database.ts';
import { findPgbench } from './limit.ts';

/** As in BENCHMARKS; not imported, so that this process stays small beside the measured one. */
const NAMES = ['engine', 'http', 'rehydration', 'growth', 'timers', 'fan-out', 'memory', 'peers'];
/** A collector that can be asked; otherwise Node as the product runs on it. */
const NODE_FLAGS = ['--expose-gc'];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const option = (name: string): string | undefined =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);

const wanted = (): readonly string[] => {
  const only = option('only')?.split(',') ?? NAMES;
  const unknown = only.filter((name) => !NAMES.includes(name));
  if (unknown.length > 0)
    throw new Error(`No benchmark is called ${unknown.join(', ')}: use ${NAMES.join(', ')}.`);
  return only;
};

const nodePath = async (): Promise<string> => {
  const path = pathToFileURL(join(import.meta.dirname, '../tools/launch/node24.mjs')).href;
  return ((await import(path)) as { requireNode24: () => string }).requireNode24();
};

const describeMachine = async (url: string): Promise<void> => {
  const pool = makePool(url, { max: 1, applicationName: 'treejar-bench' });
  const { rows } = await pool.query<{ version: string }>('select version()');
  await pool.end();
  const load = loadavg()[0] ?? 0;
  say(`# Benchmarks, ${new Date().toISOString()}`);
  say(
    `${cpus().length} x ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`,
  );
  say(
    `${rows[0]?.version.split(' on ')[0]}, ${Object.entries(SETTINGS)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')}`,
  );
  say(`limit measured by ${findPgbench() === null ? 'a node loop (pgbench is not installed)' : 'pgbench'}`);
  say(
    `load average before the start: ${load.toFixed(1)}${load > cpus().length / 2 ? '  — others work here: trust ratios, not rates' : ''}`,
  );
};

/** Resolves with the missed targets; null when it failed. */
const runOne = (node: string, name: string, options: BenchOptions): Promise<readonly string[] | null> =>
  new Promise((resolve) => {
    const child = spawn(
      node,
      [...NODE_FLAGS, join(import.meta.dirname, 'one.ts'), name, JSON.stringify(options)],
      {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      },
    );
    let missed: readonly string[] | null = null;
    child.on('message', (message) => {
      missed = message as readonly string[];
    });
    child.on('exit', () => resolve(missed));
    process.once('exit', () => child.kill());
  });

const main = async (): Promise<void> => {
  const names = wanted();
  const quick = process.argv.includes('--quick');
  const options = {
    scale: quick ? 0.2 : 1,
    full: process.argv.includes('--full'),
    rounds: Number(option('rounds') ?? (quick ? 1 : 3)),
  };
  const node = await nodePath();
  const server = await startBenchServer();
  const stop = (): void => void server.stop().finally(() => process.exit(1));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await describeMachine(server.url);
  const failed: string[] = [];
  const missed: string[] = [];
  for (const name of names) {
    const result = await runOne(node, name, { ...options, url: server.url, pid: server.pid });
    if (result === null) failed.push(name);
    else missed.push(...result);
  }
  await server.stop();
  say(`\n${missed.length === 0 ? 'No target was missed.' : `Missed here:\n- ${missed.join('\n- ')}`}`);
  if (failed.length > 0) say(`Failed: ${failed.join(', ')}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
};

await main();
