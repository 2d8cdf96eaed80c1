/** How a quotation is called: the Inventory order's number, which stays, and the revision, which counts (domain 9.16). */

/** `R1` for 1. */
export const revisionLabel = (revision: number): string => {
  if (!Number.isSafeInteger(revision) || revision < 1) throw new RangeError(`not a revision: ${revision}`);
  return `R${revision}`;
};

/** `SO-00042 R2`, as it is said to the customer and printed. */
export const quoteLabel = (number: string, revision: number): string =>
  `${number} ${revisionLabel(revision)}`;

/** Longest order number in a file name, in characters. */
const NUMBER_CHARS_MAX = 60;

/** `Quotation-SO-00042-R2.pdf`: safe in any file system and in a header. */
export const quotationFileName = (number: string, revision: number): string => {
  const safe = number
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|(?<!-)-+$/g, '')
    .slice(0, NUMBER_CHARS_MAX);
  return `Quotation-${safe === '' ? 'unnumbered' : safe}-${revisionLabel(revision)}.pdf`;
};
