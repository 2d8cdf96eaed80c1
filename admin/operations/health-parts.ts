/** `GET /health` sorted for the page: vendors, which have a circuit, and parts of our own. */
import type { Health } from '../api/types.ts';

export type Part = NonNullable<Health['components']>[string];
type Fact = NonNullable<Part['detail']>[string];

export interface NamedPart {
  readonly name: string;
  readonly status: Part['status'];
  readonly facts: readonly (readonly [name: string, value: Fact])[];
}

export interface Vendor {
  readonly name: string;
  readonly status: Part['status'];
  readonly circuit: 'closed' | 'half-open' | 'open';
  /** RFC 3339; null when it never answered since this replica started. */
  readonly lastSuccessAt: string | null;
  readonly lastFailure: string | null;
  readonly lastFailureAt: string | null;
  readonly calls: number;
  readonly failures: number;
  readonly p95Ms: number | null;
}

const RANK: Readonly<Record<Part['status'], number>> = { down: 0, degraded: 1, ok: 2 };

const text = (fact: Fact | undefined): string | null => (typeof fact === 'string' ? fact : null);
const count = (fact: Fact | undefined): number => (typeof fact === 'number' ? fact : 0);

const circuitOf = (fact: Fact | undefined): Vendor['circuit'] =>
  fact === 'open' || fact === 'half-open' ? fact : 'closed';

const vendorOf = (name: string, { status, detail = {} }: Part): Vendor => ({
  name,
  status,
  circuit: circuitOf(detail.circuit),
  lastSuccessAt: text(detail.lastSuccessAt),
  lastFailure: text(detail.lastFailure),
  lastFailureAt: text(detail.lastFailureAt),
  calls: count(detail.calls),
  failures: count(detail.failures),
  p95Ms: typeof detail.p95Ms === 'number' ? detail.p95Ms : null,
});

/** What is worst comes first; the rest by name. */
const worstFirst = <P extends { readonly name: string; readonly status: Part['status'] }>(
  parts: readonly P[],
): readonly P[] =>
  [...parts].sort(
    (left, right) => RANK[left.status] - RANK[right.status] || left.name.localeCompare(right.name),
  );

/** Splits the parts of health; those without a `components` (not signed in, no database) give none. */
export const sortHealth = (
  health: Health,
): { readonly vendors: readonly Vendor[]; readonly parts: readonly NamedPart[] } => {
  const all = Object.entries(health.components ?? {});
  const isVendor = ([, part]: readonly [string, Part]): boolean => part.detail?.circuit !== undefined;
  return {
    vendors: worstFirst(all.filter(isVendor).map(([name, part]) => vendorOf(name, part))),
    parts: worstFirst(
      all
        .filter((entry) => !isVendor(entry))
        .map(([name, { status, detail = {} }]) => ({
          name,
          status,
          facts: Object.entries(detail).filter(([, value]) => value !== null),
        })),
    ),
  };
};
