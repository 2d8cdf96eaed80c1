/** Numbers for Prometheus (text format 0.0.4). Labels come from closed sets only, so that their number is bounded. */

type Labels = Readonly<Record<string, string>>;

export interface Metrics {
  readonly count: (name: string, labels?: Labels, by?: number) => void;
  readonly gauge: (name: string, value: number, labels?: Labels) => void;
  /** Seconds. */
  readonly observe: (name: string, seconds: number, labels?: Labels) => void;
  readonly render: () => string;
  /** Current value of a counter or gauge, 0 when it was never touched. */
  readonly value: (name: string, labels?: Labels) => number;
}

/** Upper bounds, seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
/** A guard against a label that is not from a closed set (G10). */
const MAX_SERIES = 2000;

interface Histogram {
  readonly buckets: number[];
  sum: number;
  count: number;
}

interface Family {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
}

/** What we tell, and what it means. */
const FAMILIES: Readonly<Record<string, Family>> = {
  treejar_http_requests_total: { type: 'counter', help: 'Answers by route group, method and status class.' },
  treejar_http_request_seconds: { type: 'histogram', help: 'Time from request to answer, by route group.' },
  treejar_webhook_total: { type: 'counter', help: 'Webhooks by outcome.' },
  treejar_webhook_items_total: { type: 'counter', help: 'Webhook items by what became of them.' },
  treejar_webhook_seconds: { type: 'histogram', help: 'Time from a webhook to its durable answer.' },
  treejar_live_connections: { type: 'gauge', help: 'Open live sockets.' },
  treejar_live_subscriptions: { type: 'gauge', help: 'Topics subscribed, over all live sockets.' },
  treejar_live_frames_total: { type: 'counter', help: 'Frames sent on live sockets, by type.' },
  treejar_live_dropped_total: { type: 'counter', help: 'Live sockets closed by us, by reason.' },
  treejar_live_commit_to_socket_seconds: {
    type: 'histogram',
    help: 'Time from a durable event to its frame.',
  },
  treejar_mailbox_depth: { type: 'gauge', help: 'Durable events not applied yet.' },
  treejar_mailbox_age_seconds: { type: 'gauge', help: 'Age of the oldest event not applied yet.' },
  treejar_commands_waiting: { type: 'gauge', help: 'Commands waiting to run.' },
  treejar_commands_running: { type: 'gauge', help: 'Commands running.' },
  treejar_timers_armed: { type: 'gauge', help: 'Armed timers.' },
  treejar_parked: { type: 'gauge', help: 'Parked events and commands.' },
  treejar_process_resident_bytes: { type: 'gauge', help: 'Resident memory of this process.' },
};

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
    return lines.length === 0
      ? []
      : [`# HELP ${name} ${family.help}`, `# TYPE ${name} ${family.type}`, ...lines];
  };

  return {
    count: (name, labels = {}, by = 1) => set(name, labels, (old) => old + by),
    gauge: (name, value, labels = {}) => set(name, labels, () => value),
    observe: (name, seconds, labels = {}) => {
      const empty = () => ({ buckets: BUCKETS.map(() => 0), sum: 0, count: 0 });
      const histogram = slot(histograms, name, labels, empty);
      if (!histogram) return;
      histogram.sum += seconds;
      histogram.count += 1;
      BUCKETS.forEach((bound, at) => {
        if (seconds <= bound) histogram.buckets[at] = (histogram.buckets[at] ?? 0) + 1;
      });
    },
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
