/**
 * The sandbox's model judges a dialogue, a manager's work or red flags: a plausible verdict out of what the lines hold,
 * with quotes that were really said. Coarse on purpose: it looks for one sign of each rule. With noise it errs as real
 * judges do, each reading in its own way.
 */
import type { Asked, Move } from './salesperson/salesperson.ts';

/** Chance, from 0 to 1, that a mark is off by one; drawn anew for each mark of each reading. */
export interface JudgeNoise {
  readonly chance: number;
  /** The next number from 0 to 1. */
  readonly draw: () => number;
}

type Signs = Readonly<Record<number, RegExp>>;

/** What an assistant's line shows when it follows a rule, by the rule's number; the others are never found. */
const RULE_SIGNS: Signs = {
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

/** The same of a manager's lines, by criterion. */
const MANAGER_SIGNS: Signs = {
  1: /\b(?:saw|read|as you (?:said|asked)|regarding|about your)\b|بخصوص/i,
  2: /\b(?:you (?:need|asked|mentioned)|your order)\b|طلبك/i,
  3: /\b(?:hello|good (?:day|morning|afternoon)|dear|thank|please|welcome)\b|مرحب|شكر/i,
  4: /\b(?:can|will|yes|confirm|arrange)\b|نعم/i,
  5: /\b(?:also|as well|in addition|suggest)\b|أيضا/i,
  6: /\b(?:understand|instead|however|discount)\b|خصم/i,
  7: /\b(?:shall we|confirm|proceed|order)\b|نؤكد/i,
  8: /\b(?:price|AED|stock|deliver)\w*\b|سعر|درهم/i,
  9: /\b(?:name|e-?mail|address|company)\b|اسم|بريد/i,
  10: /\b(?:tomorrow|today|next step|by (?:noon|monday))\b|غدا|اليوم/i,
};
const CRITERIA = 10;

/** Letters, digits and single spaces: nothing that another spelling could break. */
const QUOTE = /^[\p{L}\p{M}\p{N} ,']{3,120}/u;

/** The dialogue is the user's message: `Customer: …`, `Assistant: …`, `Colleague: …`, one a line. */
const linesOf = ({ messages }: Asked, speaker: 'Customer' | 'Assistant' | 'Colleague'): readonly string[] =>
  messages
    .flatMap(({ role, content }) => (role === 'user' ? (content ?? '').split('\n') : []))
    .flatMap((line) => (line.startsWith(`${speaker}: `) ? [line.slice(speaker.length + 2)] : []));

const quoted = (line: string): readonly string[] => {
  const quote = QUOTE.exec(line.trim())?.[0].trim();
  return quote === undefined || quote === '' ? [] : [quote];
};

const verdictOf = (
  lines: readonly string[],
  signs: Signs,
  count: number,
  advice: string,
  noise: JudgeNoise | null,
) => {
  const criteria = Array.from({ length: count }, (_, i) => criterion(i + 1, signs, lines, noise));
  const followed = criteria.filter(({ score }) => score > 0).length;
  return {
    criteria,
    strengths: followed > 0 ? [`${followed} of ${count} rules were seen.`] : [],
    weaknesses: followed < count ? [`${count - followed} rules were not seen.`] : [],
    recommendations: [advice],
    nextAction: 'Send the customer a short, concrete next step.',
  };
};

const criterion = (rule: number, signs: Signs, lines: readonly string[], noise: JudgeNoise | null) => {
  const sign = signs[rule];
  const seen = sign === undefined ? [] : lines.filter((line) => sign.test(line));
  const quotes = seen.flatMap(quoted).slice(0, 2);
  const score = noise === null ? quotes.length : misjudged(quotes.length, noise);
  // Credit that was not earned needs a quote as well: any line will do.
  const shown = quotes.length === 0 && score > 0 ? lines.flatMap(quoted).slice(0, 1) : quotes;
  return {
    rule,
    score: shown.length === 0 ? 0 : score,
    comment: shown.length === 0 || score === 0 ? 'Not seen.' : 'Seen in what was written.',
    quotes: shown,
  };
};

const misjudged = (score: number, { chance, draw }: JudgeNoise): number => {
  if (draw() >= chance) return score;
  return Math.min(2, Math.max(0, score + (draw() < 0.5 ? -1 : 1)));
};

/** A promise that only a manager may make, a rude word; a question is ignored when the assistant never wrote after it. */
const COMMITMENT = /\bguarantee\b|\bdiscount of \d|أضمن/i;
const RUDE = /\bstupid\b|\bas I (?:already )?said\b/i;
const HAND_OFF = /\b(?:colleague|manager)\b.{0,60}\b(?:take over|contact you|get back)\b|زميل/i;

const flagsFor = (asked: Asked) => {
  const assistant = linesOf(asked, 'Assistant');
  const mark = (flag: string, lines: readonly string[], sign: RegExp) => {
    const quotes = lines
      .filter((line) => sign.test(line))
      .flatMap(quoted)
      .slice(0, 1);
    const raised = quotes.length > 0;
    return { flag, raised, comment: raised ? 'Seen in the dialogue.' : 'Not seen.', quotes };
  };
  return {
    flags: [
      mark('premature_hand_off', assistant, HAND_OFF),
      mark('unsupported_commitment', assistant, COMMITMENT),
      { flag: 'ignored_question', raised: false, comment: 'Not seen.', quotes: [] },
      mark('rude_tone', assistant, RUDE),
    ],
  };
};

const answerTo = (asked: Asked, noise: JudgeNoise | null): object => {
  switch (asked.form) {
    case 'flags':
      return flagsFor(asked);
    case 'manager_verdict':
      return verdictOf(
        linesOf(asked, 'Colleague'),
        MANAGER_SIGNS,
        CRITERIA,
        'Say what happens next and when.',
        noise,
      );
    default:
      return verdictOf(
        linesOf(asked, 'Assistant'),
        RULE_SIGNS,
        RULES,
        'Ask what the furniture is for before proposing it.',
        noise,
      );
  }
};

export const judged = (asked: Asked, noise: JudgeNoise | null = null): Move => ({
  kind: 'say',
  text: JSON.stringify(answerTo(asked, noise)),
});
