/** One collection in memory: vectors kept sparse, an inverted index of stems and meanings, and the hybrid ranking. */
import { type Candidate, MIN_COSINE, rankHybrid } from '../hybrid-rank.ts';
import type { VectorFilter, VectorHit, VectorPayload, VectorPoint, VectorQuery } from '../vector-store.ts';
import { analyse } from './analyse.ts';

interface Stored {
  readonly id: string;
  readonly vector: CompactVector;
  readonly payload: VectorPayload;
  readonly terms: ReadonlyMap<string, number>;
  readonly length: number;
}

/** Non-zero positions and values: a hashed text fills a tenth of the dimensions. */
interface CompactVector {
  readonly at: Uint16Array;
  readonly values: Float32Array;
}

/** BM25's saturation and length damping, the usual values. */
const K1 = 1.2;
const B = 0.4;
export class Collection {
  readonly dimensions: number;
  readonly #points = new Map<string, Stored>();
  readonly #postings = new Map<string, Map<string, number>>();
  #totalLength = 0;

  constructor(dimensions: number) {
    this.dimensions = dimensions;
  }

  get size(): number {
    return this.#points.size;
  }

  has(id: string): boolean {
    return this.#points.has(id);
  }

  put(point: VectorPoint): void {
    this.delete(point.id);
    const terms = analyse(point.text);
    let length = 0;
    for (const [term, weight] of terms) {
      length += weight;
      const list = this.#postings.get(term) ?? new Map<string, number>();
      list.set(point.id, weight);
      this.#postings.set(term, list);
    }
    this.#totalLength += length;
    this.#points.set(point.id, {
      id: point.id,
      vector: compact(point.vector),
      payload: point.payload,
      terms,
      length,
    });
  }

  delete(id: string): void {
    const stored = this.#points.get(id);
    if (!stored) return;
    for (const term of stored.terms.keys()) {
      const list = this.#postings.get(term);
      list?.delete(id);
      if (list?.size === 0) this.#postings.delete(term);
    }
    this.#totalLength -= stored.length;
    this.#points.delete(id);
  }

  search(query: VectorQuery): readonly VectorHit[] {
    const lexical = this.#bm25(query.text);
    const candidates: Candidate[] = [];
    for (const { id, payload, vector } of this.#points.values()) {
      if (!matches(payload, query.filter)) continue;
      const words = lexical.get(id) ?? 0;
      const cosine = dot(vector, query.vector);
      if (words > 0 || cosine >= MIN_COSINE) candidates.push({ id, payload, cosine, words });
    }
    return rankHybrid(candidates, query.limit);
  }

  #bm25(text: string): Map<string, number> {
    const scores = new Map<string, number>();
    const averageLength = this.#totalLength / Math.max(1, this.#points.size);
    for (const [term, weight] of analyse(text)) {
      const list = this.#postings.get(term);
      if (!list) continue;
      const idf = Math.log(1 + (this.#points.size - list.size + 0.5) / (list.size + 0.5));
      for (const [id, frequency] of list) {
        const length = this.#points.get(id)?.length ?? averageLength;
        const damped = frequency + K1 * (1 - B + (B * length) / averageLength);
        scores.set(id, (scores.get(id) ?? 0) + (weight * idf * frequency * (K1 + 1)) / damped);
      }
    }
    return scores;
  }
}

const compact = (vector: Float32Array): CompactVector => {
  const at: number[] = [];
  vector.forEach((value, i) => {
    if (value !== 0) at.push(i);
  });
  return { at: Uint16Array.from(at), values: Float32Array.from(at, (i) => vector[i] ?? 0) };
};

const dot = (stored: CompactVector, query: Float32Array): number => {
  const { at, values } = stored;
  let total = 0;
  for (let i = 0; i < at.length; i++) total += (values[i] ?? 0) * (query[at[i] ?? 0] ?? 0);
  return total;
};

const matches = (payload: VectorPayload, filter: VectorFilter = {}): boolean => {
  if (payload.owner !== filter.owner) return false;
  const { maxPrice, priced, categories, inStock, active, language, kinds } = filter;
  if (maxPrice !== undefined && (payload.price === undefined || payload.price > maxPrice)) return false;
  if (priced !== undefined && (payload.price !== undefined) !== priced) return false;
  if (categories !== undefined && !(payload.category !== undefined && categories.includes(payload.category)))
    return false;
  if (inStock !== undefined && payload.inStock !== inStock) return false;
  if (active !== undefined && payload.active !== active) return false;
  if (language !== undefined && payload.language !== language) return false;
  return kinds === undefined || (payload.kind !== undefined && kinds.includes(payload.kind));
};
