/** Outreach as the API says it (domain 17.13, 19.2). */
import { Schema } from 'effect';

/** `GET /outreach/due`: one planned touch as it would be decided at its moment. */
export const OutreachTouchView = Schema.Struct({
  conversationId: Schema.String,
  name: Schema.NullOr(Schema.String),
  language: Schema.Literals(['en', 'ar']),
  kind: Schema.Literals(['follow_up', 'quiet', 'agreed', 'payment', 'feedback', 'reactivation']),
  step: Schema.Int,
  /** RFC 3339, UTC: as planned, in business time. */
  dueAt: Schema.String,
  /** When it would be sent or asked again. */
  at: Schema.String,
  verdict: Schema.Literals(['send', 'wait', 'blocked']),
  reason: Schema.NullOr(
    Schema.Literals([
      'disabled',
      'opted_out',
      'already_sent',
      'no_template',
      'template_refused',
      'channel_down',
      'quiet_hours',
      'run_allowance',
      'day_allowance',
      'owned_by_person',
    ]),
  ),
  detail: Schema.NullOr(Schema.String),
  /** What the customer would read. */
  text: Schema.NullOr(Schema.String),
  /** Null: free text, inside the 24 hours. */
  templateId: Schema.NullOr(Schema.String),
});
export type OutreachTouchView = typeof OutreachTouchView.Type;

export const OutreachRunKind = Schema.Literals(['orders', 'payment', 'reactivation']);

/** `POST /outreach/run`. */
export const OutreachRunBody = Schema.Struct({
  /** Default: all of them. */
  kinds: Schema.optionalKey(
    Schema.Array(OutreachRunKind).check(Schema.isMinLength(1), Schema.isMaxLength(3)),
  ),
});

export const OutreachRunView = Schema.Struct({
  items: Schema.Array(
    Schema.Struct({
      kind: OutreachRunKind,
      /** Conversations that were asked to consider it; what each decides is in its journal. */
      delivered: Schema.Int,
      /** Asked before, so that nothing happens. */
      known: Schema.Int,
      /** Why nothing was looked for. */
      skipped: Schema.NullOr(Schema.String),
    }),
  ),
});
export type OutreachRunView = typeof OutreachRunView.Type;

/** `GET /referrals?phone=`: codes that this phone was given, and what became of them (domain 19.2). */
export const ReferralStatsView = Schema.Struct({
  total: Schema.Number,
  active: Schema.Number,
  used: Schema.Number,
  expired: Schema.Number,
});
export type ReferralStatsView = typeof ReferralStatsView.Type;
