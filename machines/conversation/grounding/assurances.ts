/** Warranties, certificates and health: never from ordinary features (domain 14.5, 14.7). */
import { fold } from '../../language/fold.ts';
import { sentencesOf } from '../../language/sentences.ts';
import { words } from '../../language/words.ts';
import { withFigures } from '../../quantity/figures.ts';
import { type Check, eachSentence, statesFirmly } from './check.ts';
import { cardsOf, type Known } from './known.ts';
import type { Said } from './reply.ts';

const WARRANTY = words('warrant\\w*|guarantees?|guaranteed', ['ضمان', 'كفالة', 'مضمون']);
const YEARS =
  /(?<![\p{N}.,])[وبل]?(\d{1,2})[\s-]{0,2}(?:-?years?|yrs?|-year|سنه|سنوات|سنين|عام|اعوام)(?!\p{L})/giu;
const MONTHS = /(?<![\p{N}.,])(\d{1,3})[\s-]{0,2}(?:-?months?|شهر|اشهر|شهور)(?!\p{L})/giu;
const BOUNDLESS = words('life ?time|life-?long|unlimited|full|extended|forever|total|complete', [
  'مدى الحياة',
  'كامل',
  'شامل',
  'ممتد',
  'غير محدود',
]);
const GUARANTEES = words("(?:we|i)(?: can| do| will|'ll)? guarantee|guaranteed|100 ?% sure", [
  'نضمن',
  'أضمن',
  'مضمون',
]);
const MEDICAL = words(
  'cures?|heals?|therap\\w*|treats?|relieves?|(?:prevents?|stops?|removes?|eliminates?|fix(?:es)?)[^.]{0,20}(?:pain|injur\\w*|ache|scoliosis|hernia|problems)|medical\\w*|orthop(?:a)?edic\\w*|doctors?|clinically|physiotherap\\w*|healthy back',
  ['يعالج', 'علاج', 'يشفي', 'طبي', 'طبية', 'أطباء', 'آلام الظهر', 'يمنع الألم', 'يقي من'],
);
const CERTIFIED = words(
  'iso ?\\d*|bifma|greenguard|fsc|ce[- ](?:mark\\w*|certified)|certif\\w*|tested by|approved by|complies with|compliant|award[- ]winning',
  ['شهادة', 'معتمد', 'معتمدة', 'مطابق للمواصفات', 'ايزو', 'آيزو', 'حاصل على'],
);

export const unfoundedAssurances: Check = eachSentence('assurance', (said, known) => [
  ...warranty(said, known),
  ...unproven(said, known, MEDICAL, 'a medical effect'),
  ...unproven(said, known, CERTIFIED, 'a certificate'),
  ...unproven(said, known, GUARANTEES, 'a guarantee'),
]);

const evidenceFor = (said: Said, known: Known): string =>
  `${cardsOf(said.products.length > 0 ? said.products : known.products, known)}\n${known.business}`;

/** Terms of a warranty: `24` months are 2 years. */
const termsIn = (plain: string): readonly number[] => [
  ...[...plain.matchAll(YEARS)].map((match) => Number(match[1]) * 12),
  ...[...plain.matchAll(MONTHS)].map((match) => Number(match[1])),
];

const warranty = (said: Said, known: Known): readonly string[] => {
  if (!statesFirmly(said, WARRANTY)) return [];
  // "2 years for CH-616, 3 for the other": several terms are of several products.
  const several = termsIn(said.plain).length > 1;
  const evidence = evidenceFor(several ? { ...said, products: [] } : said, known);
  const proof = sentencesOf(evidence).filter(({ text }) => WARRANTY.test(fold(text)));
  const proven = fold(withFigures(proof.map(({ text }) => text).join('\n')));
  const terms = new Set(termsIn(proven));
  const wrong = termsIn(said.plain).filter((months) => !terms.has(months));
  const boundless = BOUNDLESS.exec(said.plain)?.[0]?.trim();
  if (wrong.length === 0 && (boundless === undefined || proven.includes(boundless))) return [];
  return [
    'The reply names a warranty that no card or article of this turn states; a manager confirms warranties.',
  ];
};

/** The very word must stand in a card or an article. */
const unproven = (said: Said, known: Known, claim: RegExp, what: string): readonly string[] => {
  if (!statesFirmly(said, claim)) return [];
  const word = claim.exec(said.plain)?.[0]?.trim() ?? '';
  if (evidenceFor(said, known).includes(word)) return [];
  return [`The reply claims ${what} ("${word}") that nothing found in this turn states; leave it out.`];
};
