/**
 * Chat completions through OpenRouter with the `openai` client (its own retries off, ours on: design 3). One call is
 * one billed generation: there is no idempotency key, so who retries pays twice at worst (wire/05 §1).
 */
import { createHash } from 'node:crypto';
import { Clock, Context, Effect, Layer, Redacted, Result, Semaphore } from 'effect';
import OpenAI from 'openai';
import { type BreakerOptions, breakerFor, type Judge, type VendorBreaker } from '../http/vendor-breaker.ts';
import type { ChatReply, ChatRequest } from './chat.ts';
import {
  ChatModelBadReply,
  type ChatModelError,
  ChatModelUnavailable,
  ChatModelUnreachable,
} from './errors.ts';
import { failureOf, readFailure, retryAfterOf } from './failure.ts';
import { readReply } from './reply.ts';

export type * from './chat.ts';
export * from './errors.ts';

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
  /** When the circuit opens; tests use their own. */
  readonly breaker?: BreakerOptions;
}

export class ChatModel extends Context.Service<
  ChatModel,
  {
    readonly complete: (request: ChatRequest) => Effect.Effect<ChatReply, ChatModelError>;
    /** Asks for the key's state: costs nothing, tells that key and credits are in order (wire/05 §6). */
    readonly check: () => Effect.Effect<void, ChatModelError>;
  }
>()('treejar/adapters/openrouter/ChatModel') {
  static readonly layer = (options: ChatModelOptions) =>
    Layer.sync(ChatModel, () => ChatModel.of(makeChatModel(options)));
}

/** Domain 25.1 wants an answer in 10 s; a provider's slow minute is still worth more than a lost turn (F-47: 20–30 s). */
const DEFAULT_TIMEOUT_MS = 30_000;
const CHECK_TIMEOUT_MS = 5000;
const DEFAULT_CONCURRENT = 64;
/** No answer of ours comes near; a runaway one must not fill the memory (G10, lesson F-48). */
const MAX_REPLY_BYTES = 4 * 1024 * 1024;

const makeChatModel = (options: ChatModelOptions): ChatModel['Service'] => {
  const client = new OpenAI({
    baseURL: options.baseUrl.replace(/\/+$/, ''),
    apiKey: Redacted.value(options.apiKey),
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: 'off',
    fetchOptions: { redirect: 'error' },
    defaultHeaders: options.appUrl ? { 'HTTP-Referer': options.appUrl } : {},
  });
  const breaker = breakerFor('openrouter', options.breaker);
  const gate = Semaphore.makeUnsafe(options.maxConcurrent ?? DEFAULT_CONCURRENT);
  const defaultTimeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;

  const complete = Effect.fn('ChatModel.complete')(function* (request: ChatRequest) {
    const model = request.model ?? options.model;
    const body = bodyOf(request, model, options);
    const timeoutMs = request.timeoutMs ?? defaultTimeoutMs;
    const json = yield* exchange(breaker, timeoutMs, (signal) =>
      client.chat.completions
        .create(body, { signal, timeout: timeoutMs, headers: { 'X-Title': `treejar-${request.job}` } })
        .asResponse(),
    ).pipe(gate.withPermits(1));
    return yield* Result.match(readReply(json, model), { onSuccess: Effect.succeed, onFailure: Effect.fail });
  });

  const check = Effect.fn('ChatModel.check')(function* () {
    const json = yield* exchange(breaker, CHECK_TIMEOUT_MS, (signal) =>
      client.get('/key', { signal, timeout: CHECK_TIMEOUT_MS }).asResponse(),
    );
    if (json === undefined) return yield* notJson();
  });

  return { complete, check };
};

/** The parameters of OpenRouter that the `openai` client does not know (wire/05 §2). */
interface OpenRouterExtras {
  readonly models?: readonly string[];
  readonly session_id?: string;
  readonly provider?: { readonly require_parameters?: true; readonly data_collection?: 'deny' };
}

const bodyOf = (request: ChatRequest, model: string, options: ChatModelOptions) => {
  const fallbacks = request.fallbackModels ?? options.fallbackModels ?? [];
  const tools = request.tools ?? [];
  const provider = {
    // Without it a provider that knows no tools drops them silently (wire/00 fact 8).
    ...(tools.length > 0 ? { require_parameters: true as const } : {}),
    ...(options.denyDataCollection ? { data_collection: 'deny' as const } : {}),
  };
  const extras: OpenRouterExtras = {
    ...(fallbacks.length > 0 ? { models: [model, ...fallbacks.filter((other) => other !== model)] } : {}),
    ...(request.sessionId ? { session_id: pseudonym(request.sessionId) } : {}),
    ...(Object.keys(provider).length > 0 ? { provider } : {}),
  };
  const body: OpenAI.ChatCompletionCreateParamsNonStreaming & OpenRouterExtras = {
    model,
    messages: request.messages as OpenAI.ChatCompletionMessageParam[],
    max_tokens: request.maxTokens,
    stream: false,
    ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
    ...(tools.length > 0 ? { tools: tools as OpenAI.ChatCompletionTool[] } : {}),
    ...(tools.length > 0 && request.toolChoice ? { tool_choice: request.toolChoice } : {}),
    ...extras,
  };
  return body;
};

/** Stable, so that caches stick, and without the phone that a conversation's id holds. */
const pseudonym = (sessionId: string): string =>
  createHash('sha256').update(`treejar:${sessionId}`).digest('hex').slice(0, 32);

/** One HTTP exchange: the JSON of a 2xx (`undefined` when it is none), or the typed failure. Aborts on interruption. */
const exchange = (
  breaker: VendorBreaker,
  timeoutMs: number,
  send: (signal: AbortSignal) => Promise<Response>,
): Effect.Effect<unknown, ChatModelError> =>
  breaker
    .guard(call(timeoutMs, send), JUDGE)
    .pipe(
      Effect.catchTag('VendorCircuitOpen', ({ message, retryAfterMs }) =>
        Effect.fail(
          new ChatModelUnavailable({ code: 'circuit_open', message, retryable: true, retryAfterMs }),
        ),
      ),
    );

const call = (
  timeoutMs: number,
  send: (signal: AbortSignal) => Promise<Response>,
): Effect.Effect<unknown, ChatModelError> =>
  Effect.tryPromise({
    try: async (signal) => readBounded(await send(signal)),
    catch: (cause) => cause,
  }).pipe(
    Effect.catch((cause) =>
      Clock.currentTimeMillis.pipe(Effect.flatMap((now) => Effect.fail(thrown(cause, now)))),
    ),
    Effect.timeoutOrElse({
      duration: timeoutMs,
      orElse: () => Effect.fail(unreachable(`gave no complete answer within ${timeoutMs} ms`)),
    }),
  );

/** A failure of the model's provider counts as OpenRouter's: it is what we wait for. */
const JUDGE: Judge<unknown, ChatModelError> = {
  answered: () => null,
  failed: ({ _tag }) => {
    if (_tag === 'ChatModelUnreachable') return 'unreachable';
    if (_tag === 'ChatModelUnavailable') return 'server';
    if (_tag === 'ChatModelRateLimited') return 'rate_limited';
    return _tag === 'ChatModelAccount' ? 'refused' : null;
  },
};

class TooLarge extends Error {}

const readBounded = async (response: Response): Promise<unknown> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_REPLY_BYTES) throw new TooLarge();
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
};

const thrown = (cause: unknown, now: number): ChatModelError => {
  if (cause instanceof TooLarge) {
    return new ChatModelBadReply({
      message: `OpenRouter's answer is larger than ${MAX_REPLY_BYTES} bytes`,
      retryable: true,
    });
  }
  if (cause instanceof OpenAI.APIError && typeof cause.status === 'number') {
    const wait = retryAfterOf(cause.headers?.get('retry-after') ?? null, now);
    return failureOf(cause.status, readFailure(cause.error), wait);
  }
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const code = inner instanceof Error ? ((inner as NodeJS.ErrnoException).code ?? inner.name) : 'unknown';
  return unreachable(`could not be reached (${code})`);
};

const unreachable = (what: string) =>
  new ChatModelUnreachable({ message: `OpenRouter ${what}; the call may be tried again`, retryable: true });

const notJson = () =>
  new ChatModelBadReply({
    message: 'OpenRouter answered no JSON; check OPENROUTER_BASE_URL',
    retryable: true,
  });
