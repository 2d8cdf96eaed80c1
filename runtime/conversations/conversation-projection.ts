/** The manager's list, one row a conversation, written in the commit that applied the event. */
import type { ConversationContext } from '../../machines/conversation/context.ts';
import { WINDOW_MS } from '../../machines/conversation/setup.ts';
import type { AppliedStep, Projection } from '../engine/types.ts';
import { shownTimers } from './labels.ts';
import { sortRank } from './sort-rank.ts';

/** Characters of the last message in the list. */
const PREVIEW_CHARS = 200;

export const ownerOf = (states: readonly string[]): 'bot' | 'waiting' | 'manager' => {
  if (states.some((state) => state.startsWith('owner.manager'))) return 'manager';
  if (states.includes('owner.answering')) return 'manager';
  return states.includes('owner.waiting') ? 'waiting' : 'bot';
};

/** States come in few combinations; those seen lately are not taken apart again (G10). */
const MAX_KNOWN_STATES = 2000;
const knownAncestors = new Map<string, readonly string[]>();

/** `a.b.c` → `a`, `a.b`, `a.b.c`. */
export const withAncestors = (leaves: readonly string[]): readonly string[] => {
  const key = leaves.join('\n');
  const known = knownAncestors.get(key);
  if (known) return known;
  const paths = new Set<string>();
  for (const leaf of leaves) {
    const keys = leaf.split('.');
    for (let length = 1; length <= keys.length; length++) paths.add(keys.slice(0, length).join('.'));
  }
  const sorted = [...paths].sort();
  if (knownAncestors.size >= MAX_KNOWN_STATES) knownAncestors.clear();
  knownAncestors.set(key, sorted);
  return sorted;
};

const rowOf = ({ row, snapshot, timers }: AppliedStep) => {
  const context = snapshot.context as ConversationContext;
  const last = context.dialogue.at(-1);
  const waitingSince = context.pending[0]?.sentAt ?? null;
  const windowOpen = row.to.includes('window.open');
  const next = shownTimers(timers)[0];
  return {
    conversation_id: row.actorId,
    channel_id: context.channelId,
    chat_id: context.chatId,
    name: context.slots.name?.value ?? context.contactName,
    language: context.language,
    owner: ownerOf(row.to),
    owner_name: context.owner.name,
    states: row.to,
    state_paths: withAncestors(row.to),
    last_from: last?.from ?? null,
    last_kind: 'text',
    last_text: last?.text.slice(0, PREVIEW_CHARS) ?? null,
    last_at: last?.at ?? null,
    waiting_since: waitingSince,
    unanswered: context.pending.length,
    window_closes_at: windowOpen ? closesAt(context) : null,
    next_timer_id: next?.id ?? null,
    next_timer_at: next?.at ?? null,
    seq: row.seq,
    machine_version: row.machineVersion,
    sort_rank: sortRank(waitingSince, row.at),
    search: [
      context.slots.name?.value,
      context.contactName,
      context.chatId,
      last?.text.slice(0, PREVIEW_CHARS),
    ]
      .filter((part) => part)
      .join(' ')
      .toLowerCase(),
    created_at: context.createdAt || row.at,
    updated_at: row.at,
  };
};

/** A personal channel's window never closes: the last moment that the API's times can name. */
const NEVER = Date.UTC(9999, 11, 31);

const closesAt = ({ lastCustomerAt, windowless }: ConversationContext): number | null => {
  if (lastCustomerAt === null) return null;
  return windowless === true ? NEVER : lastCustomerAt + WINDOW_MS;
};

const COLUMNS = `conversation_id, channel_id, chat_id, name, language, owner, owner_name, states, state_paths, last_from,
  last_kind, last_text, last_at, waiting_since, unanswered, window_closes_at, next_timer_id, next_timer_at, seq,
  machine_version, sort_rank, search, created_at, updated_at`;

const UPDATED = COLUMNS.split(/,\s+/)
  .filter((column) => !['conversation_id', 'channel_id', 'chat_id', 'created_at'].includes(column))
  .map((column) => `${column} = excluded.${column}`)
  .join(', ');

export const conversationList: Projection = {
  name: 'conversation list',
  rows: (steps) => {
    const newest = new Map<string, AppliedStep>();
    for (const step of steps) newest.set(step.row.actorId, step);
    // A conversation is listed from the first thing that anybody said or did in it.
    return [...newest.values()].filter((step) => step.row.seq > 1).map(rowOf);
  },
  sql: `insert into conversation (${COLUMNS})
    select ${COLUMNS} from jsonb_to_recordset($1::jsonb) as r(conversation_id text, channel_id text, chat_id text, name text,
      language text, owner text, owner_name text, states text[], state_paths text[], last_from text, last_kind text,
      last_text text, last_at bigint, waiting_since bigint, unanswered integer, window_closes_at bigint,
      next_timer_id text, next_timer_at bigint, seq bigint, machine_version text, sort_rank bigint, search text,
      created_at bigint, updated_at bigint)
    order by conversation_id
    on conflict (conversation_id) do update set ${UPDATED}`,
};
