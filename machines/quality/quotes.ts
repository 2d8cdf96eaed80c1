/** Whether the judge's evidence was really said: a quote must stand in one message, as it was shown. */
import type { ShownLine } from './transcript.ts';

/** A quote with fewer letters and digits proves nothing: it stands everywhere. */
const MIN_QUOTE_CHARS = 2;

/** Models change quotation marks, capitals, spaces, bold marks and a last full stop; none of it changes what was said. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u2018\u2019\u201a\u201b]/gu, "'")
    .replace(/[\u201c\u201d\u201e\u201f]/gu, '"')
    .replace(/[\u2010-\u2015]/gu, '-')
    .replace(/[*_~`]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();

/** Marks around a quote, and the speaker's name that some models copy with it. */
const bare = (quote: string): string =>
  folded(quote)
    .replace(/^(?:customer|assistant|colleague): /u, '')
    .replace(/^["'\s]+|(?<!["'\s.…])["'\s.…]+$/gu, '');

/** The message that the quote stands in, the first of several; null: nobody said it. */
export const whereSaid = <Line extends Pick<ShownLine, 'text'>>(
  quote: string,
  lines: readonly Line[],
): Line | null => {
  const wanted = bare(quote);
  const telling = wanted.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (telling < MIN_QUOTE_CHARS) return null;
  return lines.find(({ text }) => folded(text).includes(wanted)) ?? null;
};
