/** One HTTP exchange with OpenRouter, through the circuit: the JSON of a 2xx, or the typed failure. */
import { Clock, Effect } from 'effect';
import OpenAI from 'openai';
import { retryAfterOf } from '../http/retry-after.ts';
import type { Judge, VendorBreaker } from '../http/vendor-breaker.ts';
import {
  ChatModelBadReply,
  type ChatModelError,
  ChatModelUnavailable,
  ChatModelUnreachable,
} from './errors.ts';
import { failureOf, readFailure } from './failure.ts';
import { BadChunk, StreamCut, StreamStalled } from './stream-faults.ts';

/** No answer of ours comes near; a runaway one must not fill the memory (G10, lesson F-48). */
export const MAX_REPLY_BYTES = 4 * 1024 * 1024;

export class TooLarge extends Error {}

/** `run` gets a signal that is aborted on interruption and answers what was read; `undefined`: it was no JSON. */
export const exchange = (
  breaker: VendorBreaker,
  timeoutMs: number,
  run: (signal: AbortSignal) => Promise<unknown>,
): Effect.Effect<unknown, ChatModelError> =>
  breaker
    .guard(call(timeoutMs, run), JUDGE)
    .pipe(
      Effect.catchTag('VendorCircuitOpen', ({ message, retryAfterMs }) =>
        Effect.fail(
          new ChatModelUnavailable({ code: 'circuit_open', message, retryable: true, retryAfterMs }),
        ),
      ),
    );

const call = (
  timeoutMs: number,
  run: (signal: AbortSignal) => Promise<unknown>,
): Effect.Effect<unknown, ChatModelError> =>
  Effect.tryPromise({ try: run, catch: (cause) => cause }).pipe(
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

/** The body as JSON; `undefined` when it is none. Throws {@link TooLarge}. */
export const readBounded = async (response: Response): Promise<unknown> => {
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
  if (cause instanceof BadChunk) return notJson();
  if (cause instanceof StreamStalled) return unreachable(cause.message);
  if (cause instanceof StreamCut) return unreachable('broke off in the middle of an answer');
  if (cause instanceof OpenAI.APIError && typeof cause.status === 'number') {
    const wait = retryAfterOf(cause.headers?.get('retry-after') ?? null, now);
    return failureOf(cause.status, readFailure(cause.error), { retryAfterMs: wait });
  }
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const code = inner instanceof Error ? ((inner as NodeJS.ErrnoException).code ?? inner.name) : 'unknown';
  return unreachable(`could not be reached (${code})`);
};

const unreachable = (what: string) =>
  new ChatModelUnreachable({ message: `OpenRouter ${what}; the call may be tried again`, retryable: true });

export const notJson = () =>
  new ChatModelBadReply({
    message: 'OpenRouter answered no JSON; check OPENROUTER_BASE_URL',
    retryable: true,
  });
