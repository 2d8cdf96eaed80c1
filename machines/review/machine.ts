/**
 * The review of one dialogue up to one moment (domain 6.12): what happened is gathered, the judge reads it a few times,
 * and code computes the score. Each reading is a durable command, so that a restart pays for none of them again.
 */
import { assign, fromPromise, setup } from 'xstate';
import { applicableRules, type DialogueFacts } from '../quality/applicability.ts';
import { type DialogueScore, scoreDialogue } from '../quality/score.ts';
import { medianReading, type Spread } from '../quality/spread.ts';
import { marksOf, type Verdict } from '../quality/verdict.ts';
import type { ReviewSubject } from './review-id.ts';

export const REVIEW_VERSION = '1';

/** Domain 6.15: a number that is published was read more than once; odd, so that one reading is the middle. */
export const DEFAULT_READINGS = 3;
export const MAX_READINGS = 9;
/** While the day's money is spent: looked at again after this, so often, then given up. */
const POSTPONE_MS = 6 * 3_600_000;
export const MAX_POSTPONEMENTS = 8;

export interface ReviewReading {
  readonly verdict: Verdict;
  readonly model: string;
  readonly promptVersion: string;
  readonly costUsd: string | null;
}

/** What stands at the end: the reading in the middle, and how far the others lay from it. */
export interface ReviewResult {
  readonly score: DialogueScore;
  readonly spread: Spread;
  readonly verdict: Verdict;
  readonly model: string;
  readonly promptVersion: string;
}

export interface ReviewContext extends ReviewSubject {
  readonly wanted: number;
  readonly askedAt: number;
  readonly facts: DialogueFacts | null;
  readonly readings: readonly ReviewReading[];
  readonly postponements: number;
  readonly result: ReviewResult | null;
  /** Why it failed: the name of the error, which quotes nobody. */
  readonly reason: string | null;
}

export type ReviewEvent = {
  /** Somebody wants the review: the calendar, or an administrator, who may also ask a failed one again. */
  readonly type: 'review.due';
  readonly readings: number;
  readonly at?: number;
};

const program = <Output, Input>() =>
  fromPromise<Output, Input>(() => Promise.reject(new Error('programs are run by the host')));

const tagOf = (event: unknown): string => {
  const tag = (event as { readonly error?: { readonly _tag?: unknown } }).error?._tag;
  return typeof tag === 'string' ? tag : 'Unknown';
};

/** Null without readings or facts. */
const resultOf = ({ facts, readings }: ReviewContext): ReviewResult | null => {
  if (facts === null || readings.length === 0) return null;
  const rules = applicableRules(facts);
  const scored = readings.map((reading) => ({
    ...reading,
    score: scoreDialogue(marksOf(reading.verdict), rules),
  }));
  const { median, spread } = medianReading(scored, ({ score }) => score.total);
  const { score, verdict, model, promptVersion } = median;
  return { score, spread, verdict, model, promptVersion };
};

const reviewSetup = setup({
  types: {
    context: {} as ReviewContext,
    input: {} as ReviewSubject,
    events: {} as ReviewEvent,
  },
  actors: {
    gatherFacts: program<DialogueFacts, { readonly conversationId: string; readonly until: number }>(),
    judgeDialogue: program<ReviewReading, { readonly conversationId: string; readonly until: number }>(),
  },
  delays: { nextLook: POSTPONE_MS },
  guards: {
    isLast: ({ context }) => context.readings.length + 1 >= context.wanted,
    hasSome: ({ context }) => context.readings.length > 0,
    isMoneySpent: ({ context, event }) =>
      tagOf(event) === 'BudgetSpent' && context.postponements < MAX_POSTPONEMENTS,
  },
  actions: {
    ask: assign(({ event }) => ({
      wanted: Math.min(Math.max(Math.trunc(event.readings), 1), MAX_READINGS),
      askedAt: event.at ?? 0,
      reason: null,
      postponements: 0,
    })),
    fail: assign({ reason: ({ event }) => tagOf(event) }),
    score: assign({ result: ({ context }) => resultOf(context) }),
  },
});

const subject = ({ context }: { readonly context: ReviewContext }) => ({
  conversationId: context.conversationId,
  until: context.activityAt,
});

export const reviewMachine = reviewSetup.createMachine({
  id: 'review',
  description: 'The review of one dialogue up to one moment.',
  context: ({ input }) => ({
    conversationId: input.conversationId,
    activityAt: input.activityAt,
    wanted: DEFAULT_READINGS,
    askedAt: 0,
    facts: null,
    readings: [],
    postponements: 0,
    result: null,
    reason: null,
  }),
  initial: 'due',
  states: {
    due: {
      description: 'Nobody has asked for it yet.',
      tags: ['rests'],
      meta: { label: 'Due' },
      on: { 'review.due': { target: 'gathering', actions: 'ask' } },
    },
    gathering: {
      description: 'What happened in the dialogue is looked up.',
      meta: { label: 'Gathering facts' },
      invoke: {
        id: 'facts',
        src: 'gatherFacts',
        input: subject,
        onDone: { target: 'reading', actions: assign({ facts: ({ event }) => event.output }) },
        onError: { target: 'failed', actions: 'fail' },
      },
    },
    reading: {
      description: 'The judge reads the dialogue, once more until there are enough readings.',
      meta: { label: 'Reading', importance: 2 },
      invoke: {
        id: 'judge',
        src: 'judgeDialogue',
        input: subject,
        onDone: [
          {
            guard: 'isLast',
            target: 'scored',
            actions: assign({ readings: ({ context, event }) => [...context.readings, event.output] }),
          },
          {
            target: 'reading',
            reenter: true,
            actions: assign({ readings: ({ context, event }) => [...context.readings, event.output] }),
          },
        ],
        onError: [
          { guard: 'isMoneySpent', target: 'postponed' },
          // What was paid for is not thrown away: the spread tells how few readings there are.
          { guard: 'hasSome', target: 'scored', actions: 'fail' },
          { target: 'failed', actions: 'fail' },
        ],
      },
    },
    postponed: {
      description: "The day's money for reviews is spent.",
      meta: { label: 'Waiting for money' },
      entry: assign({ postponements: ({ context }) => context.postponements + 1 }),
      after: { nextLook: 'reading' },
    },
    scored: {
      description: 'Done: the median reading stands.',
      meta: { label: 'Scored' },
      type: 'final',
      entry: 'score',
    },
    failed: {
      description: 'No reading could be had; an administrator may ask again.',
      tags: ['rests'],
      meta: { label: 'Failed' },
      on: { 'review.due': { target: 'gathering', actions: 'ask' } },
    },
  },
});
