/**
 * Is the file a drawing or a floor plan, by what can be told without opening it: its name and the words beside it
 * (domain 8.1 trigger 14, 16.6)? Plans go to a person at once; anything else is looked at or acknowledged.
 */

/** Formats that hold nothing but drawings. */
const DRAWING_FILES = /\.(?:dwg|dxf|dwf|skp|rvt|ifc|3dm|3ds)$/i;

const WORDS =
  /\b(?:floor\s?-?plans?|lay-?outs?|drawings?|blue-?prints?|space plans?|office plans?|plan of (?:the|our|my)|cad)\b|(?:مخطط|مخططات|رسم هندسي|الرسومات|خريطة المكتب|لاي ?اوت)/iu;

/** `plan.pdf`, `Office-Plan-v2.png`: in a file's name a plan is a plan, in a sentence it may be an intention. */
const NAMES = /(?:^|[^a-z])plans?(?:[^a-z]|$)/i;

export interface SentFile {
  readonly name: string | null;
  /** What the customer wrote with it. */
  readonly caption: string;
}

/** True for what a manager should see at once as a plan. */
export const isDrawing = ({ name, caption }: SentFile): boolean =>
  DRAWING_FILES.test(name ?? '') ||
  WORDS.test(caption) ||
  WORDS.test((name ?? '').replace(/[_.-]+/g, ' ')) ||
  NAMES.test(name ?? '');
