/** What the laboratory prints: each dialogue with what was wrong, the sums, and the comparison in plain words. */
import { type Comparison, compare, MIN_PAIRS } from './compare.ts';
import { byJudge, byRules, bySpeed, type EvalResult } from './run.ts';

const round = (value: number): string => (Math.round(value * 10) / 10).toString();

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;

export const resultLine = ({ played, rules, judged }: EvalResult): string => {
  const wrong = rules.checks.filter((check) => !check.passed).map(({ name, found }) => `${name}: ${found}`);
  const judge =
    judged === null ? '' : `, judge ${judged.readings.join('–')}${judged.isEnough ? '' : ' (little)'}`;
  return [
    `${played.persona.padEnd(22)} #${played.repeat} ${round(rules.points).padStart(5)} of 100, ${played.turns.length} turns, ${played.modelCalls} calls${judge}`,
    ...wrong.map((line) => `    ${line}`),
  ].join('\n');
};

export const summaryLines = (name: string, results: readonly EvalResult[]): readonly string[] => {
  const points = results.map(({ rules }) => rules.points);
  const times = results
    .flatMap(({ played }) =>
      played.turns.flatMap(({ answeredMs }) => (answeredMs === null ? [] : [answeredMs])),
    )
    .sort((a, b) => a - b);
  const bills = results.map(({ played }) => played.costUsd);
  const cost = bills.includes(null)
    ? 'n/a'
    : `$${bills.reduce((sum, usd) => sum + Number(usd), 0).toFixed(4)}`;
  const whole = results.filter(({ rules }) => rules.points === 100).length;
  return [
    `${name}: ${results.length} dialogues, ${whole} without a fault, ${round(points.reduce((sum, one) => sum + one, 0) / points.length)} of 100 by rules`,
    `  first answers: p50 ${Math.round(percentile(times, 0.5))} ms, p95 ${Math.round(percentile(times, 0.95))} ms; model ${cost}`,
  ];
};

const WORDS: Readonly<Record<Comparison['finding'], string>> = {
  better: 'B is better',
  worse: 'B is worse',
  'no evidence': 'no evidence of a change',
};

const comparisonLine = (what: string, one: Comparison): string => {
  const { low, high, level } = one.interval;
  const few = one.pairs < MIN_PAIRS ? `; fewer than ${MIN_PAIRS} pairs say nothing` : '';
  return `  ${what}: ${one.meanA} → ${one.meanB}, difference ${one.difference}, ${level * 100} % interval ${low} to ${high} (${one.pairs} pairs): ${WORDS[one.finding]}${few}`;
};

/** Times are compared negated, since more is better everywhere else; they are told as they are. */
const positive = (one: Comparison): Comparison => ({
  ...one,
  meanA: -one.meanA,
  meanB: -one.meanB,
  difference: 0 - one.difference,
  interval: { ...one.interval, low: 0 - one.interval.high, high: 0 - one.interval.low },
});

/** `seed`: the same results and seed give the same lines. */
export const comparisonLines = (
  a: readonly EvalResult[],
  b: readonly EvalResult[],
  seed: number,
): readonly string[] => {
  const judged = [byJudge(a), byJudge(b)] as const;
  const hasJudge = judged[0].some(({ pair }) => judged[1].some((other) => other.pair === pair));
  return [
    'A → B',
    comparisonLine('rules', compare(byRules(a), byRules(b), seed)),
    comparisonLine('first answers, ms (less is better)', positive(compare(bySpeed(a), bySpeed(b), seed))),
    ...(hasJudge ? [comparisonLine('judge', compare(judged[0], judged[1], seed))] : []),
  ];
};
