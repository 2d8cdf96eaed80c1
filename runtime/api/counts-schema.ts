/** How the list's tabs stand, as the API says it. */
import { Schema } from 'effect';

/** `GET /conversations/counts`: how many each tab of the list holds; `max` reads as "so many or more". */
export const ConversationCounts = Schema.Struct({
  all: Schema.Int,
  /** A person was asked for, or has taken it. */
  needs: Schema.Int,
  /** The assistant owes an answer. */
  bot: Schema.Int,
  /** We answered last. */
  customer: Schema.Int,
  /** Parked, paused, failed, or without progress. */
  stuck: Schema.Int,
  max: Schema.Int,
});
export type ConversationCounts = typeof ConversationCounts.Type;
