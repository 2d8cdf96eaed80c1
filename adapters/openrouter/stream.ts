/**
 * Reads a streamed completion (wire/05 §3) and joins its chunks into the body that an unstreamed one would have had, so
 * that both are judged by the same rules. Server-sent events are decoded by the `openai` client, comments included.
 */
import { Result, Schema } from 'effect';
import type OpenAI from 'openai';
import { Stream } from 'openai/core/streaming';
import { MAX_REPLY_BYTES, readBounded, TooLarge } from './exchange.ts';
import { BadChunk, StreamCut, StreamStalled } from './stream-faults.ts';

/** Waits of one stream, ms. Comments keep a socket warm for ever: only chunks count as signs of life. */
export interface StreamPace {
  /** From the request to the first chunk. */
  readonly firstMs: number;
  /** From one chunk to the next. */
  readonly idleMs: number;
}

const Maybe = <S extends Schema.Constraint>(schema: S) => Schema.optionalKey(Schema.NullishOr(schema));

const WireDelta = Schema.Struct({
  content: Maybe(Schema.String),
  refusal: Maybe(Schema.String),
  tool_calls: Maybe(
    Schema.Array(
      Schema.Struct({
        index: Maybe(Schema.Int),
        id: Maybe(Schema.String),
        function: Maybe(Schema.Struct({ name: Maybe(Schema.String), arguments: Maybe(Schema.String) })),
      }),
    ),
  ),
});
const WireChunk = Schema.Struct({
  id: Maybe(Schema.String),
  model: Maybe(Schema.String),
  provider: Maybe(Schema.String),
  error: Maybe(Schema.Unknown),
  usage: Maybe(Schema.Unknown),
  choices: Maybe(
    Schema.Array(
      Schema.Struct({
        index: Maybe(Schema.Int),
        finish_reason: Maybe(Schema.String),
        error: Maybe(Schema.Unknown),
        delta: Maybe(WireDelta),
      }),
    ),
  ),
});
type WireChunk = typeof WireChunk.Type;
const decodeChunk = Schema.decodeUnknownResult(WireChunk);

/**
 * Sends and reads. Each piece of text goes to `onText` as it comes. An answer that is no event stream is read as plain
 * JSON. Throws {@link StreamStalled}, {@link StreamCut}, {@link BadChunk}, or what the client throws.
 */
export const readStream = async (
  client: OpenAI,
  send: (signal: AbortSignal) => Promise<Response>,
  interrupted: AbortSignal,
  pace: StreamPace,
  onText: (text: string) => void,
): Promise<unknown> => {
  const controller = new AbortController();
  const interrupt = () => controller.abort(interrupted.reason);
  interrupted.addEventListener('abort', interrupt, { once: true });
  if (interrupted.aborted) interrupt();
  const watchdog = makeWatchdog(controller);
  try {
    watchdog.expect(pace.firstMs, `did not begin to answer within ${pace.firstMs} ms`);
    const response = await send(controller.signal);
    if (!isEventStream(response)) return await readBounded(response);
    const answer = makeAnswer(onText);
    const chunks = Stream.fromSSEResponse<unknown>(bounded(response), controller, client, false, 'events');
    for await (const chunk of chunks) {
      watchdog.expect(pace.idleMs, `fell silent for ${pace.idleMs} ms`);
      answer.add(chunk);
    }
    // An aborted stream ends as if it were complete.
    controller.signal.throwIfAborted();
    return answer.body();
  } catch (cause) {
    if (controller.signal.reason instanceof StreamStalled) throw controller.signal.reason;
    throw cause instanceof SyntaxError ? new BadChunk('a chunk is no JSON') : cause;
  } finally {
    watchdog.stop();
    interrupted.removeEventListener('abort', interrupt);
    controller.abort();
  }
};

const isEventStream = (response: Response): boolean =>
  /^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '');

const makeWatchdog = (controller: AbortController) => {
  let timer: NodeJS.Timeout | undefined;
  return {
    expect: (ms: number, otherwise: string): void => {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(new StreamStalled(otherwise)), ms);
    },
    stop: (): void => clearTimeout(timer),
  };
};

/** The decoder keeps a line until it ends: the limit has to be before it. */
const bounded = (response: Response): Response => {
  let size = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      size += chunk.byteLength;
      if (size > MAX_REPLY_BYTES) controller.error(new TooLarge());
      else controller.enqueue(chunk);
    },
  });
  return new Response(response.body?.pipeThrough(counted) ?? null, { headers: response.headers });
};

interface PartialCall {
  id: string | undefined;
  name: string;
  arguments: string;
}

const makeAnswer = (onText: (text: string) => void) => {
  const head: Record<'id' | 'model' | 'provider', string | undefined> = {
    id: undefined,
    model: undefined,
    provider: undefined,
  };
  const calls = new Map<number, PartialCall>();
  let text = '';
  let refusal: string | undefined;
  let finish: string | undefined;
  let failure: unknown;
  let usage: unknown;

  const addDelta = (delta: typeof WireDelta.Type): void => {
    if (delta.content) {
      text += delta.content;
      onText(delta.content);
    }
    if (delta.refusal) refusal = (refusal ?? '') + delta.refusal;
    for (const [position, part] of (delta.tool_calls ?? []).entries()) {
      const index = part.index ?? position;
      const call = calls.get(index) ?? { id: undefined, name: '', arguments: '' };
      call.id ??= part.id ?? undefined;
      call.name += part.function?.name ?? '';
      call.arguments += part.function?.arguments ?? '';
      calls.set(index, call);
    }
  };

  const addChunk = (chunk: WireChunk): void => {
    head.id ??= chunk.id ?? undefined;
    head.model ??= chunk.model ?? undefined;
    head.provider ??= chunk.provider ?? undefined;
    usage = chunk.usage ?? usage;
    const choice = (chunk.choices ?? []).find(({ index }) => (index ?? 0) === 0);
    failure ??= chunk.error ?? choice?.error ?? undefined;
    finish = choice?.finish_reason ?? finish;
    if (choice?.delta) addDelta(choice.delta);
  };

  return {
    add: (chunk: unknown): void => {
      const decoded = decodeChunk(chunk);
      if (Result.isFailure(decoded)) throw new BadChunk('a chunk does not look like one');
      addChunk(decoded.success);
    },
    body: (): unknown => {
      if (failure !== undefined) return { ...head, error: failure, usage };
      if (finish === undefined) throw new StreamCut('the stream ended without a finish reason');
      const tool_calls = [...calls]
        .sort(([a], [b]) => a - b)
        .map(([, call]) => ({ id: call.id, function: { name: call.name, arguments: call.arguments } }));
      const message = { content: text, refusal, ...(tool_calls.length > 0 ? { tool_calls } : {}) };
      return { ...head, choices: [{ finish_reason: finish, message }], usage };
    },
  };
};
