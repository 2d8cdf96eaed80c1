/** A report as CSV, for spreadsheets. Pure. */
import type { ReportContent } from './content.ts';

/** Quoted where needed; a leading sign that a spreadsheet would take for a formula is made text (CSV injection). */
const cell = (value: number | string | null): string => {
  // Not known is an empty cell: neither 0 nor a word in a column of numbers.
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const plain = /^[=+@\t\r]|^-(?!\d)/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

const line = (...cells: readonly (number | string | null)[]): string => `${cells.map(cell).join(',')}\r\n`;

/**
 * Three blocks in one table: the numbers (`total`), what they are made of (`part`), and their course (`series`).
 * Empty: not known.
 */
export const reportCsv = ({ period, metrics, series }: ReportContent): string => {
  const rows = [line('row', 'metric', 'key', 'from', 'to', 'unit', 'value', 'previous', 'amount', 'name')];
  const { from, to } = period;
  for (const { id, unit, value, previous, parts } of metrics) {
    rows.push(line('total', id, null, from, to, unit, value, previous, null, null));
    for (const { key, n, amount, name } of parts)
      rows.push(line('part', id, key, from, to, 'count', n, null, amount, name ?? null));
  }
  for (const point of series) {
    for (const { id, unit } of metrics) {
      rows.push(
        line('series', id, null, point.from, point.to, unit, point.values[id] ?? null, null, null, null),
      );
    }
  }
  return rows.join('');
};
