/** Which rules a dialogue can be judged by: from typed facts of the journal, never from keywords (domain 6.8). */
import { RULE_NUMBERS, type RuleNumber } from './rubric.ts';

/** What is known to have happened in a dialogue. Each field is a fact that a program recorded, not a model's opinion. */
export interface DialogueFacts {
  readonly botSpoke: boolean;
  readonly customerSpoke: boolean;
  /** The customer's name was known before the bot first spoke. */
  readonly nameVolunteered: boolean;
  /** A need, a budget or a selection was recorded. */
  readonly discoveryBegan: boolean;
  readonly catalogUsed: boolean;
  /** The talk is about furnishing a place, not about one article. */
  readonly projectScope: boolean;
  /** Product families that the order spans. */
  readonly productFamilies: number;
  readonly quoteStarted: boolean;
  readonly quoteCreated: boolean;
  /** A contact or deal was looked up, made or changed by this dialogue. */
  readonly crmTouched: boolean;
  readonly crmWritten: boolean;
  readonly companyKnown: boolean;
  /** The customer told of the task beyond single articles. */
  readonly openProject: boolean;
  readonly followUpSet: boolean;
  readonly closingStage: boolean;
  readonly decisionPostponed: boolean;
  readonly nextStepConfirmed: boolean;
}

/** Nothing happened: the first value of every fact. */
export const NO_FACTS: DialogueFacts = {
  botSpoke: false,
  customerSpoke: false,
  nameVolunteered: false,
  discoveryBegan: false,
  catalogUsed: false,
  projectScope: false,
  productFamilies: 0,
  quoteStarted: false,
  quoteCreated: false,
  crmTouched: false,
  crmWritten: false,
  companyKnown: false,
  openProject: false,
  followUpSet: false,
  closingStage: false,
  decisionPostponed: false,
  nextStepConfirmed: false,
};

type Applies = (facts: DialogueFacts) => boolean;

const bothSpoke: Applies = (facts) => facts.botSpoke && facts.customerSpoke;
const project: Applies = (facts) => facts.catalogUsed && facts.projectScope;

const APPLIES: Readonly<Record<RuleNumber, Applies>> = {
  1: (facts) => facts.botSpoke,
  2: (facts) => facts.botSpoke,
  3: (facts) => facts.botSpoke && !facts.nameVolunteered,
  4: bothSpoke,
  5: bothSpoke,
  6: project,
  7: (facts) => facts.botSpoke,
  8: (facts) => facts.discoveryBegan,
  9: (facts) => facts.catalogUsed,
  10: project,
  11: (facts) => facts.productFamilies >= 2,
  12: (facts) => facts.quoteStarted || facts.crmTouched,
  13: (facts) => facts.companyKnown && facts.openProject,
  14: (facts) => facts.quoteCreated || facts.crmWritten || facts.followUpSet || facts.closingStage,
  15: (facts) => facts.decisionPostponed && !facts.nextStepConfirmed,
};

/** The rules that count, ascending. */
export const applicableRules = (facts: DialogueFacts): readonly RuleNumber[] =>
  RULE_NUMBERS.filter((rule) => APPLIES[rule](facts));
