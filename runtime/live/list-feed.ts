/** The list of conversations: changes are gathered for a moment and sent as summaries, one per conversation. */
import type { LiveFrame } from '../api/schemas.ts';
import type { ConversationViews } from '../conversations/views-api.ts';
import type { Log } from '../engine/types.ts';
import type { Subscriber } from './conversation-feed.ts';
import { LIST_BATCH, LIST_COALESCE_MS, MAX_LIST_BACKLOG } from './protocol.ts';

export interface ListFeed {
  readonly join: (subscriber: Subscriber) => Promise<void>;
  readonly leave: (subscriber: Subscriber) => void;
  readonly changed: (id: string) => void;
  readonly stop: () => void;
}

export interface ListFeedDeps {
  readonly views: Pick<ConversationViews, 'list' | 'summaries'>;
  readonly log: Log;
}

const TOPIC = 'conversations';
/** What a new subscriber sees first; the rest is paged over REST. */
const FIRST_PAGE = 50;

export const makeListFeed = (deps: ListFeedDeps): ListFeed => {
  const members = new Set<Subscriber>();
  /** Joining: changes that happen while their first page is read are sent after it. */
  const joining = new Map<Subscriber, Set<string>>();
  const dirty = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  const schedule = (): void => {
    if (timer !== null || stopped) return;
    timer = setTimeout(() => void flush(), LIST_COALESCE_MS);
    timer.unref();
  };

  const broadcast = (frame: LiveFrame): void => {
    for (const member of members) member.frame(frame);
  };

  const flush = async (): Promise<void> => {
    const ids = [...dirty].slice(0, LIST_BATCH);
    for (const id of ids) dirty.delete(id);
    try {
      const summaries = members.size === 0 ? [] : await deps.views.summaries(ids);
      for (const data of summaries) broadcast({ topic: TOPIC, type: 'transition', seq: data.seq, data });
    } catch (error) {
      deps.log.warn(
        { error: error instanceof Error ? error.name : typeof error },
        'live summaries could not be read',
      );
      for (const id of ids) dirty.add(id);
    } finally {
      timer = null;
      if (dirty.size > 0) schedule();
    }
  };

  const overflow = (): void => {
    dirty.clear();
    broadcast({ topic: TOPIC, type: 'gap', seq: 0, data: { expected: 0 } });
  };

  return {
    join: async (subscriber) => {
      joining.set(subscriber, new Set());
      try {
        const page = await deps.views.list({ limit: FIRST_PAGE });
        // It may have left, or gone, while the page was read.
        const missed = joining.get(subscriber);
        if (!missed) return;
        subscriber.frame({ topic: TOPIC, type: 'snapshot', seq: 0, data: page.items });
        members.add(subscriber);
        for (const id of missed) dirty.add(id);
        if (dirty.size > 0) schedule();
      } finally {
        joining.delete(subscriber);
      }
    },
    leave: (subscriber) => {
      joining.delete(subscriber);
      members.delete(subscriber);
    },
    changed: (id) => {
      for (const missed of joining.values()) if (missed.size < MAX_LIST_BACKLOG) missed.add(id);
      if (members.size === 0) return;
      dirty.add(id);
      if (dirty.size > MAX_LIST_BACKLOG) overflow();
      else schedule();
    },
    stop: () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
};
