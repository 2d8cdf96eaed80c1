/** The difference of two texts line by line: the longest common lines stay, the rest came or went. */

export interface DiffLine {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Lines compared; longer texts are compared up to here and the rest is shown as changed (G10). */
const MAX_LINES = 600;

/** Lengths of the longest common subsequence of each pair of tails. */
const tails = (left: readonly string[], right: readonly string[]): readonly Uint16Array[] => {
  const table = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      const row = table[i];
      if (row === undefined) continue;
      row[j] =
        left[i] === right[j]
          ? (table[i + 1]?.[j + 1] ?? 0) + 1
          : Math.max(table[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
};

export const diffLines = (before: string, after: string): readonly DiffLine[] => {
  const left = before.split('\n').slice(0, MAX_LINES);
  const right = after.split('\n').slice(0, MAX_LINES);
  const table = tails(left, right);
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      lines.push({ kind: 'same', text: left[i] ?? '' });
      i += 1;
      j += 1;
    } else if (
      j >= right.length ||
      (i < left.length && (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))
    ) {
      lines.push({ kind: 'gone', text: left[i] ?? '' });
      i += 1;
    } else {
      lines.push({ kind: 'new', text: right[j] ?? '' });
      j += 1;
    }
  }
  const rest = (text: string, kind: 'gone' | 'new'): readonly DiffLine[] =>
    text
      .split('\n')
      .slice(MAX_LINES)
      .map((line) => ({ kind, text: line }));
  return [...lines, ...rest(before, 'gone'), ...rest(after, 'new')];
};
