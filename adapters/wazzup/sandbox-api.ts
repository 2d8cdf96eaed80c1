/** The part of Wazzup's API that the double answers: messages, channels, templates, webhooks (wire/01 §2-§5). */
import { Result, Schema } from 'effect';
import type { DoubleHandler, DoubleRequest, DoubleResponse } from '../double/double-server.ts';
import { failure, jsonOf } from './sandbox-answers.ts';
import { editRoutes } from './sandbox-edit.ts';
import { makeSend, type SendDeps } from './sandbox-send.ts';
import type { WebhookPoster } from './sandbox-webhooks.ts';

export interface ApiDeps extends SendDeps {
  /** Null: any bearer is taken. */
  readonly apiKey: string | null;
  readonly poster: WebhookPoster;
}

/** wire/01 §4. */
const RATE_REQUESTS = 500;
const RATE_WINDOW_MS = 5000;
const MAX_WEBHOOK_URL_CHARS = 200;
const MAX_TEMPLATE_PAGE = 100;

/** The routes, below the server's root. */
export const wazzupRoutes = (deps: ApiDeps): Record<string, DoubleHandler> => {
  const refusal = makeGate(deps);
  const routes: Record<string, DoubleHandler> = {
    'POST /v3/message': makeSend(deps),
    ...editRoutes(deps),
    'GET /v3/channels': () => ({ status: 200, body: deps.channels.list() }),
    'GET /v3/templates/whatsapp': (request) => ({ status: 200, body: templatePage(deps, request) }),
    'GET /v3/webhooks': () => ({
      status: 200,
      body: {
        webhooksUri: deps.poster.target() ?? '',
        subscriptions: { messagesAndStatuses: true, channelsUpdates: true, wabaTemplatesStatus: true },
      },
    }),
    'PATCH /v3/webhooks': (request) => subscribe(deps, request),
  };
  return Object.fromEntries(
    Object.entries(routes).map(([key, handler]) => [
      key,
      (request: DoubleRequest) => refusal(request) ?? handler(request),
    ]),
  );
};

/** 401 and 429 come before anything else. */
const makeGate = (deps: ApiDeps) => {
  let windowStart = Number.NEGATIVE_INFINITY;
  let inWindow = 0;
  return (request: DoubleRequest): DoubleResponse | undefined => {
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (!key || (deps.apiKey !== null && key !== deps.apiKey)) return failure(401, 'UNAUTHORIZED');
    const now = deps.now();
    if (now - windowStart >= RATE_WINDOW_MS) {
      windowStart = now;
      inWindow = 0;
    }
    return ++inWindow > RATE_REQUESTS ? failure(429, 'TOO_MANY_REQUESTS') : undefined;
  };
};

/** A personal channel's account has no templates. */
const templatePage = (deps: ApiDeps, { query }: DoubleRequest): readonly object[] => {
  const number = (name: string, otherwise: number) => {
    const value = Number(query.get(name) ?? otherwise);
    return Number.isInteger(value) && value >= 0 ? value : otherwise;
  };
  if (deps.channels.transport !== 'wapi') return [];
  const limit = Math.min(number('limit', MAX_TEMPLATE_PAGE), MAX_TEMPLATE_PAGE);
  return deps.templates.page(limit, number('offset', 0));
};

const SubscribeBody = Schema.Struct({ webhooksUri: Schema.String });

/** The URL is taken only if it answers 200 to the probe; no bearer comes with a plain key (wire/01 §5.1, §5.2). */
const subscribe = async (deps: ApiDeps, request: DoubleRequest): Promise<DoubleResponse> => {
  const decoded = Schema.decodeUnknownResult(SubscribeBody)(jsonOf(request));
  const uri = Result.isSuccess(decoded) ? decoded.success.webhooksUri : '';
  if (uri.length > MAX_WEBHOOK_URL_CHARS || !/^https?:\/\//.test(uri) || !URL.canParse(uri)) {
    return failure(400, 'uriNotValid');
  }
  const status = await deps.poster.probe(uri);
  if (status !== 200) return failure(400, 'testPostNotPassed', { '400': status });
  deps.poster.setTarget(uri, null);
  return { status: 200, body: { ok: true } };
};
