/**
 * Test support: a week before that of testing-stories.ts for what did not happen in that one, and one hand-computed example
 * of each metric. An example is never 0 or unknown: that is what a metric says that counts nothing at all.
 */
import type { DayRange } from './metrics-api.ts';
import { DAY, DAY0, HOUR, MINUTE, type Story } from './testing.ts';
import { begins, step } from './testing-stories.ts';

/** Monday, 2 February 2026, 10:00 in Dubai. */
const DAY1 = DAY0 - 25 * DAY;

/** Omar writes without having been asked, and gives the chat back; closed without a deal. */
const FARAH: Story = {
  phone: '971500000011',
  lines: [
    [DAY1, 'customer', 'Good morning'],
    [DAY1 + 2_000, 'bot', 'Good morning.'],
    [DAY1 + HOUR, 'manager', 'Omar here, I know this customer', 'Omar'],
    [DAY1 + HOUR + MINUTE, 'customer', 'Hello Omar'],
    [DAY1 + HOUR + 2 * MINUTE, 'manager', 'Call me any time', 'Omar'],
  ],
  journal: [
    begins(DAY1, 'en', null),
    step(DAY1 + HOUR, 'channel', 'channel.echo', 'owner.bot', 'owner.manager.active'),
    step(DAY1 + DAY, 'manager', 'manager.release', 'owner.manager.active', 'owner.bot'),
    step(DAY1 + 4 * DAY, 'manager', 'manager.close', 'lifecycle.open', 'lifecycle.closed'),
  ],
};

/** Wants no more messages. */
const GINA: Story = {
  phone: '971500000012',
  lines: [
    [DAY1 + DAY, 'customer', 'Please stop writing to me'],
    [DAY1 + DAY + 3_000, 'bot', 'Of course.'],
  ],
  journal: [
    begins(DAY1 + DAY, 'en', null),
    step(DAY1 + DAY + 1_000, 'customer', 'customer.message', 'outreach.idle', 'outreach.optedOut'),
  ],
};

/** Quoted 1,500, silent; accepts four hours after the follow-up. The second follow-up sells nothing. */
const HUDA: Story = {
  phone: '971500000013',
  lines: [
    [DAY1, 'customer', 'A quotation please'],
    [DAY1 + 5_000, 'bot', 'Here it is.'],
    [DAY1 + DAY, 'bot', 'Does it suit?'],
    [DAY1 + DAY + 4 * HOUR, 'customer', 'Yes, I take it'],
    [DAY1 + DAY + 4 * HOUR + 4_000, 'bot', 'Thank you.'],
    [DAY1 + 4 * DAY, 'bot', 'Anything else?'],
  ],
  journal: [
    begins(DAY1, 'en', null),
    step(
      DAY1 + 4_000,
      'result',
      'xstate.done.actor.send.quote',
      'order.quoting.sending.paper',
      'order.quoted.asked',
    ),
    step(DAY1 + DAY + 4 * HOUR, 'customer', 'customer.message', 'order.quoted.asked', 'order.accepted'),
  ],
  quotes: [{ at: DAY1 + 3_000, total: '1500.00' }],
  touches: [
    { at: DAY1 + DAY - 500, kind: 'follow_up', step: 1 },
    { at: DAY1 + 4 * DAY - 500, kind: 'follow_up', step: 2 },
  ],
};

/** Finds the quotation too dear. */
const IVAN: Story = {
  phone: '971500000014',
  lines: [
    [DAY1 + 2 * DAY, 'customer', 'Too expensive, no'],
    [DAY1 + 2 * DAY + 6_000, 'bot', 'I understand.'],
  ],
  journal: [
    begins(DAY1 + 2 * DAY, 'en', null),
    step(DAY1 + 2 * DAY + 1_000, 'customer', 'customer.message', 'order.quoted.asked', 'order.lost', [
      { op: 'replace', path: '/context/sale/quote/outcome', value: 'rejected' },
    ]),
  ],
};

export const EARLY_STORIES = [FARAH, GINA, HUDA, IVAN];

/** What three of them said when they were asked: two recommend us, one does not. */
export const EARLY_FEEDBACK: readonly (readonly [phone: string, recommend: boolean])[] = [
  [FARAH.phone, true],
  [HUDA.phone, true],
  [IVAN.phone, false],
];
export const EARLY_FEEDBACK_AT = DAY1 + 5 * DAY;

/** 2 to 8 February. */
export const EARLY: DayRange = { from: '2026-02-02', to: '2026-02-08' };
/** 27 February to 5 March. */
export const WEEK: DayRange = { from: '2026-02-27', to: '2026-03-05' };
/** Until Carl has come back. */
const LONGER: DayRange = { from: '2026-02-27', to: '2026-03-18' };

/** `near`: percentiles are kept in buckets, right to within 1 %. */
export type Example = readonly [range: DayRange, value: number | string | { readonly near: number }];

/** How each comes about is told beside the values of metrics.test.ts, or here. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  conversations: [WEEK, 6],
  customers: [WEEK, 5],
  newCustomers: [WEEK, 4],
  returningCustomers: [WEEK, 1],
  languages: [WEEK, 2],
  // Wholesale, and none.
  segments: [WEEK, 2],
  target: [WEEK, 2],
  nonTarget: [WEEK, 4],
  length: [WEEK, 4.7],
  repeatContacts: [LONGER, 1],
  repeatAfter: [LONGER, 10 * DAY - 4 * HOUR - 2_000],
  articles: [WEEK, 1],
  firstAnswerP50: [WEEK, { near: 4_000 }],
  firstAnswerP95: [WEEK, { near: 8_000 }],
  replyMean: [WEEK, 4_300],
  replyP50: [WEEK, { near: 3_000 }],
  replyP95: [WEEK, { near: 10_000 }],
  unansweredNow: [WEEK, 1],
  involved: [WEEK, 6],
  resolvedAlone: [WEEK, 3],
  resolvedAloneShare: [WEEK, 50],
  durableShare: [WEEK, 50],
  reopenedShare: [WEEK, 16.7],
  handOvers: [WEEK, 2],
  // Farah, whom nobody had handed over.
  takeOvers: [EARLY, 1],
  // Gina.
  optOuts: [EARLY, 1],
  quotes: [WEEK, 1],
  deals: [WEEK, 2],
  dealsAmount: [WEEK, '20609.00'],
  noorDeals: [WEEK, 1],
  noorAmount: [WEEK, '609.00'],
  personDeals: [WEEK, 1],
  personAmount: [WEEK, '20000.00'],
  conversion: [WEEK, 33.3],
  averageDeal: [WEEK, '10304.50'],
  delivered: [WEEK, 1],
  // Farah was closed, Ivan said no; of four conversations.
  refusals: [EARLY, 2],
  refusalShare: [EARLY, 50],
  followUps: [EARLY, 2],
  // Huda's first of two.
  followUpsAnswered: [EARLY, 50],
  followUpSales: [EARLY, 1],
  quality: [WEEK, 22.3],
  reviews: [WEEK, 3],
  feedback: [EARLY, 3],
  feedbackOverall: [WEEK, 4.5],
  feedbackDelivery: [WEEK, 4],
  // 2 of 3; 2 less 1 of 3.
  recommend: [EARLY, 66.7],
  nps: [EARLY, 33.3],
  managerResponse: [WEEK, 10 * MINUTE],
  managerConversion: [WEEK, 50],
  managerScore: [WEEK, 11.5],
  modelCost: [WEEK, '0.6000'],
  reviewCost: [WEEK, '0.0500'],
  costPerConversation: [WEEK, '0.1000'],
};
