/** Fetches pages of the list for its filter and keeps it live; answers for an older filter are dropped. */
import type { Api, ConversationFilter } from '../api/endpoints.ts';
import { ApiError } from '../api/error.ts';
import type { Summary } from '../api/types.ts';
import type { LiveClient } from '../live/live-client.ts';
import { type Filter, stateOf, type Tab } from '../stores/list-order.ts';
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
      state: filter.stage === 'any' ? undefined : stateOf(filter.stage),
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

/** Pages read after a lost connection; whoever was away for more starts over (G10). */
const CATCH_UP_PAGES = 25;
/** An answer may have been on its way when the connection broke, ms. */
const OVERLAP_MS = 60_000;

/** The newest activity that the store knows of, ms since the epoch. */
const newestIn = (store: ListStore): number => {
  let newest = '';
  for (const { updatedAt } of store.getSnapshot().context.byId.values())
    if (updatedAt > newest) newest = updatedAt;
  return newest === '' ? 0 : Date.parse(newest);
};

/**
 * What was missed while nothing was heard: all who wait, and who was active since. Asked of everybody, because a
 * conversation that left the tab in between is on no page of it. False: that is too much to read.
 */
const catchUp = async ({ api, store, onTrouble }: Omit<ListLoaderDeps, 'live'>): Promise<boolean> => {
  const since = newestIn(store) - OVERLAP_MS;
  let cursor: string | undefined;
  try {
    for (let page = 0; page < CATCH_UP_PAGES; page += 1) {
      const { items, next } = await api.conversations.list({}, cursor);
      store.trigger.changed({ items });
      const last = items.at(-1);
      const isOlder = last !== undefined && last.waitingSince === null && Date.parse(last.updatedAt) < since;
      if (next === null || isOlder) return true;
      cursor = next;
    }
    return false;
  } catch (error) {
    onTrouble(error);
    return true;
  }
};

export const makeListLoader = (deps: ListLoaderDeps): ListLoader => {
  const { api, live, store, onTrouble } = deps;
  let generation = 0;
  let sources: Source[] = [];
  let busy = false;

  const fetchFrom = async (mine: number, wanted: readonly Source[], further: boolean): Promise<void> => {
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
      store.trigger.loaded({ items: pages.flat(), next, further });
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
    void fetchFrom(generation, sources, false);
  };

  const startOver = (): void => {
    const { filter } = store.getSnapshot().context;
    store.trigger.cleared();
    store.trigger.filtered({ filter });
    reload();
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
        onGap: () => {
          reload();
          void catchUp(deps).then((complete) => {
            if (!complete) startOver();
          });
        },
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
        true,
      );
    },
  };
};
