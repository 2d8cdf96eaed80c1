/**
 * One conversation's frames for all its subscribers on this replica. The journal is the truth and commits are hints: a
 * row goes to a subscriber only when it is the next one, and whoever is behind is served from the journal. So the order
 * is right and nothing is sent twice, whatever order the hints come in.
 */
import type { LiveFrame, MessageView, TypingView } from '../api/schemas.ts';
import type { ConversationViews } from '../conversations/views-api.ts';
import type { Clock, EngineApi, JournalRow, Log } from '../engine/types.ts';
import { MAX_REPLAY_ROWS, REPLAY_PAGE } from './protocol.ts';

export interface Subscriber {
  readonly frame: (frame: LiveFrame) => void;
}

export interface FeedDeps {
  readonly engine: Pick<EngineApi, 'journal'>;
  readonly views: Pick<ConversationViews, 'detail' | 'summaries' | 'messagesSince' | 'journalView'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Told how old a row was when its frame left, seconds. */
  readonly observeDelay: (seconds: number) => void;
}

export interface ConversationFeed {
  /** False: there is no such conversation. `since` null asks for a snapshot. */
  readonly join: (subscriber: Subscriber, since: number | null) => Promise<boolean>;
  readonly leave: (subscriber: Subscriber) => void;
  /** Rows committed here, in order. */
  readonly offer: (rows: readonly JournalRow[]) => void;
  /** Another replica committed up to `seq`. */
  readonly hint: (seq: number) => void;
  /** What the model is writing: to whoever is here now, kept nowhere. */
  readonly typing: (typing: TypingView) => void;
  readonly size: () => number;
}

interface Member {
  readonly subscriber: Subscriber;
  /** The last row sent; null until the start is known. */
  sent: number | null;
  /** The first row whose messages this member has not got yet; null: none. */
  messagesFrom: number | null;
}

/** After a failed read the journal is asked again. */
const RETRY_MS = 1000;

export const makeConversationFeed = (id: string, deps: FeedDeps): ConversationFeed => {
  const topic = `conversation:${id}`;
  const members = new Map<Subscriber, Member>();
  let wanted = 0;
  let pumping = false;
  let sendingMessages = false;
  let retrying = false;

  const deliver = (rows: readonly JournalRow[]): void => {
    for (const row of rows) {
      // Made once however many listen, and only if somebody needs it.
      let frame: LiveFrame | null = null;
      for (const member of members.values()) {
        if (member.sent === null || row.seq !== member.sent + 1) continue;
        frame ??= { topic, type: 'transition', seq: row.seq, data: deps.views.journalView(row) };
        member.sent = row.seq;
        member.messagesFrom ??= row.seq;
        member.subscriber.frame(frame);
      }
    }
    if (!sendingMessages) void sendMessages();
  };

  /** Messages that the delivered rows made or changed; members at the same place share one read. */
  const sendMessages = async (): Promise<void> => {
    sendingMessages = true;
    try {
      for (let from = nextMessages(); from !== null; from = nextMessages()) {
        const served = [...members.values()].filter((member) => member.messagesFrom === from);
        for (const member of served) member.messagesFrom = null;
        const messages = await deps.views.messagesSince(id, from);
        for (const member of served) if (members.has(member.subscriber)) sendTo(member, messages);
      }
    } catch (error) {
      deps.log.warn(
        { conversation: id, error: nameOf(error) },
        'live messages could not be read; clients refetch',
      );
      for (const member of members.values()) {
        member.messagesFrom = null;
        if (member.sent !== null) gap(member, member.sent + 1, member.sent);
      }
    } finally {
      sendingMessages = false;
    }
  };

  const nextMessages = (): number | null => {
    const waiting = [...members.values()].flatMap((member) => member.messagesFrom ?? []);
    return waiting.length === 0 ? null : Math.min(...waiting);
  };

  const sendTo = (member: Member, messages: readonly MessageView[]): void => {
    const { sent } = member;
    if (sent === null) return;
    // A message of a row that is not sent yet comes with that row.
    for (const data of messages) {
      if (data.seq <= sent) member.subscriber.frame({ topic, type: 'message', seq: sent, data });
    }
  };

  const gap = (member: Member, expected: number, head: number): void => {
    member.sent = head;
    member.subscriber.frame({ topic, type: 'gap', seq: head, data: { expected } });
  };

  const behind = (): readonly Member[] =>
    [...members.values()].filter((member) => member.sent !== null && member.sent < wanted);

  const pump = async (): Promise<void> => {
    if (pumping) return;
    pumping = true;
    try {
      for (let late = behind(); late.length > 0; late = behind()) {
        const since = Math.min(...late.map((member) => member.sent ?? 0));
        const rows = await deps.engine.journal(id, since, REPLAY_PAGE);
        if (rows[0]?.seq === since + 1) deliver(rows);
        // The rows are not there any more: the client must refetch.
        else for (const member of late) if (member.sent === since) gap(member, since + 1, wanted);
      }
    } catch (error) {
      deps.log.warn(
        { conversation: id, error: nameOf(error) },
        'the journal could not be read; trying again',
      );
      retryLater();
    } finally {
      pumping = false;
    }
  };

  const retryLater = (): void => {
    if (retrying) return;
    retrying = true;
    setTimeout(() => {
      retrying = false;
      void pump();
    }, RETRY_MS).unref();
  };

  /** It may have left, or joined anew from another place, while its start was read. */
  const current = (member: Member): boolean => members.get(member.subscriber) === member;
  const forget = (member: Member): void => {
    if (current(member)) members.delete(member.subscriber);
  };

  const startWithSnapshot = async (member: Member): Promise<boolean> => {
    const detail = await deps.views.detail(id);
    if (!detail) return false;
    if (!current(member)) return true;
    member.sent = detail.seq;
    member.subscriber.frame({ topic, type: 'snapshot', seq: detail.seq, data: detail });
    return true;
  };

  const startSince = async (member: Member, since: number): Promise<boolean> => {
    const head = (await deps.views.summaries([id]))[0]?.seq;
    if (head === undefined) return false;
    if (!current(member)) return true;
    if (since > head || head - since > MAX_REPLAY_ROWS) gap(member, since + 1, head);
    else member.sent = since;
    wanted = Math.max(wanted, head);
    return true;
  };

  return {
    join: async (subscriber, since) => {
      const member: Member = { subscriber, sent: null, messagesFrom: null };
      // A member before its start is known, so that no hint in between is missed.
      members.set(subscriber, member);
      try {
        const found = since === null ? await startWithSnapshot(member) : await startSince(member, since);
        if (found) void pump();
        else forget(member);
        return found;
      } catch (error) {
        forget(member);
        throw error;
      }
    },
    leave: (subscriber) => void members.delete(subscriber),
    offer: (rows) => {
      wanted = Math.max(wanted, rows.at(-1)?.seq ?? 0);
      for (const row of rows) deps.observeDelay(Math.max(0, deps.clock.now() - row.at) / 1000);
      deliver(rows);
      if (behind().length > 0) void pump();
    },
    hint: (seq) => {
      wanted = Math.max(wanted, seq);
      if (behind().length > 0) void pump();
    },
    typing: (data) => {
      const frame: LiveFrame = { topic, type: 'typing', seq: 0, data };
      for (const member of members.values()) if (member.sent !== null) member.subscriber.frame(frame);
    },
    size: () => members.size,
  };
};

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
