/** Everything the page of one conversation knows. Plain data in, plain data out: no fetching here. */
import { createStore } from '@xstate/store';
import type { ApiError } from '../api/error.ts';
import type { Conversation, Journal, Machine, Message } from '../api/types.ts';
import { mergeMessages, type Outgoing, type Revised, withoutArrived } from './messages.ts';
import { mergeRows } from './timeline.ts';

/** Follow: the newest row stays in sight. Inspect: nothing moves until the person says so. */
export type TimelineMode = 'follow' | 'inspect';

export interface Replay {
  /** The row that the page stands at. */
  readonly seq: number;
  readonly playing: boolean;
  /** Steps in the time of one. */
  readonly speed: 1 | 4 | 16;
}

export interface ConversationContext {
  readonly id: string;
  readonly detail: Conversation | null;
  /** The detail before the current one, to show what has just changed. */
  readonly before: Conversation | null;
  /** Undefined while it is being loaded; null when it could not be. */
  readonly machine: Machine | null | undefined;
  readonly rows: readonly Journal[];
  readonly messages: readonly Revised[];
  /** Cursor to messages older than those here; null when there are none. */
  readonly olderMessages: string | null;
  readonly outgoing: readonly Outgoing[];
  readonly viewers: readonly string[];
  readonly writing: readonly string[];
  /** What the model is writing, unchecked; null when it writes nothing. */
  readonly preview: string | null;
  readonly mode: TimelineMode;
  /** Rows that arrived while inspecting. */
  readonly unseen: number;
  /** The row asked for by "why?". */
  readonly selected: number | null;
  readonly expanded: ReadonlySet<number>;
  /** Null: the page shows what is now. */
  readonly replay: Replay | null;
  /** An owner that was asked for and not confirmed yet. */
  readonly claimed: 'manager' | 'bot' | null;
  readonly status: 'loading' | 'ready' | 'missing' | 'failed';
  readonly error: ApiError | null;
}

const start = (id: string): ConversationContext => ({
  id,
  detail: null,
  before: null,
  machine: undefined,
  rows: [],
  messages: [],
  olderMessages: null,
  outgoing: [],
  viewers: [],
  writing: [],
  preview: null,
  mode: 'follow',
  unseen: 0,
  selected: null,
  expanded: new Set(),
  replay: null,
  claimed: null,
  status: 'loading',
  error: null,
});

/** The journal's head as far as anything here has told. */
export const headOf = (context: ConversationContext): number =>
  Math.max(context.detail?.seq ?? 0, context.rows.at(-1)?.seq ?? 0);

const toggled = (set: ReadonlySet<number>, seq: number): ReadonlySet<number> => {
  const next = new Set(set);
  if (!next.delete(seq)) next.add(seq);
  return next;
};

const withRows = (context: ConversationContext, rows: readonly Journal[]): ConversationContext => {
  const merged = mergeRows(context.rows, rows);
  if (merged === context.rows) return context;
  const head = context.rows.at(-1)?.seq ?? 0;
  const newer = context.rows.length === 0 ? 0 : merged.filter((row) => row.seq > head).length;
  return { ...context, rows: merged, unseen: context.mode === 'inspect' ? context.unseen + newer : 0 };
};

const withMessages = (
  context: ConversationContext,
  messages: readonly Message[],
  rev: number,
): ConversationContext => {
  const merged = mergeMessages(context.messages, messages, rev);
  if (merged === context.messages) return context;
  const known = new Set(context.messages.map(({ message }) => message.id));
  // The real message takes the place of its preview; news of an older one does not.
  const said = messages.some((message) => message.from === 'bot' && !known.has(message.id));
  const preview = said ? null : context.preview;
  return { ...context, preview, messages: merged, outgoing: withoutArrived(context.outgoing, merged) };
};

const withDetail = (context: ConversationContext, detail: Conversation): ConversationContext => {
  if (context.detail !== null && context.detail.seq > detail.seq) return context;
  return { ...context, detail, before: context.detail, status: 'ready', error: null };
};

/** Begins a replay at the newest row, or moves the one that runs; the timeline goes along. */
const replayed = (context: ConversationContext, change: Partial<Replay>): ConversationContext => {
  const head = context.rows.at(-1)?.seq;
  if (head === undefined) return context;
  const old = context.replay ?? { seq: head, playing: false, speed: 1 as const };
  const replay = { ...old, ...change };
  return { ...context, replay, selected: replay.seq, mode: 'inspect', unseen: 0 };
};

/** Builds the store of one conversation. */
export const makeConversationStore = (id: string) =>
  createStore({
    context: start(id),
    on: {
      detailLoaded: (context, event: { detail: Conversation }) => withDetail(context, event.detail),
      machineLoaded: (context, event: { machine: Machine | null }) => ({
        ...context,
        machine: event.machine,
      }),
      rowsLoaded: (context, event: { rows: readonly Journal[] }) => withRows(context, event.rows),
      messagesLoaded: (context, event: { messages: readonly Message[]; rev: number }) =>
        withMessages(context, event.messages, event.rev),
      olderKnown: (context, event: { cursor: string | null }) => ({
        ...context,
        olderMessages: event.cursor,
      }),
      present: (context, event: { viewers: readonly string[]; writing: readonly string[] }) => ({
        ...context,
        viewers: event.viewers,
        writing: event.writing,
      }),
      previewed: (context, event: { text: string | null }) => ({ ...context, preview: event.text }),
      failed: (context, event: { error: ApiError }) => ({
        ...context,
        error: event.error,
        status: event.error.status === 404 ? ('missing' as const) : ('failed' as const),
      }),
      sending: (context, event: { item: Outgoing }) => ({
        ...context,
        outgoing: [...context.outgoing.filter((item) => item.key !== event.item.key), event.item],
      }),
      sendFailed: (context, event: { key: string; error: string }) => ({
        ...context,
        outgoing: context.outgoing.map((item) =>
          item.key === event.key ? { ...item, state: 'failed' as const, error: event.error } : item,
        ),
      }),
      sendDropped: (context, event: { key: string }) => ({
        ...context,
        outgoing: context.outgoing.filter((item) => item.key !== event.key),
      }),
      claimed: (context, event: { owner: ConversationContext['claimed'] }) => ({
        ...context,
        claimed: event.owner,
      }),
      modeChanged: (context, event: { mode: TimelineMode }) => ({
        ...context,
        mode: event.mode,
        unseen: 0,
        selected: event.mode === 'follow' ? null : context.selected,
        // Back to live leaves the past.
        replay: event.mode === 'follow' ? null : context.replay,
      }),
      whyClosed: (context) => ({ ...context, selected: null }),
      replayed: (context, event: Partial<Replay>) => replayed(context, event),
      replayEnded: (context) => ({ ...context, replay: null, selected: null, mode: 'follow' as const }),
      expansionToggled: (context, event: { seq: number }) => ({
        ...context,
        expanded: toggled(context.expanded, event.seq),
        mode: 'inspect' as const,
      }),
      selected: (context, event: { seq: number }) => ({
        ...context,
        selected: event.seq,
        expanded: new Set([...context.expanded, event.seq]),
        mode: 'inspect' as const,
      }),
    },
  });

export type ConversationStore = ReturnType<typeof makeConversationStore>;
