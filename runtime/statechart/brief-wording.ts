/** Few words, so that a region can be read at a glance and followed live: labels in boxes, events beside arrows. */
import { transitionWords } from '../conversations/labels.ts';
import type { Wording } from './region-graph.ts';
import { type Line, wrap } from './words.ts';

const TITLE_COLUMNS = 24;
const EVENT_COLUMNS = 22;
/** An arrow that many events lead along says how many more there are. */
const MAX_EVENTS = 2;

const line =
  (style: Line['style']) =>
  (text: string): Line => ({ style, text });

export const BRIEF_WORDING: Wording = {
  box: ({ label }) => wrap(label, TITLE_COLUMNS).map(line('title')),
  arrow: (moves) => {
    const words = [...new Set(moves.map(({ event }) => transitionWords(event)))];
    const shown = words.slice(0, words.length > MAX_EVENTS ? MAX_EVENTS - 1 : MAX_EVENTS);
    const more = words.length - shown.length;
    return [
      ...shown.flatMap((text) => wrap(text, EVENT_COLUMNS)).map(line('body')),
      ...(more > 0 ? [line('guard')(`and ${more} more`)] : []),
    ];
  },
};
