/** One collection of the double: it keeps named dense and sparse vectors and really searches them, by brute force. */
import type { Schemas } from '@qdrant/js-client-rest';
import { demandIndexes, type Payload, passes } from './double-filter.ts';

/** What Qdrant answers with 400 `Wrong input`. */
export class WrongInput extends Error {}

interface Point {
  readonly id: string;
  readonly payload: Payload;
  readonly dense: ReadonlyMap<string, Float32Array>;
  readonly sparse: ReadonlyMap<string, ReadonlyMap<number, number>>;
}

type Query = Schemas['QueryRequest'];
type Prefetch = Schemas['Prefetch'];
type Sparse = Schemas['SparseVector'];

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DEFAULT_LIMIT = 10;

export class DoubleCollection {
  readonly config: Schemas['CreateCollection'];
  /** Field to the kind of its index. */
  readonly indexes = new Map<string, string>();
  readonly #points = new Map<string, Point>();

  constructor(config: Schemas['CreateCollection']) {
    this.config = config;
  }

  get size(): number {
    return this.#points.size;
  }

  /** All or nothing, as with `wait=true`. */
  upsert(points: readonly Schemas['PointStruct'][]): void {
    const strict = this.#strict();
    if (strict && points.length > (strict.upsert_max_batchsize ?? Number.POSITIVE_INFINITY))
      throw new WrongInput(`Upsert limit exceeded ${points.length} > ${strict.upsert_max_batchsize}`);
    const parsed = points.map((point) => this.#parse(point));
    const added = parsed.filter(({ id }) => !this.#points.has(id)).length;
    if (strict && this.size + added > (strict.max_points_count ?? Number.POSITIVE_INFINITY))
      throw new WrongInput(`Max points count limit of ${strict.max_points_count} reached`);
    for (const point of parsed) this.#points.set(point.id, point);
  }

  delete(ids: readonly unknown[]): void {
    for (const id of ids) this.#points.delete(idOf(id));
  }

  count(filter: Schemas['Filter'] | null | undefined): number {
    this.#demand(filter);
    return [...this.#points.values()].filter((point) => passes(point, filter)).length;
  }

  query(query: Query): readonly { id: string; version: number; score: number; payload?: Payload }[] {
    const found = this.#nearest(query);
    return found.map(({ point, score }) => ({
      id: point.id,
      version: 0,
      score,
      ...(query.with_payload === true ? { payload: point.payload } : {}),
    }));
  }

  #nearest(query: Query | Prefetch): readonly { point: Point; score: number }[] {
    this.#demand(query.filter as Schemas['Filter'] | null | undefined);
    const sources = query.prefetch ? [query.prefetch].flat() : [];
    const from =
      sources.length === 0
        ? [...this.#points.values()]
        : sources.flatMap((source) => this.#nearest(source as Prefetch).map(({ point }) => point));
    const scoreOf = this.#scorer(query);
    const threshold = query.score_threshold ?? Number.NEGATIVE_INFINITY;
    return [...new Set(from)]
      .filter((point) => passes(point, query.filter as Schemas['Filter'] | null | undefined))
      .flatMap((point) => {
        const score = scoreOf(point);
        return score === null || score < threshold ? [] : [{ point, score }];
      })
      .sort((a, b) => b.score - a.score || (a.point.id < b.point.id ? -1 : 1))
      .slice(0, query.limit ?? DEFAULT_LIMIT);
  }

  /** `null` for points that have no such vector, or share nothing with it. */
  #scorer({ query, using }: Query | Prefetch): (point: Point) => number | null {
    const name = using ?? '';
    if (Array.isArray(query) && query.every((value) => typeof value === 'number')) {
      const wanted = this.#denseVector(name, query);
      return ({ dense }) => {
        const stored = dense.get(name);
        return stored ? stored.reduce((sum, value, i) => sum + value * (wanted[i] ?? 0), 0) : null;
      };
    }
    if (query && typeof query === 'object' && 'indices' in query) {
      const wanted = this.#sparseVector(name, query as Sparse);
      const weights = new Map([...wanted].map(([at, value]) => [at, value * this.#idf(name, at)]));
      return ({ sparse }) => {
        const stored = sparse.get(name);
        const common = [...weights].filter(([at]) => stored?.has(at));
        return common.length === 0
          ? null
          : common.reduce((sum, [at, weight]) => sum + weight * (stored?.get(at) ?? 0), 0);
      };
    }
    throw new WrongInput('the double does not know this kind of query');
  }

  #idf(name: string, dimension: number): number {
    if (this.config.sparse_vectors?.[name]?.modifier !== 'idf') return 1;
    let having = 0;
    for (const { sparse } of this.#points.values()) if (sparse.get(name)?.has(dimension)) having++;
    return Math.log(1 + (this.size - having + 0.5) / (having + 0.5));
  }

  #parse({ id, vector, payload }: Schemas['PointStruct']): Point {
    if (Array.isArray(vector) || typeof vector !== 'object')
      throw new WrongInput('Not existing vector name error: ');
    const dense = new Map<string, Float32Array>();
    const sparse = new Map<string, ReadonlyMap<number, number>>();
    for (const [name, value] of Object.entries(vector)) {
      if (Array.isArray(value)) dense.set(name, this.#denseVector(name, value as number[]));
      else sparse.set(name, this.#sparseVector(name, value as Sparse));
    }
    return { id: idOf(id), payload: (payload ?? {}) as Payload, dense, sparse };
  }

  #denseVector(name: string, values: readonly number[]): Float32Array {
    const vectors = this.config.vectors as Readonly<Record<string, Schemas['VectorParams'] | undefined>>;
    const params = vectors[name];
    if (!params) throw new WrongInput(`Not existing vector name error: ${name}`);
    if (values.length !== params.size)
      throw new WrongInput(`Vector dimension error: expected dim: ${params.size}, got ${values.length}`);
    const vector = Float32Array.from(values);
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    return length === 0 || params.distance !== 'Cosine' ? vector : vector.map((value) => value / length);
  }

  #sparseVector(name: string, { indices, values }: Sparse): ReadonlyMap<number, number> {
    if (!this.config.sparse_vectors?.[name]) throw new WrongInput(`Not existing vector name error: ${name}`);
    const isIndex = (at: number) => Number.isInteger(at) && at >= 0 && at <= 0xffffffff;
    if (
      indices.length !== values.length ||
      new Set(indices).size !== indices.length ||
      !indices.every(isIndex)
    )
      throw new WrongInput('Sparse vector indices must be unique unsigned integers, as many as values');
    return new Map(indices.map((at, i) => [at, values[i] ?? 0]));
  }

  #strict(): Schemas['StrictModeConfig'] | null {
    const strict = this.config.strict_mode_config as Schemas['StrictModeConfig'] | null | undefined;
    return strict?.enabled ? strict : null;
  }

  #demand(filter: Schemas['Filter'] | null | undefined): void {
    if (this.#strict()?.unindexed_filtering_retrieve === false) demandIndexes(filter, this.indexes);
  }
}

const idOf = (id: unknown): string => {
  if (typeof id === 'string' && UUID.test(id)) return id;
  throw new WrongInput(
    `value ${JSON.stringify(id)} is not a valid point ID, valid values are either an unsigned integer or a UUID`,
  );
};
