/** Which embedder and which vector store search stands on: Jina and Qdrant where they are configured, else this process. */
import { Effect, Layer, Metric, type Redacted } from 'effect';
import { jinaEmbedderLayer } from '../adapters/jina/jina.ts';
import { qdrantStoreLayer } from '../adapters/qdrant/qdrant.ts';
import { cachedQueriesLayer } from '../adapters/vector/cached-embedder.ts';
import { Embedder } from '../adapters/vector/embedder.ts';
import { LOCAL_MODEL, localEmbedderLayer } from '../adapters/vector/local/local-embedder.ts';
import { localStoreLayer } from '../adapters/vector/local/local-store.ts';
import type { VectorStore } from '../adapters/vector/vector-store.ts';
import type { Config } from './config.ts';
import type { VendorPlace } from './sandbox.ts';

/** Null: in this process. */
export interface SearchEndpoints {
  readonly jina: {
    readonly baseUrl: string;
    readonly apiKey: Redacted.Redacted;
    readonly model: string;
    readonly dimensions: number;
  } | null;
  readonly qdrant: { readonly url: string; readonly apiKey?: Redacted.Redacted } | null;
}

/** Without a key for Jina its place is taken by the embedder of this process, which needs no double. */
export const searchEndpointsOf = ({ jina, qdrant }: Pick<Config, 'jina' | 'qdrant'>): SearchEndpoints => ({
  jina:
    jina.mode === 'live'
      ? { baseUrl: jina.baseUrl, apiKey: jina.apiKey, model: jina.model, dimensions: jina.dimensions }
      : null,
  qdrant:
    qdrant.kind === 'url'
      ? { url: qdrant.url, ...(qdrant.apiKey === undefined ? {} : { apiKey: qdrant.apiKey }) }
      : null,
});

/** The rows of the start-up table. */
export const searchPlaces = ({ jina, qdrant }: SearchEndpoints): readonly VendorPlace[] => [
  jina === null
    ? { vendor: 'Search texts', mode: 'in-process', where: `local embedder (${LOCAL_MODEL})` }
    : { vendor: 'Search texts', mode: 'live', where: `Jina ${jina.model}, ${jina.baseUrl}` },
  qdrant === null
    ? { vendor: 'Search index', mode: 'in-process', where: 'in memory, filled from PostgreSQL' }
    : { vendor: 'Search index', mode: 'live', where: `Qdrant, ${new URL(qdrant.url).origin}` },
];

/** Tokens that Jina billed, by what they were for. */
const billedTokens = Metric.counter('treejar_embedding_tokens_total', {
  description: 'Tokens billed by the embedding vendor.',
  incremental: true,
});

const embedderOf = (jina: SearchEndpoints['jina']): Layer.Layer<Embedder> =>
  jina === null
    ? localEmbedderLayer
    : cachedQueriesLayer(
        jinaEmbedderLayer({
          ...jina,
          onUsage: ({ tokens, task }) => Metric.update(Metric.withAttributes(billedTokens, { task }), tokens),
        }),
      );

/** Vectors of two models are never compared, so each model has collections of its own (wire/07 §6). */
const storeOf = (qdrant: SearchEndpoints['qdrant']): Layer.Layer<VectorStore, never, Embedder> =>
  qdrant === null
    ? localStoreLayer
    : Layer.unwrap(Effect.map(Embedder, ({ model }) => qdrantStoreLayer({ ...qdrant, space: model })));

/** Both, built once for all who search. */
export const searchLayer = ({ jina, qdrant }: SearchEndpoints): Layer.Layer<Embedder | VectorStore> =>
  storeOf(qdrant).pipe(Layer.provideMerge(embedderOf(jina)));
