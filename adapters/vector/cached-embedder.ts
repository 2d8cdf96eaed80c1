/**
 * Remembers what questions mean for some seconds: in one turn the same words are asked of products and of the knowledge
 * base, side by side. A question on its way is shared; a failed one is not remembered.
 */
import { Cache, Effect, Exit, Layer } from 'effect';
import { Embedder, type EmbedderError, type EmbedderShape } from './embedder.ts';

/** Questions remembered (G10): 4 KB each. */
export const MAX_REMEMBERED = 500;
/** A turn lasts seconds; longer would only save the vendor's tokens for equal questions of different customers. */
export const REMEMBERED_MS = 30_000;

/** Passages pass through: each is embedded once, and its vector is kept elsewhere. */
export const cacheQueries = (embedder: EmbedderShape): Effect.Effect<EmbedderShape> =>
  Effect.gen(function* () {
    const vectors = yield* Cache.makeWith(
      (text: string) => embedder.embed([text], 'query').pipe(Effect.map(([vector]) => vector)),
      {
        capacity: MAX_REMEMBERED,
        timeToLive: (exit: Exit.Exit<Float32Array | undefined, EmbedderError>) =>
          Exit.isSuccess(exit) ? REMEMBERED_MS : 0,
      },
    );
    return {
      model: embedder.model,
      dimensions: embedder.dimensions,
      embed: (texts, task) => {
        const [text] = texts;
        if (task !== 'query' || texts.length !== 1 || text === undefined) return embedder.embed(texts, task);
        return Cache.get(vectors, text).pipe(Effect.map((vector) => (vector ? [vector] : [])));
      },
    };
  });

/** The same embedder, with a memory for questions; one for all who share the layer. */
export const cachedQueriesLayer = <E, R>(inner: Layer.Layer<Embedder, E, R>): Layer.Layer<Embedder, E, R> =>
  Layer.effect(Embedder, Effect.flatMap(Embedder, cacheQueries)).pipe(Layer.provide(inner));
