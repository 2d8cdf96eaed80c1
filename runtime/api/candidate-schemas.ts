/** Answers of managers that wait to become articles, as the API says them (domain 21.6). Times are RFC 3339, UTC. */
import { Schema } from 'effect';

/** `GET /knowledge/candidates`. */
export const CandidateView = Schema.Struct({
  id: Schema.String,
  /** Null once the customer is erased. */
  conversationId: Schema.NullOr(Schema.String),
  question: Schema.String,
  answer: Schema.String,
  language: Schema.Literals(['en', 'ar']),
  proposedBy: Schema.String,
  /** What speaks against publishing the answer as it is: `date`, `place`, `offer`… */
  doubts: Schema.Array(Schema.String),
  at: Schema.String,
});
export type CandidateView = typeof CandidateView.Type;

/** `POST /knowledge/candidates/:id/approve`. */
export const ApprovedView = Schema.Struct({ articleId: Schema.String });
