/**
 * Chat completions through OpenRouter with the `openai` client (its own retries off, ours on: design 3). One call is
 * one billed generation: there is no idempotency key, so who retries pays twice at worst (wire/05 §1).
 */
import { Context, Effect, Layer, Redacted, Result, Semaphore } from 'effect';
import OpenAI from 'openai';
import { fetchWithBoundedErrors } from '../http/bounded-errors.ts';
import { type BreakerOptions, breakerFor } from '../http/vendor-breaker.ts';
import { makePace } from '../http/vendor-pace.ts';
import type { LimiterShape } from '../redis/limiter.ts';
import { makeMemoryLimiter } from '../redis/memory-limiter.ts';
import type { ChatReply, ChatRequest, StructuredReply, StructuredRequest } from './chat.ts';
import { type ChatModelError, ChatModelRateLimited } from './errors.ts';
import { exchange, notJson, readBounded } from './exchange.ts';
import { readReply } from './reply.ts';
import { bodyOf } from './request-body.ts';
import { readStream, type StreamPace } from './stream.ts';
import { type JsonFormat, jsonFormatOf, readStructured } from './structured.ts';

export type * from './chat.ts';
export * from './errors.ts';
export { decimalOf } from './reply.ts';
export { outputCap } from './request-body.ts';

export interface ChatModelOptions {
  /** With the version, `https://openrouter.ai/api/v1`. */
  readonly baseUrl: string;
  readonly apiKey: Redacted.Redacted;
  readonly model: string;
  /** Tried in order by OpenRouter when the model fails (wire/05 §2). */
  readonly fallbackModels?: readonly string[];
  /** Of one call, the body included. */
  readonly timeoutMs?: number;
  readonly maxConcurrent?: number;
  /** The shop's own URL, for attribution at OpenRouter. */
  readonly appUrl?: string;
  /** Only providers that do not keep what they are sent; may leave none (wire/05 §2). */
  readonly denyDataCollection?: boolean;
  /** Of streams; tests use shorter ones. */
  readonly pace?: Partial<StreamPace>;
  /** When the circuit opens; tests use their own. */
  readonly breaker?: BreakerOptions;
  /** Calls of all who share the limiter, in 10 s; the vendor names no limit for paid models (wire/05 §5). */
  readonly requestsPer10s?: number;
  /** Shared by the replicas; default: this client's own. */
  readonly limiter?: LimiterShape;
}

export class ChatModel extends Context.Service<
  ChatModel,
  {
    readonly complete: {
      /** The answer's JSON is checked against the schema; a misfit is a `ChatModelBadReply` with its path. */
      <A>(request: StructuredRequest<A>): Effect.Effect<StructuredReply<A>, ChatModelError>;
      (request: ChatRequest): Effect.Effect<ChatReply, ChatModelError>;
    };
    /**
     * As `complete`; meanwhile each piece of text goes to `onText` as it comes, before anything was checked.
     * `onText` must not throw. Interruption closes the connection, which ends the bill at some providers only.
     */
    readonly stream: (
      request: ChatRequest,
      onText: (text: string) => void,
    ) => Effect.Effect<ChatReply, ChatModelError>;
    /** Asks for the key's state: costs nothing, tells that key and credits are in order (wire/05 §6). */
    readonly check: () => Effect.Effect<void, ChatModelError>;
  }
>()('treejar/adapters/openrouter/ChatModel') {
  static readonly layer = (options: ChatModelOptions) =>
    Layer.sync(ChatModel, () => ChatModel.of(makeChatModel(options)));
}

/** Domain 25.1 wants an answer in 10 s; a provider's slow minute is still worth more than a lost turn (F-47: 20–30 s). */
const DEFAULT_TIMEOUT_MS = 30_000;
/** A stream that has not begun by then is late; one that stopped for so long has died (wire/05 §5). */
const DEFAULT_PACE: StreamPace = { firstMs: 15_000, idleMs: 8000 };
const CHECK_TIMEOUT_MS = 5000;
/** Above what the runtime asks for at once: here it is the last bound, not the usual one (G10). */
const DEFAULT_CONCURRENT = 320;
/** A fuse against a loop that burns money, far above what a shop needs (lesson F-48). */
const DEFAULT_REQUESTS_PER_10_S = 1000;
const PACE_WINDOW_MS = 10_000;
const MAX_PACE_WAIT_MS = 5000;

const clientOf = (options: ChatModelOptions): OpenAI =>
  new OpenAI({
    baseURL: options.baseUrl.replace(/(?<!\/)\/+$/, ''),
    apiKey: Redacted.value(options.apiKey),
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: 'off',
    fetch: fetchWithBoundedErrors,
    fetchOptions: { redirect: 'error' },
    defaultHeaders: options.appUrl ? { 'HTTP-Referer': options.appUrl } : {},
  });

const makeChatModel = (options: ChatModelOptions): ChatModel['Service'] => {
  const client = clientOf(options);
  const breaker = breakerFor('openrouter', options.breaker);
  const gate = Semaphore.makeUnsafe(options.maxConcurrent ?? DEFAULT_CONCURRENT);
  const pace = { ...DEFAULT_PACE, ...options.pace };
  const fuse = makePace(options.limiter ?? makeMemoryLimiter(), {
    key: 'openrouter',
    requests: options.requestsPer10s ?? DEFAULT_REQUESTS_PER_10_S,
    windowMs: PACE_WINDOW_MS,
    maxWaitMs: MAX_PACE_WAIT_MS,
  }).pipe(Effect.mapError(tooFast));

  const ask = Effect.fn('ChatModel.ask')(function* (
    request: ChatRequest,
    format: JsonFormat | undefined,
    onText: ((text: string) => void) | null,
  ) {
    const model = request.model ?? options.model;
    const body = bodyOf(request, model, options, format);
    const timeout = request.timeoutMs ?? options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const headers = { 'X-Title': `treejar-${request.job}` };
    yield* fuse;
    const send = (signal: AbortSignal) =>
      client.chat.completions
        .create({ ...body, stream: onText !== null }, { signal, timeout, headers })
        .asResponse();
    const json = yield* exchange(breaker, timeout, async (signal) =>
      onText === null ? readBounded(await send(signal)) : readStream(client, send, signal, pace, onText),
    ).pipe(gate.withPermits(1));
    return yield* Result.match(readReply(json, model), { onSuccess: Effect.succeed, onFailure: Effect.fail });
  });

  const asked = Effect.fn('ChatModel.structured')(function* <A>(request: StructuredRequest<A>) {
    const reply = yield* ask(request, jsonFormatOf(request.responseFormat), null);
    const read = readStructured(reply, request.responseFormat);
    return yield* Result.match(read, { onSuccess: Effect.succeed, onFailure: Effect.fail });
  });

  const check = Effect.fn('ChatModel.check')(function* () {
    const json = yield* exchange(breaker, CHECK_TIMEOUT_MS, async (signal) =>
      readBounded(await client.get('/key', { signal, timeout: CHECK_TIMEOUT_MS }).asResponse()),
    );
    if (json === undefined) return yield* notJson();
  });

  return {
    complete: completeWith(asked, (request) => ask(request, undefined, null)),
    stream: (request, onText) => ask(request, undefined, onText),
    check,
  };
};

const tooFast = (retryAfterMs: number) =>
  new ChatModelRateLimited({
    message: `more model calls than our own limit allows; the next one may go in ${retryAfterMs} ms`,
    retryable: true,
    retryAfterMs,
  });

type Complete = ChatModel['Service']['complete'];

const completeWith = (
  structured: <A>(request: StructuredRequest<A>) => Effect.Effect<StructuredReply<A>, ChatModelError>,
  plain: (request: ChatRequest) => Effect.Effect<ChatReply, ChatModelError>,
): Complete => {
  function complete<A>(request: StructuredRequest<A>): Effect.Effect<StructuredReply<A>, ChatModelError>;
  function complete(request: ChatRequest): Effect.Effect<ChatReply, ChatModelError>;
  function complete(request: ChatRequest | StructuredRequest<unknown>) {
    return 'responseFormat' in request ? structured(request) : plain(request);
  }
  return complete;
};
