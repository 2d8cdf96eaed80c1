/**
 * Many rows in few parameters: each column is one array of texts in PostgreSQL's binary format, read in SQL as
 * `$n::text[]`. One pass of the sender writes it and one of the server reads it; what is joined and split, quoted or
 * JSON is looked through several times by both (bench/README.md).
 */

/** The format: dimensions, whether a null is among them, type of an element, count, first index; then the elements. */
const HEADER_BYTES = 20;
/** An array of nothing has no dimension. */
const EMPTY_HEADER_BYTES = 12;
const TEXT_OID = 25;
/** Before each element; a null has only that. */
const LENGTH_BYTES = 4;
const NULL_LENGTH = -1;
/** UTF-8 of one UTF-16 unit, at most. */
const UTF8_BYTES = 3;
/** Up to so many characters a loop is quicker than a call out of JavaScript. */
const SHORT_CHARS = 24;
/** The scratch begins and stays with so many bytes; what a larger column needs is given back. */
const SCRATCH_BYTES = 1_048_576;

export type Cell = string | number | boolean | null;

/** One column. Throws nothing: what a text may hold is checked where it comes in. */
export const column = (cells: readonly Cell[]): Buffer => columnOf(cells, (cell) => cell);

let scratch = Buffer.allocUnsafe(SCRATCH_BYTES);

/** `column` of one property of each row. */
export const columnOf = <T>(rows: readonly T[], cell: (row: T) => Cell): Buffer => {
  if (rows.length === 0) return headerOf(0, false);
  let end = HEADER_BYTES;
  let hasNull = false;
  for (const row of rows) {
    const value = cell(row);
    if (value === null) {
      reserve(end, LENGTH_BYTES);
      end = scratch.writeInt32BE(NULL_LENGTH, end);
      hasNull = true;
      continue;
    }
    const text = typeof value === 'string' ? value : String(value);
    reserve(end, LENGTH_BYTES + text.length * UTF8_BYTES);
    const from = end + LENGTH_BYTES;
    const bytes = writeText(text, from);
    scratch.writeInt32BE(bytes, end);
    end = from + bytes;
  }
  headerOf(rows.length, hasNull).copy(scratch);
  const whole = Buffer.from(scratch.subarray(0, end));
  if (scratch.length > SCRATCH_BYTES) scratch = Buffer.allocUnsafe(SCRATCH_BYTES);
  return whole;
};

const headerOf = (count: number, hasNull: boolean): Buffer => {
  const header = Buffer.allocUnsafe(count === 0 ? EMPTY_HEADER_BYTES : HEADER_BYTES);
  header.writeInt32BE(count === 0 ? 0 : 1, 0);
  header.writeInt32BE(hasNull ? 1 : 0, 4);
  header.writeInt32BE(TEXT_OID, 8);
  if (count === 0) return header;
  header.writeInt32BE(count, 12);
  header.writeInt32BE(1, 16);
  return header;
};

const reserve = (used: number, more: number): void => {
  if (used + more <= scratch.length) return;
  const larger = Buffer.allocUnsafe(Math.max(used + more, scratch.length * 2));
  scratch.copy(larger, 0, 0, used);
  scratch = larger;
};

/** Returns the bytes written. */
const writeText = (text: string, at: number): number => {
  const { length } = text;
  if (length > SHORT_CHARS) return scratch.write(text, at);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return scratch.write(text, at);
    scratch[at + i] = code;
  }
  return length;
};

/** The SQL of parameter `n` as an array of the given type. */
export const split = (n: number, type = 'text'): string =>
  type === 'text' ? `$${n}::text[]` : `$${n}::text[]::${type}[]`;

/** `split` of `count` parameters from `first` on; `types` names those that are not text, by place from 0. */
export const splitFrom = (
  first: number,
  count: number,
  types: Readonly<Record<number, string>> = {},
): string => Array.from({ length: count }, (_, i) => split(first + i, types[i] ?? 'text')).join(', ');
