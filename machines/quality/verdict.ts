/** What the judge says of a dialogue, and whether it can be taken (domain 6.1, 6.7, 6.10). */
import { type Criterion, evidenced, type Refusal, refuseCriteria } from './criteria.ts';
import { RULE_NUMBERS } from './rubric.ts';
import type { Marks } from './score.ts';
import type { ShownLine } from './transcript.ts';

export interface Verdict {
  readonly criteria: readonly Criterion[];
  readonly strengths: readonly string[];
  readonly weaknesses: readonly string[];
  readonly recommendations: readonly string[];
  readonly nextAction: string;
}

/**
 * Null when the verdict can be taken: exactly one mark for each rule, every quote said in the dialogue, and no credit
 * without evidence, whatever rules apply in the end.
 */
export const refuseVerdict = (
  { criteria }: Pick<Verdict, 'criteria'>,
  lines: readonly ShownLine[],
): Refusal | null => refuseCriteria(criteria, RULE_NUMBERS, lines);

/** The same verdict, each quote with the message that it stands in. */
export const withEvidence = (verdict: Verdict, lines: readonly ShownLine[]): Verdict => ({
  ...verdict,
  criteria: evidenced(verdict.criteria, lines),
});

/** The marks of a verdict that {@link refuseVerdict} let pass. */
export const marksOf = ({ criteria }: Pick<Verdict, 'criteria'>): Marks =>
  Object.fromEntries(criteria.map(({ rule, score }) => [rule, score])) as Marks;
