/** Reads a completion request and writes the answer's body, with believable usage and cost (wire/05 §2). */
import { Result, Schema } from 'effect';
import type { ChatMessage } from './chat.ts';
import type { Asked, Move } from './salesperson/salesperson.ts';

const Maybe = <S extends Schema.Constraint>(schema: S) => Schema.optionalKey(Schema.NullishOr(schema));

const WireMessage = Schema.Struct({
  role: Schema.Literals(['system', 'developer', 'user', 'assistant', 'tool']),
  /** Parts carry a mark for the provider's cache (wire/05 §7). */
  content: Maybe(
    Schema.Union([
      Schema.String,
      Schema.Array(
        Schema.Union([
          Schema.Struct({ type: Schema.Literal('text'), text: Schema.String }),
          Schema.Struct({
            type: Schema.Literal('image_url'),
            image_url: Schema.Struct({ url: Schema.String }),
          }),
        ]),
      ),
    ]),
  ),
  tool_call_id: Maybe(Schema.String),
  tool_calls: Maybe(
    Schema.Array(
      Schema.Struct({
        id: Schema.String,
        type: Schema.Literal('function'),
        function: Schema.Struct({ name: Schema.String, arguments: Schema.String }),
      }),
    ),
  ),
});

const WireRequest = Schema.Struct({
  model: Schema.String,
  messages: Schema.Array(WireMessage).check(Schema.isMinLength(1)),
  tools: Maybe(Schema.Array(Schema.Struct({ function: Schema.Struct({ name: Schema.String }) }))),
  tool_choice: Maybe(Schema.Unknown),
  max_tokens: Maybe(Schema.Int),
  stream: Maybe(Schema.Boolean),
  reasoning: Maybe(Schema.Struct({ max_tokens: Maybe(Schema.Int), effort: Maybe(Schema.String) })),
  response_format: Maybe(
    Schema.Struct({
      type: Schema.Literals(['text', 'json_object', 'json_schema']),
      json_schema: Maybe(
        Schema.Struct({
          name: Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_-]{1,64}$/)),
          strict: Maybe(Schema.Boolean),
          schema: Schema.Struct({
            type: Schema.Literal('object'),
            additionalProperties: Schema.Literal(false),
          }),
        }),
      ),
    }),
  ),
});

export interface CompletionRequest extends Asked {
  readonly model: string;
  readonly stream: boolean;
  /** Characters of the whole request, for the usage. */
  readonly chars: number;
  /** Characters that a provider would have cached: the leading system messages (wire/05 §7). */
  readonly stableChars: number;
}

/** The request, or why it is refused. */
export const readRequest = (json: unknown): Result.Result<CompletionRequest, string> => {
  const decoded = Schema.decodeUnknownResult(WireRequest)(json);
  if (Result.isFailure(decoded)) return Result.fail('messages and model are required');
  const { model, messages, tools, tool_choice, stream, max_tokens, reasoning, response_format } =
    decoded.success;
  const form = response_format?.json_schema?.name;
  if (reasoning?.max_tokens && max_tokens && reasoning.max_tokens >= max_tokens)
    return Result.fail('reasoning.max_tokens must leave room for the answer in max_tokens');
  const orphan = messages.find(
    (message) => message.role === 'tool' && !answersCall(messages, message.tool_call_id),
  );
  if (orphan) return Result.fail('a tool message must follow the call it answers');
  return Result.succeed({
    model,
    stream: stream === true,
    messages: messages.map(asChatMessage),
    images: imagesOf(messages),
    ...(form === undefined ? {} : { form }),
    tools: tool_choice === 'none' ? [] : (tools ?? []).map((tool) => tool.function.name),
    chars: JSON.stringify(json).length,
    stableChars: messages[0]?.role === 'system' ? plainText(messages[0].content).length : 0,
  });
};

type WireMessage = typeof WireMessage.Type;

const plainText = (content: WireMessage['content']): string =>
  typeof content === 'string'
    ? content
    : (content ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('');

const imagesOf = (messages: readonly WireMessage[]): readonly string[] =>
  messages.flatMap(({ content }) =>
    typeof content === 'string' || !content
      ? []
      : content.flatMap((part) => (part.type === 'image_url' ? [part.image_url.url] : [])),
  );

/** Real providers refuse a tool result without its call. */
const answersCall = (messages: readonly WireMessage[], id: string | null | undefined): boolean =>
  messages.some((message) => (message.tool_calls ?? []).some((call) => call.id === id));

const asChatMessage = (message: WireMessage): ChatMessage => {
  const content = plainText(message.content);
  switch (message.role) {
    case 'tool':
      return { role: 'tool', tool_call_id: message.tool_call_id ?? '', content };
    case 'assistant':
      return {
        role: 'assistant',
        content: content === '' ? null : content,
        ...(message.tool_calls ? { tool_calls: message.tool_calls } : {}),
      };
    default:
      return { role: message.role === 'developer' ? 'system' : message.role, content };
  }
};

const CHARS_PER_TOKEN = 4;
/** Of a small chat model, US dollars a token: the order of magnitude that budgets are made for. */
const PROMPT_USD = 0.27e-6;
const CACHED_USD = 0.07e-6;
const COMPLETION_USD = 1.1e-6;

/** The choice for a move; ids of calls are unique within the process. */
export const choiceOf = (move: Move, newId: () => string): object => {
  if (move.kind === 'say') {
    return {
      index: 0,
      finish_reason: 'stop',
      native_finish_reason: 'stop',
      message: { role: 'assistant', content: move.text, refusal: null, reasoning: null },
    };
  }
  return {
    index: 0,
    finish_reason: 'tool_calls',
    native_finish_reason: 'tool_use',
    message: {
      role: 'assistant',
      content: null,
      tool_calls: move.calls.map((call) => ({
        id: `call_${newId()}`,
        type: 'function',
        function: { name: call.name, arguments: call.raw ?? JSON.stringify(call.args) },
      })),
    },
  };
};

/** The whole answer around a choice. `created`: seconds since the epoch. */
export const completionBody = (
  request: CompletionRequest,
  choice: object,
  id: string,
  created: number,
): object => {
  const prompt = Math.ceil(request.chars / CHARS_PER_TOKEN);
  const completion = Math.ceil(JSON.stringify(choice).length / CHARS_PER_TOKEN);
  // A provider's cache warms up with the first answer of a conversation.
  const warm = request.messages.some((message) => message.role === 'assistant');
  const cached = warm ? Math.floor(request.stableChars / CHARS_PER_TOKEN) : 0;
  const cost = (prompt - cached) * PROMPT_USD + cached * CACHED_USD + completion * COMPLETION_USD;
  return {
    id,
    object: 'chat.completion',
    created,
    model: request.model,
    provider: 'Sandbox',
    choices: [choice],
    usage: {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
      prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 0 },
      cost: Number(cost.toFixed(9)),
      is_byok: false,
      cost_details: { upstream_inference_cost: null },
    },
  };
};
