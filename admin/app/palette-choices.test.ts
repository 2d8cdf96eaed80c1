import { describe, expect, it } from 'vitest';
import { type Choice, choose } from './palette-choices.ts';

const choice = (words: string): Choice => ({ id: words, icon: 'x', words, run: () => undefined });
const words = (choices: readonly Choice[]): readonly string[] => choices.map((item) => item.words);

describe('the palette', () => {
  const fixed = ['Operations', 'Products', 'Theme: Dark', 'Language: русский'].map(choice);

  it('shows everything while nothing is typed, and nobody', () => {
    expect(words(choose('', fixed, [choice('Layla')]))).toEqual(words(fixed));
  });

  it('puts a beginning before a later word before a middle, and people last', () => {
    const some = ['The catalog', 'Audit cat', 'Category', 'Concatenate'].map(choice);
    expect(words(choose('cat', some, [choice('Cat Stevens')]))).toEqual([
      'Category',
      'The catalog',
      'Audit cat',
      'Concatenate',
      'Cat Stevens',
    ]);
  });

  it('leaves out what does not fit, in any script', () => {
    expect(words(choose('рус', fixed, []))).toEqual(['Language: русский']);
    expect(choose('zzz', fixed, [])).toEqual([]);
  });
});
