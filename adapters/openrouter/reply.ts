/** Reads a chat completion's body: an answer, or the error that a 200 can hide (wire/05 §2, §4). */
import { Result, Schema } from 'effect';
import type { ChatBill, ChatReply, ChatToolCall, ChatUsage } from './chat.ts';
import {
  ChatModelBadReply,
  ChatModelEmpty,
  type ChatModelError,
  ChatModelRefused,
  ChatModelTruncated,
} from './errors.ts';
import { failureOf, readFailure } from './failure.ts';

const Maybe = <S extends Schema.Constraint>(schema: S) => Schema.optionalKey(Schema.NullishOr(schema));

const WireToolCall = Schema.Struct({
  id: Maybe(Schema.String),
  function: Schema.Struct({ name: Schema.String, arguments: Maybe(Schema.String) }),
});
const Part = Schema.Struct({ type: Maybe(Schema.String), text: Maybe(Schema.String) });
const WireChoice = Schema.Struct({
  finish_reason: Maybe(Schema.String),
  error: Maybe(Schema.Unknown),
  message: Maybe(
    Schema.Struct({
      content: Maybe(Schema.Union([Schema.String, Schema.Array(Part)])),
      refusal: Maybe(Schema.String),
      tool_calls: Maybe(Schema.Array(WireToolCall)),
    }),
  ),
});
type WireChoice = typeof WireChoice.Type;

const WireUsage = Schema.Struct({
  prompt_tokens: Maybe(Schema.Number),
  completion_tokens: Maybe(Schema.Number),
  prompt_tokens_details: Maybe(Schema.Struct({ cached_tokens: Maybe(Schema.Number) })),
  completion_tokens_details: Maybe(Schema.Struct({ reasoning_tokens: Maybe(Schema.Number) })),
  cost: Maybe(Schema.Number),
});

const WireReply = Schema.Struct({
  id: Maybe(Schema.String),
  model: Maybe(Schema.String),
  provider: Maybe(Schema.String),
  error: Maybe(Schema.Unknown),
  choices: Maybe(Schema.Array(Schema.Unknown)),
  usage: Maybe(Schema.Unknown),
});

/** Tool calls of one answer taken over: more is a runaway generation (G10, lesson F-49). */
const MAX_TOOL_CALLS = 16;

/** `body`: the parsed JSON of a 200, `undefined` when it was none. `asked`: the model, for a reply that names none. */
export const readReply = (body: unknown, asked: string): Result.Result<ChatReply, ChatModelError> => {
  const decoded = Schema.decodeUnknownResult(WireReply)(body);
  if (Result.isFailure(decoded)) return bad('is not a completion');
  const reply = decoded.success;
  const bill = billOf(reply, asked);
  const known = reply.id || reply.usage ? { bill } : {};
  if (reply.error !== undefined && reply.error !== null)
    return Result.fail(failureOf(200, readFailure(reply.error), known));
  const choice = Schema.decodeUnknownResult(WireChoice)(reply.choices?.[0]);
  if (Result.isFailure(choice)) return bad('has no choice in it', known);
  const spoiled = faultOf(choice.success, bill);
  if (spoiled) return Result.fail(spoiled);
  const toolCalls = toolCallsOf(choice.success);
  const text = textOf(choice.success);
  if (text === null && toolCalls.length === 0) {
    return Result.fail(
      new ChatModelEmpty({
        message: 'The model finished without saying anything; the call may be tried again',
        retryable: true,
        costUsd: bill.usage.costUsd,
        bill,
      }),
    );
  }
  return Result.succeed({
    text,
    toolCalls,
    finishReason: choice.success.finish_reason ?? (toolCalls.length > 0 ? 'tool_calls' : 'stop'),
    ...bill,
  });
};

const billOf = (reply: typeof WireReply.Type, asked: string): ChatBill => ({
  model: reply.model ?? asked,
  provider: reply.provider ?? null,
  generationId: reply.id ?? null,
  usage: usageOf(reply.usage),
});

const bad = (what: string, known: { readonly bill?: ChatBill } = {}) =>
  Result.fail(
    new ChatModelBadReply({
      message: `OpenRouter's answer ${what}; check OPENROUTER_BASE_URL if it goes on`,
      retryable: true,
      ...known,
    }),
  );

/** A choice can fail by itself although the reply as a whole is a success (wire/00 fact 8). */
const faultOf = (choice: WireChoice, bill: ChatBill): ChatModelError | undefined => {
  if (choice.error !== undefined && choice.error !== null)
    return failureOf(200, readFailure(choice.error), { bill });
  switch (choice.finish_reason) {
    case 'error':
      return failureOf(200, {}, { bill });
    case 'length':
      return new ChatModelTruncated({
        message: 'The answer was cut off at the token limit; raise maxTokens or shorten the request',
        retryable: false,
        costUsd: bill.usage.costUsd,
        bill,
      });
    case 'content_filter':
      return refusal('the content filter', bill);
    default:
      return choice.message?.refusal ? refusal('the model', bill) : undefined;
  }
};

const refusal = (by: string, bill: ChatBill) =>
  new ChatModelRefused({
    message: `The content was refused by ${by}; answer without the model or hand over`,
    retryable: false,
    costUsd: bill.usage.costUsd,
    bill,
  });

const textOf = (choice: WireChoice): string | null => {
  const content = choice.message?.content;
  const text =
    typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('');
  return text.trim() === '' ? null : text;
};

/** An id may be missing; the answer must be addressable all the same. */
const toolCallsOf = (choice: WireChoice): readonly ChatToolCall[] =>
  (choice.message?.tool_calls ?? []).slice(0, MAX_TOOL_CALLS).map((call, index) => ({
    id: call.id || `call_${index}`,
    name: call.function.name,
    arguments: call.function.arguments ?? '',
  }));

/** An unreadable usage must not cost the answer. */
const usageOf = (usage: unknown): ChatUsage => {
  const decoded = Schema.decodeUnknownResult(WireUsage)(usage);
  const read = Result.isSuccess(decoded) ? decoded.success : {};
  return {
    promptTokens: read.prompt_tokens ?? 0,
    completionTokens: read.completion_tokens ?? 0,
    cachedTokens: read.prompt_tokens_details?.cached_tokens ?? 0,
    reasoningTokens: read.completion_tokens_details?.reasoning_tokens ?? 0,
    costUsd: decimalOf(read.cost ?? 0),
  };
};

/** JSON has the cost as a number, `4.1e-7` when small: a plain decimal to 12 places, as the bills are. */
export const decimalOf = (amount: number): string => {
  if (!Number.isFinite(amount) || amount <= 0) return '0';
  return amount.toFixed(12).replace(/(?:\.|(?<![.0]))0+$/, '') || '0';
};
