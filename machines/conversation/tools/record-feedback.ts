import type { FeedbackAnswers } from '../context.ts';
import { nextQuestion, answer as withAnswers } from '../updates/after-sale.ts';
import { type ChangeTool, text, toolSpec } from './tool.ts';

const MAX_COMMENT_CHARS = 1000;

const rating = (description: string) => ({ type: 'integer', minimum: 1, maximum: 5, description });

const isRating = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 5;

/** What the customer answered to the questions after delivery; ratings outside 1 to 5 are asked again (domain 18.3). */
export const recordFeedback: ChangeTool = {
  kind: 'change',
  spec: toolSpec(
    'record_feedback',
    'Keep what the customer answered to the feedback questions. Only what they said.',
    {
      overall: rating('Overall satisfaction'),
      delivery: rating('Satisfaction with the delivery'),
      recommend: { type: 'boolean', description: 'Would they recommend us?' },
      comment: text('Their own words; empty when they have nothing to add'),
    },
    [],
  ),
  isOffered: (context) => context.afterSale.asking,
  problem: ({ overall, delivery, recommend, comment }) => {
    if (overall !== undefined && !isRating(overall)) {
      return 'overall must be a whole number from 1 to 5; ask the customer again.';
    }
    if (delivery !== undefined && !isRating(delivery)) {
      return 'delivery must be a whole number from 1 to 5; ask the customer again.';
    }
    if (recommend !== undefined && typeof recommend !== 'boolean') {
      return 'recommend must be true or false; ask the customer again.';
    }
    if (comment !== undefined && typeof comment !== 'string') return 'comment must be text.';
    const isEmpty = [overall, delivery, recommend, comment].every((value) => value === undefined);
    return isEmpty ? 'Give at least one answer of the customer.' : null;
  },
  apply: (context, { overall, delivery, recommend, comment }) => {
    const answers: Partial<FeedbackAnswers> = {
      ...(isRating(overall) ? { overall } : {}),
      ...(isRating(delivery) ? { delivery } : {}),
      ...(typeof recommend === 'boolean' ? { recommend } : {}),
      ...(typeof comment === 'string' ? { comment: comment.trim().slice(0, MAX_COMMENT_CHARS) } : {}),
    };
    const update = withAnswers(context, answers);
    const next = nextQuestion({ ...context.afterSale.answers, ...answers });
    return {
      update,
      raise: [{ type: 'feedback.answered' }],
      answer: next === null ? { ok: true, note: 'That was all; thank the customer.' } : { ok: true, next },
    };
  },
};
