/** Names of reviews: one actor for each (conversation, activity time), so that no activity is ever reviewed twice. */

export const REVIEW_KIND = 'review';

export interface ReviewSubject {
  readonly conversationId: string;
  /** When the newest message was written that is reviewed, ms since the epoch. */
  readonly activityAt: number;
}

export const reviewId = ({ conversationId, activityAt }: ReviewSubject): string =>
  `review:${activityAt}:${conversationId}`;

/** Null: it is no review's id. */
export const parseReviewId = (id: string): ReviewSubject | null => {
  const [, activityAt, conversationId] = /^review:(\d{1,15}):(.+)$/.exec(id) ?? [];
  if (activityAt === undefined || conversationId === undefined) return null;
  return { conversationId, activityAt: Number(activityAt) };
};
