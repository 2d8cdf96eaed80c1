/**
 * A manager's click becomes an event in the conversation's mailbox, like everything else (design 2). The answer is the
 * conversation as it is after the event was applied.
 */
import { randomUUID } from 'node:crypto';
import { CONVERSATION_KIND, type ConversationEvent } from '../../machines/conversation/events.ts';
import type { JournalRow } from '../engine/types.ts';
import type { Principal } from './access.ts';
import type { ApiContext } from './context.ts';
import { requestKey } from './request-keys.ts';
import type { ConversationDetail } from './schemas.ts';

export type ManagerEvent = Extract<ConversationEvent, { readonly by: unknown }>;

export interface ManagerAct {
  readonly principal: Principal;
  readonly conversationId: string;
  readonly event: ManagerEvent;
  /** `Idempotency-Key` of the client. */
  readonly key: string | null;
}

export type ActResult =
  | { readonly status: 'done'; readonly detail: ConversationDetail }
  | { readonly status: 'missing' }
  | { readonly status: 'conflict'; readonly code: string; readonly message: string };

/** How long an answer waits for its event to be applied; then it answers what there is. */
const APPLIED_WITHIN_MS = 2000;
const POLL_MS = 100;
/** Rows looked through for our event; it is among the newest. */
const LOOK_BACK_ROWS = 200;

const conflict = (code: string, message: string): ActResult => ({ status: 'conflict', code, message });

/** Why the statechart does not take an event now, and what to do. */
const NOT_ALLOWED: Readonly<Record<ManagerEvent['type'], string>> = {
  'manager.takeOver': 'A manager has this conversation already, or it cannot be taken now; reload it.',
  'manager.release': 'Nobody has taken this conversation, so it cannot be given back; reload it.',
  'manager.reply': 'Take the conversation over first, then write.',
  'manager.template': 'A template cannot be sent in the present state; reload the conversation.',
  'manager.note': 'Notes are not possible in the present state; reload the conversation.',
  'manager.draft': 'An answer cannot be sent in the present state; reload the conversation.',
  'manager.decision': 'There is no order to decide about; reload the conversation.',
  'manager.close': 'The conversation cannot be closed in the present state; reload it.',
};

/** Delivers the event, waits until it is applied (at most 2 s) and records it in the audit. */
export const actAsManager = async (ctx: ApiContext, act: ManagerAct): Promise<ActResult> => {
  const { principal, conversationId: id, event } = act;
  const key = act.key === null ? null : requestKey([principal.id, event.type, id, act.key]);
  const before = await ctx.views.detail(id);
  if (!before) return { status: 'missing' };
  if (key !== null && (await ctx.requestKeys.done(key))) return { status: 'done', detail: before };
  // First, because a closed window is why the statechart takes no reply either.
  if (event.type === 'manager.reply' && !windowOpen(before, ctx.clock.now())) {
    return conflict(
      'window_closed',
      'The customer wrote more than 24 hours ago; wait for a message or send a template of GET /api/v1/templates.',
    );
  }
  if (!before.allowedEvents.includes(event.type)) return conflict('not_allowed_now', NOT_ALLOWED[event.type]);
  const eventId = `api:${key ?? randomUUID()}`;
  const row = await deliverAndWait(ctx, before, { ...act, eventId });
  if (row && row.ignored !== null) {
    return conflict('not_applied', 'The conversation changed in the meantime; reload it and try again.');
  }
  const detail = (await ctx.views.detail(id)) ?? before;
  await ctx.audit.record(principal, {
    action: event.type,
    target: id,
    before: { seq: before.seq, owner: before.owner },
    after: { seq: detail.seq, owner: detail.owner },
  });
  if (key !== null) await ctx.requestKeys.remember(key);
  return { status: 'done', detail };
};

const windowOpen = (detail: ConversationDetail, now: number): boolean =>
  detail.windowClosesAt !== null && Date.parse(detail.windowClosesAt) > now;

type Keyed = ManagerAct & { readonly eventId: string };

const deliverAndWait = async (
  ctx: ApiContext,
  before: ConversationDetail,
  act: Keyed,
): Promise<JournalRow | null> => {
  const { conversationId: id, eventId } = act;
  let wake = (): void => undefined;
  const off = ctx.engine.onCommit((steps) => {
    if (steps.some(({ row }) => row.actorId === id && row.eventId === eventId)) wake();
  });
  try {
    const started = ctx.clock.now();
    await ctx.engine.deliver([
      {
        actorId: id,
        kind: CONVERSATION_KIND,
        eventId,
        cause: 'manager',
        sentAt: started,
        body: { ...act.event },
      },
    ]);
    // The commit may be another replica's, which is seen in the journal only.
    for (let waited = 0; waited <= APPLIED_WITHIN_MS; waited += POLL_MS) {
      const rows = await ctx.engine.journal(id, before.seq, LOOK_BACK_ROWS);
      const row = rows.find((candidate) => candidate.eventId === eventId);
      if (row) return row;
      await new Promise<void>((resume) => {
        wake = resume;
        setTimeout(resume, POLL_MS);
      });
    }
    return null;
  } finally {
    off();
  }
};
