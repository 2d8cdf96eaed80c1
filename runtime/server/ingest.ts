/**
 * From decoded webhook to durable events. Resolves only when everything in it is durable (G1): events in mailboxes,
 * unreadable items in quarantine, statuses of unknown messages in their waiting room.
 */
import type { ChannelItem, DecodedWebhook, StatusItem } from '../../adapters/wazzup/webhook.ts';
import { CONVERSATION_KIND } from '../../machines/conversation/events.ts';
import type { Clock, EngineApi, MailboxEvent } from '../engine/types.ts';
import { eventOf, sortItems } from './wazzup-events.ts';
import type { UnmatchedStatus, WebhookStore } from './webhook-store.ts';

export interface IngestOutcome {
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
  /** The channel's own states, newest (lesson F-45). */
  readonly channelStates: () => ReadonlyMap<string, { readonly state: string; readonly at: number }>;
}

export interface IngestDeps {
  readonly engine: Pick<EngineApi, 'deliver'>;
  readonly store: WebhookStore;
  readonly clock: Clock;
  readonly channelIds: ReadonlySet<string>;
  readonly onChannel?: ((item: ChannelItem) => void) | undefined;
}

export const makeIngest = (deps: IngestDeps): Ingest => {
  const { engine, store, clock } = deps;
  const states = new Map<string, { state: string; at: number }>();

  const noteChannels = (items: readonly ChannelItem[]): void => {
    for (const item of items) {
      states.set(item.channelId, { state: item.state, at: item.at ?? clock.now() });
      deps.onChannel?.(item);
    }
  };

  return {
    ingest: async (decoded) => {
      const now = clock.now();
      const sorted = sortItems(decoded.items, deps.channelIds, now);
      const known = await store.conversationsOf(sorted.statuses.map((status) => status.messageId));
      const { matched, unmatched } = splitStatuses(sorted.statuses, known, now);
      await Promise.all([store.keepUnmatched(unmatched, now), store.quarantine(decoded.rejected, now)]);
      const events = [...sorted.events, ...matched];
      const delivered = events.length === 0 ? [] : await engine.deliver(events);
      noteChannels(sorted.channels);
      const accepted = delivered.filter((answer) => answer === 'accepted').length;
      return {
        accepted,
        duplicate: delivered.length - accepted,
        unmatched: unmatched.length,
        quarantined: decoded.rejected.length,
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

    channelStates: () => states,
  };
};

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
