/** Fetches pages of the list for its filter and keeps it live; answers for an older filter are dropped. */
import type { Api, ConversationFilter } from '../api/endpoints.ts';
import { ApiError } from '../api/error.ts';
import type { Summary } from '../api/types.ts';
import type { LiveClient } from '../live/live-client.ts';
import type { Filter, Tab } from '../stores/list-order.ts';
import type { ListStore } from '../stores/list-store.ts';

export interface ListLoader {
  /** Fetches the filter that stands and subscribes, once. */
  readonly start: () => () => void;
  readonly show: (filter: Filter) => void;
  readonly reload: () => void;
  readonly more: () => void;
}

interface Source {
  readonly filter: ConversationFilter;
  cursor: string | null;
}

/** One tab may need two questions: who waits for a person, and who has one. */
const OWNERS: Readonly<Record<Tab, readonly (Summary['owner'] | undefined)[]>> = {
  all: [undefined],
  needs: ['waiting', 'manager'],
  bot: ['bot'],
  customer: [undefined],
};

const sourcesOf = (filter: Filter): Source[] =>
  OWNERS[filter.tab].map((owner) => ({
    filter: {
      owner,
      language: filter.language === 'any' ? undefined : filter.language,
      waiting: filter.tab === 'bot' ? true : undefined,
      q: filter.q,
    },
    cursor: null,
  }));

const isSummary = (data: unknown): data is Summary =>
  typeof data === 'object' && data !== null && 'stateLabel' in data && 'unanswered' in data;

export interface ListLoaderDeps {
  readonly api: Api;
  readonly live: LiveClient;
  readonly store: ListStore;
  readonly onTrouble: (error: unknown) => void;
}

export const makeListLoader = ({ api, live, store, onTrouble }: ListLoaderDeps): ListLoader => {
  let generation = 0;
  let sources: Source[] = [];
  let busy = false;

  const fetchFrom = async (mine: number, wanted: readonly Source[]): Promise<void> => {
    busy = true;
    try {
      const pages = await Promise.all(
        wanted.map(async (source) => {
          const page = await api.conversations.list(source.filter, source.cursor ?? undefined);
          source.cursor = page.next;
          return page.items;
        }),
      );
      if (mine !== generation) return;
      const next = sources.find((source) => source.cursor !== null)?.cursor ?? null;
      store.trigger.loaded({ items: pages.flat(), next });
    } catch (error) {
      if (mine !== generation) return;
      if (error instanceof ApiError && store.getSnapshot().context.status === 'loading')
        store.trigger.failed({ error });
      else onTrouble(error);
    } finally {
      if (mine === generation) busy = false;
    }
  };

  const reload = (): void => {
    generation += 1;
    sources = sourcesOf(store.getSnapshot().context.filter);
    void fetchFrom(generation, sources);
  };

  return {
    start: () => {
      reload();
      return live.subscribe({
        topic: 'conversations',
        onFrame: (frame) => {
          if (frame.type !== 'snapshot' && frame.type !== 'transition') return;
          const items = (Array.isArray(frame.data) ? frame.data : [frame.data]).filter(isSummary);
          if (items.length > 0) store.trigger.changed({ items });
        },
        onGap: reload,
      });
    },
    show: (filter) => {
      store.trigger.filtered({ filter });
      reload();
    },
    reload,
    more: () => {
      if (busy || store.getSnapshot().context.next === null) return;
      void fetchFrom(
        generation,
        sources.filter((source) => source.cursor !== null),
      );
    },
  };
};
