/**
 * Whether one version is better than another, on evidence (domain 6.15): both played with the same customers, their
 * differences resampled. A judge is not the same twice: where a dialogue has several readings, each resample draws one of
 * them, so that the judge's own noise widens the interval and no change inside it is claimed.
 */

/** One dialogue's value by one version; several readings of a judge, or the one value of a rule. */
export interface Measured {
  /** Persona and repeat: what is paired. */
  readonly pair: string;
  readonly readings: readonly number[];
}

export type Finding = 'better' | 'worse' | 'no evidence';

export interface Comparison {
  readonly pairs: number;
  readonly meanA: number;
  readonly meanB: number;
  /** Of B minus A. */
  readonly difference: number;
  /** Of the difference. */
  readonly interval: { readonly low: number; readonly high: number; readonly level: number };
  readonly finding: Finding;
}

export const RESAMPLES = 10_000;
const LEVEL = 0.95;
/** Fewer pairs than this say nothing, whatever their interval is. */
export const MIN_PAIRS = 5;

/** Park and Miller's generator: the same seed, the same interval. `seed`: 1 to 2,147,483,646. */
export const randomFrom = (seed: number): (() => number) => {
  let state = (Math.abs(Math.trunc(seed)) % 2_147_483_646) + 1;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return (state - 1) / 2_147_483_646;
  };
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2;
};

interface Pair {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** Only what both have; a dialogue without a reading pairs with nothing. */
const paired = (a: readonly Measured[], b: readonly Measured[]): readonly Pair[] => {
  const others = new Map(b.map((one) => [one.pair, one.readings]));
  return a.flatMap(({ pair, readings }) => {
    const other = others.get(pair);
    return readings.length > 0 && other !== undefined && other.length > 0 ? [{ a: readings, b: other }] : [];
  });
};

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

export const compare = (
  a: readonly Measured[],
  b: readonly Measured[],
  seed: number,
  resamples = RESAMPLES,
): Comparison => {
  const pairs = paired(a, b);
  if (pairs.length === 0) throw new Error('Nothing was measured by both versions; play the same customers.');
  const random = randomFrom(seed);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.min(items.length - 1, Math.floor(random() * items.length))];
    if (item === undefined) throw new Error('an empty list was drawn from');
    return item;
  };
  const draws = Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < pairs.length; i++) {
      const pair = pick(pairs);
      sum += pick(pair.b) - pick(pair.a);
    }
    return sum / pairs.length;
  }).sort((left, right) => left - right);
  const at = (share: number) => draws[Math.min(draws.length - 1, Math.floor(share * draws.length))] ?? 0;
  const low = at((1 - LEVEL) / 2);
  const high = at(1 - (1 - LEVEL) / 2);
  const meanA = mean(pairs.map((pair) => median(pair.a)));
  const meanB = mean(pairs.map((pair) => median(pair.b)));
  return {
    pairs: pairs.length,
    meanA: rounded(meanA),
    meanB: rounded(meanB),
    difference: rounded(meanB - meanA),
    interval: { low: rounded(low), high: rounded(high), level: LEVEL },
    finding: findingOf(pairs.length, low, high),
  };
};

const findingOf = (pairs: number, low: number, high: number): Finding => {
  if (pairs < MIN_PAIRS) return 'no evidence';
  if (low > 0) return 'better';
  return high < 0 ? 'worse' : 'no evidence';
};
