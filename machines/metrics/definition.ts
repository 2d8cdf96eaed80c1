/**
 * What a metric is: its unit, its words, its source, and which conversations are behind it. One number has one meaning in
 * the admin, the API and the reports.
 */

/** `percent` 0 to 100; `ms`; `money` decimal text in the shop's currency; `usd` decimal text; `score` as its text says. */
export type MetricUnit = 'count' | 'percent' | 'ms' | 'money' | 'usd' | 'score' | 'number';

export type MetricGroup =
  | 'demand'
  | 'answers'
  | 'outcome'
  | 'sales'
  | 'outreach'
  | 'quality'
  | 'people'
  | 'costs';

export interface MetricDefinition {
  readonly id: string;
  readonly group: MetricGroup;
  readonly unit: MetricUnit;
  readonly label: string;
  /** What is counted, in a sentence or two. */
  readonly text: string;
  /** Where it comes from. */
  readonly source: string;
  /** Which conversations are behind it; null: it has no list. */
  readonly drill: Drill | null;
  /** Whether more is better; null: neither. */
  readonly better: 'more' | 'less' | null;
}

/** Dialogues that began in the period, with a condition; or happenings of the period. */
export type Drill =
  | { readonly of: 'dialogues'; readonly where: DialogueFilter }
  | { readonly of: 'happenings'; readonly kind: string; readonly keys?: readonly string[] }
  | { readonly of: 'waiting' }
  | { readonly of: 'feedback' }
  | { readonly of: 'reviews'; readonly scope: 'bot' | 'manager' }
  /** What judges cost, or everything else; dearest first. */
  | { readonly of: 'costs'; readonly review: boolean };

export type DialogueFilter =
  | 'all'
  | 'new'
  | 'returning'
  | 'target'
  | 'non_target'
  | 'involved'
  | 'alone'
  | 'durable'
  | 'reopened'
  | 'answered'
  | 'slow_replies';

/** Conversations of the period that fit. */
export const dialogues = (where: DialogueFilter): Drill => ({ of: 'dialogues', where });
/** What happened in the period, of these keys or of all. */
export const happened = (kind: string, ...keys: string[]): Drill => ({
  of: 'happenings',
  kind,
  ...(keys.length > 0 ? { keys } : {}),
});

export const TRANSCRIPT = 'transcript';
export const JOURNAL = 'journal: states entered';
export const QUOTED = 'journal: order states; printed quotations: grand total';

export type MetricRow = readonly [
  id: string,
  unit: MetricUnit,
  label: string,
  text: string,
  source: string,
  drill: Drill | null,
  better: MetricDefinition['better'],
];

/** Definitions of one group. */
export const group = (name: MetricGroup, rows: readonly MetricRow[]): readonly MetricDefinition[] =>
  rows.map(([id, unit, label, text, source, drill, better]) => ({
    id,
    group: name,
    unit,
    label,
    text,
    source,
    drill,
    better,
  }));
