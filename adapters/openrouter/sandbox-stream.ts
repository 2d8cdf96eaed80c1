/** Sends a completion in chunks, as a provider's server-sent events (wire/05 §3), with the comments in between. */
import type { StreamFault } from './sandbox-faults.ts';
import { pause } from './sandbox-pause.ts';

export interface StreamPlan {
  /** As `completionBody` makes it. */
  readonly body: unknown;
  /** Between chunks, ms. */
  readonly chunkMs: number;
  readonly fault: StreamFault | null;
  /** Ends a stalled stream. */
  readonly closing: AbortSignal;
}

interface Completion {
  readonly id: string;
  readonly created: number;
  readonly model: string;
  readonly provider: string;
  readonly choices: readonly {
    readonly finish_reason: string | null;
    readonly error?: unknown;
    readonly message: {
      readonly content: string | null;
      readonly refusal?: string | null;
      readonly tool_calls?: readonly {
        readonly id: string;
        readonly type: string;
        readonly function: { readonly name: string; readonly arguments: string };
      }[];
    } | null;
  }[];
  readonly usage: unknown;
}

/** A long answer is sent in this many chunks at most, so that no test and no customer waits for the show. */
const MAX_CHUNKS = 24;
/** Characters of a tool's arguments in one chunk. */
const ARGUMENT_CHARS = 24;

/** Between the comments of a provider that says nothing. */
const COMMENT_MS = 20;

const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;

export async function* streamOf({ body, chunkMs, fault, closing }: StreamPlan): AsyncGenerator<string> {
  const completion = body as Completion;
  const { id, created, model, provider, usage } = completion;
  const head = { id, object: 'chat.completion.chunk', created, model, provider };
  const choice = completion.choices[0];
  yield ': OPENROUTER PROCESSING\n\n';
  for (const [index, delta] of deltasOf(choice?.message ?? null).entries()) {
    if (index > 0 && fault !== null) {
      yield* failMidway(fault, head, closing);
      return;
    }
    yield event({ ...head, choices: [{ index: 0, delta, finish_reason: null }] });
    if (chunkMs > 0) await pause(chunkMs, closing);
  }
  if (fault !== null) {
    yield* failMidway(fault, head, closing);
    return;
  }
  const last = { index: 0, delta: { content: '' }, finish_reason: choice?.finish_reason ?? null };
  yield event(
    choice?.error ? { ...head, error: choice.error, choices: [last] } : { ...head, choices: [last] },
  );
  yield ': OPENROUTER PROCESSING\n\n';
  yield event({ ...head, choices: [], usage });
  yield 'data: [DONE]\n\n';
}

type Delta = Readonly<Record<string, unknown>>;

const deltasOf = (message: Completion['choices'][number]['message']): readonly Delta[] => {
  if (message === null) return [];
  const words = (message.content ?? '').match(/(?:(?<!\s)\s+)?\S+\s*/g) ?? [];
  const size = Math.max(1, Math.ceil(words.length / MAX_CHUNKS));
  const deltas: Delta[] = [];
  for (let at = 0; at < words.length; at += size) {
    deltas.push({ role: 'assistant', content: words.slice(at, at + size).join('') });
  }
  if (message.refusal) deltas.push({ role: 'assistant', refusal: message.refusal });
  for (const [index, call] of (message.tool_calls ?? []).entries()) {
    const { name, arguments: args } = call.function;
    deltas.push({ tool_calls: [{ index, id: call.id, type: call.type, function: { name, arguments: '' } }] });
    for (let at = 0; at < args.length; at += ARGUMENT_CHARS) {
      deltas.push({ tool_calls: [{ index, function: { arguments: args.slice(at, at + ARGUMENT_CHARS) } }] });
    }
  }
  return deltas;
};

async function* failMidway(fault: StreamFault, head: object, closing: AbortSignal): AsyncGenerator<string> {
  if (fault === 'cut') throw new Error('the sandbox breaks the connection');
  if (fault === 'garbled') yield 'data: {"id":"gen-\n\n';
  if (fault === 'error') {
    const error = {
      code: 502,
      message: 'Provider disconnected',
      metadata: { error_type: 'provider_unavailable' },
    };
    yield event({
      ...head,
      error,
      choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
    });
  }
  // Comments go on while nothing is said: what a client must not take for a sign of life.
  while (fault === 'stall' && !closing.aborted) {
    yield ': OPENROUTER PROCESSING\n\n';
    await pause(COMMENT_MS, closing);
  }
}
