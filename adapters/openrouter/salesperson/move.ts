/** What the rule-based salesperson is given and what it answers: a model's turn, without the wire around it. */
import type { ChatMessage } from '../chat.ts';

export interface Asked {
  readonly messages: readonly ChatMessage[];
  /** Names of the tools that are offered. */
  readonly tools: readonly string[];
  /** Data URLs of the pictures that were shown. */
  readonly images?: readonly string[];
  /** The name of the strict form that the answer must have. */
  readonly form?: string;
}

export interface Call {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** What goes over the wire in place of the arguments: a model may write no JSON at all. */
  readonly raw?: string;
}

export type Move =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'call'; readonly calls: readonly Call[] };

export type Language = 'en' | 'ar';
