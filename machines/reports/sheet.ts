/** A report as it is typeset: every text is final, the template only places it. Pure. */
import {
  CHARTS,
  type ReportContent,
  type ReportLanguage,
  type ReportNumber,
  SECTIONS,
  TILES,
} from './content.ts';
import { formatValue } from './format.ts';
import { keyWords, REPORT_WORDS, type ReportWords } from './words.ts';

export interface SheetBars {
  readonly title: string;
  /** `share` of the longest bar, 0 to 1. */
  readonly bars: readonly { readonly label: string; readonly value: string; readonly share: number }[];
}

export interface SheetChart {
  readonly title: string;
  /** Of the highest column. */
  readonly top: string;
  /** `height` 0 to 1; null: not known. */
  readonly columns: readonly { readonly label: string; readonly height: number | null }[];
}

export interface ReportSheet {
  readonly language: ReportLanguage;
  readonly title: string;
  readonly shop: string;
  readonly period: string;
  readonly made: { readonly label: string; readonly at: string };
  readonly tiles: readonly { readonly label: string; readonly value: string; readonly before: string }[];
  readonly charts: readonly SheetChart[];
  readonly columns: readonly [metric: string, value: string, before: string];
  readonly sections: readonly {
    readonly title: string;
    readonly rows: readonly { readonly label: string; readonly value: string; readonly before: string }[];
    readonly bars: readonly SheetBars[];
  }[];
  readonly note: string;
  readonly page: string;
  readonly of: string;
}

export interface SheetOptions {
  readonly kind: 'daily' | 'weekly' | 'custom';
  readonly language: ReportLanguage;
  readonly shop: string;
  /** When it was made, in the shop's time, as text. */
  readonly madeAt: string;
}

/** Columns of one chart that still can be told apart on paper (G10). */
const COLUMNS_MAX = 92;

const periodText = ({ from, to }: { readonly from: string; readonly to: string }): string =>
  from === to ? from : `${from} – ${to}`;

const numberOf = (content: ReportContent, id: string): ReportNumber =>
  content.metrics.find((metric) => metric.id === id) ?? {
    id,
    unit: 'count',
    value: null,
    previous: null,
    parts: [],
  };

const rowOf = (content: ReportContent, id: string, words: ReportWords) => {
  const { unit, value, previous } = numberOf(content, id);
  const { currency } = content.period;
  return {
    label: words.metrics[id] ?? id,
    value: formatValue(value, unit, words, currency),
    before: formatValue(previous, unit, words, currency),
  };
};

/** Two lines beside a bar; the number behind it stays whole. */
const NAME_CHARS_MAX = 26;

const shortName = (name: string): string => {
  const characters = [...name];
  return characters.length > NAME_CHARS_MAX
    ? `${characters
        .slice(0, NAME_CHARS_MAX - 1)
        .join('')
        .trimEnd()}…`
    : name;
};

const barsOf = (
  content: ReportContent,
  metric: string,
  top: number,
  words: ReportWords,
): readonly SheetBars[] => {
  const parts = numberOf(content, metric).parts.slice(0, top);
  const longest = Math.max(1, ...parts.map(({ n }) => n));
  if (parts.length === 0) return [];
  return [
    {
      title: words.metrics[metric] ?? metric,
      bars: parts.map(({ key, n, amount, name }) => ({
        label: name === undefined ? keyWords(words, metric, key) : `${shortName(name)} · ${key}`,
        value:
          amount === null
            ? formatValue(n, 'count', words, content.period.currency)
            : `${formatValue(n, 'count', words, content.period.currency)} · ${formatValue(amount, 'money', words, content.period.currency)}`,
        share: n / longest,
      })),
    },
  ];
};

const chartOf = (content: ReportContent, id: string, words: ReportWords): SheetChart => {
  const points = content.series.slice(-COLUMNS_MAX).map(({ from, to, values }) => ({
    label: from === to ? from.slice(5) : from.slice(0, 7),
    value: values[id] ?? null,
  }));
  const highest = Math.max(0, ...points.map(({ value }) => Number(value ?? 0)));
  const { unit } = numberOf(content, id);
  return {
    title: words.metrics[id] ?? id,
    top: formatValue(highest, unit, words, content.period.currency),
    columns: points.map(({ label, value }) => ({
      label,
      height: value === null ? null : highest === 0 ? 0 : Number(value) / highest,
    })),
  };
};

export const reportSheet = (content: ReportContent, options: SheetOptions): ReportSheet => {
  const words = REPORT_WORDS[options.language];
  return {
    language: options.language,
    title: words.titles[options.kind],
    shop: options.shop,
    period: periodText(content.period),
    made: { label: words.made, at: `${options.madeAt} (${content.period.timeZone})` },
    tiles: TILES.map((id) => rowOf(content, id, words)),
    // A single day has no course.
    charts: content.series.length > 1 ? CHARTS.map((id) => chartOf(content, id, words)) : [],
    columns: [words.metric, words.value, words.before],
    sections: SECTIONS.map(({ id, rows, bars }) => ({
      title: words.sections[id],
      rows: rows.map((row) => rowOf(content, row, words)),
      bars: bars.flatMap(([metric, top]) => barsOf(content, metric, top, words)),
    })),
    note: words.note,
    page: words.page,
    of: words.of,
  };
};
