/**
 * The vector store at Qdrant (wire/08): the same points, filters and ranking as the in-process store, shared by all
 * replicas. One search is one request: likeness and common words are asked side by side, the likeness of what the words
 * found with them, and ranked here, because fused ranks would lose how much better one hit is (vector/hybrid-rank).
 */
import { QdrantClient, type Schemas } from '@qdrant/js-client-rest';
import { Clock, Context, Effect, Layer, Redacted, Semaphore } from 'effect';
import { MIN_COSINE, rankHybrid } from '../vector/hybrid-rank.ts';
import {
  MAX_HITS,
  type VectorPoint,
  type VectorQuery,
  VectorStore,
  type VectorStoreError,
  type VectorStoreShape,
} from '../vector/vector-store.ts';
import { qdrantAddress } from './address.ts';
import {
  type Ask,
  collectionSize,
  DENSE,
  ensureCollection,
  POINTS_PER_REQUEST,
  rebuildCollection,
  WORDS,
} from './collections.ts';
import { badReply, failureOf, final, timedOut } from './failure.ts';
import { fromStored, toFilter, toStored } from './payload.ts';
import { pointId } from './point-id.ts';
import { readBatch, readCount, readUpdate, type ScoredPoint } from './replies.ts';
import { passageWords, queryWords } from './sparse.ts';

export interface QdrantOptions {
  /** As written: `http://qdrant:6333`; without a port, that of the scheme. A path is kept. */
  readonly url: string;
  readonly apiKey?: Redacted.Redacted;
  /**
   * Begins every collection's name. Give each embedder its own (`collectionSpace`), so that replicas of two models run
   * side by side without comparing their vectors (wire/07 §6).
   */
  readonly space?: string;
  /** Likeness below this is none, where no word is shared. Depends on the embedder; {@link MIN_COSINE} by default. */
  readonly minCosine?: number;
  /** Of a search, ms; a customer waits for it. */
  readonly searchTimeoutMs?: number;
  /** Of a change, ms. */
  readonly writeTimeoutMs?: number;
  readonly maxConcurrent?: number;
}

export interface QdrantStore extends VectorStoreShape {
  /**
   * Makes a collection anew without a moment without it. `fill` gets a writer into the new version; what others write
   * meanwhile goes to the old one, so look for changes again afterwards. One at a time for each collection.
   */
  readonly rebuild: <E>(
    collection: string,
    dimensions: number,
    fill: (
      upsert: (points: readonly VectorPoint[]) => Effect.Effect<void, VectorStoreError>,
    ) => Effect.Effect<void, E>,
  ) => Effect.Effect<void, E | VectorStoreError>;
  /** Whether address and key are in order: for health. */
  readonly check: () => Effect.Effect<void, VectorStoreError>;
}

/** What only Qdrant can do, beside {@link VectorStore}. */
export class Qdrant extends Context.Service<Qdrant, QdrantStore>()('treejar/adapters/Qdrant') {}

/** Both services on one client. */
export const qdrantStoreLayer = (options: QdrantOptions): Layer.Layer<VectorStore | Qdrant> =>
  Layer.effectContext(
    Effect.sync(() => {
      const store = makeQdrantStore(options);
      return Context.make(Qdrant, store).pipe(Context.add(VectorStore, store));
    }),
  );

/** A name for an embedder's vectors that may stand in a collection's name: `jina-embeddings-v3/1024` → `jina-embeddings-v3-1024`. */
export const collectionSpace = (model: string): string => model.toLowerCase().replace(/[^a-z0-9.-]+/g, '-');

const SEARCH_TIMEOUT_MS = 5000;
const WRITE_TIMEOUT_MS = 30_000;
/** Requests side by side; the client keeps 25 connections (G10). */
const DEFAULT_CONCURRENT = 16;
const IDS_PER_REQUEST = 1000;
/** Collections whose size is remembered (G10). */
const MAX_SIZES = 100;
/** Read from each half of a search for each hit wanted, so that both halves have a say about the last places. */
const CANDIDATES_PER_HIT = 2;
const MIN_CANDIDATES = 50;
/** Ours is `products`, `articles`: letters, digits and dashes. Underscores part names from versions. */
const NAME = /^[A-Za-z0-9.-]{1,100}$/;

interface Asking {
  readonly search: Ask;
  readonly write: Ask;
}

const makeAsking = (options: QdrantOptions): Asking => {
  const { url, port, prefix } = qdrantAddress(options.url);
  const writeTimeoutMs = options.writeTimeoutMs ?? WRITE_TIMEOUT_MS;
  const client = new QdrantClient({
    url,
    port,
    ...(prefix === '' ? {} : { prefix }),
    timeout: writeTimeoutMs,
    // Its check fires a request of its own at once, and warns on the console.
    checkCompatibility: false,
    // As a header, because `apiKey` warns on the console inside a private network without TLS.
    headers: options.apiKey ? { 'api-key': Redacted.value(options.apiKey) } : {},
  });
  const gate = Semaphore.makeUnsafe(options.maxConcurrent ?? DEFAULT_CONCURRENT);
  const asking =
    (timeoutMs: number): Ask =>
    (call) =>
      Effect.tryPromise({ try: () => call(client), catch: (cause) => cause }).pipe(
        Effect.catch((cause) =>
          Clock.currentTimeMillis.pipe(Effect.flatMap((now) => Effect.fail(failureOf(cause, now)))),
        ),
        Effect.timeoutOrElse({ duration: timeoutMs, orElse: () => Effect.fail(timedOut(timeoutMs)) }),
        gate.withPermits(1),
      );
  return { search: asking(options.searchTimeoutMs ?? SEARCH_TIMEOUT_MS), write: asking(writeTimeoutMs) };
};

/** Builds the store; it connects at its first use. Throws on a URL that is none. */
export const makeQdrantStore = (options: QdrantOptions): QdrantStore => {
  const ask = makeAsking(options);
  const checkSizes = makeSizeCheck(ask.write);
  const prefix = options.space === undefined ? '' : `${collectionSpace(options.space)}_`;
  const named = (collection: string): Effect.Effect<string, VectorStoreError> =>
    NAME.test(collection)
      ? Effect.succeed(`${prefix}${collection}`)
      : Effect.fail(final('bad_name', 'a collection is named by letters, digits, dots and dashes'));

  return {
    shared: true,
    ensure: (collection, dimensions) =>
      Effect.flatMap(named(collection), (name) => ensureCollection(ask.write, name, dimensions)),
    upsert: (collection, points) =>
      Effect.flatMap(named(collection), (name) =>
        Effect.andThen(checkSizes(name, points), upsertPoints(ask.write, name, points)),
      ),
    search: (collection, query) =>
      Effect.flatMap(named(collection), (name) =>
        searchPoints(ask.search, name, query, options.minCosine ?? MIN_COSINE),
      ),
    remove: (collection, ids) =>
      Effect.flatMap(named(collection), (name) => removePoints(ask.write, name, ids)),
    count: (collection) =>
      Effect.flatMap(named(collection), (name) =>
        ask
          .search((client) => client.count(name, { exact: true }))
          .pipe(
            Effect.flatMap(readCount),
            Effect.map(({ count }) => count),
          ),
      ),
    rebuild: (collection, dimensions, fill) =>
      Effect.flatMap(named(collection), (name) =>
        rebuildCollection(ask.write, name, dimensions, (fresh) =>
          fill((points) => Effect.andThen(checkSizes(fresh, points), upsertPoints(ask.write, fresh, points))),
        ),
      ),
    check: () => ask.search((client) => client.getCollections()).pipe(Effect.asVoid),
  };
};

const isZero = (vector: Float32Array): boolean => vector.every((value) => value === 0);

const toPoint = ({ id, vector, text, payload }: VectorPoint): Schemas['PointStruct'] => {
  const words = passageWords(text);
  return {
    id: pointId(id),
    payload: toStored(id, payload),
    // A text that waits for its vector has none: it is found by its words.
    vector: { ...(isZero(vector) ? {} : { [DENSE]: [...vector] }), ...(words ? { [WORDS]: words } : {}) },
  };
};

const pages = <A>(items: readonly A[], size: number): readonly (readonly A[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

/** `acknowledged` would mean: stored perhaps, and bad vectors dropped without a word (wire/08 §3). */
const completed = (answer: unknown): Effect.Effect<void, VectorStoreError> =>
  Effect.flatMap(readUpdate(answer), ({ status }) =>
    status === 'completed' ? Effect.void : Effect.fail(badReply('does not confirm the change')),
  );

const upsertPoints = Effect.fnUntraced(function* (ask: Ask, name: string, points: readonly VectorPoint[]) {
  for (const page of pages(points, POINTS_PER_REQUEST)) {
    const batch = page.map(toPoint);
    yield* completed(yield* ask((client) => client.upsert(name, { wait: true, points: batch })));
  }
});

/**
 * Refuses points of a wrong size before any is written; the server could not tell, where a vector of zeros is left out.
 * Sizes are remembered, and asked again before a refusal: another replica may have rebuilt the collection.
 */
const makeSizeCheck = (ask: Ask) => {
  const sizes = new Map<string, number>();
  const read = (name: string) =>
    collectionSize(ask, name).pipe(
      Effect.tap((size) =>
        Effect.sync(() => {
          if (sizes.size >= MAX_SIZES) sizes.clear();
          sizes.set(name, size);
        }),
      ),
    );
  return Effect.fnUntraced(function* (name: string, points: readonly VectorPoint[]) {
    const fits = (size: number | undefined) => points.every(({ vector }) => vector.length === size);
    if (points.length === 0 || fits(sizes.get(name))) return;
    const size = yield* read(name);
    if (!fits(size))
      return yield* final('dimension_mismatch', `${name} takes vectors of ${size} dimensions only`);
  });
};

const removePoints = Effect.fnUntraced(function* (ask: Ask, name: string, ids: readonly string[]) {
  for (const page of pages(ids, IDS_PER_REQUEST)) {
    const batch = page.map(pointId);
    yield* completed(yield* ask((client) => client.delete(name, { wait: true, points: batch })));
  }
});

const searchPoints = Effect.fnUntraced(function* (
  ask: Ask,
  name: string,
  query: VectorQuery,
  minCosine: number,
) {
  const limit = Math.min(Math.max(1, Math.trunc(query.limit)), MAX_HITS);
  const reach = Math.min(Math.max(limit * CANDIDATES_PER_HIT, MIN_CANDIDATES), MAX_HITS);
  const filter = toFilter(query.filter);
  const words = queryWords(query.text);
  const like = isZero(query.vector) ? null : [...query.vector];
  const byLikeness = { query: like, using: DENSE, limit: reach, filter };
  const byWords = { query: words, using: WORDS, limit: reach, filter };
  const searches: Schemas['QueryRequest'][] = [
    ...(like ? [{ ...byLikeness, score_threshold: minCosine, with_payload: true }] : []),
    ...(words ? [{ ...byWords, with_payload: true }] : []),
    // How alike is what the words found: without it a hit by words alone would count as unlike.
    ...(like && words
      ? [{ prefetch: [byWords], query: like, using: DENSE, limit: reach, with_payload: false }]
      : []),
  ];
  if (searches.length === 0) return [];
  const answers = yield* readBatch(yield* ask((client) => client.queryBatch(name, { searches })));
  if (answers.length !== searches.length) return yield* badReply('has another number of results');
  const candidates = merge(
    like ? (answers[0]?.points ?? []) : [],
    words ? (answers[like ? 1 : 0]?.points ?? []) : [],
    like && words ? (answers[2]?.points ?? []) : [],
  );
  return rankHybrid(candidates, limit, minCosine);
});

type Found = readonly ScoredPoint[];

/** One candidate for each point that either half found. Points that are not ours are passed over. */
const merge = (alike: Found, worded: Found, likenessOfWorded: Found) => {
  const cosines = new Map([...likenessOfWorded, ...alike].map(({ id, score }) => [id, score]));
  const words = new Map(worded.map(({ id, score }) => [id, score]));
  const payloads = new Map([...alike, ...worded].map(({ id, payload }) => [id, payload]));
  return [...payloads].flatMap(([id, payload]) => {
    const stored = fromStored(payload);
    return stored ? [{ ...stored, cosine: cosines.get(id) ?? 0, words: words.get(id) ?? 0 }] : [];
  });
};
