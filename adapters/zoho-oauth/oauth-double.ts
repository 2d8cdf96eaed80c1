/** Zoho Accounts as a double: token endpoint with its errors inside HTTP 200 and its quota (wire/02 §3 to §5). */
import { randomBytes } from 'node:crypto';
import type { DoubleHandler, DoubleRequest, DoubleResponse } from '../double/double-server.ts';
import type { Clock } from './refresh.ts';

/** Zoho's quota: so many access tokens per refresh token in so many ms. */
const QUOTA = 10;
const QUOTA_WINDOW_MS = 600_000;
/** Live access tokens per refresh token; one more kills the oldest. */
const LIVE_TOKENS_MAX = 15;

export interface OAuthDoubleState {
  /** Access tokens given out so far. */
  issued: number;
  /** Set to answer every refresh with this error inside HTTP 200, for example `invalid_code` for a revoked token. */
  error: string | null;
  /** Seconds said in `expires_in`. */
  expiresIn: number;
  /** What `api_domain` says; by default the double itself. */
  apiDomain: string | null;
  /** Makes all tokens given out so far invalid, as an administrator's revocation does. */
  readonly invalidateTokens: () => void;
}

export interface OAuthDouble {
  readonly state: OAuthDoubleState;
  readonly routes: Readonly<Record<string, DoubleHandler>>;
  /** True when the request carries a live token in Zoho's own scheme; `Bearer` is not accepted. */
  readonly isAuthorized: (request: DoubleRequest) => boolean;
}

/** Builds the OAuth part; `origin` tells the double's own URL once it listens. */
export const makeOAuthDouble = (clock: Clock, origin: () => string): OAuthDouble => {
  const live = new Map<string, number>();
  const asked = new Map<string, number[]>();
  const state: OAuthDoubleState = {
    issued: 0,
    error: null,
    expiresIn: 3600,
    apiDomain: null,
    invalidateTokens: () => live.clear(),
  };

  const issue = (): DoubleResponse => {
    const token = `1000.${randomBytes(16).toString('hex')}.${randomBytes(16).toString('hex')}`;
    live.set(token, clock.now() + state.expiresIn * 1000);
    const oldest = live.keys().next().value;
    if (live.size > LIVE_TOKENS_MAX && oldest !== undefined) live.delete(oldest);
    state.issued += 1;
    const api_domain = state.apiDomain ?? origin();
    return {
      status: 200,
      body: { access_token: token, api_domain, token_type: 'Bearer', expires_in: state.expiresIn },
    };
  };

  const token: DoubleHandler = (request) => {
    const form = request.form();
    const refreshToken = form.get('refresh_token') ?? '';
    if (form.get('grant_type') !== 'refresh_token') return errorInside200('unsupported_grant_type');
    if (!form.get('client_id')) return errorInside200('invalid_client');
    if (!form.get('client_secret')) return errorInside200('invalid_client_secret');
    if (!refreshToken) return errorInside200('invalid_code');
    if (state.error) return errorInside200(state.error);
    const recent = (asked.get(refreshToken) ?? []).filter((at) => at > clock.now() - QUOTA_WINDOW_MS);
    if (recent.length >= QUOTA) return throttle;
    asked.set(refreshToken, [...recent, clock.now()]);
    return issue();
  };

  const isAuthorized = (request: DoubleRequest): boolean => {
    const [scheme, value = ''] = (request.headers.authorization ?? '').split(' ');
    return scheme === 'Zoho-oauthtoken' && (live.get(value) ?? 0) > clock.now();
  };

  return { state, routes: { 'POST /oauth/v2/token': token }, isAuthorized };
};

const errorInside200 = (error: string): DoubleResponse => ({ status: 200, body: { error } });

const throttle: DoubleResponse = {
  status: 200,
  body: {
    error: 'Access Denied',
    error_description: 'You have made too many requests continuously. Please try again after some time.',
    status: 'failure',
  },
};
