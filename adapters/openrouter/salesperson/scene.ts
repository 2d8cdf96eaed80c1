/** The dialogue as the salesperson sees it. It remembers nothing between calls: everything is in the messages. */
import { givesDetails, PIECES, type Piece } from './details.ts';
import type { Asked, Language } from './move.ts';
import { type PromptFacts, readPrompt } from './prompt-facts.ts';
import { ASKS_ITEMS, piecesAsked, piecesIn } from './quotation.ts';
import { type Outcome, readOutcome } from './results.ts';
import { hasArabic } from './text.ts';
import { ASKS_IF_IT_SUITS } from './wishes.ts';

export interface Scene extends Omit<PromptFacts, 'language' | 'first' | 'mayAsk'> {
  readonly offered: ReadonlySet<string>;
  readonly language: Language;
  readonly first: boolean;
  readonly mayAsk: 'name' | 'company' | null;
  /** The customer's newest words: one burst. */
  readonly said: string;
  /** Earlier bursts, newest first. */
  readonly earlier: readonly string[];
  /** Our replies before this turn, newest first. */
  readonly replies: readonly string[];
  /** A quotation was sent and waits for the customer's word. */
  readonly quoted: boolean;
  /** Details of a wanted quotation that the customer was or may be asked for. */
  readonly piecesAsked: ReadonlySet<Piece>;
  /** Tool results of this turn. */
  readonly outcomes: readonly Outcome[];
  /** The customer asks to hear again what was answered to `said`. */
  readonly repeats: boolean;
  /** What was wrong with the answer just given; `null` when nothing was. */
  readonly repair: string | null;
}

export const readScene = (asked: Asked): Scene => {
  const { messages } = asked;
  const lastUser = messages.findLastIndex((message) => message.role === 'user');
  const before = messages.slice(0, Math.max(lastUser, 0));
  const system = messages.flatMap((message) => (message.role === 'system' ? [message.content] : []));
  const facts = readPrompt(system.filter((content) => !content.startsWith('[repair]')).join('\n\n'));
  const said = contentOf(messages[lastUser]);
  const replies = before
    .flatMap((message) => (message.role === 'assistant' && message.content ? [message.content] : []))
    .reverse();
  const first = facts.first ?? replies.length === 0;
  return {
    ...facts,
    offered: new Set(asked.tools),
    language: facts.language ?? (hasArabic(said) ? 'ar' : 'en'),
    first,
    mayAsk: facts.mayAsk === undefined ? defaultAsk(first, facts) : facts.mayAsk,
    said,
    earlier: before.flatMap((message) => (message.role === 'user' ? [contentOf(message)] : [])).reverse(),
    replies,
    quoted: facts.quoted || replies.slice(0, RECENT_REPLIES).some((reply) => ASKS_IF_IT_SUITS.test(reply)),
    piecesAsked: new Set([
      ...piecesAsked(replies[0] ?? ''),
      ...piecesIn(facts.missing),
      ...(facts.missing.length === 0 && ASKS_ITEMS.test(replies[0] ?? '') && givesDetails(said)
        ? PIECES
        : []),
    ]),
    repeats: false,
    outcomes: outcomesOf(messages.slice(lastUser + 1)),
    repair:
      system
        .findLast((content) => content.startsWith('[repair]'))
        ?.slice('[repair]'.length)
        .trim() ?? null,
  };
};

/** An interruption or two do not make a quotation forgotten (domain 3.8). */
const RECENT_REPLIES = 3;

/** Longer bursts are not read to the end: rules find nothing there, and patterns must stay quick (G10). */
const MAX_SAID_CHARS = 2000;

const contentOf = (message: Asked['messages'][number] | undefined): string =>
  (message?.content ?? '').slice(0, MAX_SAID_CHARS);

const defaultAsk = (first: boolean, facts: PromptFacts): 'name' | null =>
  first && facts.known.name === undefined ? 'name' : null;

const outcomesOf = (turn: Asked['messages']): readonly Outcome[] => {
  const calls = new Map<string, { readonly name: string; readonly args: string }>();
  const outcomes: Outcome[] = [];
  for (const message of turn) {
    if (message.role === 'assistant') {
      for (const call of message.tool_calls ?? []) {
        calls.set(call.id, { name: call.function.name, args: call.function.arguments });
      }
    }
    if (message.role !== 'tool') continue;
    const call = calls.get(message.tool_call_id);
    if (call) outcomes.push(readOutcome(call.name, argsOf(call.args), message.content));
  }
  return outcomes;
};

const argsOf = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};
