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
  stuck: [undefined],
};

/** Whether the customer waits for us; undefined where it does not matter. */
const WAITING: Readonly<Partial<Record<Tab, boolean>>> = { bot: true, customer: false };

const sourcesOf = (filter: Filter): Source[] =>
  OWNERS[filter.tab].map((owner) => ({
    filter: {
      owner,
      language: filter.language === 'any' ? undefined : filter.language,
      waiting: WAITING[filter.tab],
      stuck: filter.tab === 'stuck' ? true : undefined,
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

/** Counts follow what happens, at most this often; time alone makes a conversation stuck, so they are also read now and then. */
const COUNT_EVERY_MS = 2000;
const RECOUNT_MS = 30_000;

interface Counter {
  /** Counts anew within {@link COUNT_EVERY_MS}. */
  readonly soon: () => void;
  readonly stop: () => void;
}

const makeCounter = ({
  api,
  store,
  onTrouble,
}: Pick<ListLoaderDeps, 'api' | 'store' | 'onTrouble'>): Counter => {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let dueAt = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  let watched = true;
  const plan = (inMs: number): void => {
    if (!watched) return;
    const at = performance.now() + inMs;
    if (timer !== null && dueAt <= at) return;
    if (timer !== null) clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(count, inMs);
  };
  const count = (): void => {
    timer = null;
    lastAt = performance.now();
    if (document.hidden) {
      plan(RECOUNT_MS);
      return;
    }
    api.conversations
      .counts()
      .then((counts) => store.trigger.counted({ counts }), onTrouble)
      .finally(() => plan(RECOUNT_MS));
  };
  return {
    soon: () => {
      watched = true;
      plan(Math.max(0, lastAt + COUNT_EVERY_MS - performance.now()));
    },
    stop: () => {
      watched = false;
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
};

export const makeListLoader = (deps: ListLoaderDeps): ListLoader => {
  const { api, live, store, onTrouble } = deps;
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

  const counter = makeCounter(deps);

  const reload = (): void => {
    counter.soon();
    generation += 1;
    sources = sourcesOf(store.getSnapshot().context.filter);
    void fetchFrom(generation, sources);
  };

  return {
    start: () => {
      reload();
      const leave = live.subscribe({
        topic: 'conversations',
        onFrame: (frame) => {
          if (frame.type !== 'snapshot' && frame.type !== 'transition') return;
          const items = (Array.isArray(frame.data) ? frame.data : [frame.data]).filter(isSummary);
          if (items.length === 0) return;
          store.trigger.changed({ items });
          counter.soon();
        },
        onGap: reload,
      });
      return () => {
        leave();
        counter.stop();
      };
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
