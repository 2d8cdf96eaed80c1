/** Parked events and commands of the engine and unreadable webhook items, as one list (G8, contract 3.1). */
import { CONVERSATION_KIND, parseConversationId } from '../../machines/conversation/events.ts';
import type { Page } from '../conversations/views-api.ts';
import type { DeadLetter, EventBody } from '../engine/types.ts';
import type { QuarantinedItem } from '../server/webhook-store.ts';
import type { ApiContext } from './context.ts';
import type { DeadLetterView } from './schemas.ts';

const PAYLOAD = 'payload:';

type Context = Pick<ApiContext, 'engine' | 'webhookStore' | 'ingest' | 'decodeWebhook' | 'clock'>;

const letterView = (letter: DeadLetter): DeadLetterView => ({
  id: letter.id,
  kind: letter.what,
  conversationId: parseConversationId(letter.actorId) ? letter.actorId : null,
  name: letter.name,
  reason: letter.reason,
  attempts: letter.attempts,
  parkedAt: new Date(letter.parkedAt).toISOString(),
});

const payloadView = (item: QuarantinedItem): DeadLetterView => ({
  id: `${PAYLOAD}${item.id}`,
  kind: 'payload',
  conversationId: null,
  name: item.path === '' ? 'webhook' : item.path,
  reason: item.reason,
  attempts: 1,
  parkedAt: item.receivedAt.toISOString(),
});

/** The engine's letters first, then the payloads; the cursor tells which list it is in. */
export const listDeadLetters = async (
  ctx: Context,
  limit: number,
  cursor?: string,
): Promise<Page<DeadLetterView>> => {
  if (cursor?.startsWith(PAYLOAD)) return listPayloads(ctx, limit, cursor.slice(PAYLOAD.length), []);
  const page = await ctx.engine.deadLetters(limit, cursor);
  const items = page.items.map(letterView);
  if (page.next !== null) return { items, next: page.next };
  if (items.length >= limit) return { items, next: PAYLOAD };
  return listPayloads(ctx, limit - items.length, '', items);
};

const listPayloads = async (
  ctx: Context,
  limit: number,
  after: string,
  before: readonly DeadLetterView[],
): Promise<Page<DeadLetterView>> => {
  const rows = await ctx.webhookStore.quarantined(limit + 1, after === '' ? undefined : after);
  const payloads = rows.slice(0, limit);
  const last = payloads.at(-1);
  const next = rows.length > limit && last ? `${PAYLOAD}${last.id}` : null;
  return { items: [...before, ...payloads.map(payloadView)], next };
};

export type RetryResult = 'done' | 'missing' | 'still_unreadable';

export const retryDeadLetter = async (ctx: Context, id: string): Promise<RetryResult> => {
  if (!id.startsWith(PAYLOAD)) return (await ctx.engine.retry(id)) ? 'done' : 'missing';
  const item = await ctx.webhookStore.quarantinedById(id.slice(PAYLOAD.length));
  if (!item) return 'missing';
  if (!(await replay(ctx, item))) return 'still_unreadable';
  await ctx.webhookStore.release(item.id);
  return 'done';
};

export const discardDeadLetter = (ctx: Context, id: string): Promise<boolean> =>
  id.startsWith(PAYLOAD) ? ctx.webhookStore.release(id.slice(PAYLOAD.length)) : ctx.engine.discard(id);

/** Reads the item again with the decoder of today, or delivers the event that the engine of then refused. */
const replay = async (ctx: Context, item: QuarantinedItem): Promise<boolean> => {
  const raw = parse(item.payload);
  const event = refusedEvent(raw);
  if (event) {
    const { actorId, eventId, body } = event;
    await ctx.engine.deliver([
      { actorId, kind: CONVERSATION_KIND, eventId, cause: 'system', sentAt: ctx.clock.now(), body },
    ]);
    return true;
  }
  const section = /^([A-Za-z]+)/.exec(item.path)?.[1];
  const decoded = ctx.decodeWebhook(section === undefined ? raw : { [section]: [raw] });
  if (decoded.rejected.length > 0 || decoded.items.length === 0) return false;
  await ctx.ingest.ingest(decoded);
  return true;
};

const parse = (payload: string): unknown => {
  try {
    return JSON.parse(payload);
  } catch {
    // Cut to the limit when it was stored: there is nothing to read any more.
    return null;
  }
};

const refusedEvent = (raw: unknown): { actorId: string; eventId: string; body: EventBody } | null => {
  if (typeof raw !== 'object' || raw === null) return null;
  const { actorId, eventId, body } = raw as Readonly<Record<string, unknown>>;
  const isBody = typeof body === 'object' && body !== null && 'type' in body && typeof body.type === 'string';
  return typeof actorId === 'string' && typeof eventId === 'string' && isBody
    ? { actorId, eventId, body: body as EventBody }
    : null;
};
