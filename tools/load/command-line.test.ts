/** The command line of the load runs. */
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './command-line.ts';

describe('npm run load', () => {
  it('runs a hundred, five hundred and a thousand dialogues when nothing is asked', () => {
    expect(parseCommandLine([])).toMatchObject({ dialogues: [100, 500, 1000], soak: null, overload: null });
  });

  it('takes values behind a blank or an equals sign', () => {
    const asked = ['--dialogues', '5,10', '--think=1-2', '--cores=all', '--markdown'];
    expect(parseCommandLine(asked)).toMatchObject({
      dialogues: [5, 10],
      thinkSeconds: [1, 2],
      cores: null,
      format: 'markdown',
    });
  });

  it('soaks with few dialogues unless told otherwise', () => {
    expect(parseCommandLine(['--soak=30'])).toMatchObject({ soak: 30, dialogues: [50] });
    expect(parseCommandLine(['--soak=30', '--dialogues=80'])).toMatchObject({ dialogues: [80] });
  });

  it('refuses what it does not know or cannot read', () => {
    for (const words of [
      ['--faster'],
      ['100'],
      ['--dialogues=many'],
      ['--think=9-1'],
      ['--soak'],
      ['--minutes=0'],
    ]) {
      expect(parseCommandLine(words), words.join(' ')).toHaveProperty('fault');
    }
  });
});
