/** What the judge says of a dialogue, and whether it can be taken (domain 6.1, 6.7, 6.10). */
import { isSaid } from './quotes.ts';
import { RULE_NUMBERS, type RuleNumber } from './rubric.ts';
import type { Mark, Marks } from './score.ts';
import type { ShownLine } from './transcript.ts';

export interface Criterion {
  readonly rule: number;
  readonly score: Mark;
  readonly comment: string;
  /** 0 to 2, word for word. */
  readonly quotes: readonly string[];
}

export interface Verdict {
  readonly criteria: readonly Criterion[];
  readonly strengths: readonly string[];
  readonly weaknesses: readonly string[];
  readonly recommendations: readonly string[];
  readonly nextAction: string;
}

/** Why an answer is refused; it quotes nothing. */
export type Refusal =
  | { readonly fault: 'rules'; readonly message: string }
  | { readonly fault: 'evidence'; readonly rule: RuleNumber; readonly message: string };

/**
 * Null when the verdict can be taken: exactly one mark for each rule, every quote said in the dialogue, and no credit
 * without evidence, whatever rules apply in the end.
 */
export const refuseVerdict = (
  { criteria }: Pick<Verdict, 'criteria'>,
  lines: readonly ShownLine[],
): Refusal | null => {
  const rules = criteria.map(({ rule }) => rule).toSorted((a, b) => a - b);
  if (rules.length !== RULE_NUMBERS.length || rules.some((rule, i) => rule !== RULE_NUMBERS[i])) {
    return { fault: 'rules', message: 'the judge did not mark each of the fifteen rules once' };
  }
  for (const rule of RULE_NUMBERS) {
    const criterion = criteria.find((one) => one.rule === rule);
    if (criterion === undefined) continue;
    const refuse = (what: string): Refusal => ({ fault: 'evidence', rule, message: `rule ${rule} ${what}` });
    if (criterion.score > 0 && criterion.quotes.length === 0) return refuse('got credit without evidence');
    if (!criterion.quotes.every((quote) => isSaid(quote, lines)))
      return refuse('quotes what nobody said in the dialogue');
  }
  return null;
};

/** The marks of a verdict that {@link refuseVerdict} let pass. */
export const marksOf = ({ criteria }: Pick<Verdict, 'criteria'>): Marks =>
  Object.fromEntries(criteria.map(({ rule, score }) => [rule, score])) as Marks;
