/** The part of Wazzup's API that the double answers: `/v3/message`, `/v3/channels`, `/v3/webhooks` (wire/01 §2-§5). */
import { Result, Schema } from 'effect';
import type { DoubleHandler, DoubleRequest, DoubleResponse } from '../double/double-server.ts';
import type { MessageKind } from './items.ts';
import type { SandboxStore } from './sandbox-store.ts';
import type { WebhookPoster } from './sandbox-webhooks.ts';
import type { SimMessage } from './simulator.ts';

export interface ApiDeps {
  readonly channelIds: readonly string[];
  /** Null: any bearer is taken. */
  readonly apiKey: string | null;
  /** `whatsapp`: personal, 10,000 characters, no window. `wapi`: business, 4,096 and the 24-hour window. */
  readonly transport: 'whatsapp' | 'wapi';
  readonly now: () => number;
  readonly newId: () => string;
  readonly store: SandboxStore;
  readonly poster: WebhookPoster;
  /** Called for each accepted message, before the answer leaves. */
  readonly onSend: (chatId: string, channelId: string, message: SimMessage) => void;
}

/** The vendor forgets a `crmMessageId` after a minute (wire/00 fact 1). */
const CRM_ID_MEMORY_MS = 60_000;
const MAX_CRM_IDS = 100_000;
/** wire/01 §4. */
const RATE_REQUESTS = 500;
const RATE_WINDOW_MS = 5000;
const MAX_TEXT = { whatsapp: 10_000, wapi: 4096 } as const;
const MAX_FILE_BYTES = 10 * 1024 * 1024;
const FILE_TIMEOUT_MS = 10_000;
const MAX_WEBHOOK_URL_CHARS = 200;
const CHAT_TYPES: ReadonlySet<string> = new Set(
  'whatsapp whatsgroup telegram telegroup instagram viber vk avito max maxgroup'.split(' '),
);

const MessageBody = Schema.Struct({
  channelId: Schema.String.check(Schema.isMinLength(1)),
  chatType: Schema.String,
  chatId: Schema.String.check(Schema.isMinLength(1)),
  text: Schema.optionalKey(Schema.String),
  contentUri: Schema.optionalKey(Schema.String),
  crmMessageId: Schema.optionalKey(Schema.String),
  refMessageId: Schema.optionalKey(Schema.String),
  clearUnanswered: Schema.optionalKey(Schema.Boolean),
});
type MessageBody = typeof MessageBody.Type;

/** The routes, below the server's root. */
export const wazzupRoutes = (deps: ApiDeps): Record<string, DoubleHandler> => {
  const guarded = (handler: DoubleHandler): DoubleHandler => {
    return (request) => refusal(request) ?? handler(request);
  };
  const refusal = makeGate(deps);
  return {
    'POST /v3/message': guarded(makeSend(deps)),
    'GET /v3/channels': guarded(() => ({
      status: 200,
      body: deps.channelIds.map((channelId) => ({
        channelId,
        transport: deps.transport,
        plainId: '971500000000',
        state: 'active',
        name: 'Sandbox line',
      })),
    })),
    'GET /v3/webhooks': guarded(() => ({
      status: 200,
      body: {
        webhooksUri: deps.poster.target() ?? '',
        subscriptions: { messagesAndStatuses: true, channelsUpdates: true, wabaTemplatesStatus: true },
      },
    })),
    'PATCH /v3/webhooks': guarded((request) => subscribe(deps, request)),
  };
};

const failure = (status: number, error: string, data?: object): DoubleResponse => ({
  status,
  body: { status, requestId: 'sandbox', error, description: `sandbox: ${error}`, ...(data ? { data } : {}) },
});

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

const jsonOf = (request: DoubleRequest): unknown => {
  try {
    return request.json();
  } catch {
    return undefined;
  }
};

const makeSend = (deps: ApiDeps): DoubleHandler => {
  const seen = new Map<string, number>();
  const forget = (now: number): void => {
    for (const [id, at] of seen) {
      if (now - at < CRM_ID_MEMORY_MS && seen.size <= MAX_CRM_IDS) break;
      seen.delete(id);
    }
  };
  return async (request) => {
    const decoded = Schema.decodeUnknownResult(MessageBody)(jsonOf(request));
    if (Result.isFailure(decoded)) return failure(400, 'VALIDATION_ERROR');
    const body = decoded.success;
    const wrong = problemOf(deps, body);
    if (wrong) return wrong;
    const now = deps.now();
    forget(now);
    const id = body.crmMessageId;
    if (id !== undefined) {
      if (seen.has(id)) return failure(400, 'REPEATED_CRM_MESSAGE_ID', { crmMessageId: id });
      seen.set(id, now);
    }
    const kind = body.contentUri ? await fileKind(body.contentUri) : 'text';
    if (typeof kind === 'object') {
      if (id !== undefined) seen.delete(id);
      return kind;
    }
    return accept(deps, body, kind);
  };
};

const accept = (deps: ApiDeps, body: MessageBody, kind: MessageKind): DoubleResponse => {
  const message = deps.store.add({
    id: deps.newId(),
    chatId: body.chatId,
    from: 'business',
    author: 'api',
    kind,
    text: body.text ?? '',
    contentUri: body.contentUri,
  });
  deps.onSend(body.chatId, body.channelId, message);
  return { status: 201, body: { messageId: message.id, chatId: body.chatId } };
};

const problemOf = (deps: ApiDeps, body: MessageBody): DoubleResponse | undefined => {
  if (!deps.channelIds.includes(body.channelId)) return failure(400, 'CHANNEL_NOT_FOUND');
  if (!CHAT_TYPES.has(body.chatType)) return failure(400, 'WRONG_TRANSPORT');
  if (body.chatType === 'whatsapp' && !/^\d{6,15}$/.test(body.chatId)) {
    return failure(400, 'INVALID_MESSAGE_DATA', { fields: ['chatId'] });
  }
  if (body.text !== undefined && body.contentUri !== undefined)
    return failure(400, 'MESSAGE_ONLY_TEXT_OR_CONTENT');
  if (body.text === undefined && body.contentUri === undefined)
    return failure(400, 'MESSAGE_NOTHING_TO_SEND');
  if (body.text?.trim() === '') return failure(400, 'MESSAGES_TEXT_CAN_NOT_BE_BLANK');
  if ((body.text?.length ?? 0) > MAX_TEXT[deps.transport]) {
    return failure(400, deps.transport === 'wapi' ? 'MESSAGES_TOO_LONG_WABA' : 'MESSAGE_TEXT_TOO_LONG');
  }
  if (body.refMessageId && !deps.store.find(body.chatId, body.refMessageId)) {
    return failure(400, 'REFERENCE_MESSAGE_NOT_FOUND');
  }
  return undefined;
};

/** The vendor fetches the file at once and follows no redirect (wire/00 fact 10). */
const fileKind = async (uri: string): Promise<MessageKind | DoubleResponse> => {
  try {
    const response = await fetch(uri, { redirect: 'manual', signal: AbortSignal.timeout(FILE_TIMEOUT_MS) });
    const bytes = await response.arrayBuffer();
    if (response.status !== 200) return failure(400, 'MESSAGE_DOWNLOAD_CONTENT_ERROR');
    if (bytes.byteLength > MAX_FILE_BYTES) return failure(400, 'MESSAGES_CONTENT_SIZE_EXCEEDED');
    const type = response.headers.get('content-type') ?? '';
    const kind = /^(image|audio|video)\//.exec(type)?.[1];
    if (kind) return kind as 'image' | 'audio' | 'video';
    return type.startsWith('text/html') ? failure(400, 'MESSAGE_WRONG_CONTENT_TYPE') : 'document';
  } catch {
    return failure(400, 'MESSAGE_DOWNLOAD_CONTENT_ERROR');
  }
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
