/** What a benchmark says: its configuration, its numbers, and beside each the limit, the peer or the target. */

export interface Row {
  readonly name: string;
  readonly value: string;
  /** Of what, and how much of it: `0.52 of 3,340/s (pgbench)`. */
  readonly ratio?: string;
  readonly target?: string;
  /** Left out where there is no target. */
  readonly met?: boolean;
}

/** A number and the target it stands beside, with the section it was measured in. */
export interface Verdict {
  readonly section: string;
  readonly name: string;
  readonly value: string;
  readonly target: string;
  readonly met: boolean;
}

export interface Report {
  readonly section: (title: string, configuration: string) => void;
  readonly row: (row: Row) => void;
  readonly note: (text: string) => void;
  /** Every row that has a target and was measured. */
  readonly verdicts: () => readonly Verdict[];
}

const NAME_WIDTH = 46;
const VALUE_WIDTH = 26;

export type Format = 'text' | 'markdown';

const verdictOf = ({ target, met }: Row): string =>
  target === undefined ? '' : `${target}${met === undefined ? '' : met ? ', met' : ', MISSED'}`;

const textRow = (row: Row): string =>
  `${row.name.padEnd(NAME_WIDTH)}${row.value.padEnd(VALUE_WIDTH)}${[row.ratio, verdictOf(row)].filter(Boolean).join('  ')}`;

const HEAD = '\n| | measured | beside it | target |\n| --- | --- | --- | --- |';

const markdownRow = (row: Row): string =>
  `| ${[row.name, `**${row.value}**`, row.ratio ?? '', verdictOf(row)].map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`;

/** Lines as they become known. In markdown each section is one table, so its notes stand before its first row. */
export const makeReport = (write: (line: string) => void, format: Format = 'text'): Report => {
  const verdicts: Verdict[] = [];
  let inTable = false;
  let section = '';
  return {
    section: (title, configuration) => {
      inTable = false;
      section = title;
      write(`\n## ${title}\n\n${configuration}\n`);
    },
    row: (row) => {
      const { name, value, target, met } = row;
      if (target !== undefined && met !== undefined) verdicts.push({ section, name, value, target, met });
      if (format === 'text') return write(textRow(row));
      if (!inTable) write(HEAD);
      inTable = true;
      write(markdownRow(row));
    },
    note: (text) => {
      if (format === 'text') write(`  ${text}`);
      else if (!inTable) write(`- ${text}`);
    },
    verdicts: () => verdicts,
  };
};

/** All targets of a run in one table, in the order they were measured; the same lines in every format. */
export const targetsTable = (verdicts: readonly Verdict[]): string => {
  const rows = verdicts.map(({ section, name, value, target, met }) =>
    [section, name, value, target, met ? 'met' : 'MISSED']
      .map((cell) => cell.replaceAll('|', '/'))
      .join(' | '),
  );
  const head = 'section | what | measured | target | verdict';
  return [head, '--- | --- | --- | --- | ---', ...rows].map((row) => `| ${row} |`).join('\n');
};

export const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en')}/s`;

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

export const mb = (bytes: number): string => `${(bytes / 1048576).toFixed(0)} MB`;

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

export const times = (value: number): string => value.toFixed(2);
