/** Names of reviews: one actor for each (scope, conversation, activity time), so that no activity is ever reviewed twice. */

export const REVIEW_KIND = 'review';

/** What is looked at: the assistant's dialogue, a manager's work after a hand-over, or red flags (domain 6, 7, 6.13). */
export const REVIEW_SCOPES = ['bot', 'manager', 'flags'] as const;
export type ReviewScope = (typeof REVIEW_SCOPES)[number];

export interface ReviewSubject {
  readonly scope: ReviewScope;
  readonly conversationId: string;
  /** When the newest message was written that is reviewed, ms since the epoch; of a manager's work: the hand-over. */
  readonly activityAt: number;
}

/** Dialogues came first and have the short name. */
export const reviewId = ({ scope, conversationId, activityAt }: ReviewSubject): string =>
  scope === 'bot'
    ? `review:${activityAt}:${conversationId}`
    : `review:${scope}:${activityAt}:${conversationId}`;

/** Null: it is no review's id. */
export const parseReviewId = (id: string): ReviewSubject | null => {
  const [, named, activityAt, conversationId] = /^review:(?:([a-z]+):)?(\d{1,15}):(.+)$/.exec(id) ?? [];
  const scope = REVIEW_SCOPES.find((known) => known === (named ?? 'bot'));
  if (scope === undefined || activityAt === undefined || conversationId === undefined) return null;
  if (named === 'bot') return null;
  return { scope, conversationId, activityAt: Number(activityAt) };
};
