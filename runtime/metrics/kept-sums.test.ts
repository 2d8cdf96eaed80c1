/** Merged sums that are kept. */
import { describe, expect, it } from 'vitest';
import { emptyTally, type Tally } from '../../machines/metrics/tally.ts';
import { makeSums } from './kept-sums.ts';

const day = (dialogues: number): Tally => ({
  ...emptyTally(),
  dialogues,
  happened: { article: { 'CH-1': [dialogues, 1, 2, 3] } },
});

describe('merged sums', () => {
  it('are the same object for the same parts, and new when one of them was read anew', () => {
    const sumOf = makeSums();
    const [a, b] = [day(1), day(2)];
    const first = sumOf([a, b]);
    expect(first).toMatchObject({ dialogues: 3, happened: { article: { 'CH-1': [3, 2, 4, 6] } } });
    expect(sumOf([a, b])).toBe(first);
    const again = sumOf([a, day(5)]);
    expect(again.dialogues).toBe(6);
    expect(sumOf([a, b, a]).dialogues).toBe(4);
    expect([sumOf([a]), sumOf([]).dialogues]).toEqual([a, 0]);
  });

  it('leave their parts as they were', () => {
    const sumOf = makeSums();
    const [a, b, c] = [day(1), day(2), day(4)];
    const sum = sumOf([a, b, c]);
    expect(sum.happened.article?.['CH-1']).toEqual([7, 3, 6, 9]);
    expect([a, b, c]).toEqual([day(1), day(2), day(4)]);
  });

  it('are forgotten when sixteen others were asked for since', () => {
    const sumOf = makeSums();
    const [a, b] = [day(1), day(2)];
    const first = sumOf([a, b]);
    for (let i = 0; i < 16; i++) sumOf([a, day(i)]);
    expect(sumOf([a, b])).not.toBe(first);
    expect(sumOf([a, b])).toEqual(first);
  });
});
