/**
 * The conversations the admin knows, and the list it shows. Rows are updated in place at once; the order changes only
 * while nobody's pointer is on the list, otherwise the change waits behind a pill.
 */
import { createStore } from '@xstate/store';
import type { ApiError } from '../api/error.ts';
import type { Summary, TabCounts } from '../api/types.ts';
import { serverNow } from '../lib/clock.ts';
import { type KeptItems, noItems } from '../lib/kept-items.ts';
import { heldBack, placesOf } from './list-held.ts';
import {
  compareConversations,
  type Filter,
  isListed,
  NO_FILTER,
  orderedIds,
  reorderedIds,
} from './list-order.ts';

/** Conversations kept in memory: about 100 MB of them. The list ends there; search and filters find the others (G10). */
export const MAX_CONVERSATIONS = 100_000;
/** So many more may come in live before the quietest are forgotten, all at once: each time costs a sorting of all. */
export const SPARE_CONVERSATIONS = 1000;

export interface ListContext {
  readonly byId: KeptItems<Summary>;
  readonly filter: Filter;
  /** Ids the server found for the filter's query. */
  readonly hits: ReadonlySet<string>;
  /** What is on screen. */
  readonly shown: readonly string[];
  /** Changed since the list was put in order. */
  readonly touched: ReadonlySet<string>;
  /** Further pages that came while the list stood still, where they may not stand in order. */
  readonly late: ReadonlySet<string>;
  /** Somebody's pointer or focus is on the list. */
  readonly held: boolean;
  /** Changes that wait behind the pill. */
  readonly pending: number;
  /** How many conversations ask for a person and have nobody yet: the badge and the tab's title. */
  readonly needed: number;
  readonly status: 'loading' | 'ready' | 'failed';
  readonly error: ApiError | null;
  readonly next: string | null;
  /** Of each tab, by the server; null until it said so. */
  readonly counts: TabCounts | null;
}

const NOBODY: ReadonlySet<string> = new Set();

const initial: ListContext = {
  byId: noItems(),
  filter: NO_FILTER,
  hits: NOBODY,
  shown: [],
  touched: NOBODY,
  late: NOBODY,
  held: false,
  pending: 0,
  needed: 0,
  status: 'loading',
  error: null,
  next: null,
  counts: null,
};

const needsPerson = (item: Summary | undefined): number => (item?.owner === 'waiting' ? 1 : 0);

/** A conversation's row changes with its journal, but for what operators and failures do to it. */
const isSame = (known: Summary, item: Summary): boolean =>
  known.seq === item.seq && known.parked === item.parked && known.paused === item.paused;

/** A page may be older than what the live stream has already brought: the higher `seq` wins. */
const merge = (context: ListContext, items: readonly Summary[]): ListContext => {
  const news = new Map<string, Summary>();
  for (const item of items) {
    const known = news.get(item.id) ?? context.byId.get(item.id);
    if (known !== undefined && (known.seq > item.seq || isSame(known, item))) continue;
    news.set(item.id, item);
  }
  if (news.size === 0) return context;
  let needed = context.needed;
  for (const item of news.values()) needed += needsPerson(item) - needsPerson(context.byId.get(item.id));
  return {
    ...context,
    byId: context.byId.with([...news.values()]),
    touched: new Set([...context.touched, ...news.keys()]),
    needed,
  };
};

const settled = { touched: NOBODY, late: NOBODY, pending: 0 } as const;

const inOrderAnew = (context: ListContext): ListContext => {
  const { byId } = context;
  if (byId.size <= MAX_CONVERSATIONS + SPARE_CONVERSATIONS)
    return { ...context, ...settled, shown: orderedIds(context, serverNow()) };
  const items = [...byId.values()].sort(compareConversations).slice(0, MAX_CONVERSATIONS);
  const kept: ListContext = {
    ...context,
    byId: noItems<Summary>().with(items),
    needed: items.reduce((sum, item) => sum + needsPerson(item), 0),
  };
  return { ...kept, ...settled, shown: orderedIds(kept, serverNow()) };
};

const inOrder = (context: ListContext): ListContext => {
  // Time alone makes a conversation stuck, so that all are looked at; the others change by what is said of them.
  const anew = context.filter.tab === 'stuck' || context.byId.size > MAX_CONVERSATIONS + SPARE_CONVERSATIONS;
  if (anew) return inOrderAnew(context);
  const changed = context.late.size === 0 ? context.touched : new Set([...context.touched, ...context.late]);
  if (changed.size === 0) return { ...context, pending: 0 };
  return { ...context, ...settled, shown: reorderedIds(context, context.shown, changed, serverNow()) };
};

const settle = (context: ListContext): ListContext =>
  context.held
    ? { ...context, pending: heldBack(context, context.shown, context.touched, serverNow()) }
    : inOrder(context);

/** A held list grows at its end by what was fetched for it, and moves nothing else. */
const extended = (context: ListContext, items: readonly Summary[]): ListContext => {
  const here = placesOf(context.shown);
  const now = serverNow();
  const further = [...new Set(items.map(({ id }) => id))]
    .map((id) => context.byId.get(id))
    .filter((item) => item !== undefined)
    .filter((item) => !here.has(item.id) && isListed(context, item, now))
    .sort(compareConversations);
  const ids = further.map(({ id }) => id);
  const last = context.byId.get(context.shown.at(-1) ?? '');
  const [first] = further;
  const follows =
    last === undefined ||
    first === undefined ||
    (!context.touched.has(last.id) && !context.late.has(last.id) && compareConversations(last, first) < 0);
  const touched = new Set(context.touched);
  for (const id of ids) touched.delete(id);
  return {
    ...context,
    touched,
    late: follows ? context.late : new Set([...context.late, ...ids]),
    shown: [...context.shown, ...ids],
  };
};

/** Builds a list store; the application has one, tests make their own. */
export const makeListStore = () =>
  createStore({
    context: initial,
    on: {
      filtered: (context, event: { filter: Filter }) =>
        inOrderAnew({
          ...context,
          filter: event.filter,
          hits: NOBODY,
          status: 'loading',
          error: null,
          next: null,
        }),
      /**
       * A page for the filter that stands now; the caller drops answers for an older one. `further`: it follows what is
       * shown; otherwise it is the first one, read for the first time or again.
       */
      loaded: (
        context,
        event: { items: readonly Summary[]; next: string | null; further?: boolean },
      ): ListContext => {
        const found = context.filter.q === '' ? [] : event.items.map((item) => item.id);
        const merged = merge(context, event.items);
        const loaded: ListContext = {
          ...merged,
          ...(found.length === 0
            ? {}
            : {
                hits: new Set([...context.hits, ...found]),
                touched: new Set([...merged.touched, ...found]),
              }),
          next: merged.byId.size < MAX_CONVERSATIONS ? event.next : null,
          status: 'ready',
          error: null,
        };
        // The first page is what the person asked for: it shows even under the pointer.
        if (context.status !== 'ready') return inOrderAnew(loaded);
        return settle(event.further === true && context.held ? extended(loaded, event.items) : loaded);
      },
      failed: (context, event: { error: ApiError }) => ({
        ...context,
        status: 'failed' as const,
        error: event.error,
      }),
      changed: (context, event: { items: readonly Summary[] }) => {
        const merged = merge(context, event.items);
        return merged === context ? context : settle(merged);
      },
      counted: (context, event: { counts: TabCounts }) => ({ ...context, counts: event.counts }),
      held: (context, event: { held: boolean }) => settle({ ...context, held: event.held }),
      flushed: (context) => inOrder(context),
      cleared: () => initial,
    },
  });

export type ListStore = ReturnType<typeof makeListStore>;

/** How many conversations ask for a person and have nobody yet. */
export const peopleNeeded = (context: ListContext): number => context.needed;
