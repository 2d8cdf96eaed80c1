/** One call of the dialogue model. What it may see and call was decided by the statechart. */
import { Effect } from 'effect';
import { ChatModel } from '../../adapters/openrouter/openrouter.ts';
import type { ThinkInput, ThinkOutput } from '../../machines/conversation/actors.ts';

/** Room for an answer of the longest useful length in either script (lesson F-48: every call has a cap). */
const MAX_TOKENS = 900;
/** Lesson F-47: 20 to 30 s. */
const TIMEOUT_MS = 25_000;
/** Low: the facts are given, the wording may breathe. */
const TEMPERATURE = 0.3;

export const think = Effect.fn('think')(function* (input: ThinkInput) {
  const model = yield* ChatModel;
  const completion = yield* model.complete({
    job: 'dialogue',
    messages: input.messages,
    tools: input.tools,
    maxTokens: MAX_TOKENS,
    temperature: TEMPERATURE,
    timeoutMs: TIMEOUT_MS,
    sessionId: input.conversationId,
  });
  return {
    text: completion.text,
    toolCalls: completion.toolCalls,
    finishReason: completion.finishReason,
    model: completion.model,
    generationId: completion.generationId,
    usage: completion.usage,
  } satisfies ThinkOutput;
});
