/**
 * The lexical half as sparse vectors: stems and the meanings that English and Arabic share, BM25-weighted. Qdrant
 * multiplies in how rare each is in the collection (modifier `idf`), so a product in English is found by Arabic words.
 */
import { analyse } from '../vector/local/analyse.ts';

export interface SparseVector {
  /** Unsigned 32-bit, ascending, unique. */
  readonly indices: number[];
  readonly values: number[];
}

/** BM25's saturation and length damping, as in the in-process store. */
const K1 = 1.2;
const B = 0.4;
/** Weight of a usual product card. A store cannot know the true average as it grows, and B keeps its part small. */
const AVERAGE_LENGTH = 14;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a with a final mix: two of some 20,000 features meet once in twenty catalogs. */
const dimensionOf = (feature: string): number => {
  let value = FNV_OFFSET;
  for (let i = 0; i < feature.length; i++) value = Math.imul(value ^ feature.charCodeAt(i), FNV_PRIME);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
};

const toSparse = (weights: ReadonlyMap<string, number>): SparseVector | null => {
  const byDimension = new Map<number, number>();
  for (const [feature, weight] of weights) {
    const dimension = dimensionOf(feature);
    byDimension.set(dimension, (byDimension.get(dimension) ?? 0) + weight);
  }
  const sorted = [...byDimension].sort(([a], [b]) => a - b);
  if (sorted.length === 0) return null;
  return { indices: sorted.map(([dimension]) => dimension), values: sorted.map(([, weight]) => weight) };
};

/** Of a text that is stored; `null` for one without words. */
export const passageWords = (text: string): SparseVector | null => {
  const features = analyse(text);
  const length = [...features.values()].reduce((sum, weight) => sum + weight, 0);
  const damping = K1 * (1 - B + (B * length) / AVERAGE_LENGTH);
  return toSparse(
    new Map([...features].map(([feature, weight]) => [feature, (weight * (K1 + 1)) / (weight + damping)])),
  );
};

/** Of a question; `null` for one without words. */
export const queryWords = (text: string): SparseVector | null => toSparse(analyse(text));
