/** What can go wrong on the way to any vendor, before the vendor's own answer counts. First fork: `retryable`. */
import { Schema } from 'effect';

const common = {
  vendor: Schema.String,
  message: Schema.String,
  retryable: Schema.Boolean,
};

/** The vendor could not be reached, or the connection broke. The request may or may not have been processed. */
export class VendorUnreachable extends Schema.TaggedError<VendorUnreachable>()('VendorUnreachable', common) {}

/** No complete answer within the time-out. The request may or may not have been processed. */
export class VendorTimeout extends Schema.TaggedError<VendorTimeout>()('VendorTimeout', common) {}

/** The vendor failed too often just now and is left alone for a while. The request was not sent. */
export class VendorCircuitOpen extends Schema.TaggedError<VendorCircuitOpen>()('VendorCircuitOpen', {
  ...common,
  retryAfterMs: Schema.Number,
}) {
  /** Whoever counts attempts need not count this one. */
  readonly unsent = true;
}

export type TransportError = VendorUnreachable | VendorTimeout | VendorCircuitOpen;
