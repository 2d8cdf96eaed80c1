/** The fifteen dialogue rules (domain 5.1-5.15) in their four blocks (domain 6.2), as the judge is told of them. */

export type RuleNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15;

export type BlockName = 'opening' | 'discovery' | 'solution' | 'conversion';

export interface Block {
  readonly name: BlockName;
  readonly title: string;
  /** Points of thirty when every block is present. */
  readonly weight: number;
  readonly rules: readonly RuleNumber[];
}

export const TOTAL_POINTS = 30;
/** Domain 6.1: 0 absent or violated, 1 partial, 2 full. */
export const FULL_SCORE = 2;

export const BLOCKS: readonly Block[] = [
  { name: 'opening', title: 'Opening & trust', weight: 6, rules: [1, 2, 3, 7] },
  { name: 'discovery', title: 'Relationship & discovery', weight: 9, rules: [4, 5, 6, 8, 13] },
  { name: 'solution', title: 'Consultative solution', weight: 9, rules: [9, 10, 11] },
  { name: 'conversion', title: 'Conversion & next step', weight: 6, rules: [12, 14, 15] },
];

/** What full marks ask for; by rule number. */
export const RULES: Readonly<Record<RuleNumber, string>> = {
  1: "Opens with a greeting, the assistant's name and the company's name.",
  2: 'Introduces itself courteously, even when the customer gave no name.',
  3: 'Finds out how the customer wishes to be addressed.',
  4: 'Keeps a warm tone and shows that it took in what was said.',
  5: "Is curious about the customer's business or task, not merely about the order.",
  6: 'Offers one specific, honest appreciation (initiative, project, care for detail); generic praise does not count.',
  7: "Says in a line what the company adds: solutions fitted to the customer's task, not limited to what lies in stock.",
  8: 'Asks what the furniture is for and what it should solve.',
  9: 'Recommends against the outcome the customer wants, not against a list of features.',
  10: 'Once the task is clear, proposes a fuller set than was asked for.',
  11: 'Rewards a complete package with an approved discount or bonus, or else with a verified package total.',
  12: 'Gathers name, role, company, e-mail and preferred channel.',
  13: 'Learns what the company does, to see where else it can be helped.',
  14: 'Closes by repeating order, terms and the next step of each side.',
  15: 'When the customer is not ready, agrees a concrete next contact; never ends in the air.',
};

export const RULE_NUMBERS: readonly RuleNumber[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
