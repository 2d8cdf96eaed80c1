/**
 * From decoded webhook to durable events. Resolves only when everything in it is durable (G1): events in mailboxes,
 * unreadable items in quarantine, statuses of unknown messages in their waiting room.
 */
import type {
  ChannelItem,
  DecodedWebhook,
  RejectedItem,
  StatusItem,
  TemplateItem,
} from '../../adapters/wazzup/webhook.ts';
import { CONVERSATION_KIND } from '../../machines/conversation/events.ts';
import type { Clock, Delivered, EngineApi, MailboxEvent } from '../engine/types.ts';
import { eventOf, sortItems } from './wazzup-events.ts';
import type { UnmatchedStatus, WebhookStore } from './webhook-store.ts';

export interface IngestOutcome {
  /** Whose events it brought, each once. */
  readonly conversations: readonly string[];
  readonly accepted: number;
  readonly duplicate: number;
  readonly unmatched: number;
  readonly quarantined: number;
  readonly ignored: Readonly<Record<string, number>>;
}

export interface Ingest {
  /** Rejects when the database or the engine cannot take it now: the vendor must send it again. */
  readonly ingest: (decoded: DecodedWebhook) => Promise<IngestOutcome>;
  /** Delivers waiting statuses whose message is known by now, drops old ones. */
  readonly sweep: () => Promise<{ readonly matched: number; readonly dropped: number }>;
}

export interface IngestDeps {
  readonly engine: Pick<EngineApi, 'deliver'>;
  readonly store: WebhookStore;
  readonly clock: Clock;
  readonly channelIds: ReadonlySet<string>;
  /** Whether the channels whose transport is known have no 24-hour window (wire/01 §6). */
  readonly windowless?: (() => Promise<ReadonlyMap<string, boolean>>) | undefined;
  /** News of the account itself (lesson F-45); durable when they resolve. */
  readonly onChannel?: ((item: ChannelItem) => Promise<void>) | undefined;
  readonly onTemplate?: ((item: TemplateItem) => Promise<void>) | undefined;
}

export const makeIngest = (deps: IngestDeps): Ingest => {
  const { engine, store, clock } = deps;

  /** One after the other: two words about one channel in one body must end with the second. */
  const noteAccount = async (channels: readonly ChannelItem[], templates: readonly TemplateItem[]) => {
    for (const item of channels) await deps.onChannel?.(item);
    for (const item of templates) await deps.onTemplate?.(item);
  };

  return {
    ingest: async (decoded) => {
      const now = clock.now();
      const windowless = (await deps.windowless?.()) ?? new Map<string, boolean>();
      const sorted = sortItems(decoded.items, deps.channelIds, now, windowless);
      const known = await store.conversationsOf(sorted.statuses.map((status) => status.messageId));
      const { matched, unmatched } = splitStatuses(sorted.statuses, known, now);
      await Promise.all([store.keepUnmatched(unmatched, now), store.quarantine(decoded.rejected, now)]);
      const events = [...sorted.events, ...matched];
      const { delivered, refused } = await deliverAll(engine, events);
      await store.quarantine(refused, now);
      await noteAccount(sorted.channels, sorted.templates);
      const accepted = delivered.filter((answer) => answer === 'accepted').length;
      return {
        conversations: [...new Set(events.map(({ actorId }) => actorId))],
        accepted,
        duplicate: delivered.length - accepted,
        unmatched: unmatched.length,
        quarantined: decoded.rejected.length + refused.length,
        ignored: sorted.ignored,
      };
    },

    sweep: async () => {
      const matched = await store.matched();
      if (matched.length > 0) {
        await engine.deliver(matched.map(waitingEvent));
        // Only after the delivery: a crash in between delivers again, and the event id makes that harmless.
        await store.forget(matched);
      }
      return { matched: matched.length, dropped: await store.dropUnmatched(clock.now()) };
    },
  };
};

/**
 * The engine stores all of a call or nothing. When it refuses one event for good, the others go one by one and the
 * refused ones to quarantine: one strange item must neither cost the rest nor be sent again for ever (F-39).
 */
const deliverAll = async (
  engine: Pick<EngineApi, 'deliver'>,
  events: readonly MailboxEvent[],
): Promise<{ delivered: readonly Delivered[]; refused: readonly RejectedItem[] }> => {
  if (events.length === 0) return { delivered: [], refused: [] };
  try {
    return { delivered: await engine.deliver(events), refused: [] };
  } catch (error) {
    if (!isFinal(error)) throw error;
    if (events.length === 1)
      return { delivered: [], refused: events.map((event) => refusedItem(event, error)) };
  }
  const delivered: Delivered[] = [];
  const refused: RejectedItem[] = [];
  for (const event of events) {
    const one = await deliverAll(engine, [event]);
    delivered.push(...one.delivered);
    refused.push(...one.refused);
  }
  return { delivered, refused };
};

/** The first fork of every error: only what is marked final is not worth sending again. */
const isFinal = (error: unknown): error is { readonly _tag: string; readonly retryable: false } =>
  typeof error === 'object' && error !== null && 'retryable' in error && error.retryable === false;

const refusedItem = (event: MailboxEvent, error: { readonly _tag: string }): RejectedItem => ({
  path: event.body.type,
  reason: `the engine refused it (${error._tag})`,
  raw: { actorId: event.actorId, eventId: event.eventId, body: event.body },
});

const splitStatuses = (
  statuses: readonly StatusItem[],
  known: ReadonlyMap<string, string>,
  now: number,
): { matched: readonly MailboxEvent[]; unmatched: readonly UnmatchedStatus[] } => {
  const matched: MailboxEvent[] = [];
  const unmatched: UnmatchedStatus[] = [];
  for (const status of statuses) {
    const conversation = known.get(status.messageId);
    const event = eventOf(status, conversation ?? '', now);
    if (conversation !== undefined) matched.push(event);
    else {
      const { eventId, body, sentAt } = event;
      unmatched.push({ messageId: status.messageId, eventId, body, sentAt });
    }
  }
  return { matched, unmatched };
};

const waitingEvent = (status: UnmatchedStatus & { readonly conversationId: string }): MailboxEvent => ({
  actorId: status.conversationId,
  kind: CONVERSATION_KIND,
  eventId: status.eventId,
  cause: 'system',
  sentAt: status.sentAt,
  body: status.body,
});
