/** Numbers that are the same in every run of one seed, so that two runs can be compared. */

export type Random = () => number;

/** Mulberry32: 0 (included) to 1. */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Between the two, evenly. */
export const between = (random: Random, [least, most]: readonly [number, number]): number =>
  least + random() * (most - least);
