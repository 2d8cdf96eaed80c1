/** What goes with what, while it is edited: rules in their order, each with its offers in theirs (domain 13.2). Pure. */

/** `offer` keeps what is typed between commas as it is, until it is saved. */
export interface DraftRule {
  readonly for: string;
  readonly offer: readonly string[];
}

/** As the server allows (runtime/api/recommendation-schema.ts). */
export const MAX_RULES = 100;
export const MAX_OFFERS = 5;
const MAX_WORDS = 80;

const isWords = (text: string): boolean => text.length <= MAX_WORDS && /[\p{L}\p{N}]/u.test(text);

const isDraft = (value: unknown): value is DraftRule =>
  typeof value === 'object' &&
  value !== null &&
  'for' in value &&
  'offer' in value &&
  typeof value.for === 'string' &&
  Array.isArray(value.offer) &&
  value.offer.every((item) => typeof item === 'string');

/** The rows of the form's text; empty for a text that holds none. */
export const draftsOf = (shown: string): readonly DraftRule[] => {
  const read: unknown = JSON.parse(shown);
  return Array.isArray(read) ? read.filter(isDraft) : [];
};

/** The form's text of the rules as they are kept: a space after each comma that the row will show. */
export const writtenRules = (rules: unknown): string =>
  JSON.stringify(
    draftsOf(JSON.stringify(rules)).map((rule) => ({
      ...rule,
      offer: rule.offer.map((item, at) => (at === 0 ? item : ` ${item}`)),
    })),
    null,
    2,
  );

/** A rule as it is saved: trimmed, without empty offers. */
export const tidied = (rule: DraftRule): DraftRule => ({
  for: rule.for.trim(),
  offer: rule.offer.map((item) => item.trim()).filter((item) => item !== ''),
});

export type RuleFault = 'ruleForMissing' | 'ruleOfferMissing' | 'ruleOfferMany' | 'ruleTwice';

/** What is wrong with each row, `null` where nothing is; a second rule for the same words would never be read. */
export const faultsOf = (drafts: readonly DraftRule[]): readonly (RuleFault | null)[] => {
  const seen = new Set<string>();
  return drafts.map(tidied).map((rule) => {
    const words = rule.for.toLowerCase();
    if (!isWords(rule.for)) return 'ruleForMissing';
    if (rule.offer.length === 0 || !rule.offer.every(isWords)) return 'ruleOfferMissing';
    if (rule.offer.length > MAX_OFFERS) return 'ruleOfferMany';
    if (seen.has(words)) return 'ruleTwice';
    seen.add(words);
    return null;
  });
};

/** The rules to save; `null` while a row has a fault. */
export const rulesFrom = (shown: string): readonly DraftRule[] | null => {
  const drafts = draftsOf(shown);
  return faultsOf(drafts).every((fault) => fault === null) ? drafts.map(tidied) : null;
};

/** The row moved one place up; the first stays. */
export const movedUp = (drafts: readonly DraftRule[], at: number): readonly DraftRule[] => {
  const rule = drafts[at];
  return at <= 0 || rule === undefined ? drafts : drafts.toSpliced(at, 1).toSpliced(at - 1, 0, rule);
};
