/** Sums → the numbers that the admin and the reports show. What is not known is null, never 0 (domain 23.1). Pure. */
import { fromMinor } from '../money/money.ts';
import { meanOf, quantile } from './histogram.ts';
import { allOf, bagOf, type Counts, type Tally } from './tally.ts';

/** Numbers, or decimal text for money and US dollars. */
export type MetricValue = number | string | null;

export interface MetricPart {
  readonly key: string;
  readonly n: number;
  /** Decimal text where the metric has one. */
  readonly amount: string | null;
  /** Of an article that the catalog has; without one the key says enough. */
  readonly name?: string;
}

export interface MetricAnswer {
  readonly value: MetricValue;
  /** What the value is made of, most first; empty: it is one number. */
  readonly parts: readonly MetricPart[];
}

/** What is not in the sums. `from`: the first day, `2026-03-01`. */
export interface Beside {
  readonly from: string;
  /** US dollars, decimal text. */
  readonly modelUsd: string;
  readonly reviewUsd: string;
  /** Null for a period that is over: it is about this moment. */
  readonly unansweredNow: number | null;
}

const TOP_PARTS = 50;

const partsOf = (counts: Readonly<Record<string, number>>): readonly MetricPart[] =>
  Object.entries(counts)
    .map(([key, n]) => ({ key, n, amount: null }))
    .sort((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1))
    .slice(0, TOP_PARTS);

const kindParts = (tally: Tally, kind: string): readonly MetricPart[] =>
  Object.entries(tally.happened[kind] ?? {})
    .map(([key, [n, , minor]]) => ({ key, n, amount: minor > 0 ? fromMinor(BigInt(minor)) : null }))
    .sort((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1))
    .slice(0, TOP_PARTS);

/** Per cent with one decimal; null: there is nothing to divide by. */
export const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1000) / 10;

const mean = (sum: number, n: number, decimals: number): number | null =>
  n === 0 ? null : Math.round((sum / n) * 10 ** decimals) / 10 ** decimals;

const sumBefore = (counts: Counts, from: string): number =>
  Object.entries(counts).reduce((sum, [day, n]) => (day < from ? sum + n : sum), 0);

/**
 * Customers of a range without reading them: a customer's first conversation of the range is the one whose predecessor
 * lies before it. '' sorts before every day.
 */
const customersOf = ({ visits, seconds }: Tally, from: string) => {
  const all = sumBefore(visits, from);
  const first = visits[''] ?? 0;
  const cameBack = Object.entries(seconds).reduce((sum, [day, n]) => (day >= from ? sum + n : sum), 0);
  const fresh = first - cameBack;
  return { all, fresh, returning: all - fresh };
};

const moneyOf = (hundredths: number): string | null =>
  hundredths > 0 ? fromMinor(BigInt(hundredths)) : null;

/** Parts are sorted only for who reads them: a chart of many days does not. */
const only = (value: MetricValue, partsOfIt: () => readonly MetricPart[] = () => []): MetricAnswer => ({
  value,
  get parts() {
    return partsOfIt();
  },
});

const demand = (tally: Tally, { from }: Beside) => {
  const customers = customersOf(tally, from);
  const [returned, after] = allOf(tally, 'return');
  return {
    conversations: only(tally.dialogues, () => partsOf(tally.startedBy)),
    customers: only(customers.all),
    newCustomers: only(customers.fresh),
    returningCustomers: only(customers.returning),
    languages: only(Object.keys(tally.languages).length, () => partsOf(tally.languages)),
    segments: only(Object.keys(tally.segments).length, () => partsOf(tally.segments)),
    target: only(tally.target),
    nonTarget: only(tally.dialogues - tally.target),
    length: only(mean(tally.messages, tally.dialogues, 1)),
    repeatContacts: only(returned),
    repeatAfter: only(mean(after, returned, 0)),
    articles: only(Object.keys(tally.happened.article ?? {}).length, () => kindParts(tally, 'article')),
  };
};

const answers = (tally: Tally, { unansweredNow }: Beside) => ({
  firstAnswerP50: only(quantile(tally.firstAnswer, 0.5)),
  firstAnswerP95: only(quantile(tally.firstAnswer, 0.95)),
  replyMean: only(meanOf(tally.botReplies)),
  replyP50: only(quantile(tally.botReplies, 0.5)),
  replyP95: only(quantile(tally.botReplies, 0.95)),
  unansweredNow: only(unansweredNow),
});

const outcome = (tally: Tally) => ({
  involved: only(tally.involved),
  resolvedAlone: only(tally.alone),
  resolvedAloneShare: only(share(tally.alone, tally.endedInvolved)),
  durableShare: only(share(tally.durable, tally.settled)),
  reopenedShare: only(share(tally.reopened, tally.ended)),
  handOvers: only(allOf(tally, 'hand_over')[0], () => kindParts(tally, 'hand_over')),
  takeOvers: only(allOf(tally, 'take_over')[0]),
  optOuts: only(allOf(tally, 'opt_out')[0]),
});

const sales = (tally: Tally) => {
  const [noor, person, all] = [
    bagOf(tally, 'sale', 'noor'),
    bagOf(tally, 'sale', 'person'),
    allOf(tally, 'sale'),
  ];
  const refusals = allOf(tally, 'refusal')[0];
  return {
    quotes: only(allOf(tally, 'quote')[0]),
    deals: only(all[0], () => kindParts(tally, 'sale')),
    dealsAmount: only(moneyOf(all[2])),
    noorDeals: only(noor[0]),
    noorAmount: only(moneyOf(noor[2])),
    personDeals: only(person[0], () => kindParts(tally, 'person_sale')),
    personAmount: only(moneyOf(person[2])),
    conversion: only(share(all[0], tally.dialogues)),
    averageDeal: only(all[3] === 0 ? null : moneyOf(Math.round(all[2] / all[3]))),
    delivered: only(allOf(tally, 'delivered')[0]),
    refusals: only(refusals, () => kindParts(tally, 'refusal')),
    refusalShare: only(share(refusals, tally.dialogues)),
  };
};

const outreach = (tally: Tally) => {
  const sent = allOf(tally, 'touch')[0];
  return {
    followUps: only(sent, () => kindParts(tally, 'touch')),
    followUpsAnswered: only(share(allOf(tally, 'touch_answered')[0], sent), () =>
      kindParts(tally, 'touch_answered'),
    ),
    followUpSales: only(allOf(tally, 'touch_sale')[0], () => kindParts(tally, 'touch_sale')),
  };
};

const quality = (tally: Tally) => {
  const [scored, points] = bagOf(tally, 'review', 'scored');
  const [overall, delivery] = [bagOf(tally, 'feedback', 'overall'), bagOf(tally, 'feedback', 'delivery')];
  const [yes, no] = [bagOf(tally, 'feedback', 'yes')[0], bagOf(tally, 'feedback', 'no')[0]];
  const nps = share(yes - no, yes + no);
  return {
    quality: only(mean(points, scored, 1)),
    reviews: only(scored + bagOf(tally, 'review', 'thin')[0]),
    feedback: only(bagOf(tally, 'feedback', 'all')[0]),
    feedbackOverall: only(mean(overall[1], overall[0], 2)),
    feedbackDelivery: only(mean(delivery[1], delivery[0], 2)),
    recommend: only(share(yes, yes + no)),
    nps: only(nps),
  };
};

const people = (tally: Tally) => {
  const [answered, waited] = allOf(tally, 'person_answer');
  const called = allOf(tally, 'hand_over')[0] + allOf(tally, 'take_over')[0];
  const [reviews, points] = allOf(tally, 'manager_review');
  return {
    managerResponse: only(mean(waited, answered, 0), () => kindParts(tally, 'person_answer')),
    managerConversion: only(share(allOf(tally, 'person_won')[0], called)),
    managerScore: only(mean(points, reviews, 1), () => kindParts(tally, 'manager_review')),
  };
};

/** US dollars have more places than cents: kept to four. */
const costs = (tally: Tally, { modelUsd, reviewUsd }: Beside) => ({
  modelCost: only(modelUsd),
  reviewCost: only(reviewUsd),
  costPerConversation: only(tally.dialogues === 0 ? null : (Number(modelUsd) / tally.dialogues).toFixed(4)),
});

/** By the ids of `METRICS`. */
export const answersOf = (tally: Tally, beside: Beside): Readonly<Record<string, MetricAnswer>> => ({
  ...demand(tally, beside),
  ...answers(tally, beside),
  ...outcome(tally),
  ...sales(tally),
  ...outreach(tally),
  ...quality(tally),
  ...people(tally),
  ...costs(tally, beside),
});
