/** Numbers for Prometheus (text format 0.0.4). Labels come from closed sets only, so that their number is bounded. */

import { FAMILIES, type Family } from '../observability/metric-families.ts';
import { makeRecent } from '../observability/recent.ts';

type Labels = Readonly<Record<string, string>>;

export interface Metrics {
  readonly count: (name: string, labels?: Labels, by?: number) => void;
  readonly gauge: (name: string, value: number, labels?: Labels) => void;
  /** Seconds. */
  readonly observe: (name: string, seconds: number, labels?: Labels) => void;
  /** Drops a counter's or gauge's series: what it told is over. */
  readonly forget: (name: string) => void;
  /**
   * Quantiles (0 to 1) in seconds over the last observations of a histogram, of all its labels together; null while
   * there were none.
   */
  readonly recent: (name: string, quantiles: readonly number[]) => readonly number[] | null;
  readonly render: () => string;
  /** Current value of a counter or gauge, 0 when it was never touched. */
  readonly value: (name: string, labels?: Labels) => number;
}

/** Upper bounds, seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60] as const;
/** A guard against a label that is not from a closed set (G10). */
const MAX_SERIES = 2000;

interface Histogram {
  readonly buckets: number[];
  sum: number;
  count: number;
}

const escapeLabel = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

const seriesOf = (labels: Labels): string => {
  const pairs = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return pairs.map(([key, value]) => `${key}="${escapeLabel(value)}"`).join(',');
};

const withLabels = (name: string, series: string): string => (series === '' ? name : `${name}{${series}}`);

export const makeMetrics = (): Metrics => {
  const values = new Map<string, Map<string, number>>();
  const histograms = new Map<string, Map<string, Histogram>>();
  let series = 0;
  const recent = makeRecent();

  const slot = <A>(
    family: Map<string, Map<string, A>>,
    name: string,
    labels: Labels,
    empty: () => A,
  ): A | null => {
    const known = family.get(name) ?? new Map<string, A>();
    family.set(name, known);
    const key = seriesOf(labels);
    const found = known.get(key);
    if (found !== undefined) return found;
    if (series >= MAX_SERIES) return null;
    series += 1;
    const made = empty();
    known.set(key, made);
    return made;
  };

  const set = (name: string, labels: Labels, next: (old: number) => number): void => {
    const old = slot(values, name, labels, () => 0);
    if (old !== null) values.get(name)?.set(seriesOf(labels), next(old));
  };

  const renderFamily = ([name, family]: [string, Family]): readonly string[] => {
    const lines: string[] = [];
    for (const [labels, value] of values.get(name) ?? []) lines.push(`${withLabels(name, labels)} ${value}`);
    for (const [labels, histogram] of histograms.get(name) ?? []) {
      lines.push(...renderHistogram(name, labels, histogram));
    }
    // A family nobody has touched is named all the same: alert rules and dashboards rely on the names.
    return [`# HELP ${name} ${family.help}`, `# TYPE ${name} ${family.type}`, ...lines];
  };

  return {
    count: (name, labels = {}, by = 1) => set(name, labels, (old) => old + by),
    forget: (name) => {
      series -= values.get(name)?.size ?? 0;
      values.delete(name);
    },
    gauge: (name, value, labels = {}) => set(name, labels, () => value),
    observe: (name, seconds, labels = {}) => {
      const empty = () => ({ buckets: BUCKETS.map(() => 0), sum: 0, count: 0 });
      const histogram = slot(histograms, name, labels, empty);
      if (!histogram) return;
      recent.add(name, seconds);
      histogram.sum += seconds;
      histogram.count += 1;
      BUCKETS.forEach((bound, at) => {
        if (seconds <= bound) histogram.buckets[at] = (histogram.buckets[at] ?? 0) + 1;
      });
    },
    recent: recent.quantiles,
    render: () => `${Object.entries(FAMILIES).flatMap(renderFamily).join('\n')}\n`,
    value: (name, labels = {}) => values.get(name)?.get(seriesOf(labels)) ?? 0,
  };
};

const renderHistogram = (name: string, labels: string, histogram: Histogram): readonly string[] => {
  const comma = labels === '' ? '' : ',';
  const lines = BUCKETS.map(
    (bound, at) => `${name}_bucket{${labels}${comma}le="${bound}"} ${histogram.buckets[at] ?? 0}`,
  );
  lines.push(`${name}_bucket{${labels}${comma}le="+Inf"} ${histogram.count}`);
  lines.push(`${withLabels(`${name}_sum`, labels)} ${histogram.sum}`);
  lines.push(`${withLabels(`${name}_count`, labels)} ${histogram.count}`);
  return lines;
};
