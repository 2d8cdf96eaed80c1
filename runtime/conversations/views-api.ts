/** The read side of conversations, as the server, the live stream and the admin see it. */
import type {
  ConversationCounts,
  ConversationDetail,
  ConversationSummary,
  JournalView,
  MachineView,
  MessageView,
} from '../api/schemas.ts';
import type { JournalRow } from '../engine/types.ts';

export interface ListQuery {
  readonly owner?: 'bot' | 'waiting' | 'manager' | 'nobody';
  /** A state path or its beginning, `turn.working`. */
  readonly state?: string;
  readonly language?: 'en' | 'ar';
  /** Only those that wait for an answer of ours. */
  readonly waiting?: boolean;
  /** Only those that stand still (machines/conversation/stuck.ts), or only the others. */
  readonly stuck?: boolean;
  /** Searches name, phone and last text. */
  readonly q?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** A cursor that was not made by us. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor';
}

export interface ConversationViews {
  /** Who waits longest for us first, then newest activity. Throws {@link BadCursor}. */
  readonly list: (query: ListQuery) => Promise<Page<ConversationSummary>>;
  /** How many each tab of the list holds. */
  readonly counts: () => Promise<ConversationCounts>;
  readonly summaries: (ids: readonly string[]) => Promise<readonly ConversationSummary[]>;
  readonly detail: (id: string) => Promise<ConversationDetail | null>;
  /** Oldest first; the cursor goes back in time from the newest page. Null: no such conversation. */
  readonly messages: (id: string, limit: number, cursor?: string) => Promise<Page<MessageView> | null>;
  /** Messages that changed at or after `seq`, for the live stream. */
  readonly messagesSince: (id: string, seq: number) => Promise<readonly MessageView[]>;
  readonly journal: (id: string, since: number, limit: number) => Promise<Page<JournalView> | null>;
  readonly journalView: (row: JournalRow) => JournalView;
  readonly snapshotAt: (id: string, seq: number) => Promise<{ value: unknown; context: unknown } | null>;
  readonly machine: (id: string) => Promise<MachineView | null>;
  readonly machines: () => readonly { id: string; version: string }[];
}
