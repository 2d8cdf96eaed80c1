/** What can go wrong between us and Zoho before a product answers. First fork: `retryable`. */
import { Schema } from 'effect';

const common = {
  /** `crm` or `inventory`: which credentials to look at. */
  product: Schema.String,
  /** What an operator should do next. */
  message: Schema.String,
  retryable: Schema.Boolean,
  /** Not before this many ms; absent: as soon as the caller likes. */
  retryAfterMs: Schema.optionalKey(Schema.Number),
};

/** Zoho refuses the credentials themselves: only a person with the API console can help (lesson F-44). */
export class ZohoAuthRevoked extends Schema.TaggedError<ZohoAuthRevoked>()('ZohoAuthRevoked', {
  ...common,
  /** Zoho's own word, for example `invalid_code`. */
  code: Schema.String,
}) {}

/** The quota of 10 access tokens per 10 minutes is used up; asking again prolongs the block (wire/02 §4, §5). */
export class ZohoAuthThrottled extends Schema.TaggedError<ZohoAuthThrottled>()('ZohoAuthThrottled', common) {}

/** The accounts host, or our own token store, is in trouble: HTML, 5xx, time-out, no connection. */
export class ZohoAuthUnavailable extends Schema.TaggedError<ZohoAuthUnavailable>()(
  'ZohoAuthUnavailable',
  common,
) {}

/** The token belongs to another data centre than the API base URL: every call would fail (wire/02 §1). */
export class ZohoWrongDataCentre extends Schema.TaggedError<ZohoWrongDataCentre>()(
  'ZohoWrongDataCentre',
  common,
) {}

/** The token is valid but may not do this: a scope or a role is missing; refreshing will not help (wire/02 §5). */
export class ZohoAccessDenied extends Schema.TaggedError<ZohoAccessDenied>()('ZohoAccessDenied', {
  ...common,
  code: Schema.String,
}) {}

/** The product refuses a token that Zoho has just issued. */
export class ZohoTokenRefused extends Schema.TaggedError<ZohoTokenRefused>()('ZohoTokenRefused', common) {}

/** Getting a token can fail with these. */
export type ZohoAuthError = ZohoAuthRevoked | ZohoAuthThrottled | ZohoAuthUnavailable | ZohoWrongDataCentre;

/** Any authorised call can fail with these, before the product's own errors. */
export type ZohoAccessError = ZohoAuthError | ZohoAccessDenied | ZohoTokenRefused;
