/** The vendors in `/health` and `/metrics`: how this replica's calls went (contract 3.2). */
import { LATENCY_BOUNDS_MS, type VendorHealth, vendorHealth } from '../adapters/http/vendor-health.ts';
import type { ComponentHealth, HealthContributor } from './api/deps.ts';

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

const componentOf = (health: VendorHealth): ComponentHealth => ({
  // A vendor that is away degrades an answer, never the process: the rest is served without it.
  status: health.circuit === 'closed' ? 'ok' : 'degraded',
  detail: {
    circuit: health.circuit,
    lastSuccessAt: isoOrNull(health.lastSuccessAt),
    lastFailure: health.lastFailure?.class ?? null,
    lastFailureAt: isoOrNull(health.lastFailure?.at ?? null),
    calls: health.calls,
    failures: health.failures,
    p50Ms: health.p50Ms,
    p95Ms: health.p95Ms,
  },
});

/** What an adapter knows of its vendor beyond the calls; by the vendor's name. */
export type VendorFacts = Readonly<Record<string, () => NonNullable<ComponentHealth['detail']>>>;

/** One part for each vendor that has a client by now: call it after the services are built. */
export const vendorParts = (facts: VendorFacts = {}): readonly HealthContributor[] =>
  vendorHealth().map(({ vendor }) => ({
    name: vendor,
    required: false,
    check: async () => {
      const health = vendorHealth().find((candidate) => candidate.vendor === vendor);
      if (!health) return { status: 'ok' };
      const component = componentOf(health);
      return { ...component, detail: { ...component.detail, ...facts[vendor]?.() } };
    },
  }));

const CIRCUIT_VALUES = { closed: 0, 'half-open': 1, open: 2 } as const;

/** Prometheus text: counters, the circuit, and the histogram of durations per vendor. */
export const vendorMetrics = (): string => {
  const vendors = vendorHealth();
  const family = (name: string, type: string, help: string, lines: readonly string[]) =>
    [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join('\n');
  const value = (name: string, pick: (health: VendorHealth) => number) =>
    vendors.map((health) => `${name}{vendor="${health.vendor}"} ${pick(health)}`);
  return `${[
    family(
      'treejar_vendor_calls_total',
      'counter',
      'Calls to the vendor that ended.',
      value('treejar_vendor_calls_total', (health) => health.calls),
    ),
    family(
      'treejar_vendor_failures_total',
      'counter',
      'Calls that failed.',
      value('treejar_vendor_failures_total', (health) => health.failures),
    ),
    family(
      'treejar_vendor_refusals_total',
      'counter',
      'Calls that the open circuit answered without asking the vendor.',
      value('treejar_vendor_refusals_total', (health) => health.refusals),
    ),
    family(
      'treejar_vendor_circuit',
      'gauge',
      '0 closed, 1 half-open, 2 open.',
      value('treejar_vendor_circuit', (health) => CIRCUIT_VALUES[health.circuit]),
    ),
    family('treejar_vendor_duration_seconds', 'histogram', 'Duration of calls.', vendors.flatMap(histogram)),
  ].join('\n')}\n`;
};

/** Of the calls that were timed: long polls are not among them. */
const histogram = ({ vendor, latency }: VendorHealth): readonly string[] => {
  const timed = latency.buckets.reduce((sum, count) => sum + count, 0);
  let cumulative = 0;
  const buckets = LATENCY_BOUNDS_MS.map((bound, index) => {
    cumulative += latency.buckets[index] ?? 0;
    return `treejar_vendor_duration_seconds_bucket{vendor="${vendor}",le="${bound / 1000}"} ${cumulative}`;
  });
  return [
    ...buckets,
    `treejar_vendor_duration_seconds_bucket{vendor="${vendor}",le="+Inf"} ${timed}`,
    `treejar_vendor_duration_seconds_sum{vendor="${vendor}"} ${latency.sumMs / 1000}`,
    `treejar_vendor_duration_seconds_count{vendor="${vendor}"} ${timed}`,
  ];
};
