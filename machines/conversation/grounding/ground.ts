/**
 * Is the reply true? Pure: `(reply, facts) → verdict`. Every figure, promise and property must be covered by what tools
 * found in this turn, by the selection, or by what the business says of itself (domain 14; lessons F-19 to F-25). What a
 * customer claims is no evidence. A refused reply is repaired once and then cut to what is true (`salvage.ts`); nothing
 * else leads out to the customer.
 */
import type { Verdict } from '../context.ts';
import { unknownAmounts } from './amounts.ts';
import { unknownArticleNumbers } from './article-numbers.ts';
import { unfoundedAssurances } from './assurances.ts';
import { unknownAttributes } from './attributes.ts';
import type { Check } from './check.ts';
import { unfoundedCompanyFacts } from './company.ts';
import { unknownContacts } from './contacts.ts';
import { unfoundedEffects } from './effects.ts';
import type { GroundingFacts } from './facts.ts';
import type { Fault } from './fault.ts';
import { obeyedInstructions } from './instructions.ts';
import { knownOf } from './known.ts';
import { leaks } from './leaks.ts';
import { unapprovedDiscounts, unknownPercentages } from './percentages.ts';
import { unpermitted } from './permissions.ts';
import { unfoundedPromises } from './promises.ts';
import { wrongQuantities } from './quantities.ts';
import { prepareReply } from './reply.ts';
import { wrongLanguage, wrongLength } from './speech.ts';
import { unknownStock } from './stock.ts';
import { unknownTimes } from './time.ts';

const CHECKS: readonly Check[] = [
  wrongLength,
  leaks,
  wrongLanguage,
  obeyedInstructions,
  unknownAmounts,
  unknownArticleNumbers,
  unknownStock,
  wrongQuantities,
  unknownPercentages,
  unapprovedDiscounts,
  unknownTimes,
  unfoundedPromises,
  unfoundedEffects,
  unpermitted,
  unknownAttributes,
  unfoundedAssurances,
  unfoundedCompanyFacts,
  unknownContacts,
];

/** More than these say nothing new to the model that repairs (G10). */
const MAX_PROBLEMS = 8;

/** Longer texts are refused for their length; only the beginning is read (G10). */
const MAX_JUDGED_CHARS = 8000;

/** Everything that is wrong with the reply, with the sentence it stands in. */
export const findFaults = (text: string, facts: GroundingFacts): readonly Fault[] => {
  const known = knownOf(facts);
  const tooLong = text.length > MAX_JUDGED_CHARS;
  const reply = prepareReply(tooLong ? text.slice(0, MAX_JUDGED_CHARS) : text, facts, known.businessBare);
  return CHECKS.flatMap((check) => check(reply, known));
};

/** Judges a reply. `problems` are written for the model that has to repair it. */
export const ground = (text: string, facts: GroundingFacts): Verdict => {
  const problems = [...new Set(findFaults(text, facts).map(({ problem }) => problem))];
  return { ok: problems.length === 0, problems: problems.slice(0, MAX_PROBLEMS) };
};
