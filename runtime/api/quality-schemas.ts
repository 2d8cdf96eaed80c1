/** Reviews as the API says them (domain 6, 7). Points and money that are not known are null, never 0. */
import { Schema } from 'effect';
import { MAX_PAGE } from './requests.ts';

export const ReviewScopeName = Schema.Literals(['bot', 'manager', 'flags']);
const Rating = Schema.Literals(['excellent', 'good', 'satisfactory', 'poor']);
const State = Schema.Literals(['due', 'gathering', 'reading', 'postponed', 'scored', 'failed']);
const Text = Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(1000));
/** RFC 3339, UTC. */
const Instant = Schema.String;
const Usd = Schema.NullOr(Schema.String);

export const ReviewsQuery = {
  /** Default: dialogues of the assistant. */
  scope: Schema.optionalKey(ReviewScopeName),
  rating: Schema.optionalKey(Rating),
  state: Schema.optionalKey(State),
  conversation: Schema.optionalKey(Text),
  manager: Schema.optionalKey(Text),
  /** Only reviews that raised a flag. */
  flagged: Schema.optionalKey(Schema.Literals(['true', 'false'])),
  from: Schema.optionalKey(Text),
  to: Schema.optionalKey(Text),
  limit: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: MAX_PAGE }))),
  cursor: Schema.optionalKey(Text),
};

/** Domain 7.4. */
const Measures = Schema.Struct({
  /** Q1, ms; null: nobody answered. */
  firstResponseMs: Schema.NullOr(Schema.Number),
  isWithinTarget: Schema.NullOr(Schema.Boolean),
  /** Q2; null: the CRM was not asked. */
  converted: Schema.NullOr(Schema.Boolean),
  /** Q3. */
  messages: Schema.Number,
  /** Q4, as the CRM has it. */
  dealAmount: Schema.NullOr(Schema.String),
});

const reviewFields = {
  id: Schema.String,
  scope: ReviewScopeName,
  conversationId: Schema.String,
  /** The customer's name, when it is known. */
  customer: Schema.NullOr(Schema.String),
  /** Whose work it is, in a manager's review. */
  manager: Schema.NullOr(Schema.String),
  state: State,
  /** Of the newest message that was reviewed; of a manager's work: the hand-over. */
  activityAt: Instant,
  askedAt: Schema.NullOr(Instant),
  updatedAt: Schema.NullOr(Instant),
  score: Schema.NullOr(
    Schema.Struct({
      points: Schema.Number,
      /** The most that could be reached (domain 6.6). */
      ceiling: Schema.Number,
      /** Null: too little happened for a normal score (domain 6.5). */
      rating: Schema.NullOr(Rating),
      /** The business's own convention (domain 6.11): another axis, never compared with `points`. */
      plainSum: Schema.NullOr(Schema.Number),
    }),
  ),
  /** How far the readings lay apart (domain 6.15). */
  spread: Schema.Struct({
    readings: Schema.Number,
    lowest: Schema.NullOr(Schema.Number),
    highest: Schema.NullOr(Schema.Number),
  }),
  coverage: Schema.NullOr(
    Schema.Struct({ rules: Schema.Number, blocks: Schema.Number, isEnough: Schema.Boolean }),
  ),
  flags: Schema.Array(Schema.String),
  measures: Schema.NullOr(Measures),
  model: Schema.NullOr(Schema.String),
  promptVersion: Schema.NullOr(Schema.String),
  costUsd: Usd,
  /** Why it failed, or why there are fewer readings than asked for. */
  reason: Schema.NullOr(Schema.String),
};

export const ReviewView = Schema.Struct(reviewFields);
export type ReviewView = typeof ReviewView.Type;

const Evidence = Schema.Struct({
  quote: Schema.String,
  /** The message it stands in; null in reviews made before this was looked up. */
  messageId: Schema.NullOr(Schema.String),
});

/** `GET /quality/reviews/:id`. */
export const ReviewDetailView = Schema.Struct({
  ...reviewFields,
  blocks: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      title: Schema.String,
      points: Schema.NullOr(Schema.Number),
      ceiling: Schema.NullOr(Schema.Number),
    }),
  ),
  criteria: Schema.Array(
    Schema.Struct({
      rule: Schema.Number,
      title: Schema.String,
      /** False: it counts for nothing, for the facts say that it could not come up (domain 6.8). */
      applies: Schema.Boolean,
      score: Schema.Number,
      comment: Schema.String,
      evidence: Schema.Array(Evidence),
    }),
  ),
  flagFindings: Schema.Array(
    Schema.Struct({
      flag: Schema.String,
      title: Schema.String,
      comment: Schema.String,
      evidence: Schema.Array(Evidence),
    }),
  ),
  strengths: Schema.Array(Schema.String),
  weaknesses: Schema.Array(Schema.String),
  recommendations: Schema.Array(Schema.String),
  nextAction: Schema.NullOr(Schema.String),
});
export type ReviewDetailView = typeof ReviewDetailView.Type;

const Readings = Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 9 })));

/** `POST /quality/reviews`. */
export const ReviewBody = Schema.Struct({
  conversationId: Text,
  scope: Schema.optionalKey(ReviewScopeName),
  readings: Readings,
  /** Shows the judge the whole dialogue, whatever the settings say. */
  transcript: Schema.optionalKey(Schema.Literals(['summary', 'full'])),
});
export type ReviewBody = typeof ReviewBody.Type;

/** Reviews that one run by hand may begin. */
export const MAX_BY_HAND = 100;
const Limit = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: MAX_BY_HAND }));

/** `POST /quality/runs`. */
export const ReviewRunBody = Schema.Struct({
  scope: ReviewScopeName,
  limit: Schema.optionalKey(Limit),
});

/** `GET /quality/preview`: of one conversation, or of all that is due. */
export const PreviewQuery = {
  scope: Schema.optionalKey(ReviewScopeName),
  conversation: Schema.optionalKey(Text),
  readings: Readings,
  transcript: Schema.optionalKey(Schema.Literals(['summary', 'full'])),
  limit: Schema.optionalKey(Limit),
};

export const ReviewPreviewView = Schema.Struct({
  scope: ReviewScopeName,
  model: Schema.String,
  /** How many reviews would begin. */
  reviews: Schema.Number,
  readings: Schema.Number,
  /** Calls of the judge, when none of its answers is refused. */
  calls: Schema.Number,
  /** By what readings of this kind by this model cost until now; null: there were none. */
  likelyUsd: Usd,
  /** More than the calls can cost at the prices that are prepared for. */
  mostUsd: Schema.String,
  /** What reviews of this kind may still spend today. */
  leftUsd: Schema.String,
  /** Of one conversation: it has a review of this activity already, which would be shown and not paid again. */
  isKnown: Schema.Boolean,
});
export type ReviewPreviewView = typeof ReviewPreviewView.Type;

export const ReviewRunView = Schema.Struct({ asked: Schema.Number, run: Schema.String });
export type ReviewRunView = typeof ReviewRunView.Type;

/** `GET /quality/budget`: the business day of one kind of review (domain 6.14). */
export const ReviewBudgetView = Schema.Struct({
  scope: ReviewScopeName,
  /** Cents of US dollars; calls whose bill is out count with the most they can cost. */
  spentCents: Schema.Number,
  /** Of this kind, or of all reviews when that is less. */
  limitCents: Schema.Number,
  calls: Schema.Number,
  callsLimit: Schema.Number,
  /** Since when reviews of this kind wait for the next day or a higher limit; null: they do not. */
  stoppedSince: Schema.NullOr(Schema.String),
});
export type ReviewBudgetView = typeof ReviewBudgetView.Type;

/** `GET /quality/managers` (domain 7.5). */
export const ManagersQuery = { from: Schema.optionalKey(Text), to: Schema.optionalKey(Text) };

export const ManagerDigestView = Schema.Struct({
  manager: Schema.String,
  reviews: Schema.Number,
  /** Of 20; null: none was scored. */
  averagePoints: Schema.NullOr(Schema.Number),
  averageFirstResponseMs: Schema.NullOr(Schema.Number),
  /** Hand-overs that became deals, of those of which it is known. */
  converted: Schema.Number,
  known: Schema.Number,
});
export type ManagerDigestView = typeof ManagerDigestView.Type;
