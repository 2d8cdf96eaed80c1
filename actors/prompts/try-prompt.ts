/** Asks the dialogue model a past question again, for an editor of prompts; nothing of it reaches a customer. */
import { Effect } from 'effect';
import type { ThinkInput } from '../../machines/conversation/actors.ts';
import type { ToolCall } from '../../machines/conversation/context.ts';
import { askModel } from '../model/ask-model.ts';

/** As in a real turn (think.ts), so that the answer is what a customer would get; a person waits less long. */
const MAX_TOKENS = 900;
const TIMEOUT_MS = 18_000;
const TEMPERATURE = 0.3;

export interface TriedPrompt {
  readonly text: string | null;
  readonly toolCalls: readonly ToolCall[];
  readonly model: string;
  readonly costUsd: string;
}

/** `commandId`: of the request, stable across its retries (contract 5). Booked under the job `prompt-trial`. */
export const tryPrompt = Effect.fn('tryPrompt')(function* (input: ThinkInput, commandId: string) {
  const completion = yield* askModel(
    {
      job: 'prompt-trial',
      messages: input.messages,
      tools: input.tools,
      ...(input.toolChoice === 'none' ? { toolChoice: 'none' as const } : {}),
      maxTokens: MAX_TOKENS,
      temperature: TEMPERATURE,
      timeoutMs: TIMEOUT_MS,
    },
    { conversationId: null, commandId, attempt: 1, promptVersions: input.promptVersions },
  );
  return {
    text: completion.text,
    toolCalls: completion.toolCalls,
    model: completion.model,
    costUsd: completion.usage.costUsd,
  } satisfies TriedPrompt;
});
