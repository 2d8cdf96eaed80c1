/**
 * The sandbox's model judges a dialogue: a plausible verdict out of what the lines hold, with quotes that were really
 * said. Coarse on purpose: it looks for one sign of each rule.
 */
import type { Asked, Move } from './salesperson/salesperson.ts';

/** What an assistant's line shows when it follows a rule, by the rule's number; the others are never found. */
const SIGNS: Readonly<Record<number, RegExp>> = {
  1: /\b(?:hello|hi|welcome)\b|مرحب|أهلا/i,
  2: /\bI am\b|\bI'm\b|\bthis is\b|أنا/i,
  3: /your name|address you|اسمك/i,
  4: /\b(?:thank|happy|glad|of course|sure)\b|شكر|بكل سرور/i,
  5: /your (?:team|business|office|project)|فريق|مكتب/i,
  7: /\b(?:solutions?|fit(?:ted)?|whole office)\b|حلول/i,
  8: /what .{0,40}\bfor\b|\bneed\b|تحتاج/i,
  9: /\b(?:because|suits?|comfortable|ideal)\b|مناسب/i,
  10: /\b(?:also|together|add|match)\b|أيضا/i,
  12: /e-?mail|company|phone|بريد|شركة/i,
  14: /\b(?:total|summary|next step)\b|المجموع/i,
  15: /\b(?:tomorrow|call you|follow up|get back)\b|غدا/i,
};
const RULES = 15;
/** Letters, digits and single spaces: nothing that another spelling could break. */
const QUOTE = /^[\p{L}\p{M}\p{N} ,']{3,120}/u;

/** The dialogue is the user's message: `Customer: …`, `Assistant: …`, `Colleague: …`, one a line. */
export const judged = (asked: Asked): Move => {
  const lines = asked.messages
    .flatMap(({ role, content }) => (role === 'user' ? (content ?? '').split('\n') : []))
    .flatMap((line) => (line.startsWith('Assistant: ') ? [line.slice('Assistant: '.length)] : []));
  const criteria = Array.from({ length: RULES }, (_, i) => criterion(i + 1, lines));
  const followed = criteria.filter(({ score }) => score > 0).length;
  const verdict = {
    criteria,
    strengths: followed > 0 ? [`${followed} of ${RULES} rules were seen.`] : [],
    weaknesses: followed < RULES ? [`${RULES - followed} rules were not seen.`] : [],
    recommendations: ['Ask what the furniture is for before proposing it.'],
    nextAction: 'Send the customer a short, concrete next step.',
  };
  return { kind: 'say', text: JSON.stringify(verdict) };
};

const criterion = (rule: number, lines: readonly string[]) => {
  const sign = SIGNS[rule];
  const seen = sign === undefined ? [] : lines.filter((line) => sign.test(line));
  const quotes = seen.flatMap((line) => QUOTE.exec(line.trim())?.[0].trim() ?? []).slice(0, 2);
  const score = Math.min(quotes.length, 2);
  return { rule, score, comment: score === 0 ? 'Not seen.' : 'Seen in what the assistant wrote.', quotes };
};
