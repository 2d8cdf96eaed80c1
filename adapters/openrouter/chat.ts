/** A chat completion in the model's own terms (wire/05 §2), narrowed to what the product uses. */

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

export interface ChatRequest {
  /** Names the request at the provider: header `X-Title: treejar-<job>` (contract 4). Letters and dashes. */
  readonly job: 'dialogue' | 'quality' | 'summary' | (string & {});
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly ToolSpec[];
  readonly toolChoice?: 'auto' | 'none' | 'required';
  /** Cap on the answer, reasoning included (lessons F-47, F-48): always set. */
  readonly maxTokens: number;
  readonly temperature?: number;
  /** Keeps a conversation at one provider for its cache. Sent as a hash: it may hold a phone (domain 20.4). */
  readonly sessionId?: string;
  readonly timeoutMs?: number;
  /** Overrides the layer's. */
  readonly model?: string;
  readonly fallbackModels?: readonly string[];
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
  /** Plain decimal, US dollars, as booked by OpenRouter; "0" when it did not say. */
  readonly costUsd: string;
}

export interface ChatReply {
  /** `null` when there are only tool calls. */
  readonly text: string | null;
  readonly toolCalls: readonly ChatToolCall[];
  readonly finishReason: string;
  /** The model that answered, which may be a fallback. */
  readonly model: string;
  readonly provider: string | null;
  readonly generationId: string | null;
  readonly usage: ChatUsage;
}
