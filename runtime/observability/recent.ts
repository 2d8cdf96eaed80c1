/** The newest observations of each histogram, for people who ask how it is now; the histograms count since the start. */

/** Observations kept of each name (G10). */
export const MAX_RECENT = 500;

interface Ring {
  readonly values: Float64Array;
  /** Observations ever; the next one goes to this place, modulo the size. */
  seen: number;
}

export interface Recent {
  readonly add: (name: string, value: number) => void;
  /** For quantiles of 0 to 1, the nearest rank; null while there were none. */
  readonly quantiles: (name: string, wanted: readonly number[]) => readonly number[] | null;
}

export const makeRecent = (): Recent => {
  const rings = new Map<string, Ring>();
  return {
    add: (name, value) => {
      const ring = rings.get(name) ?? { values: new Float64Array(MAX_RECENT), seen: 0 };
      rings.set(name, ring);
      ring.values[ring.seen % MAX_RECENT] = value;
      ring.seen += 1;
    },
    quantiles: (name, wanted) => {
      const ring = rings.get(name);
      if (ring === undefined) return null;
      const sorted = ring.values.slice(0, Math.min(ring.seen, MAX_RECENT)).sort();
      return wanted.map((quantile) => sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)] ?? 0);
    },
  };
};
