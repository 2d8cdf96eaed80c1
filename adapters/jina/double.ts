/**
 * Jina in a box: embeddings over real HTTP on loopback, made by the local embedder, with the vendor's checks and quirks
 * (wire/07): answers come out of order, a forgotten task or late chunking spoils vectors without an error.
 */
import { Result, Schema } from 'effect';
import {
  type DoubleRequest,
  type DoubleResponse,
  type DoubleServer,
  startDoubleServer,
} from '../double/double-server.ts';
import { embedLocally } from '../vector/local/local-embedder.ts';

export interface JinaDoubleOptions {
  /** 0 or unset takes a free port. */
  readonly port?: number;
  /** Unset: any bearer is taken. */
  readonly apiKey?: string;
  /** More texts in one call than this time out with 504, as a busy vendor does. */
  readonly busyAbove?: number;
}

export const JINA_FAULTS = [
  'rate-limit',
  'no-balance',
  'payment-required',
  'server-error',
  'not-json',
  'fewer-vectors',
  'wrong-size',
  'same-index',
  'not-numbers',
  'zero-vector',
  'not-normalised',
] as const;
export type JinaFault = (typeof JINA_FAULTS)[number];

export interface JinaDouble {
  /** The API's base, with the version: goes into `JINA_BASE_URL`. */
  readonly url: string;
  readonly server: DoubleServer;
  /** The next `times` calls go wrong like this (default 1). */
  readonly fail: (fault: JinaFault, times?: number) => void;
  readonly close: () => Promise<void>;
}

/** Faults waiting to be played (G10). */
const MAX_PLANNED = 1000;

/** Starts the double. */
export const startJinaDouble = async (options: JinaDoubleOptions = {}): Promise<JinaDouble> => {
  const faults: JinaFault[] = [];
  const server = await startDoubleServer({
    ...(options.port ? { port: options.port } : {}),
    routes: {
      'POST /v1/embeddings': (request) => {
        const refused = refuse(request, options.apiKey);
        if (refused) return refused;
        const fault = faults.shift();
        return (fault && REFUSALS[fault]) ?? embed(request, options.busyAbove, fault);
      },
      'GET /health': () => ({ status: 200, body: { status: 'ok' } }),
    },
    notFound: () => ({ status: 404, body: { detail: 'Not Found' } }),
  });
  return {
    url: `${server.url}/v1`,
    server,
    fail: (fault, times = 1) => {
      for (let n = 0; n < times && faults.length < MAX_PLANNED; n++) faults.push(fault);
    },
    close: server.close,
  };
};

const failure = (
  status: number,
  code: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): DoubleResponse => ({ status, headers, body: { detail, code, request_id: '0000000000000000' } });

const refuse = (request: DoubleRequest, apiKey: string | undefined): DoubleResponse | null => {
  const header = request.headers.authorization;
  if (header === undefined) return failure(401, 'AUTH_MISSING_API_KEY', 'API key is missing.');
  const key = /^Bearer (.+)$/.exec(header)?.[1];
  if (key === undefined) return failure(401, 'AUTH_INVALID_FORMAT', 'Use Bearer.');
  const isValid = apiKey === undefined || key === apiKey;
  return isValid ? null : failure(401, 'AUTH_INVALID_API_KEY', 'Invalid API key.');
};

const REFUSALS: Readonly<Partial<Record<JinaFault, DoubleResponse>>> = {
  'rate-limit': failure(429, 'RATE_TOKEN_LIMIT_EXCEEDED', 'Too many tokens.', { 'retry-after': '3' }),
  'no-balance': failure(403, 'AUTHZ_INSUFFICIENT_BALANCE', 'Balance is empty.'),
  'payment-required': { status: 402, body: { detail: 'Payment Required' } },
  'server-error': failure(500, 'INTERNAL_ERROR', 'Failed.'),
  'not-json': { status: 200, body: '<html>gateway</html>' },
};

const TASKS = [
  'retrieval.query',
  'retrieval.passage',
  'text-matching',
  'classification',
  'separation',
] as const;
const MODEL = 'jina-embeddings-v3';
const MAX_INPUTS = 2048;
const MAX_DIMENSIONS = 1024;
const MAX_TOKENS = 8192;

const Text = Schema.Union([Schema.String, Schema.Struct({ text: Schema.String })]);
const Request = Schema.Struct({
  model: Schema.String,
  input: Schema.Union([Text, Schema.Array(Text)]),
  task: Schema.optionalKey(Schema.NullOr(Schema.Literals(TASKS))),
  dimensions: Schema.optionalKey(Schema.NullOr(Schema.Int)),
  normalized: Schema.optionalKey(Schema.Boolean),
  embedding_type: Schema.optionalKey(Schema.NullOr(Schema.Literals(['float']))),
  late_chunking: Schema.optionalKey(Schema.NullOr(Schema.Boolean)),
  truncate: Schema.optionalKey(Schema.NullOr(Schema.Boolean)),
});
type Request = typeof Request.Type;

const readJson = (request: DoubleRequest): unknown => {
  try {
    return request.json();
  } catch {
    return undefined;
  }
};

const embed = (
  request: DoubleRequest,
  busyAbove: number | undefined,
  fault: JinaFault | undefined,
): DoubleResponse => {
  const decoded = Schema.decodeUnknownResult(Request)(readJson(request));
  if (Result.isFailure(decoded))
    return failure(422, 'VALIDATION_ERROR', 'The request is not an embeddings request.');
  const asked = decoded.success;
  const inputs = Array.isArray(asked.input) ? asked.input : [asked.input];
  const texts = inputs.map((input: typeof Text.Type) => (typeof input === 'string' ? input : input.text));
  const dimensions = asked.dimensions ?? MAX_DIMENSIONS;
  const refused = refuseInput(asked, texts, dimensions);
  if (refused) return refused;
  if (busyAbove !== undefined && texts.length > busyAbove)
    return failure(504, 'SERVICE_TIMEOUT', 'Try smaller inputs.');
  const data = vectorsOf(asked, texts, dimensions).map((vector, index) => ({
    object: 'embedding',
    index,
    embedding: [...vector],
  }));
  const tokens = texts.reduce((sum, text) => sum + tokensOf(text), 0);
  return {
    status: 200,
    body: {
      model: asked.model,
      object: 'list',
      usage: { total_tokens: tokens, prompt_tokens: tokens },
      // Order is not promised (wire/07 §2), so the double never keeps it.
      data: (fault ? spoil(data, fault) : data).toReversed(),
    },
  };
};

/** Four characters to a token, roughly. */
const tokensOf = (text: string): number => Math.ceil(text.length / 4);

const refuseInput = (asked: Request, texts: readonly string[], dimensions: number): DoubleResponse | null => {
  if (asked.model !== MODEL) return failure(400, 'INPUT_MODEL_NOT_FOUND', 'No such model.');
  if (texts.length === 0 || texts.length > MAX_INPUTS)
    return failure(400, 'VALIDATION_ERROR', 'input length is larger than the largest allowed size 2048');
  if (dimensions < 1 || dimensions > MAX_DIMENSIONS)
    return failure(422, 'VALIDATION_ERROR', 'dimensions out of range');
  if (texts.some((text) => text.trim() === '')) return failure(422, 'VALIDATION_ERROR', 'input is empty');
  const lengths = texts.map(tokensOf);
  const longest = asked.late_chunking ? lengths.reduce((a, b) => a + b, 0) : Math.max(...lengths);
  return longest > MAX_TOKENS && asked.truncate !== true
    ? failure(400, 'VALIDATION_ERROR', 'input is longer than 8192 tokens')
    : null;
};

/** Late chunking makes each vector one of the whole request; no task takes another adapter, as if all were shuffled. */
const vectorsOf = (asked: Request, texts: readonly string[], dimensions: number): readonly Float32Array[] => {
  const sources = asked.late_chunking ? texts.map(() => texts.join('\n')) : texts;
  return sources.map((text) => {
    const local = embedLocally(text);
    const whole = local.every((value) => value === 0) ? local.with(0, 1) : local;
    const adapted = asked.task ? whole : whole.toReversed();
    return adapted.slice(0, dimensions);
  });
};

interface WireVector {
  readonly object: string;
  readonly index: number;
  readonly embedding: readonly unknown[];
}

const spoil = (data: readonly WireVector[], fault: JinaFault): readonly WireVector[] => {
  const change = (to: (vector: WireVector) => Partial<WireVector>) =>
    data.map((vector) => ({ ...vector, ...to(vector) }));
  switch (fault) {
    case 'fewer-vectors':
      return data.slice(1);
    case 'same-index':
      return change(() => ({ index: 0 }));
    case 'wrong-size':
      return change(({ embedding }) => ({ embedding: embedding.slice(1) }));
    case 'not-numbers':
      return change(({ embedding }) => ({ embedding: embedding.map(() => null) }));
    case 'zero-vector':
      return change(({ embedding }) => ({ embedding: embedding.map(() => 0) }));
    case 'not-normalised':
      return change(({ embedding }) => ({ embedding: embedding.map((value) => Number(value) * 7) }));
    default:
      return data;
  }
};
