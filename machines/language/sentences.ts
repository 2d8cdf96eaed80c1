/** Cuts a text into its sentences, keeping where each stood, so that a false one can be taken out of a reply. */

export interface Sentence {
  /** With its closing mark, without the space around it. */
  readonly text: string;
  /** Where it begins in the original. */
  readonly start: number;
  /** Which line of the original it stands in, from 0. */
  readonly line: number;
}

/** A reply or a message holds no more; the rest of a longer text is one last sentence (G10). */
const MAX_SENTENCES = 200;
/** A full stop after these ends no sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:dhs?|no|nr|mr|mrs|ms|dr|eng|approx|incl|excl|e\.g|i\.e|etc|vs|max|min|ltd|co|st|bldg|tel|ext|د\.إ|د\.ا|ر\.س|ش\.م|م|د|أ|\p{L}|\d{1,2})$/iu;

/** Sentences in order. A list item, a line and a sentence end a sentence; "Dhs. 450" and "2. Chair" do not. */
export const sentencesOf = (text: string): readonly Sentence[] => {
  const found: Sentence[] = [];
  let offset = 0;
  text.split('\n').forEach((line, number) => {
    let from = 0;
    for (const mark of line.matchAll(/(?<![.!?؟…])[.!?؟…]+["'’”)\]]{0,2}(?=\s|$)/g)) {
      if (found.length >= MAX_SENTENCES) break;
      const end = mark.index + mark[0].length;
      if (mark[0] === '.' && ABBREVIATION.test(line.slice(Math.max(from, mark.index - 8), mark.index)))
        continue;
      keep(found, line.slice(from, end), offset + from, number);
      from = end;
    }
    keep(found, line.slice(from), offset + from, number);
    offset += line.length + 1;
  });
  return found;
};

const keep = (found: Sentence[], raw: string, start: number, line: number): void => {
  const text = raw.trim();
  if (text !== '') found.push({ text, start: start + raw.length - raw.trimStart().length, line });
};
