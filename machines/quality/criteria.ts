/** Marks with evidence, whatever is judged: a dialogue by fifteen rules, a manager's work by ten. */
import { whereSaid } from './quotes.ts';
import type { Mark } from './score.ts';
import type { ShownLine } from './transcript.ts';

export interface Criterion {
  /** From 1. */
  readonly rule: number;
  readonly score: Mark;
  readonly comment: string;
  /** 0 to 2, word for word. */
  readonly quotes: readonly string[];
  /** The messages that the quotes stand in, in their order; absent in what was stored before it was looked up. */
  readonly messageIds?: readonly string[];
}

/** Why an answer is refused; it quotes nothing. */
export type Refusal =
  | { readonly fault: 'rules'; readonly message: string }
  | { readonly fault: 'evidence'; readonly rule: number; readonly message: string };

/** Null when each of `rules` (ascending) is marked once, every quote was said, and no credit lacks evidence. */
export const refuseCriteria = (
  criteria: readonly Criterion[],
  rules: readonly number[],
  lines: readonly ShownLine[],
): Refusal | null => {
  const marked = criteria.map(({ rule }) => rule).toSorted((a, b) => a - b);
  if (marked.length !== rules.length || marked.some((rule, i) => rule !== rules[i])) {
    return { fault: 'rules', message: `the judge did not mark each of the ${rules.length} rules once` };
  }
  for (const { rule, score, quotes } of criteria.toSorted((a, b) => a.rule - b.rule)) {
    const refuse = (what: string): Refusal => ({ fault: 'evidence', rule, message: `rule ${rule} ${what}` });
    if (score > 0 && quotes.length === 0) return refuse('got credit without evidence');
    if (!quotes.every((quote) => whereSaid(quote, lines) !== null))
      return refuse('quotes what nobody said in the dialogue');
  }
  return null;
};

/** Of criteria that {@link refuseCriteria} let pass. */
export const evidenced = (
  criteria: readonly Criterion[],
  lines: readonly ShownLine[],
): readonly Criterion[] =>
  criteria.map((criterion) => ({
    ...criterion,
    messageIds: criterion.quotes.flatMap((quote) => whereSaid(quote, lines)?.id ?? []),
  }));
