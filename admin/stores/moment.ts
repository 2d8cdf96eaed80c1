/** What the page shows: the newest, or the moment that a replay stands at. */
import type { Journal } from '../api/types.ts';
import type { ConversationContext } from './conversation-store.ts';
import type { Revised } from './messages.ts';

type Read = Pick<ConversationContext, 'rows' | 'replay' | 'detail'>;

const NO_STATES: readonly string[] = [];

/** The index of the first row after `seq`; rows are sorted. */
const endOf = (rows: readonly Journal[], seq: number): number => {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.seq ?? 0) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Messages that were there at the moment. */
export const messagesAt = ({
  messages,
  replay,
}: Pick<ConversationContext, 'messages' | 'replay'>): readonly Revised[] =>
  replay === null ? messages : messages.filter(({ message }) => message.seq <= replay.seq);

/** Rows up to the moment, the newest last. */
export const rowsAt = ({ rows, replay }: Pick<Read, 'rows' | 'replay'>): readonly Journal[] =>
  replay === null ? rows : rows.slice(0, endOf(rows, replay.seq));

/** The row of the moment; null: nothing has happened yet. */
export const rowAt = ({ rows, replay }: Pick<Read, 'rows' | 'replay'>): Journal | null =>
  (replay === null ? rows.at(-1) : rows[endOf(rows, replay.seq) - 1]) ?? null;

/** Leaf states at the moment. A row is there before the detail that goes with it. */
export const statesAt = (context: Read): readonly string[] => {
  const row = rowAt(context);
  const { detail, replay } = context;
  if (replay === null && detail !== null && (row === null || detail.seq > row.seq)) return detail.states;
  return row?.to ?? detail?.states ?? NO_STATES;
};
