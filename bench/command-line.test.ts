import { describe, expect, it } from 'vitest';
import { NAMES, parseCommandLine } from './command-line.ts';
import { BENCHMARKS } from './registry.ts';

describe('the command line of the benchmarks', () => {
  it('knows every benchmark, in the order they run', () => {
    expect(BENCHMARKS.map(({ name }) => name)).toEqual(NAMES);
  });

  it('runs all of them without a word, and those named with one', () => {
    expect(parseCommandLine([])).toEqual({ names: NAMES, scale: 1, rounds: 3, format: 'text' });
    expect(parseCommandLine(['http', '--markdown', 'engine'])).toMatchObject({
      names: ['http', 'engine'],
      format: 'markdown',
    });
  });

  it('is rough when it shall be quick, unless rounds are asked for', () => {
    expect(parseCommandLine(['--quick'])).toMatchObject({ scale: 0.2, rounds: 1 });
    expect(parseCommandLine(['--rounds=5', '--quick'])).toMatchObject({ scale: 0.2, rounds: 5 });
  });

  it('refuses what it does not know instead of running something else', () => {
    expect(parseCommandLine(['enigne'])).toHaveProperty('fault', 'No benchmark is called enigne.');
    expect(parseCommandLine(['--rounds=0'])).toHaveProperty('fault', 'Unknown option --rounds=0.');
  });
});
