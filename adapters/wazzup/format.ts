/**
 * The last step before a text leaves: a model's markdown becomes WhatsApp's marks (domain 4.12, lesson F-25), and a
 * long text becomes several. Pure.
 */

/** WhatsApp itself takes 10,000 characters, a business channel 4,096 by one table and 1,024 by another (wire/01 §2.2). */
export const DEFAULT_SPLIT_CHARS = 4000;

/** Markdown in, WhatsApp's `*bold*`, `_italic_`, `~strike~` and plain lists out; fenced code stays as it is. */
export const toWhatsApp = (markdown: string): string => {
  const parts = markdown.replaceAll('\r\n', '\n').split(/(```[\s\S]*?```)/);
  const done = parts.map((part, index) => (index % 2 === 1 ? withoutLanguage(part) : prose(part)));
  return done
    .join('')
    .replace(/(?<![ \t])[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
};

/** WhatsApp would print the fence's language as the first line. */
const withoutLanguage = (fence: string): string => fence.replace(/^```[\w-]+\n/, '```\n');

const prose = (text: string): string => {
  const emphasis = text.includes('**') ? markdownEmphasis : (line: string) => line;
  // Long runs of blanks mean nothing on a phone, and would make the patterns below slow.
  const tidy = text.replace(/<br\s*\/?>/gi, '\n').replace(/[^\S\n]{4,}/g, '   ');
  const blocks = flattenTables(tidy.split('\n'));
  return blocks
    .filter((line) => !/^\s*([-*_])(\s*\1){2,}\s*$/.test(line))
    .map((line) => inline(emphasis(listMark(heading(line.replace(/^\s*>\s?/, ''))))))
    .join('\n')
    .replaceAll('**', '')
    .replaceAll(STAR, '*')
    .replace(/\*{2,}/g, '*')
    .replace(/^[ \t]*(#{1,6}[ \t]+)+/gm, '')
    .replaceAll('~~', '');
};

/** Stands for a finished bold mark until no rule can take it for markdown any more. */
const STAR = '\u0001';

/** A heading becomes a bold line; emphasis inside it would double the marks. */
const heading = (line: string): string => {
  const match = /^\s{0,3}#{1,6}\s+(\S.*)$/.exec(line);
  if (!match) return line;
  const title = (match[1] ?? '')
    .trimEnd()
    .replace(/(?<!#)#+$/, '')
    .replaceAll(/\*+|__/g, '')
    .trim();
  return title === '' ? '' : `${STAR}${title}${STAR}`;
};

const listMark = (line: string): string => line.replace(/^(\s*)[*+•]\s+(?=\S)/, '$1- ');

/**
 * Runs only on texts that use `**`: there a single star means italic. Elsewhere a single star is taken for the bold of
 * a writer who already thinks in WhatsApp's marks.
 */
const markdownEmphasis = (line: string): string =>
  line
    .replace(/\*\*\*(?=\S)([^*]+)\*\*\*/g, (_, words: string) => `${STAR}_${words.trimEnd()}_${STAR}`)
    .replace(/\*\*([^*]+)\*\*/g, (_, words: string) => `${STAR}${words.trim()}${STAR}`)
    .replace(/(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])/g, '_$1_');

const inline = (line: string): string =>
  line
    .replace(/(?<![\w_])__(?=\S)(.{1,500}?)(?<=\S)__(?![\w_])/g, '*$1*')
    .replace(/~~(?=\S)(.{1,500}?)(?<=\S)~~/g, '~$1~')
    .replace(/!\[([^[\]]{0,300})\]\([^)]{0,500}\)/g, '$1')
    .replace(/\[([^[\]]{1,300})\]\(([^)\s]{1,500})(?:\s[^)]{0,300})?\)/g, (_, label: string, url: string) =>
      label === url ? url : `${label}: ${url}`,
    )
    .replace(/`([^`\n]+)`/g, '$1')
    .replace(/\\([\\*_~`#.!()[\]+-])/g, '$1');

const isRow = (line: string | undefined): line is string => line !== undefined && /^\s*\|.*\|\s*$/.test(line);
const isRule = (line: string | undefined): boolean =>
  line?.includes('|') === true && /^\|?\s*:?-{2,}:?(?:\s*\|\s*:?-{2,}:?)*\s*\|?$/.test(line.trim());
const cells = (row: string): string[] =>
  row
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

/** A table becomes a list: the first cell names the line, the others keep their headings. */
const flattenTables = (lines: readonly string[]): string[] => {
  const out: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const header = lines[at] ?? '';
    if (!isRow(header) || !isRule(lines[at + 1])) {
      out.push(header);
      continue;
    }
    const names = cells(header);
    for (at += 2; isRow(lines[at]); at++) out.push(tableLine(names, cells(lines[at] ?? '')));
    at--;
  }
  return out;
};

const tableLine = (names: readonly string[], values: readonly string[]): string => {
  const [title = '', ...rest] = values;
  const named = rest.flatMap((value, index) => {
    const name = names[index + 1];
    return value === '' ? [] : [name ? `${name}: ${value}` : value];
  });
  return `- ${[title, ...named].filter((part) => part !== '').join(', ')}`;
};

/** Where a text may be cut, best first: paragraphs, lines, sentences, words. */
const SEAMS: readonly { readonly at: RegExp; readonly glue: string }[] = [
  { at: /\n{2,}/, glue: '\n\n' },
  { at: /\n/, glue: '\n' },
  { at: /(?<=[.!?؟…])\s+/, glue: ' ' },
  { at: /\s+/, glue: ' ' },
];

/** Smaller limits are mistakes: a word would not fit. */
const MIN_SPLIT_CHARS = 20;

/**
 * The text in parts of at most `limit` characters (UTF-16 units), cut at the best seam there is; nothing but white
 * space is lost. An empty text has no parts.
 */
export const splitText = (text: string, limit: number = DEFAULT_SPLIT_CHARS): readonly string[] => {
  if (limit < MIN_SPLIT_CHARS) throw new RangeError(`limit must be at least ${MIN_SPLIT_CHARS} characters`);
  const trimmed = text.trim();
  return trimmed === '' ? [] : pack(trimmed, limit, 0);
};

const pack = (text: string, limit: number, level: number): string[] => {
  if (text.length <= limit) return [text];
  const seam = SEAMS[level];
  if (!seam) return hardCut(text, limit);
  const parts: string[] = [];
  let open = '';
  for (const piece of text.split(seam.at)) {
    if (piece === '') continue;
    const joined = open === '' ? piece : `${open}${seam.glue}${piece}`;
    if (joined.length <= limit) {
      open = joined;
      continue;
    }
    if (open !== '') parts.push(open);
    const pieces = pack(piece, limit, level + 1);
    open = pieces.pop() ?? '';
    parts.push(...pieces);
  }
  if (open !== '') parts.push(open);
  return parts;
};

/** A word longer than a message: cut between whole characters. */
const hardCut = (text: string, limit: number): string[] => {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(at + limit, text.length);
    if (end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end--;
    parts.push(text.slice(at, end));
    at = end;
  }
  return parts;
};
