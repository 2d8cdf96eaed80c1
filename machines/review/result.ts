/** What a review is made of and what stands at its end, for each of the three scopes. Pure. */
import { applicableRules, type DialogueFacts } from '../quality/applicability.ts';
import { type FlagFacts, type FlagFinding, type FlagVerdict, flagsOf } from '../quality/flags.ts';
import { type HandOverMeasures, type ManagerScore, scoreManager } from '../quality/manager.ts';
import { type ManagerVerdict, managerMarks } from '../quality/manager-verdict.ts';
import { type DialogueScore, scoreDialogue } from '../quality/score.ts';
import { medianReading, type Spread } from '../quality/spread.ts';
import { marksOf, type Verdict } from '../quality/verdict.ts';

/** Whose work a manager's review is about, and what needs no model (domain 7.4). */
export interface ManagerFacts {
  readonly manager: string | null;
  readonly measures: HandOverMeasures;
}

export type ReviewFacts =
  | ({ readonly scope: 'bot' } & DialogueFacts)
  | ({ readonly scope: 'manager' } & ManagerFacts)
  | ({ readonly scope: 'flags' } & FlagFacts);

export type AnyVerdict = Verdict | ManagerVerdict | FlagVerdict;

interface Paid {
  readonly model: string;
  readonly promptVersion: string;
  /** Plain decimal US dollars; null: unknown. */
  readonly costUsd: string | null;
}

export type ReviewReading = Paid &
  (
    | { readonly scope: 'bot'; readonly verdict: Verdict }
    | { readonly scope: 'manager'; readonly verdict: ManagerVerdict }
    | { readonly scope: 'flags'; readonly verdict: FlagVerdict }
  );

interface Published {
  readonly spread: Spread;
  readonly model: string;
  readonly promptVersion: string;
}

/** What stands at the end: the reading in the middle, and how far the others lay from it. */
export type ReviewResult = Published &
  (
    | { readonly scope: 'bot'; readonly score: DialogueScore; readonly verdict: Verdict }
    | ({
        readonly scope: 'manager';
        readonly score: ManagerScore;
        readonly verdict: ManagerVerdict;
      } & ManagerFacts)
    | { readonly scope: 'flags'; readonly flags: readonly FlagFinding[] }
  );

const published = (reading: ReviewReading, spread: Spread): Published => ({
  spread,
  model: reading.model,
  promptVersion: reading.promptVersion,
});

const botResult = (
  facts: Extract<ReviewFacts, { scope: 'bot' }>,
  readings: readonly ReviewReading[],
): ReviewResult | null => {
  const rules = applicableRules(facts);
  const scored = readings.flatMap((reading) =>
    reading.scope === 'bot' ? [{ reading, score: scoreDialogue(marksOf(reading.verdict), rules) }] : [],
  );
  if (scored.length === 0) return null;
  const { median, spread } = medianReading(scored, ({ score }) => score.total);
  const { reading, score } = median;
  return { scope: 'bot', score, verdict: reading.verdict, ...published(reading, spread) };
};

const managerResult = (
  { manager, measures }: ManagerFacts,
  readings: readonly ReviewReading[],
): ReviewResult | null => {
  const scored = readings.flatMap((reading) => {
    const score = reading.scope === 'manager' ? scoreManager(managerMarks(reading.verdict)) : null;
    return reading.scope === 'manager' && score !== null ? [{ reading, score }] : [];
  });
  if (scored.length === 0) return null;
  const { median, spread } = medianReading(scored, ({ score }) => score.points);
  const { reading, score } = median;
  const { verdict } = reading;
  return { scope: 'manager', score, verdict, manager, measures, ...published(reading, spread) };
};

const flagsResult = (facts: FlagFacts, readings: readonly ReviewReading[]): ReviewResult | null => {
  const seen = readings.flatMap((reading) => (reading.scope === 'flags' ? [reading] : []));
  if (seen.length === 0) return null;
  const { median, spread } = medianReading(
    seen,
    ({ verdict }) => verdict.flags.filter(({ raised }) => raised).length,
  );
  const flags = flagsOf(
    facts,
    seen.map(({ verdict }) => verdict),
  );
  return { scope: 'flags', flags, ...published(median, spread) };
};

/** Null without facts, or without a reading of their scope. */
export const resultOf = (
  facts: ReviewFacts | null,
  readings: readonly ReviewReading[],
): ReviewResult | null => {
  switch (facts?.scope) {
    case 'bot':
      return botResult(facts, readings);
    case 'manager':
      return managerResult(facts, readings);
    case 'flags':
      return flagsResult(facts, readings);
    default:
      return null;
  }
};
