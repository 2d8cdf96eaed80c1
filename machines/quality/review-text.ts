/** What the shop's group is told of a review (domain 6.13, 7.3, 23.3), in plain lines. Quotes nobody whose name is known. */
import type { ReviewNews } from '../review/machine.ts';
import type { ReviewResult } from '../review/result.ts';
import { reviewId } from '../review/review-id.ts';
import { FLAGS, type FlagFinding, flagSet, flagTitle } from './flags.ts';
import { dialogueRating } from './ratings.ts';
import { TOTAL_POINTS } from './rubric.ts';

export interface ReviewMessage {
  /** The same for the same news: a repeat is told once. */
  readonly key: string;
  /** A heading, which quotes nobody. */
  readonly reason: string;
  readonly summary: string;
  /** What was said, for whoever may read the conversation. */
  readonly quotes: readonly string[];
  /** Concerns the conversation, so that a manager may act on it at once; false: the owner. */
  readonly isUrgent: boolean;
}

/** Names what the shop was told of a review, so that it is found when the customer is forgotten. */
export const newsKey = (id: string): string => `quality:${id}`;

/** Criteria quoted at most: one message must fit the group. */
const MAX_QUOTES = 4;

const listed = (title: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [`${title}: ${items.join('; ')}`];

const flagsMessage = (conversationId: string, flags: readonly FlagFinding[]): ReviewMessage | null => {
  if (flags.length === 0) return null;
  const inOrder = FLAGS.flatMap((name) => flags.filter(({ flag }) => flag === name));
  return {
    key: `red-flags:${conversationId}:${flagSet(flags)}`,
    reason: 'Red flags in a dialogue',
    summary: inOrder
      .map(({ flag, comment }) => `${flagTitle(flag)}${comment === '' ? '' : `: ${comment}`}`)
      .join('\n'),
    quotes: inOrder.flatMap(({ quotes }) => quotes),
    isUrgent: true,
  };
};

const managerMessage = (
  { conversationId, activityAt }: ReviewNews,
  { score, manager, verdict }: Extract<ReviewResult, { scope: 'manager' }>,
): ReviewMessage | null =>
  score.isLow
    ? {
        key: newsKey(reviewId({ scope: 'manager', conversationId, activityAt })),
        reason: `A manager's work was scored low: ${score.points} of 20`,
        summary: [
          ...(manager === null ? [] : [`Manager: ${manager}`]),
          ...listed('Weaknesses', verdict.weaknesses),
          ...listed('Advice', verdict.recommendations),
        ].join('\n'),
        quotes: [],
        isUrgent: false,
      }
    : null;

const botMessage = (
  { conversationId, activityAt }: ReviewNews,
  { score, spread, verdict }: Extract<ReviewResult, { scope: 'bot' }>,
): ReviewMessage => {
  const rating = dialogueRating(score);
  const { coverage, blocks } = score;
  const evidence = verdict.criteria.flatMap(({ quotes }) => quotes.slice(0, 1)).slice(0, MAX_QUOTES);
  return {
    key: newsKey(reviewId({ scope: 'bot', conversationId, activityAt })),
    reason: `A dialogue was reviewed: ${score.total} of ${score.ceiling}${rating === null ? '' : `, ${rating}`}`,
    summary: [
      `${spread.readings} readings between ${spread.lowest} and ${spread.highest}`,
      ...blocks.flatMap(({ title, points, ceiling }) =>
        points === null || ceiling === null ? [] : [`${title}: ${points} of ${ceiling}`],
      ),
      `Coverage: ${coverage.rules} rules in ${coverage.blocks} blocks${coverage.isEnough ? '' : `; too little for a normal score of ${TOTAL_POINTS}`}`,
      ...listed('Strengths', verdict.strengths),
      ...listed('Weaknesses', verdict.weaknesses),
      ...listed('Advice', verdict.recommendations),
      ...(evidence.length === 0 ? [] : [`Evidence: ${evidence.map((quote) => `"${quote}"`).join(', ')}`]),
      `Next: ${verdict.nextAction}`,
    ].join('\n'),
    quotes: [],
    isUrgent: false,
  };
};

/** Null: there is nothing to tell. */
export const reviewMessage = (news: ReviewNews): ReviewMessage | null => {
  const { result } = news;
  switch (result.scope) {
    case 'flags':
      return flagsMessage(news.conversationId, result.flags);
    case 'manager':
      return managerMessage(news, result);
    case 'bot':
      return botMessage(news, result);
  }
};
