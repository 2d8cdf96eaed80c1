/**
 * An operator holds a conversation and lets it go. Unlike a take-over this is no event of the conversation: the engine
 * keeps all its events waiting, whatever state it is in (docs/engine-details.md, pausing).
 */
import type { Principal } from './access.ts';
import type { ApiContext } from './context.ts';
import type { ActResult } from './manager-acts.ts';
import { requestKey } from './request-keys.ts';

export interface PauseRequest {
  readonly principal: Principal;
  readonly conversationId: string;
  /** `Idempotency-Key` of the client. */
  readonly key: string | null;
}

type Context = Pick<ApiContext, 'engine' | 'views' | 'requestKeys' | 'audit'>;

/** The reason stands in the dead letter and in the journal; the audit keeps no text. */
export const pauseConversation = (ctx: Context, request: PauseRequest, reason: string): Promise<ActResult> =>
  change(ctx, request, {
    action: 'conversation.pause',
    run: (id) => ctx.engine.pause(id, reason),
    refused: 'The conversation is paused already; its reason is among the dead letters.',
  });

/** What came in meanwhile is applied in its order, timers that came due included. */
export const resumeConversation = (ctx: Context, request: PauseRequest): Promise<ActResult> =>
  change(ctx, request, {
    action: 'conversation.resume',
    run: (id) => ctx.engine.resume(id),
    refused: 'The conversation is not paused; reload it.',
  });

interface Change {
  readonly action: 'conversation.pause' | 'conversation.resume';
  /** False: there is nothing to change. */
  readonly run: (id: string) => Promise<boolean>;
  readonly refused: string;
}

const change = async (
  ctx: Context,
  { principal, conversationId: id, key: given }: PauseRequest,
  { action, run, refused }: Change,
): Promise<ActResult> => {
  const key = given === null ? null : requestKey([principal.id, action, id, given]);
  const before = await ctx.views.detail(id);
  if (!before) return { status: 'missing' };
  if (key !== null && (await ctx.requestKeys.done(key))) return { status: 'done', detail: before };
  if (!(await run(id))) return { status: 'conflict', code: 'not_allowed_now', message: refused };
  const detail = (await ctx.views.detail(id)) ?? before;
  await ctx.audit.record(principal, {
    action,
    target: id,
    before: { seq: before.seq },
    after: { seq: detail.seq },
  });
  if (key !== null) await ctx.requestKeys.remember(key);
  return { status: 'done', detail };
};
