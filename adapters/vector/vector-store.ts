/** Points with a vector, a text and a payload, searched by both at once. In-process by default, Qdrant behind the same service. */
import { Context, type Effect, Schema } from 'effect';

/** The store could not be reached, or refused the request. */
export class VectorStoreError extends Schema.TaggedError<VectorStoreError>()('VectorStoreError', {
  message: Schema.String,
  retryable: Schema.Boolean,
  retryAfterMs: Schema.optionalKey(Schema.Number),
  /** A stable word for logs and forks, where the store or vendor gives one; `collection_missing` is every store's. */
  code: Schema.optionalKey(Schema.String),
}) {}

/** What a search can be narrowed by. Unknown price or stock never matches a filter on it. */
export interface VectorPayload {
  /** In the catalog's currency. Only compared: two decimals order alike as numbers, sums are made elsewhere. */
  readonly price?: number;
  readonly category?: string;
  readonly inStock?: boolean;
  readonly active?: boolean;
  readonly language?: string;
  readonly kind?: string;
  /** Whose it is, a conversation for example: it is found by searches with this very owner only. */
  readonly owner?: string;
}

export interface VectorPoint {
  /** Any text; a store that needs UUIDs derives them from it. */
  readonly id: string;
  readonly vector: Float32Array;
  /** For the lexical half of the ranking. */
  readonly text: string;
  readonly payload: VectorPayload;
}

/** Absent keys do not narrow. */
export interface VectorFilter {
  readonly maxPrice?: number;
  /** Only points whose price is known. */
  readonly priced?: boolean;
  /** One of these, exactly. */
  readonly categories?: readonly string[];
  readonly inStock?: boolean;
  readonly active?: boolean;
  readonly language?: string;
  readonly kinds?: readonly string[];
  /** Without it, only points that belong to nobody: one customer's words never reach another by a forgotten filter. */
  readonly owner?: string;
}

export interface VectorQuery {
  readonly vector: Float32Array;
  readonly text: string;
  readonly filter?: VectorFilter;
  /** 1 to {@link MAX_HITS}. */
  readonly limit: number;
}

export interface VectorHit {
  readonly id: string;
  /** Best first; comparable within one answer only (wire/08 §3: fused scores are not cosines). */
  readonly score: number;
  /** What the vectors and what the common words gave to the score, each 0 to 0.5. */
  readonly dense: number;
  readonly words: number;
  readonly payload: VectorPayload;
}

export const MAX_HITS = 200;
/** Points of one collection at most (G10): ten times the largest catalog planned for (domain 12.3). */
export const MAX_POINTS = 100_000;

export interface VectorStoreShape {
  /**
   * True: one store for all replicas, which outlives them, so that what one brought in the others need not. A search or
   * change of a collection that it has lost fails with the code `collection_missing`.
   */
  readonly shared: boolean;
  readonly ensure: (collection: string, dimensions: number) => Effect.Effect<void, VectorStoreError>;
  /** Adds or replaces by id. */
  readonly upsert: (
    collection: string,
    points: readonly VectorPoint[],
  ) => Effect.Effect<void, VectorStoreError>;
  /** Only points that have to do with the question: an unrelated one gets no hits rather than the least bad. */
  readonly search: (
    collection: string,
    query: VectorQuery,
  ) => Effect.Effect<readonly VectorHit[], VectorStoreError>;
  /** Unknown ids are no error. */
  readonly remove: (collection: string, ids: readonly string[]) => Effect.Effect<void, VectorStoreError>;
  readonly count: (collection: string) => Effect.Effect<number, VectorStoreError>;
}

export class VectorStore extends Context.Service<VectorStore, VectorStoreShape>()(
  'treejar/adapters/VectorStore',
) {}
