/** A layout in another language: the same boxes and arrows, with the words that fit them. Pure. */
import type { MachineLayout } from '../api/types.ts';

type Region = MachineLayout['regions'][number];
type Box = Region['boxes'][number];
type Arrow = Region['arrows'][number];

export interface Tongue {
  readonly say: (english: string) => string;
  /** "and 3 more" */
  readonly more: (n: number) => string;
}

/** As the server counts them (runtime/statechart/brief-wording.ts): generous, so that no font spills over. */
const TITLE_CHARACTER_PX = 7.6;
const BOX_PADDING_PX = 20;
const EVENT_COLUMNS = 22;
const MAX_EVENTS = 2;

/** Breaks at spaces; a longer word keeps a line to itself. */
const wrap = (text: string, columns: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};

const boxIn = (box: Box, { say }: Tongue): Box => {
  const columns = Math.floor((box.width - BOX_PADDING_PX) / TITLE_CHARACTER_PX);
  const lines = wrap(say(box.lines.join(' ')), columns);
  // A box was measured for its English lines: what does not fit below each other stands in the last of them.
  const whole = lines.slice(0, Math.max(1, box.lines.length) - 1);
  return { ...box, lines: [...whole, lines.slice(whole.length).join(' ')] };
};

const arrowIn = (arrow: Arrow, { say, more }: Tongue): Arrow => {
  const moves = arrow.moves.map((move) => ({
    ...move,
    words: say(move.words),
    description: move.description === null ? null : say(move.description),
  }));
  if (arrow.label === null) return { ...arrow, moves };
  const words = [...new Set(moves.map((move) => move.words))];
  const shown = words.slice(0, words.length > MAX_EVENTS ? MAX_EVENTS - 1 : MAX_EVENTS);
  const rest = words.length - shown.length;
  const lines = [...shown.flatMap((text) => wrap(text, EVENT_COLUMNS)), ...(rest > 0 ? [more(rest)] : [])];
  return { ...arrow, moves, label: { ...arrow.label, lines } };
};

const regionIn = (region: Region, tongue: Tongue): Region => ({
  ...region,
  label: tongue.say(region.label),
  description: region.description === null ? null : tongue.say(region.description),
  boxes: region.boxes.map((box) => boxIn(box, tongue)),
  arrows: region.arrows.map((arrow) => arrowIn(arrow, tongue)),
});

export const layoutIn = (layout: MachineLayout, tongue: Tongue): MachineLayout => ({
  ...layout,
  states: layout.states.map((state) => ({ ...state, label: tongue.say(state.label) })),
  regions: layout.regions.map((region) => regionIn(region, tongue)),
});
