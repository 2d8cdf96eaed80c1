/** Sums of a day or of a month, such that any range is the merge of its parts. Pure. */
import { emptyHistogram, type Histogram } from './histogram.ts';

export type Counts = Record<string, number>;

/** How often, the sum of the values, the sum of the amounts in hundredths, how many had an amount. */
export type Bag = [n: number, value: number, hundredths: number, priced: number];

export interface Tally {
  dialogues: number;
  target: number;
  involved: number;
  person: number;
  ended: number;
  /** Ended with the bot involved: what `alone` is a part of. */
  endedInvolved: number;
  alone: number;
  /** Old enough to say whether it lasted, with the bot involved. */
  settled: number;
  durable: number;
  reopened: number;
  messages: number;
  languages: Counts;
  segments: Counts;
  startedBy: Counts;
  /** Dialogues by the day of the same customer's dialogue before; '' for a customer's first. */
  visits: Counts;
  /** Second dialogues of their customers, by the day of the first. */
  seconds: Counts;
  firstAnswer: Histogram;
  botReplies: Histogram;
  managerReplies: Histogram;
  /** By kind and key. */
  happened: Record<string, Record<string, Bag>>;
  /** By kind and who caused it. */
  caused: Record<string, Counts>;
}

export const emptyTally = (): Tally => ({
  dialogues: 0,
  target: 0,
  involved: 0,
  person: 0,
  ended: 0,
  endedInvolved: 0,
  alone: 0,
  settled: 0,
  durable: 0,
  reopened: 0,
  messages: 0,
  languages: {},
  segments: {},
  startedBy: {},
  visits: {},
  seconds: {},
  firstAnswer: emptyHistogram(),
  botReplies: emptyHistogram(),
  managerReplies: emptyHistogram(),
  happened: {},
  caused: {},
});

/** Adds `more`, made of numbers, lists of numbers and objects of these, to `into`; what only one side has stays. */
const addUp = (into: Record<string, unknown>, more: Readonly<Record<string, unknown>>): void => {
  for (const key of Object.keys(more)) {
    const value = more[key];
    const own = Object.hasOwn(into, key) ? into[key] : undefined;
    if (typeof value === 'number') put(into, key, typeof own === 'number' ? own + value : value);
    else if (Array.isArray(value) && Array.isArray(own)) addList(own, value);
    // A copy: the next one is added to it in its place.
    else if (Array.isArray(value)) put(into, key, value.slice());
    else {
      const inner = typeof own === 'object' && own !== null ? own : {};
      if (inner !== own) put(into, key, inner);
      addUp(inner as Record<string, unknown>, value as Record<string, unknown>);
    }
  }
};

/** In place: a year has tens of thousands of these. */
const addList = (into: number[], more: readonly number[]): void => {
  for (let i = 0; i < more.length; i++) into[i] = (into[i] ?? 0) + (more[i] ?? 0);
};

/** Keys are names of managers and articles: one called `__proto__` is data like any other. */
export const put = (into: Record<string, unknown>, key: string, value: unknown): void => {
  if (key !== '__proto__') into[key] = value;
  else Object.defineProperty(into, key, { value, writable: true, enumerable: true, configurable: true });
};

/** The sum of all; their order does not matter. */
export const mergeTallies = (tallies: readonly Tally[]): Tally => {
  const sum = emptyTally();
  for (const tally of tallies) {
    addUp(sum as unknown as Record<string, unknown>, tally as unknown as Record<string, unknown>);
  }
  return sum;
};

export const bagOf = ({ happened }: Tally, kind: string, key: string): Bag =>
  happened[kind]?.[key] ?? [0, 0, 0, 0];

/** All keys of a kind together. */
export const allOf = ({ happened }: Tally, kind: string): Bag =>
  Object.values(happened[kind] ?? {}).reduce<Bag>(
    (sum, bag) => [sum[0] + bag[0], sum[1] + bag[1], sum[2] + bag[2], sum[3] + bag[3]],
    [0, 0, 0, 0],
  );
