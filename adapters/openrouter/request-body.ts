/** Our request in OpenRouter's words (wire/05 §2, §7). */
import { createHash } from 'node:crypto';
import type OpenAI from 'openai';
import type { ChatRequest, Reasoning } from './chat.ts';
import type { JsonFormat } from './structured.ts';

export interface BodyDefaults {
  readonly fallbackModels?: readonly string[];
  readonly denyDataCollection?: boolean;
}

/** The parameters of OpenRouter that the `openai` client does not know. */
interface OpenRouterExtras {
  readonly models?: readonly string[];
  readonly session_id?: string;
  readonly provider?: { readonly require_parameters?: true; readonly data_collection?: 'deny' };
  readonly reasoning?: {
    readonly effort?: string;
    readonly max_tokens?: number;
    readonly exclude: true;
  };
}

export type CompletionBody = Omit<OpenAI.ChatCompletionCreateParamsNonStreaming, 'stream'> & OpenRouterExtras;

/** Everything but `stream`. `format`: what the answer must look like, when that was asked for. */
export const bodyOf = (
  request: ChatRequest,
  model: string,
  defaults: BodyDefaults,
  format?: JsonFormat,
): CompletionBody => {
  const fallbacks = request.fallbackModels ?? defaults.fallbackModels ?? [];
  const models = [model, ...fallbacks.filter((other) => other !== model)];
  const tools = request.tools ?? [];
  return {
    model,
    messages: messagesFor(request, models),
    max_tokens: outputCap(request),
    ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
    ...(tools.length > 0 ? { tools: tools as OpenAI.ChatCompletionTool[] } : {}),
    ...(tools.length > 0 && request.toolChoice ? { tool_choice: request.toolChoice } : {}),
    ...(format ? { response_format: format } : {}),
    ...(fallbacks.length > 0 ? { models } : {}),
    ...(request.sessionId ? { session_id: pseudonym(request.sessionId) } : {}),
    ...providerOf(tools.length > 0 || format !== undefined, defaults),
    ...(request.reasoning ? { reasoning: reasoningOf(request.reasoning) } : {}),
  };
};

/** Everything that may be billed as output: the answer and the thinking that was granted on top of it. */
export const outputCap = (request: Pick<ChatRequest, 'maxTokens' | 'reasoning'>): number =>
  request.maxTokens +
  (request.reasoning && 'maxTokens' in request.reasoning ? request.reasoning.maxTokens : 0);

const reasoningOf = (reasoning: Reasoning) =>
  'effort' in reasoning
    ? { effort: reasoning.effort, exclude: true as const }
    : { max_tokens: reasoning.maxTokens, exclude: true as const };

/** Without `require_parameters` a provider drops tools or formats it does not know, silently (wire/00 fact 8). */
const providerOf = (mustUnderstand: boolean, { denyDataCollection }: BodyDefaults) => {
  const provider = {
    ...(mustUnderstand ? { require_parameters: true as const } : {}),
    ...(denyDataCollection ? { data_collection: 'deny' as const } : {}),
  };
  return Object.keys(provider).length > 0 ? { provider } : {};
};

/** Vendors that cache only what is marked (wire/05 §7); the others cache a stable beginning by themselves. */
const MARKED_CACHE = /^(anthropic|alibaba|qwen)\//;

/** Pictures go along with the last message of the user (wire/05 §2). */
const withPictures = (request: ChatRequest): readonly OpenAI.ChatCompletionMessageParam[] => {
  const messages = request.messages as readonly OpenAI.ChatCompletionMessageParam[];
  const last = request.messages.findLastIndex(({ role }) => role === 'user');
  const said = request.messages[last];
  if (!request.pictures?.length || said?.role !== 'user') return messages;
  const shown = request.pictures.map((url) => ({ type: 'image_url' as const, image_url: { url } }));
  return messages.with(last, {
    role: 'user',
    content: [{ type: 'text', text: said.content }, ...shown],
  });
};

const messagesFor = (
  request: ChatRequest,
  models: readonly string[],
): OpenAI.ChatCompletionMessageParam[] => {
  const messages = withPictures(request);
  const [first, ...rest] = messages;
  const [asked] = request.messages;
  if (!first || asked?.role !== 'system' || !models.some((model) => MARKED_CACHE.test(model))) {
    return [...messages];
  }
  const marked = { type: 'text' as const, text: asked.content, cache_control: { type: 'ephemeral' } };
  return [{ role: 'system', content: [marked] }, ...rest];
};

/** Stable, so that caches stick, and without the phone that a conversation's id holds. */
const pseudonym = (sessionId: string): string =>
  createHash('sha256').update(`treejar:${sessionId}`).digest('hex').slice(0, 32);
