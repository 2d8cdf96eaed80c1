/** One call of the dialogue model. What it may see and call was decided by the statechart. */
import { Effect, Option } from 'effect';
import type { ThinkInput, ThinkOutput } from '../../machines/conversation/actors.ts';
import { type AskedBy, askModel, streamModel } from '../model/ask-model.ts';
import { TypingPreview } from '../model/typing-preview.ts';

/** Room for an answer of the longest useful length in either script (lesson F-48: every call has a cap). */
const MAX_TOKENS = 900;
/** Lesson F-47: 20 to 30 s. */
const TIMEOUT_MS = 25_000;
/** Low: the facts are given, the wording may breathe. */
const TEMPERATURE = 0.3;

/** `info`: of the command that asks. Where a typing preview is offered, managers see the answer grow. */
export const think = Effect.fn('think')(function* (
  input: ThinkInput,
  info: Pick<AskedBy, 'commandId' | 'attempt'>,
) {
  const { conversationId, promptVersions, messages, tools, toolChoice } = input;
  const { commandId, attempt } = info;
  const by = { conversationId, commandId, attempt, promptVersions };
  const request = {
    job: 'dialogue',
    messages,
    tools,
    // `auto` is what every provider does by itself; not all of them know the parameter.
    ...(toolChoice === 'none' ? { toolChoice } : {}),
    maxTokens: MAX_TOKENS,
    temperature: TEMPERATURE,
    timeoutMs: TIMEOUT_MS,
    sessionId: conversationId,
  };
  const typing = yield* Effect.serviceOption(TypingPreview);
  const completion = yield* Option.match(typing, {
    onNone: () => askModel(request, by),
    onSome: (previews) =>
      Effect.acquireUseRelease(
        previews.open(conversationId),
        (preview) => streamModel(request, by, preview.add),
        (preview) => preview.end,
      ),
  });
  const { costUsd, promptTokens, completionTokens, cachedTokens } = completion.usage;
  return {
    text: completion.text,
    toolCalls: completion.toolCalls,
    finishReason: completion.finishReason,
    model: completion.model,
    generationId: completion.generationId,
    usage: { promptTokens, completionTokens, cachedTokens, costUsd },
  } satisfies ThinkOutput;
});
