/** Links and e-mail addresses: they say nothing about language, money or article numbers. */

/**
 * Matches each link or address (global). Every repetition is bounded, because customers' texts are untrusted and a
 * pattern that tries again from each character would stop the whole process.
 */
export const ADDRESS =
  /\bhttps?:\/\/\S{1,2048}|\bwww\.\S{1,2048}|[^\s@]{1,64}@[^\s@.]{1,63}(?:\.[^\s@.]{1,63}){1,4}/gi;
