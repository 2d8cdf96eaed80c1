/** The typed facts of a dialogue (domain 6.8), out of what the programs recorded of it. Pure. */
import type { DialogueFacts } from './applicability.ts';

/** What the tables know of one conversation. Times in ms since the epoch. */
export interface DialogueRecord {
  readonly firstBotAt: number | null;
  readonly firstCustomerAt: number | null;
  /** When each detail of the customer became known, by the slot's name. */
  readonly knownSince: Readonly<Record<string, number>>;
  /** Commands that ended well. */
  readonly commands: readonly string[];
  /** Tools that the model called. */
  readonly tools: readonly string[];
  /** Categories of what stands in the order. */
  readonly productFamilies: number;
  readonly orderLines: number;
  /** Quotations made, this order's and earlier ones. */
  readonly quotes: number;
  readonly quoteRequested: boolean;
  /** Numbers of the hand-over triggers that fired (domain 8.1). */
  readonly triggers: readonly number[];
  /** States the conversation is in, with their ancestors: `order.accepted`. */
  readonly states: readonly string[];
}

/** Bulk, a whole office, a large project, plans (domain 8.1): more than one article. */
const PROJECT_TRIGGERS = [11, 12, 13, 14];
const CATALOG_TOOLS = ['search_products', 'check_stock', 'set_selection'];
const CRM_WRITES = ['createContact', 'updateContact', 'createDeal', 'updateDeal'];
const CLOSING = ['order.negotiating', 'order.accepted', 'order.paid', 'order.delivered', 'order.lost'];
/** Somebody has agreed to act: a person took over, or the customer accepted. */
const NEXT_STEP = ['owner.manager', 'owner.waiting', 'order.accepted', 'order.paid', 'order.delivered'];

export const factsOf = (record: DialogueRecord): DialogueFacts => {
  const { firstBotAt, knownSince, commands, tools, triggers, states } = record;
  const knows = (slot: string) => knownSince[slot] !== undefined;
  const named = knownSince.name;
  const isIn = (paths: readonly string[]) =>
    paths.some((path) => states.some((state) => state === path || state.startsWith(`${path}.`)));
  const crmWritten = commands.some((name) => CRM_WRITES.includes(name));
  const hasQuote = record.quotes > 0;
  return {
    botSpoke: firstBotAt !== null,
    customerSpoke: record.firstCustomerAt !== null,
    nameVolunteered: named !== undefined && firstBotAt !== null && named <= firstBotAt,
    discoveryBegan: knows('need') || knows('budget') || record.orderLines > 0,
    catalogUsed: record.orderLines > 0 || tools.some((name) => CATALOG_TOOLS.includes(name)),
    projectScope: record.productFamilies >= 2 || triggers.some((number) => PROJECT_TRIGGERS.includes(number)),
    productFamilies: record.productFamilies,
    quoteStarted: hasQuote || record.quoteRequested,
    quoteCreated: hasQuote,
    crmTouched: crmWritten,
    crmWritten,
    companyKnown: knows('company'),
    openProject: knows('need') || knows('business'),
    followUpSet: isIn(['outreach.armed']),
    closingStage: isIn(CLOSING),
    decisionPostponed: isIn(['consent.deferred', 'outreach.armed']),
    nextStepConfirmed: isIn(NEXT_STEP),
  };
};
