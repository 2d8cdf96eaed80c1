/** What Zoho Inventory itself can answer wrong. Access and transport have their own errors. First fork: `retryable`. */
import { Schema } from 'effect';
import type { TransportError } from '../http/vendor-client.ts';
import type { ZohoAccessError } from '../zoho-oauth/errors.ts';

/** One of three limits that share HTTP 429 and have different cures (wire/04 §2). */
export class InventoryThrottled extends Schema.TaggedError<InventoryThrottled>()('InventoryThrottled', {
  /** `minute` (code 44), `day` (code 45) or `concurrency` (code 1070). */
  limit: Schema.Literals(['minute', 'day', 'concurrency']),
  message: Schema.String,
  /** False for the day's limit: nobody waits that long, a person decides. */
  retryable: Schema.Boolean,
  retryAfterMs: Schema.Number,
}) {}

/** Inventory understood the call and refuses it: a code other than 0, whatever the HTTP status (wire/04 §1). */
export class InventoryRejected extends Schema.TaggedError<InventoryRejected>()('InventoryRejected', {
  code: Schema.String,
  status: Schema.Number,
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** 5xx, a gateway's page or a cut body. */
export class InventoryUnavailable extends Schema.TaggedError<InventoryUnavailable>()('InventoryUnavailable', {
  status: Schema.Number,
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** JSON in a shape we do not know: repeating does not help, a developer must look. */
export class InventoryMalformed extends Schema.TaggedError<InventoryMalformed>()('InventoryMalformed', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

export type InventoryError =
  | ZohoAccessError
  | TransportError
  | InventoryThrottled
  | InventoryRejected
  | InventoryUnavailable
  | InventoryMalformed;

/** What we wanted to write is there already, and differs from what we wanted: a person must look (lesson F-35). */
export class InventoryConflict extends Schema.TaggedError<InventoryConflict>()('InventoryConflict', {
  what: Schema.Literals(['order', 'customer']),
  /** Zoho's id of the record that is in the way. */
  id: Schema.String,
  /** Which facts differ, by name; never their values. */
  differences: Schema.Array(Schema.String),
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/**
 * A write whose result is unknown and which reading back did not settle (domain 9.20). Repeating the same call is safe:
 * it looks first. Until it succeeds nobody may be told that it was done.
 */
export class InventoryUnverified extends Schema.TaggedError<InventoryUnverified>()('InventoryUnverified', {
  message: Schema.String,
  retryable: Schema.Boolean,
  retryAfterMs: Schema.Number,
}) {}

/** Writes can also end with these. */
export type InventoryWriteError = InventoryError | InventoryConflict | InventoryUnverified;
