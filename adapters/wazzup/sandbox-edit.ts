/** `PATCH` and `DELETE /v3/message/:messageId`: for a while, and not on business channels (wire/01 §2, §4). */
import { Result, Schema } from 'effect';
import type { DoubleHandler, DoubleRequest, DoubleResponse } from '../double/double-server.ts';
import { textLimitOf, WABA } from './limits.ts';
import { failure, jsonOf } from './sandbox-answers.ts';
import type { SandboxChannels } from './sandbox-channels.ts';
import type { SandboxStore } from './sandbox-store.ts';

export interface EditDeps {
  readonly channels: SandboxChannels;
  readonly store: SandboxStore;
  readonly now: () => number;
}

/** WhatsApp's own: 15 minutes to edit, about two days to delete for everyone. */
const EDIT_WITHIN_MS = 15 * 60_000;
const DELETE_WITHIN_MS = 48 * 60 * 60_000;

const EditBody = Schema.Struct({ text: Schema.String.check(Schema.isMinLength(1)) });

export const editRoutes = (deps: EditDeps): Record<string, DoubleHandler> => ({
  'PATCH /v3/message/:messageId': (request) => {
    const decoded = Schema.decodeUnknownResult(EditBody)(jsonOf(request));
    if (Result.isFailure(decoded)) return failure(400, 'VALIDATION_ERROR');
    const { text } = decoded.success;
    if (text.length > textLimitOf(deps.channels.transport)) return failure(400, 'MESSAGE_TEXT_TOO_LONG');
    return change(deps, request, 'EDITING', EDIT_WITHIN_MS, { text, edited: true });
  },
  'DELETE /v3/message/:messageId': (request) =>
    change(deps, request, 'DELETION', DELETE_WITHIN_MS, { text: '', deleted: true }),
});

const change = (
  deps: EditDeps,
  request: DoubleRequest,
  what: 'EDITING' | 'DELETION',
  withinMs: number,
  patch: { readonly text: string; readonly edited?: true; readonly deleted?: true },
): DoubleResponse => {
  if (deps.channels.transport === WABA) return failure(400, `CHANNEL_INVALID_TRANSPORT_FOR_${what}`);
  const found = deps.store.findAnywhere(request.params.messageId ?? '');
  if (found?.message.from !== 'business') return failure(400, 'MESSAGES_NOT_FOUND');
  if (found.message.buttons) return failure(400, 'MESSAGES_CONTAIN_BUTTONS');
  if (deps.now() - found.message.at > withinMs) return failure(400, `MESSAGES_${what}_TIME_EXPIRED`);
  deps.store.change(found.chatId, found.message.id, patch);
  return { status: 200, body: { messageId: found.message.id } };
};
