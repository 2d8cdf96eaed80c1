/** What `npm run bench -- …` was asked for. */
import type { Format } from './report.ts';

/** In the order they run; registry.ts has what they do, and is not imported, so that main.ts stays small. */
export const NAMES = [
  'engine',
  'http',
  'rehydration',
  'growth',
  'timers',
  'fan-out',
  'memory',
  'peers',
  'replies',
  'metrics',
] as const;

const QUICK_SCALE = 0.2;
const ROUNDS = 3;

export const USAGE = `npm run bench [-- names] [--markdown] [--quick] [--rounds=${ROUNDS}]
names: ${NAMES.join(' ')} (default: all)
--quick: a fifth of the work, one round; rough numbers
--markdown: tables to be pasted into bench/README.md`;

export interface CommandLine {
  readonly names: readonly string[];
  readonly scale: number;
  readonly rounds: number;
  readonly format: Format;
}

/** Options in any order; an unknown word is a fault, never ignored. */
export const parseCommandLine = (words: readonly string[]): CommandLine | { readonly fault: string } => {
  const names = words.filter((word) => !word.startsWith('--'));
  const unknown = names.filter((name) => !(NAMES as readonly string[]).includes(name));
  if (unknown.length > 0) return { fault: `No benchmark is called ${unknown.join(', ')}.` };
  const quick = words.includes('--quick');
  let rounds = quick ? 1 : ROUNDS;
  for (const option of words.filter((word) => word.startsWith('--'))) {
    const given = /^--rounds=([1-9]\d?)$/.exec(option)?.[1];
    if (given !== undefined) rounds = Number(given);
    else if (!['--quick', '--markdown'].includes(option)) return { fault: `Unknown option ${option}.` };
  }
  return {
    names: names.length > 0 ? names : NAMES,
    scale: quick ? QUICK_SCALE : 1,
    rounds,
    format: words.includes('--markdown') ? 'markdown' : 'text',
  };
};
