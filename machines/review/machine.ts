/**
 * The review of one dialogue, of one manager's work or of one dialogue's red flags, up to one moment (domain 6.12, 6.13,
 * 7.1): what happened is gathered, the judge reads it a few times, and code computes the result. Each reading is a durable
 * command, so that a restart pays for none of them again.
 */
import { assign, fromPromise, setup } from 'xstate';
import type { Extent } from '../quality/transcript.ts';
import { type ReviewFacts, type ReviewReading, type ReviewResult, resultOf } from './result.ts';
import type { ReviewScope, ReviewSubject } from './review-id.ts';

export const REVIEW_VERSION = '2';

/** Domain 6.15: a number that is published was read more than once; odd, so that one reading is the middle. */
export const DEFAULT_READINGS = 3;
export const MAX_READINGS = 9;
/** While the day's money is spent: looked at again after this, so often, then given up. */
const POSTPONE_MS = 6 * 3_600_000;
export const MAX_POSTPONEMENTS = 8;

export interface ReviewContext extends ReviewSubject {
  /** What was said until then is read, ms since the epoch. */
  readonly until: number;
  readonly wanted: number;
  readonly askedAt: number;
  /** The run of the calendar that asked, whose calls are counted together; null: a person asked. */
  readonly run: string | null;
  /** How much of the dialogue the judge may see. */
  readonly extent: Extent;
  readonly facts: ReviewFacts | null;
  readonly readings: readonly ReviewReading[];
  readonly postponements: number;
  readonly result: ReviewResult | null;
  /** Why it failed: the name of the error, which quotes nobody. */
  readonly reason: string | null;
}

export type ReviewEvent = {
  /** Somebody wants the review: the calendar, or a person, who may also ask a failed one again. */
  readonly type: 'review.due';
  readonly readings: number;
  /** Default: the activity itself. */
  readonly until?: number;
  readonly run?: string | null;
  readonly extent?: Extent;
  readonly at?: number;
};

/** Input of both programs. */
export interface ReviewTask {
  readonly scope: ReviewScope;
  readonly conversationId: string;
  readonly activityAt: number;
  readonly until: number;
  readonly run: string | null;
  readonly extent: Extent;
}

/** What the shop is told of a review that is done. */
export interface ReviewNews {
  readonly conversationId: string;
  readonly activityAt: number;
  readonly result: ReviewResult;
}

const program = <Output, Input>() =>
  fromPromise<Output, Input>(() => Promise.reject(new Error('programs are run by the host')));

const tagOf = (event: unknown): string => {
  const tag = (event as { readonly error?: { readonly _tag?: unknown } }).error?._tag;
  return typeof tag === 'string' ? tag : 'Unknown';
};

/** The day's money of all jobs, or what this scope may spend and ask in a day: more comes tomorrow. */
const DAY_IS_SPENT: readonly string[] = ['BudgetSpent', 'ScopeSpent'];

const reviewSetup = setup({
  types: {
    context: {} as ReviewContext,
    input: {} as ReviewSubject,
    events: {} as ReviewEvent,
  },
  actors: {
    gatherFacts: program<ReviewFacts, ReviewTask>(),
    judgeDialogue: program<ReviewReading, ReviewTask>(),
  },
  delays: { nextLook: POSTPONE_MS },
  guards: {
    isLast: ({ context }) => context.readings.length + 1 >= context.wanted,
    hasSome: ({ context }) => context.readings.length > 0,
    isMoneySpent: ({ context, event }) =>
      DAY_IS_SPENT.includes(tagOf(event)) && context.postponements < MAX_POSTPONEMENTS,
  },
  actions: {
    ask: assign(({ context, event }) => ({
      wanted: Math.min(Math.max(Math.trunc(event.readings), 1), MAX_READINGS),
      until: event.until ?? context.activityAt,
      run: event.run ?? null,
      extent: event.extent ?? context.extent,
      askedAt: event.at ?? 0,
      reason: null,
      postponements: 0,
    })),
    fail: assign({ reason: ({ event }) => tagOf(event) }),
    score: assign({ result: ({ context }) => resultOf(context.facts, context.readings) }),
    /** Tells the shop; the program decides whom and whether (domain 6.13, 7.3, 23.3). */
    announceReview: (_, _params: ReviewNews | null) => undefined,
  },
});

const task = ({ context }: { readonly context: ReviewContext }): ReviewTask => ({
  scope: context.scope,
  conversationId: context.conversationId,
  activityAt: context.activityAt,
  until: context.until,
  run: context.run,
  extent: context.extent,
});

export const reviewMachine = reviewSetup.createMachine({
  id: 'review',
  description: 'The review of a dialogue, of a manager’s work, or of red flags, up to one moment.',
  context: ({ input }) => ({
    scope: input.scope,
    conversationId: input.conversationId,
    activityAt: input.activityAt,
    until: input.activityAt,
    wanted: DEFAULT_READINGS,
    askedAt: 0,
    run: null,
    extent: 'summary',
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
        input: task,
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
        input: task,
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
      entry: [
        'score',
        {
          type: 'announceReview',
          params: ({ context: { conversationId, activityAt, result } }) =>
            result === null ? null : { conversationId, activityAt, result },
        },
      ],
    },
    failed: {
      description: 'No reading could be had; an administrator may ask again.',
      tags: ['rests'],
      meta: { label: 'Failed' },
      on: { 'review.due': { target: 'gathering', actions: 'ask' } },
    },
  },
});
