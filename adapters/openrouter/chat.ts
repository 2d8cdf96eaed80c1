/** A chat completion in the model's own terms (wire/05 §2), narrowed to what the product uses. */
import type { Schema } from 'effect';

export type ChatMessage =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | {
      readonly role: 'assistant';
      readonly content: string | null;
      readonly tool_calls?: readonly {
        readonly id: string;
        readonly type: 'function';
        readonly function: { readonly name: string; readonly arguments: string };
      }[];
    }
  | { readonly role: 'tool'; readonly tool_call_id: string; readonly content: string };

export interface ToolSpec {
  readonly type: 'function';
  readonly function: { readonly name: string; readonly description: string; readonly parameters: object };
}

/** Thinking before the answer. It is billed as output and is never shown to anybody. */
export type Reasoning =
  | { readonly effort: 'low' | 'medium' | 'high' }
  /** Tokens on top of `maxTokens`, so that thinking never eats the answer (lesson F-47). */
  | { readonly maxTokens: number };

export interface ChatRequest {
  /** Names the request at the provider: header `X-Title: treejar-<job>` (contract 4). Letters and dashes. */
  readonly job: 'dialogue' | 'quality' | 'summary' | (string & {});
  readonly messages: readonly ChatMessage[];
  /** Data URLs, shown with the last message of the user: providers get no links to customers' files. */
  readonly pictures?: readonly string[];
  readonly tools?: readonly ToolSpec[];
  readonly toolChoice?: 'auto' | 'none' | 'required';
  /** Cap on the answer (lessons F-47, F-48): always set. With an effort, what the model thinks counts too. */
  readonly maxTokens: number;
  readonly reasoning?: Reasoning;
  readonly temperature?: number;
  /** Keeps a conversation at one provider for its cache. Sent as a hash: it may hold a phone (domain 20.4). */
  readonly sessionId?: string;
  readonly timeoutMs?: number;
  /** Overrides the layer's. */
  readonly model?: string;
  readonly fallbackModels?: readonly string[];
}

/** What the answer must look like. The root must be an object. */
export interface ResponseFormat<A> {
  /** Letters, digits, dashes and underscores: the provider's name of the schema. */
  readonly name: string;
  readonly schema: Schema.ConstraintCodec<A, unknown>;
}

export interface StructuredRequest<A> extends ChatRequest {
  readonly responseFormat: ResponseFormat<A>;
}

export interface ChatToolCall {
  readonly id: string;
  readonly name: string;
  /** As the model wrote it: may be no JSON at all. */
  readonly arguments: string;
}

export interface ChatUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cachedTokens: number;
  /** Part of the completion tokens. */
  readonly reasoningTokens: number;
  /** Plain decimal, US dollars, as booked by OpenRouter; "0" when it did not say. */
  readonly costUsd: string;
}

/** What OpenRouter says that a call was and cost; failed calls have one too when they were billed. */
export interface ChatBill {
  /** The model that answered, which may be a fallback. */
  readonly model: string;
  readonly provider: string | null;
  readonly generationId: string | null;
  readonly usage: ChatUsage;
}

export interface ChatReply extends ChatBill {
  /** `null` when there are only tool calls. */
  readonly text: string | null;
  readonly toolCalls: readonly ChatToolCall[];
  readonly finishReason: string;
}

export interface StructuredReply<A> extends ChatReply {
  readonly value: A;
}
