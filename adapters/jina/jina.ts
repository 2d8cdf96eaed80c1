/**
 * The embedder at Jina (wire/07). Texts are indexed by one adapter of the model and asked by another; embeddings are
 * pure, so a repeat costs tokens and nothing else. Retries belong to the caller; only a batch that was too large for
 * the vendor's moment is cut in half here.
 */
import { Clock, Effect, Layer, Redacted } from 'effect';
import { makeVendorClient, type VendorClient } from '../http/vendor-client.ts';
import {
  DIMENSIONS,
  Embedder,
  type EmbedderError,
  type EmbedderShape,
  type EmbedTask,
  MAX_TEXTS_PER_CALL,
} from '../vector/embedder.ts';
import { failureOf, isTooMuch, transportFailure } from './failure.ts';
import { type Embeddings, readEmbeddings } from './reply.ts';

export interface JinaUsage {
  readonly texts: number;
  /** As billed. */
  readonly tokens: number;
  readonly task: EmbedTask;
}

export interface JinaOptions {
  /** With the version, `https://api.jina.ai/v1`. */
  readonly baseUrl: string;
  readonly apiKey: Redacted.Redacted;
  readonly model: string;
  /** 1024 unless told otherwise; a store holds one size only. */
  readonly dimensions?: number;
  /** Told of each answered call, for metrics and budgets. */
  readonly onUsage?: (usage: JinaUsage) => Effect.Effect<void>;
  /** Of one call for a question, ms; a customer waits for it. */
  readonly queryTimeoutMs?: number;
  /** Of one call for passages, ms. */
  readonly passageTimeoutMs?: number;
  readonly maxConcurrent?: number;
}

/** Wire/07 §5: 30 s for a query, 60 s for a batch; a turn has 10 s in all (domain 25.1), so a query gets less. */
const QUERY_TIMEOUT_MS = 8000;
const PASSAGE_TIMEOUT_MS = 60_000;
/** The lowest published tier allows two calls side by side (wire/07 §5). */
const DEFAULT_CONCURRENT = 2;
/** Of all texts in one call: some 25,000 tokens, a quarter of what the lowest tier allows in a minute (wire/07 §5). */
export const MAX_CHARS_PER_CALL = 100_000;
/** One text is cut to this: past its 8,192 tokens the model reads nothing (wire/07 §2). */
export const MAX_CHARS_PER_TEXT = 40_000;

/** The layer of {@link Embedder} at Jina. */
export const jinaEmbedderLayer = (options: JinaOptions): Layer.Layer<Embedder> =>
  Layer.sync(Embedder, () => makeJinaEmbedder(options));

export const makeJinaEmbedder = (options: JinaOptions): EmbedderShape => {
  const dimensions = options.dimensions ?? DIMENSIONS;
  const client = makeVendorClient({
    vendor: 'Jina',
    baseUrl: options.baseUrl,
    timeoutMs: options.passageTimeoutMs ?? PASSAGE_TIMEOUT_MS,
    maxConcurrent: options.maxConcurrent ?? DEFAULT_CONCURRENT,
  });
  const call = makeCall(client, options, dimensions);

  const embed: EmbedderShape['embed'] = Effect.fn('Jina.embed')(function* (texts, task) {
    const vectors: Float32Array[] = texts.map(() => new Float32Array(dimensions));
    // A blank text means nothing: it gets the vector that is like no other, as with the local embedder.
    const asked = texts.flatMap((text, at) => {
      const cut = text.trim().slice(0, MAX_CHARS_PER_TEXT).toWellFormed();
      return cut === '' ? [] : [{ at, text: cut }];
    });
    for (const batch of batchesOf(asked)) {
      const found = yield* call(
        batch.map(({ text }) => text),
        task,
      );
      batch.forEach(({ at }, i) => {
        vectors[at] = found[i] ?? new Float32Array(dimensions);
      });
    }
    return vectors;
  });

  // Model and size are one name: vectors of different ones are never compared (wire/07 §6).
  return { model: `${options.model}/${dimensions}`, dimensions, embed };
};

interface AskedText {
  readonly at: number;
  readonly text: string;
}

/** At most {@link MAX_TEXTS_PER_CALL} texts and {@link MAX_CHARS_PER_CALL} characters each, in order. */
const batchesOf = (texts: readonly AskedText[]): readonly (readonly AskedText[])[] => {
  const batches: AskedText[][] = [];
  let chars = 0;
  for (const asked of texts) {
    const last = batches.at(-1);
    chars += asked.text.length;
    if (last && last.length < MAX_TEXTS_PER_CALL && chars <= MAX_CHARS_PER_CALL) last.push(asked);
    else {
      batches.push([asked]);
      chars = asked.text.length;
    }
  }
  return batches;
};

type Call = (
  texts: readonly string[],
  task: EmbedTask,
) => Effect.Effect<readonly Float32Array[], EmbedderError>;

const makeCall = (client: VendorClient, options: JinaOptions, dimensions: number): Call => {
  const once = Effect.fnUntraced(function* (texts: readonly string[], task: EmbedTask) {
    const response = yield* client
      .request({
        method: 'POST',
        path: '/embeddings',
        headers: { authorization: `Bearer ${Redacted.value(options.apiKey)}` },
        json: bodyOf(options.model, dimensions, texts, task),
        ...(task === 'query' ? { timeoutMs: options.queryTimeoutMs ?? QUERY_TIMEOUT_MS } : {}),
      })
      .pipe(Effect.mapError(transportFailure));
    if (response.status !== 200) {
      return yield* failureOf(response, yield* Clock.currentTimeMillis);
    }
    const found: Embeddings = yield* Effect.fromResult(
      readEmbeddings(response.json(), texts.length, dimensions),
    );
    yield* options.onUsage?.({ texts: texts.length, tokens: found.tokens, task }) ?? Effect.void;
    return found.vectors;
  });

  const call: Call = (texts, task) =>
    once(texts, task).pipe(
      Effect.catch((error) => {
        if (!isTooMuch(error) || texts.length < 2 || task === 'query') return Effect.fail(error);
        const half = Math.ceil(texts.length / 2);
        return Effect.zipWith(call(texts.slice(0, half), task), call(texts.slice(half), task), (a, b) => [
          ...a,
          ...b,
        ]);
      }),
    );
  return call;
};

const bodyOf = (model: string, dimensions: number, texts: readonly string[], task: EmbedTask) => ({
  model,
  // Without a task the model answers, and everything found shifts silently (wire/07 §2).
  task: task === 'query' ? 'retrieval.query' : 'retrieval.passage',
  dimensions,
  normalized: true,
  embedding_type: 'float',
  // True would join all texts of the call into one document (wire/00 fact 10).
  late_chunking: false,
  // False would make one long text an error for all.
  truncate: true,
  input: texts,
});
