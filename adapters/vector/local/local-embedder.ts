/**
 * The embedder that needs no vendor: features hashed into 1024 signed dimensions. Deterministic, so equal texts have
 * equal vectors on every replica and after every restart. Change {@link LOCAL_MODEL} with anything that changes vectors.
 */
import { Effect, Layer } from 'effect';
import { DIMENSIONS, Embedder, type EmbedderShape } from '../embedder.ts';
import { analyse, type Features, letterGroups } from './analyse.ts';

/** Stored beside each vector; another name means every text is embedded again. */
export const LOCAL_MODEL = 'local-hash-1';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over UTF-16 units, with a final mix: the low bits choose the dimension, the top bit the sign. */
const hash = (text: string): number => {
  let value = FNV_OFFSET;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), FNV_PRIME);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
};

const addAll = (vector: Float32Array, features: Features): void => {
  for (const [feature, weight] of features) {
    const code = hash(feature);
    const at = code % DIMENSIONS;
    vector[at] = (vector[at] ?? 0) + (code >>> 31 ? -1 : 1) * Math.log1p(weight);
  }
};

/** One unit vector (all zeros for a text without words). */
export const embedLocally = (text: string): Float32Array => {
  const vector = new Float32Array(DIMENSIONS);
  addAll(vector, analyse(text));
  addAll(vector, letterGroups(text));
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? vector : vector.map((value) => value / length);
};

const localEmbedder: EmbedderShape = {
  model: LOCAL_MODEL,
  dimensions: DIMENSIONS,
  embed: (texts) => Effect.sync(() => texts.map(embedLocally)),
};

export const localEmbedderLayer: Layer.Layer<Embedder> = Layer.succeed(Embedder, localEmbedder);
