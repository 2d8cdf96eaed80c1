/** What of a vendor's error may be repeated: its texts quote customers, its codes are words (domain 20.2). */

/** Letters, digits and what joins them: no blanks, so no sentence; a letter in it or few digits, so no phone. */
const WORD = /^(?=[^A-Za-z]*[A-Za-z])[\w.:-]{1,100}$|^\d{1,6}$/;

/** A vendor's code as it stands; empty when it is none, or is longer than any code. */
export const wordOf = (value: unknown): string =>
  typeof value === 'string' && WORD.test(value)
    ? value
    : typeof value === 'number'
      ? wordOf(String(value))
      : '';

/** `table[key]` for a key that a stranger wrote: `constructor` and `__proto__` are in no table of ours. */
export const ownEntry = <A>(table: Readonly<Record<string, A>>, key: string): A | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
