/**
 * An exported chat history as items. Wazzup has no history route (wire/01 §2): what exists comes as a file in the
 * webhook's shapes: one body `{"messages":[…]}`, a list of such bodies, or a plain list of messages.
 */
import type { EchoItem, MessageItem, RejectedItem } from './items.ts';
import { decodeWebhook } from './webhook.ts';

export interface DecodedHistory {
  /** What was said, oldest first. */
  readonly items: readonly (MessageItem | EchoItem)[];
  /** Entries that say nothing: statuses, edits, channel news. */
  readonly skipped: number;
  readonly rejected: readonly RejectedItem[];
}

/** Reads an export, already parsed as JSON. Never throws. */
export const decodeHistory = (json: unknown): DecodedHistory => {
  const entries = (Array.isArray(json) ? json : [json]).flatMap(messagesOf);
  const { items, rejected } = decodeWebhook({ messages: entries });
  const said = items.filter((item) => item.kind === 'message' || item.kind === 'echo');
  return {
    items: said.sort((a, b) => a.sentAt - b.sentAt),
    skipped: items.length - said.length,
    rejected,
  };
};

const messagesOf = (entry: unknown): readonly unknown[] =>
  typeof entry === 'object' && entry !== null && 'messages' in entry && Array.isArray(entry.messages)
    ? entry.messages
    : [entry];
