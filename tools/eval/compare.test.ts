/** A change is claimed on evidence only: hand-made differences, and a judge who is not the same twice. */
import { describe, expect, it } from 'vitest';
import { judged } from '../../adapters/openrouter/sandbox-verdict.ts';
import { judgeMessages } from '../../machines/quality/judge-prompt.ts';
import { RULE_NUMBERS } from '../../machines/quality/rubric.ts';
import { scoreDialogue } from '../../machines/quality/score.ts';
import { showDialogue } from '../../machines/quality/transcript.ts';
import { marksOf, type Verdict } from '../../machines/quality/verdict.ts';
import { compare, type Measured, MIN_PAIRS, randomFrom } from './compare.ts';

const values = (...readings: readonly number[]): readonly Measured[] =>
  readings.map((reading, i) => ({ pair: `p${i}`, readings: [reading] }));

describe('two versions', () => {
  it('that are the same differ by nothing', () => {
    const same = values(90, 70, 100, 80, 60, 75);
    expect(compare(same, same, 1)).toEqual({
      pairs: 6,
      meanA: 79.167,
      meanB: 79.167,
      difference: 0,
      interval: { low: 0, high: 0, level: 0.95 },
      finding: 'no evidence',
    });
  });

  it('are paired by customer, so that a small gain of each is seen through large differences between them', () => {
    const before = values(10, 40, 70, 100, 130, 160);
    const after = values(12, 43, 72, 103, 132, 163);
    expect(compare(before, after, 1)).toMatchObject({ difference: 2.5, finding: 'better' });
    expect(compare(after, before, 1)).toMatchObject({ difference: -2.5, finding: 'worse' });
    const shuffled = after.map((one, i) => ({ ...one, pair: `p${(i + 3) % 6}` }));
    expect(compare(before, shuffled, 1).finding).toBe('no evidence');
  });

  it('whose customers went up and down alike show no change', () =>
    expect(compare(values(50, 50, 50, 50, 50, 50), values(60, 40, 65, 38, 55, 47), 1).finding).toBe(
      'no evidence',
    ));

  it('have an interval that covers the true difference about 95 times of 100', () => {
    const random = randomFrom(5);
    let covered = 0;
    for (let round = 0; round < 100; round++) {
      const before = values(...Array.from({ length: 30 }, () => random() * 10));
      const after = before.map(({ pair, readings: [value = 0] }) => ({
        pair,
        readings: [value + 1 + (random() - 0.5) * 4],
      }));
      const { interval } = compare(before, after, round + 1, 500);
      if (interval.low <= 1 && interval.high >= 1) covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(88);
    expect(covered).toBeLessThanOrEqual(100);
  });

  it('say nothing with few pairs, and are the same for the same seed', () => {
    const few = MIN_PAIRS - 1;
    const before = values(...Array.from({ length: few }, () => 1));
    const after = values(...Array.from({ length: few }, () => 9));
    expect(compare(before, after, 1).finding).toBe('no evidence');
    const noisy = [
      values(1.13, 5.37, 3.91, 8.02, 2.44, 9.7),
      values(2.71, 4.9, 6.33, 7.18, 5.05, 9.99),
    ] as const;
    expect(compare(...noisy, 3)).toEqual(compare(...noisy, 3));
    expect(compare(...noisy, 3, 200).interval).not.toEqual(compare(...noisy, 4, 200).interval);
    expect(() => compare(values(1), [], 1)).toThrow('the same customers');
  });
});

describe('a judge who is not the same twice', () => {
  const DIALOGUES = [
    'Hello, I am Noor of Treejar. May I ask your name',
    'Hi, this is Noor. What do you need the desks for',
    'Welcome, I am Noor, happy to help your team with a whole office solution',
    'Hello, I am Noor. The total is 1380 AED and the next step is your e-mail',
    'Hi, I am Noor. It suits long hours because it is comfortable, and a lamp can match',
    'Hello, I am Noor. I will follow up tomorrow, thank you',
    'Welcome, I am Noor of Treejar, which company do you buy for',
    'Hello, this is Noor. For your business I would also add a cabinet',
  ];
  const shown = (text: string) =>
    showDialogue(
      [
        { from: 'customer', text: 'Hi', id: 'm1', at: 1 },
        { from: 'bot', text, id: 'm2', at: 2 },
      ],
      { names: [], phrases: [] },
    );
  /** Five readings each, as a review would make them. */
  const judge = (texts: readonly string[], draw: () => number): readonly Measured[] =>
    texts.map((text, i) => ({
      pair: `p${i}`,
      readings: Array.from({ length: 5 }, () => {
        const move = judged({ messages: judgeMessages(shown(text)), tools: [] }, { chance: 0.4, draw });
        const verdict = JSON.parse('text' in move ? (move.text ?? '') : '') as Verdict;
        return scoreDialogue(marksOf(verdict), RULE_NUMBERS).total;
      }),
    }));

  it('shows a spread, and no change is claimed inside it', () => {
    const draw = randomFrom(11);
    const before = judge(DIALOGUES, draw);
    const spreads = before.map(({ readings }) => Math.max(...readings) - Math.min(...readings));
    expect(spreads.filter((spread) => spread > 0).length).toBeGreaterThan(DIALOGUES.length / 2);
    const found = Array.from({ length: 10 }, (_, seed) => compare(before, judge(DIALOGUES, draw), seed + 1));
    expect(found.map(({ finding }) => finding)).toEqual(found.map(() => 'no evidence'));
    // A comparison of single readings without the spread would have seen differences everywhere.
    expect(found.some(({ difference }) => Math.abs(difference) > 0)).toBe(true);
  });

  it('still sees a seller who has become worse', () => {
    const draw = randomFrom(12);
    const best = DIALOGUES.map(() => DIALOGUES.join('. '));
    const worst = DIALOGUES.map(() => 'No');
    expect(compare(judge(best, draw), judge(worst, draw), 1).finding).toBe('worse');
  });
});
