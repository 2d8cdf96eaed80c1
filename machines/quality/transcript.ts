/** The dialogue as the judge is shown it: one line a message, without what tells who the customer is (domain 20.4). */
import { type PersonalData, scrub } from '../summaries/scrub.ts';
import type { TranscriptLine } from '../summaries/summary-prompt.ts';

/** How much of a dialogue a model may see (domain 6.14); the whole of a long one is never sent (lesson F-48). */
export type Extent = 'summary' | 'full';

interface Size {
  /** Lines from the start and from the end: what most rules are about. */
  readonly opening: number;
  readonly closing: number;
  /** Of each line. */
  readonly chars: number;
}

export const SIZES: Readonly<Record<Extent, Size>> = {
  summary: { opening: 20, closing: 40, chars: 400 },
  full: { opening: 40, closing: 120, chars: 1200 },
};

const SPEAKER = { customer: 'Customer', bot: 'Assistant', manager: 'Colleague' } as const;

/** One message as it was written. */
export interface DialogueLine extends TranscriptLine {
  /** Of the message: evidence leads back to it. */
  readonly id: string;
  /** Ms since the epoch. */
  readonly at: number;
}

export interface ShownLine {
  readonly from: TranscriptLine['from'];
  readonly text: string;
  readonly id: string;
  readonly at: number;
}

export interface ShownDialogue {
  /** What was shown, oldest first: the only thing that may be quoted. */
  readonly lines: readonly ShownLine[];
  /** Messages between the opening and the end that were left out. */
  readonly leftOut: number;
  /** How many lines stand before what was left out. */
  readonly opening: number;
}

export const showDialogue = (
  lines: readonly DialogueLine[],
  known: PersonalData,
  extent: Extent = 'full',
): ShownDialogue => {
  const { opening, closing, chars } = SIZES[extent];
  const isLong = lines.length > opening + closing;
  const shown = isLong ? [...lines.slice(0, opening), ...lines.slice(-closing)] : lines;
  return {
    lines: shown.map(({ from, text, id, at }) => ({
      from,
      text: scrub(text.slice(0, chars), known),
      id,
      at,
    })),
    leftOut: lines.length - shown.length,
    opening,
  };
};

/** As the model reads it; `mark` is a line of ours before the first message that was written at `at` or later. */
export const dialogueText = (
  { lines, leftOut, opening }: ShownDialogue,
  mark?: { readonly at: number; readonly says: string },
): string => {
  const marked = mark === undefined ? -1 : lines.findIndex((line) => line.at >= mark.at);
  return lines
    .flatMap(({ from, text }, i) => [
      ...(leftOut > 0 && i === opening ? [`(${leftOut} messages are left out here)`] : []),
      ...(mark !== undefined && i === marked ? [`(${mark.says})`] : []),
      `${SPEAKER[from]}: ${text}`,
    ])
    .join('\n');
};
