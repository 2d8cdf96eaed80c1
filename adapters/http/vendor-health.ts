/**
 * How the vendors do, as this process has seen it: for `/health`, `/metrics` and the admin. Every vendor client
 * registers itself; two clients of one vendor (Zoho's tokens, for example) are shown as one.
 */
import { Effect } from 'effect';
import { type CallCounts, type FailureClass, percentile, RECENT_CALLS } from './call-stats.ts';

export { type FailureClass, LATENCY_BOUNDS_MS } from './call-stats.ts';

/** `half-open`: the wait is over, and the next call decides. */
export type Circuit = 'closed' | 'open' | 'half-open';

export interface VendorHealth {
  /** Lower case. */
  readonly vendor: string;
  readonly circuit: Circuit;
  /** Ms since the epoch; `null`: never since the start. */
  readonly lastSuccessAt: number | null;
  readonly lastFailure: { readonly class: FailureClass; readonly at: number } | null;
  readonly calls: number;
  readonly failures: number;
  /** Calls that the open circuit answered without asking the vendor. */
  readonly refusals: number;
  /** Of the newest calls; `null` before the first. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  /** Since the start: counts per bucket of {@link LATENCY_BOUNDS_MS}, and one more for what is slower. */
  readonly latency: { readonly buckets: readonly number[]; readonly sumMs: number };
}

/** What a client tells about itself. */
export interface HealthSource {
  readonly vendor: string;
  readonly circuit: Effect.Effect<Circuit>;
  readonly counts: () => CallCounts;
}

export interface VendorHealthRegistry {
  readonly register: (source: HealthSource) => void;
  /** Sorted by vendor. */
  readonly read: Effect.Effect<readonly VendorHealth[]>;
}

/** Clients remembered per vendor, and vendors: a process has about one of each (G10). */
const SOURCES_PER_VENDOR_MAX = 8;
const VENDORS_MAX = 64;

export const makeVendorHealthRegistry = (): VendorHealthRegistry => {
  const sources = new Map<string, HealthSource[]>();
  return {
    register: (source) => {
      const vendor = source.vendor.toLowerCase();
      const known = sources.get(vendor) ?? [];
      if (known.length === 0 && sources.size >= VENDORS_MAX) {
        throw new Error(`more than ${VENDORS_MAX} vendors: a vendor's name must come from a closed set`);
      }
      sources.set(vendor, [...known, source].slice(-SOURCES_PER_VENDOR_MAX));
    },
    read: Effect.suspend(() =>
      Effect.forEach(
        [...sources].toSorted(([a], [b]) => a.localeCompare(b)),
        ([vendor, known]) => healthOf(vendor, known),
      ),
    ),
  };
};

const SEVERITY: Readonly<Record<Circuit, number>> = { closed: 0, 'half-open': 1, open: 2 };

const healthOf = Effect.fnUntraced(function* (vendor: string, sources: readonly HealthSource[]) {
  const circuits = yield* Effect.forEach(sources, ({ circuit }) => circuit);
  const all = sources.map((source) => source.counts());
  const sum = (pick: (counts: CallCounts) => number) =>
    all.reduce((total, counts) => total + pick(counts), 0);
  const recent = all.flatMap(({ recentMs }) => recentMs).slice(-RECENT_CALLS * SOURCES_PER_VENDOR_MAX);
  const failures = all.flatMap(({ lastFailure }) => lastFailure ?? []);
  const successes = all.flatMap(({ lastSuccessAt }) => lastSuccessAt ?? []);
  const health: VendorHealth = {
    vendor,
    circuit: circuits.reduce((worst, next) => (SEVERITY[next] > SEVERITY[worst] ? next : worst), 'closed'),
    lastSuccessAt: successes.length === 0 ? null : Math.max(...successes),
    lastFailure: failures.toSorted((a, b) => b.at - a.at)[0] ?? null,
    calls: sum(({ calls }) => calls),
    failures: sum((counts) => counts.failures),
    refusals: sum(({ refusals }) => refusals),
    p50Ms: percentile(recent, 0.5),
    p95Ms: percentile(recent, 0.95),
    latency: {
      buckets: (all[0]?.buckets ?? []).map((_, slot) => sum(({ buckets }) => buckets[slot] ?? 0)),
      sumMs: sum(({ sumMs }) => sumMs),
    },
  };
  return health;
});

/** The process's own: what each client registers with unless it is told otherwise. */
export const processHealth: VendorHealthRegistry = makeVendorHealthRegistry();

/** How every vendor does that this process has a client of. */
export const vendorHealth = (): readonly VendorHealth[] => Effect.runSync(processHealth.read);
