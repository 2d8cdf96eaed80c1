/** What Zoho CRM itself can answer wrong. Access and transport have their own errors. First fork: `retryable`. */
import { Schema } from 'effect';
import type { TransportError } from '../http/vendor-client.ts';
import type { ZohoAccessError } from '../zoho-oauth/errors.ts';

/** Too many calls at once, or the credits of the rolling day are used up (wire/03 §8). */
export class CrmThrottled extends Schema.TaggedError<CrmThrottled>()('CrmThrottled', {
  message: Schema.String,
  retryable: Schema.Boolean,
  retryAfterMs: Schema.Number,
}) {}

/** CRM understood the call and refuses it, for the whole request or for its record (wire/03 §4). */
export class CrmRejected extends Schema.TaggedError<CrmRejected>()('CrmRejected', {
  code: Schema.String,
  /** The field in question, by its API name, when CRM says. */
  field: Schema.NullOr(Schema.String),
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** 5xx, a gateway's page or a cut body. A write may or may not have been done. */
export class CrmUnavailable extends Schema.TaggedError<CrmUnavailable>()('CrmUnavailable', {
  status: Schema.Number,
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** JSON in a shape we do not know: repeating does not help, a developer must look. */
export class CrmMalformed extends Schema.TaggedError<CrmMalformed>()('CrmMalformed', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

export type CrmError =
  | ZohoAccessError
  | TransportError
  | CrmThrottled
  | CrmRejected
  | CrmUnavailable
  | CrmMalformed;

/** A Blueprint owns the deal's stage and offers no way to the wanted one (wire/03 §5): a person must move it. */
export class CrmNoTransition extends Schema.TaggedError<CrmNoTransition>()('CrmNoTransition', {
  from: Schema.String,
  to: Schema.String,
  offered: Schema.Array(Schema.String),
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** A write whose result is unknown and which reading back did not settle (domain 9.20). Repeating the call looks first. */
export class CrmUnverified extends Schema.TaggedError<CrmUnverified>()('CrmUnverified', {
  message: Schema.String,
  retryable: Schema.Boolean,
  retryAfterMs: Schema.Number,
}) {}

/** Writes of deals and notes can also end with these. */
export type CrmWriteError = CrmError | CrmNoTransition | CrmUnverified;
