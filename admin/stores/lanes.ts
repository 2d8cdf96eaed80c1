/** The four lanes of the timeline: who moved each row, and how long its timers ran (issue 6, part 2). */
import type { Journal } from '../api/types.ts';
import type { TimelineItem } from './timeline.ts';

export type Lane = 'customer' | 'bot' | 'person' | 'timers';

/** In the order of the columns. */
export const LANES: readonly Lane[] = ['customer', 'bot', 'person', 'timers'];

/** Timers drawn side by side (G10): the lane is narrow, and what runs beside three others is told by its rows. */
export const MAX_TIMER_TRACKS = 3;

const LANE_OF: Readonly<Record<Journal['cause'], Lane>> = {
  customer: 'customer',
  bot: 'bot',
  result: 'bot',
  system: 'bot',
  manager: 'person',
  timer: 'timers',
  job: 'timers',
};

/** Answers and the engine's own steps belong to the bot; jobs are due at a time, as timers are. */
export const laneOf = (cause: Journal['cause']): Lane => LANE_OF[cause];

interface Span {
  /** Index of the item that armed the timer. */
  readonly from: number;
  /** Index of the item that fired, cancelled or replaced it. */
  readonly to: number;
}

const rowsOf = (item: TimelineItem): readonly Journal[] => {
  if (item.kind === 'row') return [item.row];
  return item.kind === 'fold' ? item.rows : [];
};

/** Only what both began and ended among loaded rows: an end that is not seen is not guessed. */
const spansOf = (items: readonly TimelineItem[]): readonly Span[] => {
  const armed = new Map<string, number>();
  const spans: Span[] = [];
  for (const [index, item] of items.entries()) {
    for (const { timers } of rowsOf(item)) {
      for (const timer of timers) {
        const from = armed.get(timer.id);
        if (from !== undefined && from < index) spans.push({ from, to: index });
        if (timer.op === 'armed') armed.set(timer.id, index);
        else armed.delete(timer.id);
      }
    }
  }
  return spans.sort((left, right) => left.from - right.from || left.to - right.to);
};

/**
 * The pieces of timers' bars in each item, as text, so that a row renders again only when its own pieces change:
 * `0s` begins on track 0, `1t` passes through on track 1, `2e` ends on track 2, one after the other with spaces.
 */
export const timerBars = (items: readonly TimelineItem[]): readonly string[] => {
  const pieces: string[][] = items.map(() => []);
  const freeFrom: number[] = Array.from({ length: MAX_TIMER_TRACKS }, () => 0);
  for (const { from, to } of spansOf(items)) {
    const track = freeFrom.findIndex((free) => free <= from);
    if (track < 0) continue;
    // The end of one and the beginning of the next share an item: the upper and the lower half of it.
    freeFrom[track] = to;
    pieces[from]?.push(`${track}s`);
    for (let index = from + 1; index < to; index += 1) pieces[index]?.push(`${track}t`);
    pieces[to]?.push(`${track}e`);
  }
  return pieces.map((of) => of.join(' '));
};
