/** The product's own judge on a played dialogue: the review by hand, with its spread. Paid, so only when it is asked for. */
import { conversationOf, until } from '../../tests/support/product.ts';
import type { Stage } from './stage.ts';

/** Readings take a while, and the shop asks no faster than its vendor lets it. */
const PATIENCE_MS = 300_000;

export interface Judged {
  /** Lowest, median and highest total of thirty; one when they are the same. */
  readonly readings: readonly number[];
  /** False: too little happened for a normal score. */
  readonly isEnough: boolean;
}

/** Null: the judge could not be had, or its answers were refused. */
export const judgeDialogue = async (
  { product }: Stage,
  phone: string,
  readings: number,
): Promise<Judged | null> => {
  const conversationId = conversationOf(phone);
  const asked = await product.api('POST', '/quality/reviews', { conversationId, readings });
  if (asked.status !== 202) throw new Error(`The review was refused: ${asked.body.error?.message}`);
  const path = `/quality/reviews/${encodeURIComponent(asked.body.id)}`;
  const review = await until(
    'the review',
    async () => {
      const { status, body } = await product.api('GET', path);
      return status === 200 && ['scored', 'failed', 'postponed'].includes(body.state) ? body : null;
    },
    PATIENCE_MS,
  );
  if (review.state !== 'scored' || review.score === null) return null;
  const { lowest, highest } = review.spread;
  return {
    readings: [...new Set([lowest, review.score.points, highest])] as readonly number[],
    isEnough: review.coverage?.isEnough === true,
  };
};
