/** Rows of the read model as the API says them. */
import type { ConversationSummary, MessageView } from '../api/schemas.ts';
import { notPaused } from '../engine/store/pauses.ts';
import { stateLabelOf, timerLabel } from './labels.ts';

export interface ConversationRow {
  readonly conversation_id: string;
  readonly channel_id: string;
  readonly chat_id: string;
  readonly name: string | null;
  readonly language: 'en' | 'ar';
  readonly owner: 'bot' | 'waiting' | 'manager' | 'nobody';
  readonly owner_name: string | null;
  readonly states: string[];
  readonly last_from: 'customer' | 'bot' | 'manager' | 'note' | null;
  readonly last_kind: string | null;
  readonly last_text: string | null;
  readonly last_at: number | null;
  readonly waiting_since: number | null;
  readonly unanswered: number;
  readonly window_closes_at: number | null;
  readonly next_timer_id: string | null;
  readonly next_timer_at: number | null;
  readonly seq: number;
  readonly machine_version: string;
  readonly sort_rank: number;
  readonly created_at: number;
  readonly updated_at: number;
  readonly parked: string | null;
  readonly paused: boolean;
}

/** The list's row with the reason of a parked event or command beside it; both look-ups are index-only on few rows. */
export const SUMMARY_SELECT = `select c.*, coalesce(
    (select m.parked_reason from mailbox m where m.actor_id = c.conversation_id and m.parked_at is not null limit 1),
    (select o.name || ' failed' from outbox o where o.actor_id = c.conversation_id and o.status = 'parked' limit 1)
  ) as parked,
  exists (select from (select c.conversation_id as actor_id) as who where not (${notPaused('who')})) as paused
  from conversation c`;

export const iso = (ms: number): string => new Date(Number(ms)).toISOString();
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));

export const money = (amount: string | null, currency: string | null) =>
  amount === null || currency === null ? null : { amount, currency };

export const summaryView = (row: ConversationRow): ConversationSummary => ({
  id: row.conversation_id,
  channelId: row.channel_id,
  chatId: row.chat_id,
  name: row.name,
  phone: /^\d+$/.test(row.chat_id) ? `+${row.chat_id}` : null,
  language: row.language,
  owner: row.owner,
  ownerName: row.owner_name,
  states: row.states,
  stateLabel: stateLabelOf(row.states),
  lastMessage:
    row.last_from !== null && row.last_at !== null
      ? {
          from: row.last_from,
          kind: row.last_kind ?? 'text',
          text: row.last_text ?? '',
          at: iso(row.last_at),
        }
      : null,
  waitingSince: isoOrNull(row.waiting_since),
  unanswered: row.unanswered,
  windowClosesAt: isoOrNull(row.window_closes_at),
  nextTimer:
    row.next_timer_id !== null && row.next_timer_at !== null
      ? { id: row.next_timer_id, label: timerLabel(row.next_timer_id), at: iso(row.next_timer_at) }
      : null,
  seq: Number(row.seq),
  machineVersion: row.machine_version,
  parked: row.parked,
  paused: row.paused,
  createdAt: iso(row.created_at),
  updatedAt: iso(row.updated_at),
});

export interface MessageRow {
  readonly conversation_id: string;
  readonly message_id: string;
  readonly sender: 'customer' | 'bot' | 'manager' | 'note';
  readonly author: string | null;
  readonly kind: string;
  readonly text: string;
  readonly media: { readonly uri: string; readonly name: string | null } | null;
  readonly quoted: string | null;
  readonly status: MessageView['status'];
  readonly error: string | null;
  readonly deleted: boolean;
  readonly seq: number;
  readonly at: number;
}

/** Makes a link of this server to one of our own files: `/media/…`. */
export type OwnLink = (path: string) => string;

/**
 * A customer's file is a web address of the channel's store; ours is a path below the media folder, and gets a link
 * that lives as long as a page is looked at.
 */
const mediaOf = (row: MessageRow, ownLink: OwnLink): MessageView['media'] =>
  row.media === null || row.sender === 'customer' || row.media.uri.includes('://')
    ? row.media
    : { ...row.media, uri: ownLink(row.media.uri) };

export const messageView = (row: MessageRow, ownLink: OwnLink): MessageView => ({
  id: row.message_id,
  conversationId: row.conversation_id,
  from: row.sender,
  author: row.author,
  kind: row.kind,
  text: row.deleted ? '' : row.text,
  media: mediaOf(row, ownLink),
  quoted: row.quoted,
  status: row.status,
  error: row.error,
  deleted: row.deleted,
  seq: Number(row.seq),
  at: iso(row.at),
});
