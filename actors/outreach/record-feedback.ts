/** Keeps what a customer thought of a delivered order (domain 18.3). */
import { Effect } from 'effect';
import type { FeedbackParams } from '../../machines/conversation/actors.ts';
import { OutreachStore } from './outreach-store.ts';

export const recordFeedback = Effect.fn('recordFeedback')(function* (feedback: FeedbackParams) {
  const store = yield* OutreachStore;
  yield* store.keepFeedback(feedback);
});
