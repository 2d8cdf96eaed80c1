/** Points to one decimal, computed in whole numbers: a rating must not hang on the last bit of a float. */

/** Every mean over one to five rules, each scored 0 to 2, is a whole number of these. */
export const PARTS = 120;

/** `numerator / denominator` rounded half up to one decimal; the denominator is positive. */
export const toTenth = (numerator: number, denominator: number): number =>
  Math.round((numerator * 10) / denominator) / 10;
