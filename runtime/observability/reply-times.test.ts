import { describe, expect, it } from 'vitest';
import { holdingLine } from '../../machines/conversation/texts.ts';
import type { AppliedStep } from '../engine/types.ts';
import { makeReplyTimes } from './reply-times.ts';

const step = (actorId: string, at: number, from: string, text = 'words'): AppliedStep =>
  ({
    row: { actorId, at },
    emitted: [{ type: 'message.recorded', from, text, at }],
  }) as unknown as AppliedStep;

const measured = (steps: readonly AppliedStep[]): readonly number[] => {
  const seconds: number[] = [];
  makeReplyTimes((value) => seconds.push(value))(steps);
  return seconds;
};

describe('reply times', () => {
  it('count from the first unanswered message of each customer', () => {
    expect(
      measured([
        step('a', 1000, 'customer'),
        step('b', 2000, 'customer'),
        step('a', 3000, 'customer'),
        step('a', 8500, 'bot'),
        step('b', 9000, 'bot'),
        step('b', 9900, 'bot'),
      ]),
    ).toEqual([7.5, 7]);
  });

  it('go on past a word that asks for patience, and past a note', () => {
    const steps = [
      step('a', 0, 'customer'),
      step('a', 10_000, 'bot', holdingLine('en')),
      step('a', 11_000, 'note'),
      step('a', 14_000, 'bot'),
    ];
    expect(measured(steps)).toEqual([14]);
  });

  it('leave out what a person answered', () => {
    expect(
      measured([step('a', 0, 'customer'), step('a', 60_000, 'manager'), step('a', 61_000, 'bot')]),
    ).toEqual([]);
  });
});
