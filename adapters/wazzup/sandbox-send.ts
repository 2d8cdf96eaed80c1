/** `POST /v3/message` as the vendor answers it: de-duplication, checks, files fetched at once (wire/01 §2.1, §3). */
import { Result, Schema } from 'effect';
import type { DoubleHandler, DoubleResponse } from '../double/double-server.ts';
import type { MessageKind } from './items.ts';
import { MAX_BUTTON_CHARS, MAX_BUTTONS, textLimitOf, WABA } from './limits.ts';
import { failure, jsonOf } from './sandbox-answers.ts';
import type { SandboxChannels } from './sandbox-channels.ts';
import type { SandboxStore } from './sandbox-store.ts';
import type { SandboxTemplates } from './sandbox-templates.ts';
import type { SimMessage } from './simulator.ts';

export interface Accepted {
  readonly chatId: string;
  readonly channelId: string;
  readonly message: SimMessage;
  /** Templates may go out while the window is closed (wire/01 §6). */
  readonly isTemplate: boolean;
}

export interface SendDeps {
  readonly channels: SandboxChannels;
  readonly templates: SandboxTemplates;
  readonly now: () => number;
  readonly newId: () => string;
  readonly store: SandboxStore;
  /** Called for each accepted message, before the answer leaves. */
  readonly onSend: (accepted: Accepted) => void;
}

/** The vendor forgets a `crmMessageId` after a minute (wire/00 fact 1). */
const CRM_ID_MEMORY_MS = 60_000;
const MAX_CRM_IDS = 100_000;
const MAX_FILE_BYTES = 10 * 1024 * 1024;
const FILE_TIMEOUT_MS = 10_000;
const CHAT_TYPES: ReadonlySet<string> = new Set(
  'whatsapp whatsgroup telegram telegroup instagram viber vk avito max maxgroup'.split(' '),
);

const Button = Schema.Struct({
  type: Schema.Literal('text'),
  text: Schema.String,
  payload: Schema.optionalKey(Schema.String),
});
const MessageBody = Schema.Struct({
  channelId: Schema.String.check(Schema.isMinLength(1)),
  chatType: Schema.String,
  chatId: Schema.String.check(Schema.isMinLength(1)),
  text: Schema.optionalKey(Schema.String),
  contentUri: Schema.optionalKey(Schema.String),
  crmMessageId: Schema.optionalKey(Schema.String),
  refMessageId: Schema.optionalKey(Schema.String),
  clearUnanswered: Schema.optionalKey(Schema.Boolean),
  templateId: Schema.optionalKey(Schema.String),
  templateValues: Schema.optionalKey(Schema.Array(Schema.String)),
  buttonsObject: Schema.optionalKey(Schema.Struct({ buttons: Schema.Array(Button) })),
});
type MessageBody = typeof MessageBody.Type;

export const makeSend = (deps: SendDeps): DoubleHandler => {
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
    const filled = body.templateId ? deps.templates.fill(body.templateId, body.templateValues ?? []) : null;
    if (filled && 'error' in filled) return failure(400, filled.error);
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
    return accept(deps, body, kind, filled?.text ?? body.text ?? '');
  };
};

const accept = (deps: SendDeps, body: MessageBody, kind: MessageKind, text: string): DoubleResponse => {
  const { chatId, channelId } = body;
  const message = deps.store.add({
    id: deps.newId(),
    chatId,
    from: 'business',
    author: 'api',
    crmMessageId: body.crmMessageId,
    kind,
    text,
    contentUri: body.contentUri,
    // What does not fit is dropped without a word (wire/01 §2.1).
    buttons: body.buttonsObject?.buttons.slice(0, MAX_BUTTONS).map((button) => button.text),
    quotes: body.refMessageId,
  });
  deps.onSend({ chatId, channelId, message, isTemplate: body.templateId !== undefined });
  return { status: 201, body: { messageId: message.id, chatId } };
};

const problemOf = (deps: SendDeps, body: MessageBody): DoubleResponse | undefined => {
  if (!deps.channels.has(body.channelId)) return failure(400, 'CHANNEL_NOT_FOUND');
  if (!CHAT_TYPES.has(body.chatType)) return failure(400, 'WRONG_TRANSPORT');
  if (body.chatType === 'whatsapp' && !/^\d{6,15}$/.test(body.chatId)) {
    return failure(400, 'INVALID_MESSAGE_DATA', { fields: ['chatId'] });
  }
  return contentProblem(deps.channels.transport, body) ?? quoteProblem(deps, body);
};

const contentProblem = (
  transport: SandboxChannels['transport'],
  body: MessageBody,
): DoubleResponse | undefined => {
  const business = transport === WABA;
  if ((body.templateId !== undefined || body.buttonsObject !== undefined) && !business) {
    return failure(400, 'WRONG_TRANSPORT');
  }
  if (body.buttonsObject?.buttons.some(({ text }) => text.length > MAX_BUTTON_CHARS)) {
    return failure(400, 'INVALID_MESSAGE_DATA', { fields: ['buttonsObject'] });
  }
  if (body.text !== undefined && body.contentUri !== undefined)
    return failure(400, 'MESSAGE_ONLY_TEXT_OR_CONTENT');
  if (body.text === undefined && body.contentUri === undefined && body.templateId === undefined)
    return failure(400, 'MESSAGE_NOTHING_TO_SEND');
  if (body.text?.trim() === '') return failure(400, 'MESSAGES_TEXT_CAN_NOT_BE_BLANK');
  if ((body.text?.length ?? 0) > textLimitOf(transport)) {
    return failure(400, business ? 'MESSAGES_TOO_LONG_WABA' : 'MESSAGE_TEXT_TOO_LONG');
  }
  return undefined;
};

const quoteProblem = (deps: SendDeps, body: MessageBody): DoubleResponse | undefined =>
  body.refMessageId && !deps.store.find(body.chatId, body.refMessageId)
    ? failure(400, 'REFERENCE_MESSAGE_NOT_FOUND')
    : undefined;

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
