/** What Zoho's token endpoint meant. It answers most errors with HTTP 200, so the body decides (wire/02 §5). */
import { Predicate } from 'effect';
import { wordOf } from '../http/vendor-word.ts';
import { parseExactJson } from './exact-json.ts';

export type TokenAnswer =
  | {
      readonly kind: 'token';
      readonly accessToken: string;
      readonly lifeMs: number;
      readonly apiDomain: string | null;
    }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'revoked'; readonly code: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Access tokens live one hour; old flows reported milliseconds here, so more is not believed (wire/02 §3). */
const MAX_LIFE_SECONDS = 3600;

/** OAuth's own words for trouble that passes. */
const PASSING = new Set([
  'server_error',
  'temporarily_unavailable',
  'internal_error',
  'internal_server_error',
]);

/** Reads the token endpoint's answer. Never throws; never returns the body (it holds secrets). */
export const readTokenAnswer = (status: number, body: string): TokenAnswer => {
  const json = parseExactJson(body);
  if (!Predicate.isObject(json)) {
    if (status === 429) return { kind: 'throttled' };
    return {
      kind: 'unavailable',
      reason: `HTTP ${status} with ${body.trim() === '' ? 'an empty body' : 'a page instead of JSON'}`,
    };
  }
  const error = fieldOf(json, 'error');
  if (error !== null) return readError(status, error, fieldOf(json, 'error_description') ?? '');
  if (status === 429) return { kind: 'throttled' };
  if (status >= 500) return { kind: 'unavailable', reason: `HTTP ${status}` };
  const accessToken = fieldOf(json, 'access_token');
  if (accessToken === null || accessToken === '')
    return { kind: 'unavailable', reason: `HTTP ${status} without a token` };
  const life = Number(fieldOf(json, 'expires_in') ?? Number.NaN);
  if (!(life > 0)) return { kind: 'unavailable', reason: 'a token whose expires_in is not above zero' };
  const lifeMs = Math.min(life, MAX_LIFE_SECONDS) * 1000;
  return { kind: 'token', accessToken, lifeMs, apiDomain: fieldOf(json, 'api_domain') };
};

const readError = (status: number, error: string, description: string): TokenAnswer => {
  // "Access Denied" looks like a refusal of the credentials, and is the throttle.
  if (/access denied/i.test(error) || /too many requests/i.test(description)) return { kind: 'throttled' };
  const code = wordOf(error) || 'unknown';
  if (status >= 500 || PASSING.has(code)) return { kind: 'unavailable', reason: `HTTP ${status}, ${code}` };
  return { kind: 'revoked', code };
};

const fieldOf = (json: object, key: string): string | null => {
  const value = (json as Record<string, unknown>)[key];
  return typeof value === 'string' ? value : null;
};

/** What a person must do about a refused credential; `console` is the API console of the data centre. */
export const adviceFor = (code: string, console: string, variables: string): string => {
  switch (code) {
    case 'invalid_client':
    case 'unauthorized_client':
      return `Zoho does not know this client (${code}): check ZOHO_CLIENT_ID and that ZOHO_ACCOUNTS_URL is the data centre where it was made; clients are listed at ${console}`;
    case 'invalid_client_secret':
      return `Zoho refuses the client secret (${code}): copy it anew from ${console} into ZOHO_CLIENT_SECRET`;
    default:
      return `Zoho refuses the refresh token (${code}): it was revoked, evicted or made in another data centre. At ${console} open the Self Client, generate a code with the scopes, exchange it, set ${variables} and restart`;
  }
};

/** The API console of an accounts URL's data centre. */
export const consoleOf = (accountsUrl: string): string => {
  const host = URL.canParse(accountsUrl) ? new URL(accountsUrl).hostname : '';
  return host.startsWith('accounts.zoho')
    ? `https://api-console.${host.slice('accounts.'.length)}`
    : 'https://api-console.zoho.com';
};

const ZOHO_HOST = /(^|\.)zoho(apis|cloud)\.[a-z.]{1,20}$/;

/**
 * True when the token's `api_domain` and the configured base URL are two different Zoho data centres. A base URL that
 * is no Zoho host (a proxy, the sandbox) is never a mismatch.
 */
export const isOtherDataCentre = (apiDomain: string | null, apiBaseUrl: string): boolean => {
  if (apiDomain === null || !URL.canParse(apiDomain) || !URL.canParse(apiBaseUrl)) return false;
  const issued = new URL(apiDomain).hostname;
  const configured = new URL(apiBaseUrl).hostname;
  return ZOHO_HOST.test(issued) && ZOHO_HOST.test(configured) && issued !== configured;
};
