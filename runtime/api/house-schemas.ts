/** Prompts, users and queues as the API says them (contract 3.2, domain 24.2-24.4). Times are RFC 3339, UTC. */
import { Schema } from 'effect';

const nullable = Schema.NullOr;
const text = (max: number) =>
  Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(max), Schema.isPattern(/\S/));

/** Longest section: five of this length and a long dialogue stay within what one call may send (job-limits.ts). */
export const MAX_SECTION_CHARS = 12_000;
/** Characters of a name, of an e-mail address (RFC 5321), of a note. */
const MAX_NAME_CHARS = 120;
const MAX_EMAIL_CHARS = 320;
const MAX_NOTE_CHARS = 500;
/** NIST SP 800-63B: length is what counts. */
export const MIN_PASSWORD_CHARS = 12;
const MAX_PASSWORD_CHARS = 1024;

const SectionName = Schema.String.check(
  Schema.isPattern(/^[a-z][a-z0-9-]{0,39}$/, { message: 'Expected a short name, as in "persona"' }),
);

/** One version of one section; `id` is `section@version`. */
export const PromptView = Schema.Struct({
  id: Schema.String,
  section: Schema.String,
  version: Schema.Int,
  body: Schema.String,
  note: nullable(Schema.String),
  createdBy: Schema.String,
  createdAt: Schema.String,
  active: Schema.Boolean,
});
export type PromptView = typeof PromptView.Type;

export const PromptBody = Schema.Struct({
  section: SectionName,
  body: text(MAX_SECTION_CHARS),
  note: Schema.optionalKey(nullable(Schema.String.check(Schema.isMaxLength(MAX_NOTE_CHARS)))),
  /** False keeps it as a draft; absent: it is in force at once (domain 24.3). */
  activate: Schema.optionalKey(Schema.Boolean),
});
export type PromptBody = typeof PromptBody.Type;

/** Asks the model again what it was asked in a past turn, with these sections instead of those in force then. */
export const PromptTrialBody = Schema.Struct({
  conversationId: text(200),
  /** The last answer of the model at or before this step; absent: of the conversation. */
  seq: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
  sections: Schema.Array(Schema.Struct({ section: SectionName, body: text(MAX_SECTION_CHARS) })).check(
    Schema.isMinLength(1),
    Schema.isMaxLength(10),
  ),
});
export type PromptTrialBody = typeof PromptTrialBody.Type;

const Said = Schema.Struct({
  text: nullable(Schema.String),
  tools: Schema.Array(Schema.Struct({ name: Schema.String, arguments: Schema.String })),
});
export const PromptTrialView = Schema.Struct({
  /** The step in which the model was asked. */
  seq: Schema.Int,
  at: Schema.String,
  /** What the customer had written. */
  question: Schema.String,
  promptVersions: Schema.Array(Schema.String),
  /** Null: the answer of then is not in the journal any more. */
  before: nullable(Said),
  after: Said,
  /** What the check of the reply would refuse, in its words; empty: it would go out. */
  faults: Schema.Array(Schema.String),
  model: Schema.String,
  costUsd: Schema.String,
});
export type PromptTrialView = typeof PromptTrialView.Type;

const Role = Schema.Literals(['viewer', 'manager', 'admin']);

export const UserView = Schema.Struct({
  id: Schema.String,
  email: Schema.String,
  name: Schema.String,
  role: Role,
  /** False: signs in by one-time links only. */
  hasPassword: Schema.Boolean,
  disabledAt: nullable(Schema.String),
  createdAt: Schema.String,
  /** The newest session's beginning; null: none within a week. */
  lastSignIn: nullable(Schema.String),
});
export type UserView = typeof UserView.Type;

export const NewUserBody = Schema.Struct({
  email: Schema.String.check(
    Schema.isMaxLength(MAX_EMAIL_CHARS),
    Schema.isPattern(/^[^\s@]+@[^\s@]+$/, { message: 'Expected an e-mail address' }),
  ),
  name: text(MAX_NAME_CHARS),
  role: Role,
});
export type NewUserBody = typeof NewUserBody.Type;

export const UserPatch = Schema.Struct({
  name: Schema.optionalKey(text(MAX_NAME_CHARS)),
  role: Schema.optionalKey(Role),
  disabled: Schema.optionalKey(Schema.Boolean),
});
export type UserPatch = typeof UserPatch.Type;

/** `path` opens the admin and signs its holder in once, within half an hour. */
export const SignInLinkView = Schema.Struct({ path: Schema.String, expiresAt: Schema.String });
export const CreatedUserView = Schema.Struct({ user: UserView, link: SignInLinkView });

export const PasswordBody = Schema.Struct({
  /** Needed where there is one. */
  current: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(MAX_PASSWORD_CHARS))),
  password: Schema.String.check(
    Schema.isMinLength(MIN_PASSWORD_CHARS, { message: `Expected at least ${MIN_PASSWORD_CHARS} characters` }),
    Schema.isMaxLength(MAX_PASSWORD_CHARS),
  ),
});

/** `GET /admin/timers`: armed timers by their moment. */
export const ArmedTimerView = Schema.Struct({
  conversationId: Schema.String,
  timerId: Schema.String,
  label: Schema.String,
  kind: Schema.String,
  dueAt: Schema.String,
});
export type ArmedTimerView = typeof ArmedTimerView.Type;

/** `GET /admin/jobs`: queues of pg-boss with their schedules. Counts are as of `countedAt`. */
export const JobQueueView = Schema.Struct({
  name: Schema.String,
  cron: nullable(Schema.String),
  timeZone: nullable(Schema.String),
  queued: Schema.Int,
  deferred: Schema.Int,
  active: Schema.Int,
  failed: Schema.Int,
  countedAt: nullable(Schema.String),
  lastState: nullable(Schema.String),
  lastAt: nullable(Schema.String),
});
export type JobQueueView = typeof JobQueueView.Type;

/** `POST /admin/jobs/:id/run`. */
export const JobStartView = Schema.Struct({
  status: Schema.Literals(['started', 'retried']),
  /** Runs added or put back. */
  count: Schema.Int,
});
export type JobStartView = typeof JobStartView.Type;
