/** Which pairs of facts a walk has met, kept as numbers: the walk asks some hundred thousand places for two hundred each. */

export interface Pairs {
  readonly numberOf: (fact: string) => number;
  /** True the first time that these two, in this order, are shown together; false for ever if they say nothing together. */
  readonly show: (one: number, other: number) => boolean;
}

/** G10: facts that a walk can tell apart; one more is a fact that holds a value instead of a shape. */
const FACTS_MAX = 4096;

const UNSEEN = 0;
const DONE = 1;

/** `tellsApart` says whether a pair is worth a place; it is asked once for each pair. */
export const makePairs = (tellsApart: (one: string, other: string) => boolean): Pairs => {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  const pairs = new Uint8Array(FACTS_MAX * FACTS_MAX);
  return {
    numberOf: (fact) => {
      const known = numbers.get(fact);
      if (known !== undefined) return known;
      if (names.length === FACTS_MAX) throw new Error(`more than ${FACTS_MAX} facts, the newest: ${fact}`);
      numbers.set(fact, names.length);
      return names.push(fact) - 1;
    },
    show: (one, other) => {
      const at = one * FACTS_MAX + other;
      if (pairs[at] !== UNSEEN) return false;
      pairs[at] = DONE;
      return tellsApart(names[one] ?? '', names[other] ?? '');
    },
  };
};
