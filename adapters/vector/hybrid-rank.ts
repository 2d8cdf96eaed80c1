/**
 * One ranking for every store: half likeness of vectors, half common words. Fused ranks (RRF) would lose how much
 * better one hit is than the next, and the search's steps and shares stand on that (wire/08 §3, domain 5.21).
 */
import type { VectorHit, VectorPayload } from './vector-store.ts';

/** Shares of the two halves of the score. */
const COSINE_SHARE = 0.5;
const LEXICAL_SHARE = 0.5;
/** A point without a common stem or meaning must at least look alike. */
export const MIN_COSINE = 0.3;
/** Hits far below the best one are noise, not alternatives. */
const MIN_SHARE_OF_BEST = 0.25;

export interface Candidate {
  readonly id: string;
  readonly payload: VectorPayload;
  /** -1 to 1. */
  readonly cosine: number;
  /** BM25 over stems and meanings; 0 when there is no common one. */
  readonly words: number;
}

/** Best first; equal scores by id, so that every replica answers alike. */
export const rankHybrid = (
  candidates: readonly Candidate[],
  limit: number,
  minCosine: number = MIN_COSINE,
): readonly VectorHit[] => {
  const related = candidates.filter(({ cosine, words }) => words > 0 || cosine >= minCosine);
  const bestWords = related.reduce((best, { words }) => Math.max(best, words), 0);
  const scored = related.map(({ id, payload, cosine, words }) => {
    const dense = COSINE_SHARE * Math.max(0, cosine);
    const common = bestWords === 0 ? 0 : (LEXICAL_SHARE * words) / bestWords;
    return { id, payload, score: dense + common, dense, words: common };
  });
  scored.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  const floor = (scored[0]?.score ?? 0) * MIN_SHARE_OF_BEST;
  return scored.filter((hit) => hit.score >= floor).slice(0, limit);
};
