/** Plants bugs for tests of tests: changes statements on their way to the database, as a bug in their text would. */
import pg from 'pg';

export interface Planted {
  /** Statements that were changed so far; 0: the text to change is not there any more. */
  readonly changed: () => number;
  readonly remove: () => void;
}

type Replacement = readonly [from: string, to: string];

/** From now on, each statement of this process goes with every `from` replaced. Engines must be started after it. */
export const plant = (...replacements: readonly Replacement[]): Planted => {
  const prototype = pg.Client.prototype as { query: (...args: unknown[]) => unknown };
  const { query } = prototype;
  let changed = 0;
  prototype.query = function (this: unknown, ...args: unknown[]) {
    const [first, ...rest] = args;
    if (typeof first !== 'object' || first === null || !('text' in first) || typeof first.text !== 'string') {
      return query.apply(this, args);
    }
    let { text } = first;
    for (const [from, to] of replacements) text = text.replaceAll(from, to);
    if (text !== first.text) changed++;
    return query.call(this, { ...first, text }, ...rest);
  };
  return {
    changed: () => changed,
    remove: () => {
      prototype.query = query;
    },
  };
};
