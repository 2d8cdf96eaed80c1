/**
 * Brings one conversation onto the page and keeps it there: first over HTTP, then by the live stream; holes in the
 * sequence are fetched, never guessed.
 */
import type { Api } from '../api/endpoints.ts';
import { ApiError } from '../api/error.ts';
import type { Frame, Journal, Message, Page } from '../api/types.ts';
import type { LiveClient } from '../live/live-client.ts';
import { type ConversationStore, headOf, makeConversationStore } from '../stores/conversation-store.ts';
import { findHoles, MAX_TIMELINE_ROWS } from '../stores/timeline.ts';
import { makePreviewKeeper } from './typing-preview.ts';

/** Rows of the timeline that are there when the page opens; earlier ones come on demand. */
export const FIRST_ROWS = 150;
/** A burst of transitions asks for the detail once. */
export const DETAIL_DELAY_MS = 120;
/** Pages fetched to close one hole before the page is opened anew from the head. */
const MAX_HOLE_PAGES = 10;
/** Pages of messages that a replay asks for at most. */
const MAX_HISTORY_PAGES = 20;

export interface OpenConversation {
  readonly store: ConversationStore;
  /** Fetches everything anew: first opening, after a failure, after a gap. */
  readonly refresh: () => Promise<void>;
  /** The newest messages alone: after a reply of ours. */
  readonly refreshMessages: () => Promise<void>;
  readonly loadEarlierRows: () => Promise<void>;
  readonly loadOlderMessages: () => Promise<void>;
  /** As much of the journal as the page keeps, with the messages that belong to it: what a replay walks through. */
  readonly loadHistory: () => Promise<void>;
  readonly close: () => void;
}

export interface OpenDeps {
  readonly api: Api;
  readonly live: LiveClient;
  /** Something failed that the page itself does not show. */
  readonly onTrouble: (error: unknown) => void;
}

export const topicOf = (id: string): string => `conversation:${id}`;

const isTransition = (data: unknown): data is Journal =>
  typeof data === 'object' && data !== null && 'event' in data && 'to' in data;

/** Opens the conversation; `close` ends every subscription and timer of it. */
export const openConversation = (id: string, { api, live, onTrouble }: OpenDeps): OpenConversation => {
  const store = makeConversationStore(id);
  const read = () => store.getSnapshot().context;
  const preview = makePreviewKeeper(store);
  let closed = false;
  let detailTimer: ReturnType<typeof setTimeout> | null = null;
  let closingHoles = false;

  const loadDetail = async (): Promise<void> => {
    const detail = await api.conversations.detail(id);
    if (!closed) store.trigger.detailLoaded({ detail });
  };

  /** The newest page, and as many before it as were missed: the pages must meet what is already here. */
  const loadMessages = async (): Promise<void> => {
    const rev = headOf(read());
    const known = new Set(read().messages.map(({ message }) => message.id));
    let cursor: string | null = null;
    for (let pages = 0; pages < MAX_HOLE_PAGES; pages += 1) {
      const page: Page<Message> = await api.conversations.messages(id, cursor ?? undefined);
      if (closed) return;
      store.trigger.messagesLoaded({ messages: page.items, rev });
      cursor = page.next;
      if (known.size === 0) store.trigger.olderKnown({ cursor });
      if (known.size === 0 || cursor === null || page.items.some((message) => known.has(message.id))) return;
    }
    // Missed more than is worth fetching: what is older comes on demand from where the pages ended.
    store.trigger.olderKnown({ cursor });
  };

  const closeHoles = async (): Promise<void> => {
    if (closingHoles) return;
    closingHoles = true;
    try {
      for (let page = 0; page < MAX_HOLE_PAGES && !closed; page += 1) {
        const hole = findHoles(read().rows)[0];
        if (hole === undefined) return;
        const { items } = await api.conversations.journal(id, hole.after);
        if (closed || items.length === 0) return;
        store.trigger.rowsLoaded({ rows: items });
      }
    } finally {
      closingHoles = false;
    }
  };

  /** Rows from what we have (or from near the head) to the head. */
  const catchUp = async (): Promise<void> => {
    const { rows, detail } = read();
    let since = rows.at(-1)?.seq ?? Math.max(0, (detail?.seq ?? 0) - FIRST_ROWS);
    for (let page = 0; page < MAX_HOLE_PAGES; page += 1) {
      const { items, next } = await api.conversations.journal(id, since);
      if (closed) return;
      store.trigger.rowsLoaded({ rows: items });
      const last = items.at(-1)?.seq;
      if (next === null || last === undefined) return;
      since = last;
    }
  };

  const quietly = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => {
      if (!closed) onTrouble(error);
    });
  };

  const detailSoon = (): void => {
    if (detailTimer !== null) return;
    detailTimer = setTimeout(() => {
      detailTimer = null;
      quietly(loadDetail());
    }, DETAIL_DELAY_MS);
  };

  const refresh = async (): Promise<void> => {
    preview.clear();
    try {
      await loadDetail();
      await Promise.all([loadMessages(), catchUp()]);
      await closeHoles();
    } catch (error) {
      if (closed) return;
      if (error instanceof ApiError && read().detail === null) store.trigger.failed({ error });
      else onTrouble(error);
    }
  };

  const onFrame = (frame: Frame): void => {
    if (frame.type === 'message') store.trigger.messagesLoaded({ messages: [frame.data], rev: frame.seq });
    else if (frame.type === 'presence') store.trigger.present(frame.data);
    else if (frame.type === 'typing') preview.typing(frame.data);
    else if (frame.type === 'snapshot' && 'allowedEvents' in frame.data) {
      store.trigger.detailLoaded({ detail: frame.data });
    } else if (frame.type === 'transition' && isTransition(frame.data)) {
      store.trigger.rowsLoaded({ rows: [frame.data] });
      if (findHoles(read().rows).length > 0) quietly(closeHoles());
      if ((read().detail?.seq ?? 0) < frame.data.seq) detailSoon();
    }
  };

  let unsubscribe: (() => void) | null = null;
  const begin = async (): Promise<void> => {
    await refresh();
    if (closed || read().detail === null || unsubscribe !== null) return;
    unsubscribe = live.subscribe({
      topic: topicOf(id),
      since: () => headOf(read()),
      onFrame,
      onGap: () => quietly(refresh()),
    });
    const machine = await api.conversations.machine('conversation').catch((error: unknown) => {
      onTrouble(error);
      return null;
    });
    if (!closed) store.trigger.machineLoaded({ machine });
  };
  quietly(begin());

  const loadEarlierRows = async (): Promise<void> => {
    const first = read().rows[0]?.seq ?? 0;
    if (first <= 1) return;
    const { items } = await api.conversations.journal(id, Math.max(0, first - 1 - FIRST_ROWS));
    if (!closed) store.trigger.rowsLoaded({ rows: items.filter((row) => row.seq < first) });
  };

  const loadOlderMessages = async (): Promise<void> => {
    const cursor = read().olderMessages;
    if (cursor === null) return;
    const page = await api.conversations.messages(id, cursor);
    if (closed) return;
    // Older messages are as fresh as a page can be, and must not outdo a live frame: revision 0.
    store.trigger.messagesLoaded({ messages: page.items, rev: 0 });
    store.trigger.olderKnown({ cursor: page.next });
  };

  const loadHistory = async (): Promise<void> => {
    for (let pages = 0; pages < MAX_TIMELINE_ROWS / FIRST_ROWS && !closed; pages += 1) {
      const first = read().rows[0]?.seq ?? 1;
      if (first <= 1 || read().rows.length >= MAX_TIMELINE_ROWS) break;
      await loadEarlierRows();
      if (read().rows[0]?.seq === first) break;
    }
    const since = read().rows[0]?.seq ?? 1;
    for (let pages = 0; pages < MAX_HISTORY_PAGES && !closed; pages += 1) {
      if (read().olderMessages === null || (read().messages[0]?.message.seq ?? 0) < since) return;
      await loadOlderMessages();
    }
  };

  return {
    store,
    refresh: () => (unsubscribe === null ? begin() : refresh()),
    refreshMessages: loadMessages,
    loadEarlierRows,
    loadOlderMessages,
    loadHistory,
    close: () => {
      closed = true;
      preview.clear();
      if (detailTimer !== null) clearTimeout(detailTimer);
      unsubscribe?.();
    },
  };
};
