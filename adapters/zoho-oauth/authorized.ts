/** Sends a product's request with a token, and tells an expired token from a missing permission (wire/02 §5). */
import { Effect, Predicate, Redacted } from 'effect';
import type { TransportError, VendorClient, VendorRequest, VendorResponse } from '../http/vendor-client.ts';
import { wordOf } from '../http/vendor-word.ts';
import { ZohoAccessDenied, type ZohoAccessError, ZohoTokenRefused } from './errors.ts';
import { parseExactJson } from './exact-json.ts';
import type { ZohoTokenShape } from './zoho-token.ts';

export type AuthorizedRequest = (
  request: VendorRequest,
) => Effect.Effect<VendorResponse, ZohoAccessError | TransportError>;

/** The pause before a product that refuses new tokens is asked again, ms. */
export const REFUSED_PAUSE_MS = 60_000;

/** An error envelope is small; a larger body is data and is not parsed twice. */
const ENVELOPE_BYTES_MAX = 2048;

const EXPIRED = new Set(['INVALID_TOKEN', '14']);
const DENIED = new Set(['OAUTH_SCOPE_MISMATCH', 'AUTHENTICATION_FAILURE', '57']);

/**
 * Wraps a client. On an expired token it renews once and repeats once: a 401 was not processed, so this is safe for
 * writes too. On a missing scope it does neither, for each useless refresh costs a tenth of the quota.
 */
export const authorized =
  (client: VendorClient, token: ZohoTokenShape): AuthorizedRequest =>
  (request) =>
    Effect.gen(function* () {
      const first = yield* token.get;
      const response = yield* client.request(withToken(request, first));
      const verdict = verdictOf(response);
      if (verdict.kind === 'fine') return response;
      if (verdict.kind === 'denied') return yield* denied(token, verdict.code);
      const second = yield* token.renew(first);
      const again = yield* client.request(withToken(request, second));
      const secondVerdict = verdictOf(again);
      if (secondVerdict.kind === 'fine') return again;
      return yield* secondVerdict.kind === 'denied' ? denied(token, secondVerdict.code) : refused(token);
    });

const withToken = (request: VendorRequest, token: Redacted.Redacted): VendorRequest => ({
  ...request,
  headers: { ...request.headers, authorization: `Zoho-oauthtoken ${Redacted.value(token)}` },
});

type Verdict = { readonly kind: 'fine' | 'expired' } | { readonly kind: 'denied'; readonly code: string };

const verdictOf = (response: VendorResponse): Verdict => {
  if (response.status !== 401 && response.body.byteLength > ENVELOPE_BYTES_MAX) return { kind: 'fine' };
  const json = parseExactJson(response.text());
  const code = Predicate.hasProperty(json, 'code') ? wordOf(json.code) : '';
  if (DENIED.has(code)) return { kind: 'denied', code };
  return response.status === 401 || EXPIRED.has(code) ? { kind: 'expired' } : { kind: 'fine' };
};

const denied = (token: ZohoTokenShape, code: string) =>
  new ZohoAccessDenied({
    product: token.product,
    code,
    message: `Zoho ${token.product} refuses this call for lack of a scope or a role (${code}): make a refresh token with the scopes listed in the operations guide; refreshing the present one does not help`,
    retryable: false,
  });

const refused = (token: ZohoTokenShape) =>
  new ZohoTokenRefused({
    product: token.product,
    message: `Zoho ${token.product} refuses a token that Zoho has just issued: check that ZOHO_ACCOUNTS_URL and the product's base URL are one data centre`,
    retryable: true,
    retryAfterMs: REFUSED_PAUSE_MS,
  });
