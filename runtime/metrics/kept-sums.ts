/** Merges sums, and keeps the merges asked for last: a page that is looked at asks for the same range again and again. */
import { emptyTally, mergeTallies, type Tally } from '../../machines/metrics/tally.ts';

/** Merges kept (G10): a cut year has three, each of a busy shop takes 100 to 250 kB. */
const MERGED_MAX = 16;

interface Merged {
  readonly of: readonly Tally[];
  readonly sum: Tally;
}

const isSame = (a: readonly Tally[], b: readonly Tally[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);

/**
 * The sum of all, not to be changed. The same objects in the same order give the same sum; one that was read anew is
 * another object, so that nothing old is shown.
 */
export const makeSums = (): ((tallies: readonly Tally[]) => Tally) => {
  /** The one used longest ago goes first. */
  let kept: readonly Merged[] = [];
  return (tallies) => {
    const [only] = tallies;
    if (only === undefined) return emptyTally();
    if (tallies.length === 1) return only;
    const found = kept.find(({ of }) => isSame(of, tallies)) ?? {
      of: [...tallies],
      sum: mergeTallies(tallies),
    };
    kept = [...kept.filter((one) => one !== found), found].slice(-MERGED_MAX);
    return found.sum;
  };
};
