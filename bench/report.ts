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

export interface Report {
  readonly section: (title: string, configuration: string) => void;
  readonly row: (row: Row) => void;
  readonly note: (text: string) => void;
  /** Rows whose target was missed. */
  readonly missed: () => readonly string[];
}

const NAME_WIDTH = 46;
const VALUE_WIDTH = 26;

export const makeReport = (write: (line: string) => void): Report => {
  const missed: string[] = [];
  return {
    section: (title, configuration) => write(`\n## ${title}\n${configuration}\n`),
    row: ({ name, value, ratio, target, met }) => {
      if (met === false) missed.push(`${name}: ${value} (${target})`);
      const verdict =
        target === undefined ? '' : `${target}${met === undefined ? '' : met ? '  met' : '  MISSED'}`;
      write(
        `${name.padEnd(NAME_WIDTH)}${value.padEnd(VALUE_WIDTH)}${[ratio, verdict].filter(Boolean).join('  ')}`,
      );
    },
    note: (text) => write(`  ${text}`),
    missed: () => missed,
  };
};

export const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en')}/s`;

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

export const mb = (bytes: number): string => `${(bytes / 1048576).toFixed(0)} MB`;

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

export const times = (value: number): string => value.toFixed(2);
