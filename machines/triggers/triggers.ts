/**
 * The reasons for a hand-over that a customer's words show without a model (domain 8.1, 8.2). A floor when the model does
 * not call `hand_over`, and the evidence that its call needs (lesson F-26: hand-over is no fallback).
 */
import { fold } from '../language/fold.ts';
import { compare, money } from '../money/money.ts';
import { withFigures } from '../quantity/figures.ts';
import { BY_NAME, NEVER_ALONE, TRIGGER_WORDS } from './lexicon.ts';

export interface FoundTrigger {
  /** Number of domain 8.1. */
  readonly trigger: number;
  /** Hand over now; otherwise a manager is told and the sale goes on (domain 8.2). */
  readonly hard: boolean;
}

/** What the conversation knows beside the words. */
export interface TriggerFacts {
  /** Goods of the selection before VAT, decimal; null: none. */
  readonly subtotal: string | null;
  /** Domain 8.1 trigger 4; a setting (`orders.managerThreshold`). */
  readonly managerThreshold: string;
  /** A drawing or a plan came as a file (trigger 14). */
  readonly sentFile: boolean;
  /** Replies in a row that understood nothing (trigger 2). */
  readonly notUnderstood: number;
  /** Proposals in a row that were turned down (trigger 16). */
  readonly rejected: number;
}

/** Domain 8.1: twice in a row; 16 by `[R]` two proposals. */
const IN_A_ROW = 2;
/** A message is no letter; the rest of a longer one is the model's to read. */
const MAX_READ_CHARS = 4000;

/** All triggers that the words and the facts show, the strongest first. */
export const readTriggers = (text: string, facts: TriggerFacts): readonly FoundTrigger[] => {
  const said = text.slice(0, MAX_READ_CHARS);
  const plain = fold(withFigures(said));
  const found: FoundTrigger[] = [
    ...(BY_NAME.test(said) ? [{ trigger: 8, hard: true }] : []),
    ...TRIGGER_WORDS.filter(({ when, unless }) => when.test(plain) && !unless?.test(plain)).map(
      ({ trigger, hard }) => ({ trigger, hard }),
    ),
    ...fromFacts(facts),
  ];
  const once = [...new Map(found.map((one) => [one.trigger, one])).values()];
  return [...once.filter(({ hard }) => hard), ...once.filter(({ hard }) => !hard)];
};

const fromFacts = (facts: TriggerFacts): readonly FoundTrigger[] => [
  ...(facts.sentFile ? [{ trigger: 14, hard: true }] : []),
  ...(facts.notUnderstood >= IN_A_ROW ? [{ trigger: 2, hard: true }] : []),
  ...(facts.subtotal !== null && compare(money(facts.subtotal), money(facts.managerThreshold)) > 0
    ? [{ trigger: 4, hard: false }]
    : []),
  ...(facts.rejected >= IN_A_ROW ? [{ trigger: 16, hard: false }] : []),
];

/** Triggers whose evidence is always in words or facts: without it the model's call is refused. */
const PROVABLE: ReadonlySet<number> = new Set([3, 4, 5, 7, 8, 14, 15, 17, 18]);

/**
 * Why the model's `hand_over` is refused, for the model to read; `null` when it may be. Evidence may lie in any message
 * of the burst. Triggers that need understanding (1, 2, 6, 9 to 13, 16) are refused only when the words are of the kind
 * that never hands over by itself.
 */
export const vetoOf = (trigger: number, text: string, facts: TriggerFacts): string | null => {
  const found = readTriggers(text, facts);
  if (found.some((one) => one.trigger === trigger)) return null;
  // Another hard reason is there: the number is wrong, the wish is not.
  if (found.some(({ hard }) => hard)) return null;
  // A question without a fact (6) is the knowledge base's to tell, not the words'.
  if (trigger === 6) return null;
  const plain = fold(text.slice(0, MAX_READ_CHARS));
  const ordinary = NEVER_ALONE.some((pattern) => pattern.test(plain));
  return PROVABLE.has(trigger) || ordinary
    ? 'Nothing in the message asks for that: a price, stock, quantity, preference, detail, greeting or unknown item is no reason to hand over. Answer it yourself.'
    : null;
};
