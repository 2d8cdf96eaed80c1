/** What stands in a statechart's boxes and beside its arrows, and how much room it needs. */

/** Events as a reader names them: `xstate.done.actor.think` is "think answers". */
export const eventWords = (event: string): string => {
  if (event === 'always') return 'at once';
  const done = /^xstate\.done\.actor\.(.+)$/.exec(event);
  if (done) return `${done[1]} answers`;
  const error = /^xstate\.error\.actor\.(.+)$/.exec(event);
  if (error) return `${error[1]} fails`;
  const after = /^xstate\.after\.([^.]+)\./.exec(event);
  return after ? `after ${after[1]}` : event;
};

/** Breaks at spaces; a longer word keeps a line to itself. */
export const wrap = (text: string, columns: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};

/** Kinds of text, with the average width of a character in px: generous, so that no font spills over. */
export const STYLES = {
  title: { size: 13, line: 18, character: 7.6 },
  key: { size: 10.5, line: 15, character: 6.5 },
  body: { size: 11, line: 15, character: 5.9 },
  note: { size: 10.5, line: 15, character: 6.5 },
  event: { size: 10.5, line: 14, character: 6.5 },
  guard: { size: 10, line: 13, character: 5.6 },
} as const;

export type Style = keyof typeof STYLES;

export interface Line {
  readonly style: Style;
  readonly text: string;
}

export const widthOf = (lines: readonly Line[]): number =>
  Math.ceil(Math.max(0, ...lines.map(({ style, text }) => text.length * STYLES[style].character)));

export const heightOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, { style }) => sum + STYLES[style].line, 0);
