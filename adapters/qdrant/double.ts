/**
 * Qdrant in a box: collections, aliases, payload indexes and hybrid search over real HTTP on loopback, with the errors
 * of wire/08. Every request and every answer of its own is checked against the types that the client package ships.
 */
import type { Schemas } from '@qdrant/js-client-rest';
import {
  type DoubleHandler,
  type DoubleRequest,
  type DoubleResponse,
  type DoubleServer,
  startDoubleServer,
} from '../double/double-server.ts';
import { DoubleCollection, WrongInput } from './double-collection.ts';
import { FilterRefused } from './double-filter.ts';
import { checkValue, type WireIssue, wireOperation } from './wire-check.ts';

export interface QdrantDoubleOptions {
  /** 0 or unset takes a free port. */
  readonly port?: number;
  /** Unset: open, as a fresh server is. */
  readonly apiKey?: string;
  /** A path before all routes, as behind a proxy. */
  readonly prefix?: string;
}

export interface QdrantDouble {
  /** Goes into `QDRANT_URL`. */
  readonly url: string;
  readonly server: DoubleServer;
  /** Physical collections, not aliases. */
  readonly collections: ReadonlyMap<string, DoubleCollection>;
  readonly aliases: ReadonlyMap<string, string>;
  /** Forgets everything, as a server that lost its disk. */
  readonly wipe: () => void;
  readonly close: () => Promise<void>;
}

/** Collections at most (G10). */
const MAX_COLLECTIONS = 100;

/** Answered with its status and text in Qdrant's envelope. */
class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Starts the double. */
export const startQdrantDouble = async (options: QdrantDoubleOptions = {}): Promise<QdrantDouble> => {
  const collections = new Map<string, DoubleCollection>();
  const aliases = new Map<string, string>();
  const handlers = makeHandlers(collections, aliases);
  const server = await startDoubleServer({
    ...(options.port ? { port: options.port } : {}),
    ...(options.prefix ? { prefix: options.prefix } : {}),
    routes: Object.fromEntries(
      Object.entries(handlers).map(([route, handle]) => [
        route.replace(/\{(\w+)\}/g, ':$1'),
        checked(route, handle, options.apiKey),
      ]),
    ),
    notFound: () => ({ status: 404, body: '' }),
  });
  return {
    url: server.url,
    server,
    collections,
    aliases,
    wipe: () => {
      collections.clear();
      aliases.clear();
    },
    close: server.close,
  };
};

/** What a route answers as its `result`; the path's names and the parsed body are given. */
type Handle = (name: string, body: unknown, request: DoubleRequest) => unknown;

const envelope = (result: unknown): Readonly<Record<string, unknown>> => ({
  result,
  status: 'ok',
  time: 0.001,
});

const failure = (status: number, message: string): DoubleResponse => ({
  status,
  body: { status: { error: message }, time: 0.001 },
});

const describe = ({ path, message }: WireIssue): string => `${path.join('.') || 'body'} ${message}`;

/** Key, query and body are checked before the handler runs, and its answer after. */
const checked = (route: string, handle: Handle, apiKey: string | undefined): DoubleHandler => {
  const [method = '', path = ''] = route.split(' ', 2);
  const operation = wireOperation(method, path);
  return (request) => {
    if (apiKey !== undefined && request.headers['api-key'] !== apiKey)
      return { status: 401, body: 'Must provide an API key or an Authorization bearer token' };
    const query = checkValue(operation.query, queryOf(request));
    if (query) return failure(400, `Format error in query: ${describe(query)}`);
    const body = request.body.length === 0 ? undefined : parse(request);
    const wrong = operation.body === null ? null : checkValue(operation.body, body);
    if (wrong) return failure(400, `Format error in JSON body: ${describe(wrong)}`);
    const answer = attempt(() => envelope(handle(request.params.collection_name ?? '', body, request)));
    if (!('body' in answer)) {
      const own = checkValue(operation.answer, answer);
      if (own) throw new Error(`its answer to ${route} is none of Qdrant's: ${describe(own)}`);
      return { status: 200, body: answer };
    }
    return answer as DoubleResponse;
  };
};

const attempt = (
  work: () => Readonly<Record<string, unknown>>,
): DoubleResponse | Readonly<Record<string, unknown>> => {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refused) return failure(error.status, error.message);
    if (error instanceof FilterRefused) return failure(400, error.message);
    if (error instanceof WrongInput) return failure(400, `Wrong input: ${error.message}`);
    throw error;
  }
};

const parse = (request: DoubleRequest): unknown => {
  try {
    return request.json();
  } catch {
    return undefined;
  }
};

/** Numbers and booleans of a query are text on the wire. */
const queryOf = (request: DoubleRequest): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [...request.query].map(([key, value]) => [
      key,
      value === 'true' || value === 'false' ? value === 'true' : /^\d+$/.test(value) ? Number(value) : value,
    ]),
  );

const makeHandlers = (
  collections: Map<string, DoubleCollection>,
  aliases: Map<string, string>,
): Readonly<Record<string, Handle>> => {
  const use = (name: string): DoubleCollection => {
    const collection = collections.get(aliases.get(name) ?? name);
    if (!collection) throw new Refused(404, `Not found: Collection \`${name}\` doesn't exist!`);
    return collection;
  };
  const create = (name: string, body: unknown): boolean => {
    if (collections.has(name) || aliases.has(name))
      throw new Refused(409, `Wrong input: Collection \`${name}\` already exists!`);
    if (collections.size >= MAX_COLLECTIONS) throw new Refused(400, 'Bad request: too many collections');
    collections.set(name, new DoubleCollection(body as Schemas['CreateCollection']));
    return true;
  };
  return {
    'GET /collections': () => ({ collections: [...collections.keys()].map((name) => ({ name })) }),
    'GET /aliases': () => ({
      aliases: [...aliases].map(([alias_name, collection_name]) => ({ alias_name, collection_name })),
    }),
    'POST /collections/aliases': (_, body) => changeAliases(collections, aliases, body),
    'GET /collections/{collection_name}': (name) => infoOf(use(name)),
    'PUT /collections/{collection_name}': create,
    'DELETE /collections/{collection_name}': (name) => {
      for (const [alias, target] of aliases) if (target === name) aliases.delete(alias);
      return collections.delete(name);
    },
    'PUT /collections/{collection_name}/index': (name, body) => {
      const { field_name, field_schema } = body as Schemas['CreateFieldIndex'];
      const kind = typeof field_schema === 'string' ? field_schema : (field_schema as { type: string }).type;
      use(name).indexes.set(field_name, kind);
      return done();
    },
    'PUT /collections/{collection_name}/points': (name, body, request) => {
      const { points } = body as Schemas['PointsList'];
      return write(request, () => use(name).upsert(points));
    },
    'POST /collections/{collection_name}/points/delete': (name, body, request) => {
      const { points } = body as Schemas['PointIdsList'];
      return write(request, () => use(name).delete(points));
    },
    'POST /collections/{collection_name}/points/count': (name, body) => ({
      count: use(name).count(
        (body as Schemas['CountRequest']).filter as Schemas['Filter'] | null | undefined,
      ),
    }),
    'POST /collections/{collection_name}/points/query/batch': (name, body) =>
      (body as Schemas['QueryRequestBatch']).searches.map((query) => ({ points: use(name).query(query) })),
  };
};

const done = (status = 'completed') => ({ operation_id: 1, status });

/** Without `wait=true` faults of vectors are told to nobody (wire/08 §3). */
const write = (request: DoubleRequest, change: () => void) => {
  if (request.query.get('wait') === 'true') {
    change();
    return done();
  }
  try {
    change();
  } catch (error) {
    if (!(error instanceof WrongInput)) throw error;
  }
  return done('acknowledged');
};

/** All of them, or none. */
const changeAliases = (
  collections: ReadonlyMap<string, DoubleCollection>,
  aliases: Map<string, string>,
  body: unknown,
): boolean => {
  const next = new Map(aliases);
  for (const action of (body as Schemas['ChangeAliasesOperation']).actions) {
    if ('delete_alias' in action) next.delete(action.delete_alias.alias_name);
    if ('create_alias' in action) {
      const { alias_name, collection_name } = action.create_alias;
      if (!collections.has(collection_name))
        throw new Refused(404, `Not found: Collection \`${collection_name}\` doesn't exist!`);
      if (collections.has(alias_name))
        throw new Refused(409, `Wrong input: Collection \`${alias_name}\` already exists!`);
      next.set(alias_name, collection_name);
    }
  }
  aliases.clear();
  for (const [alias, target] of next) aliases.set(alias, target);
  return true;
};

const infoOf = ({ config, indexes, size }: DoubleCollection) => ({
  status: 'green',
  optimizer_status: 'ok',
  points_count: size,
  indexed_vectors_count: 0,
  segments_count: 1,
  config: {
    params: {
      vectors: config.vectors,
      sparse_vectors: config.sparse_vectors,
      on_disk_payload: config.on_disk_payload,
    },
    hnsw_config: { m: 16, ef_construct: 100, full_scan_threshold: 10_000 },
    optimizer_config: {
      deleted_threshold: 0.2,
      vacuum_min_vector_number: 1000,
      default_segment_number: 0,
      flush_interval_sec: 5,
    },
  },
  payload_schema: Object.fromEntries(
    [...indexes].map(([field, kind]) => [field, { data_type: kind, points: size }]),
  ),
});
