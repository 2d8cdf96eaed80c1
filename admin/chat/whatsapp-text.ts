/** WhatsApp's own marks, as its phones draw them: `*bold*`, `_italic_`, `~struck~`, and code between three back-ticks. */

export type Mark = 'bold' | 'italic' | 'struck' | 'code';

export interface Span {
  readonly mark: Mark | null;
  readonly text: string;
}

/**
 * A mark opens before a letter and closes after one, on one line, and does not stand inside a word: `2*3*4` and
 * `snake_case_name` stay as they are.
 */
const MARKED =
  /```([^`]+)```|(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\p{L}\p{N}~])/gu;

/** The text in spans; joined, they are the text without the marks that were understood. */
export const whatsAppSpans = (text: string): readonly Span[] => {
  const spans: Span[] = [];
  let from = 0;
  for (const match of text.matchAll(MARKED)) {
    if (match.index > from) spans.push({ mark: null, text: text.slice(from, match.index) });
    const [whole, code, bold, italic, struck] = match;
    const mark: Mark = code ? 'code' : bold ? 'bold' : italic ? 'italic' : 'struck';
    spans.push({ mark, text: code ?? bold ?? italic ?? struck ?? whole });
    from = match.index + whole.length;
  }
  if (from < text.length) spans.push({ mark: null, text: text.slice(from) });
  return spans;
};

/** The text without its marks, for one-line previews. */
export const plainText = (text: string): string =>
  whatsAppSpans(text)
    .map((span) => span.text)
    .join('');
