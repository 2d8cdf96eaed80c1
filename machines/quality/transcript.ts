/** The dialogue as the judge is shown it: one line a message, without what tells who the customer is (domain 20.4). */
import { type PersonalData, scrub } from '../summaries/scrub.ts';
import type { TranscriptLine } from '../summaries/summary-prompt.ts';

/** Lines shown of a long dialogue: its opening and its end are what most rules are about (lesson F-48). */
export const OPENING_LINES = 40;
export const CLOSING_LINES = 120;
const LINE_CHARS = 1200;

const SPEAKER = { customer: 'Customer', bot: 'Assistant', manager: 'Colleague' } as const;

export interface ShownLine {
  readonly from: TranscriptLine['from'];
  readonly text: string;
}

export interface ShownDialogue {
  /** What was shown, oldest first: the only thing that may be quoted. */
  readonly lines: readonly ShownLine[];
  /** Messages between the opening and the end that were left out. */
  readonly leftOut: number;
}

export const showDialogue = (lines: readonly TranscriptLine[], known: PersonalData): ShownDialogue => {
  const isLong = lines.length > OPENING_LINES + CLOSING_LINES;
  const shown = isLong ? [...lines.slice(0, OPENING_LINES), ...lines.slice(-CLOSING_LINES)] : lines;
  return {
    lines: shown.map(({ from, text }) => ({ from, text: scrub(text.slice(0, LINE_CHARS), known) })),
    leftOut: lines.length - shown.length,
  };
};

/** As the model reads it. */
export const dialogueText = ({ lines, leftOut }: ShownDialogue): string => {
  const written = lines.map(({ from, text }) => `${SPEAKER[from]}: ${text}`);
  if (leftOut === 0) return written.join('\n');
  return [
    ...written.slice(0, OPENING_LINES),
    `(${leftOut} messages are left out here)`,
    ...written.slice(OPENING_LINES),
  ].join('\n');
};
