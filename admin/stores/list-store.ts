/**
 * The conversations the admin knows, and the list it shows. Rows are updated in place at once; the order changes only
 * while nobody's pointer is on the list, otherwise the change waits behind a pill.
 */
import { createStore } from '@xstate/store';
import type { ApiError } from '../api/error.ts';
import type { Summary, TabCounts } from '../api/types.ts';
import { serverNow } from '../lib/clock.ts';
import { compareConversations, type Filter, heldBack, orderedIds } from './list-order.ts';

/** Conversations kept in memory; beyond it the quietest are forgotten and come back by scrolling (G10). */
export const MAX_CONVERSATIONS = 4000;

export interface ListContext {
  readonly byId: ReadonlyMap<string, Summary>;
  readonly filter: Filter;
  /** Ids the server found for the filter's query. */
  readonly hits: ReadonlySet<string>;
  /** What is on screen. */
  readonly shown: readonly string[];
  readonly touched: ReadonlySet<string>;
  /** Somebody's pointer or focus is on the list. */
  readonly held: boolean;
  /** Changes that wait behind the pill. */
  readonly pending: number;
  readonly status: 'loading' | 'ready' | 'failed';
  readonly error: ApiError | null;
  readonly next: string | null;
  /** Of each tab, by the server; null until it said so. */
  readonly counts: TabCounts | null;
}

const initial: ListContext = {
  byId: new Map(),
  filter: { tab: 'all', q: '', language: 'any' },
  hits: new Set(),
  shown: [],
  touched: new Set(),
  held: false,
  pending: 0,
  status: 'loading',
  error: null,
  next: null,
  counts: null,
};

const bounded = (byId: Map<string, Summary>): ReadonlyMap<string, Summary> => {
  if (byId.size <= MAX_CONVERSATIONS) return byId;
  const kept = [...byId.values()].sort(compareConversations).slice(0, MAX_CONVERSATIONS);
  return new Map(kept.map((item) => [item.id, item]));
};

/** A page may be older than what the live stream has already brought: the higher `seq` wins. */
const merge = (
  byId: ReadonlyMap<string, Summary>,
  items: readonly Summary[],
): { byId: ReadonlyMap<string, Summary>; changed: readonly string[] } => {
  const merged = new Map(byId);
  const changed: string[] = [];
  for (const item of items) {
    const known = merged.get(item.id);
    if (known !== undefined && known.seq > item.seq) continue;
    merged.set(item.id, item);
    changed.push(item.id);
  }
  return { byId: bounded(merged), changed };
};

const inOrder = (context: ListContext): ListContext => ({
  ...context,
  shown: orderedIds(context.byId, context.filter, context.hits, serverNow()),
  touched: new Set(),
  pending: 0,
});

const settle = (context: ListContext): ListContext => {
  if (!context.held) return inOrder(context);
  const wanted = orderedIds(context.byId, context.filter, context.hits, serverNow());
  return { ...context, pending: heldBack(context.shown, wanted, context.touched) };
};

/** Builds a list store; the application has one, tests make their own. */
export const makeListStore = () =>
  createStore({
    context: initial,
    on: {
      filtered: (context, event: { filter: Filter }) =>
        inOrder({
          ...context,
          filter: event.filter,
          hits: new Set(),
          status: 'loading',
          error: null,
          next: null,
        }),
      /** A page for the filter that stands now; the caller drops answers for an older one. */
      loaded: (context, event: { items: readonly Summary[]; next: string | null }) => {
        const { byId } = merge(context.byId, event.items);
        const found = context.filter.q === '' ? [] : event.items.map((item) => item.id);
        const hits = new Set([...context.hits, ...found]);
        const loaded: ListContext = {
          ...context,
          byId,
          hits,
          next: event.next,
          status: 'ready',
          error: null,
        };
        // The first page is what the person asked for: it shows even under the pointer.
        return context.status === 'ready' ? settle(loaded) : inOrder(loaded);
      },
      failed: (context, event: { error: ApiError }) => ({
        ...context,
        status: 'failed' as const,
        error: event.error,
      }),
      changed: (context, event: { items: readonly Summary[] }) => {
        const { byId, changed } = merge(context.byId, event.items);
        return settle({ ...context, byId, touched: new Set([...context.touched, ...changed]) });
      },
      counted: (context, event: { counts: TabCounts }) => ({ ...context, counts: event.counts }),
      held: (context, event: { held: boolean }) => settle({ ...context, held: event.held }),
      flushed: (context) => inOrder(context),
      cleared: () => initial,
    },
  });

export type ListStore = ReturnType<typeof makeListStore>;

/** How many conversations ask for a person and have nobody yet: the badge and the tab's title. */
export const peopleNeeded = (context: ListContext): number => {
  let count = 0;
  for (const item of context.byId.values()) if (item.owner === 'waiting') count += 1;
  return count;
};
