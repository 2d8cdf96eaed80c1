/**
 * The business's own convention (domain 6.11): all fifteen rules always count and are added up. It is another axis than
 * the score of score.ts: a value of one is never compared with, averaged with or shown as a value of the other, which is
 * why this one is an object of its own kind and no bare number.
 */
import { RULE_NUMBERS } from './rubric.ts';
import type { Marks } from './score.ts';

export interface PlainSum {
  readonly convention: 'plain-sum';
  /** 0 to 30, whole. */
  readonly points: number;
}

export const plainSum = (marks: Marks): PlainSum => ({
  convention: 'plain-sum',
  points: RULE_NUMBERS.reduce((sum, rule) => sum + marks[rule], 0),
});
