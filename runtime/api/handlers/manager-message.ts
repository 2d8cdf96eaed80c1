/** What a manager wants to say, checked: a text, or a template that may go out on this channel now. */
import { Effect } from 'effect';
import { parseConversationId, type TemplateUse } from '../../../machines/conversation/events.ts';
import { type ApiContext, attempt } from '../context.ts';
import { conflict, notFound, unprocessable } from '../errors.ts';

export interface ManagerWrites {
  readonly text?: string;
  readonly template?: TemplateUse;
}

export type ManagerWords =
  | { readonly type: 'manager.reply'; readonly text: string }
  | { readonly type: 'manager.template'; readonly text: string; readonly template: TemplateUse };

/** The event's words; 422 unless exactly one is given, 409 with the remedy when it cannot be sent now. */
export const managerWords = Effect.fnUntraced(function* (
  ctx: ApiContext,
  conversationId: string,
  { text, template }: ManagerWrites,
) {
  if ((text === undefined) === (template === undefined)) {
    return yield* Effect.fail(unprocessable([{ path: 'text', message: 'send either a text or a template' }]));
  }
  const parts = parseConversationId(conversationId);
  if (!parts) return yield* Effect.fail(notFound('such conversation'));
  const { channels } = ctx;
  if (template === undefined) {
    const trouble = channels ? yield* attempt(() => channels.trouble(parts.channelId)) : null;
    if (trouble !== null) return yield* Effect.fail(conflict('channel_down', trouble));
    return { type: 'manager.reply', text: text ?? '' } satisfies ManagerWords;
  }
  if (!channels) {
    return yield* Effect.fail(conflict('no_templates', 'There are no templates here; write a text.'));
  }
  const prepared = yield* attempt(() => channels.prepare(parts.channelId, template));
  if ('refused' in prepared) {
    return yield* Effect.fail(conflict(prepared.refused.code, prepared.refused.message));
  }
  return { type: 'manager.template', text: prepared.text, template } satisfies ManagerWords;
});
