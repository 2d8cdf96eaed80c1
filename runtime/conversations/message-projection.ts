/** The transcript's read model, made from what the machine emits: rows are inserted once and only move forward. */
import type { MessageFact, MessageProgressed, MessageRecorded } from '../../machines/conversation/facts.ts';
import type { AppliedStep, Projection } from '../engine/types.ts';

/** Later wins; `dropped` is overtaken by proof that the message went out, `failed` by a delivery. */
const RANKS = { queued: 1, received: 1, dropped: 2, sent: 3, failed: 4, delivered: 5, read: 6 } as const;
type Status = keyof typeof RANKS;

interface InsertRow {
  conversation_id: string;
  message_id: string;
  provider_id: string | null;
  sender: string;
  author: string | null;
  kind: string;
  text: string;
  media: object | null;
  quoted: string | null;
  status: Status;
  status_rank: number;
  error: string | null;
  deleted: boolean;
  seq: number;
  changed_seq: number;
  at: number;
}

interface UpdateRow {
  conversation_id: string;
  message_id: string | null;
  provider_id: string | null;
  status: Status | null;
  status_rank: number;
  error: string | null;
  text: string | null;
  deleted: boolean;
  seq: number;
}

interface PartRow {
  readonly conversation_id: string;
  readonly provider_id: string;
  readonly message_id: string;
}

export interface MessageRows {
  readonly inserts: readonly InsertRow[];
  readonly updates: readonly UpdateRow[];
  /** Ids of messages that have several. */
  readonly parts: readonly PartRow[];
}

/**
 * Folds a batch's facts into rows. A message that is recorded and progresses within one batch becomes one row, because
 * one SQL statement cannot update what it inserts.
 */
export const messageRows = (steps: readonly AppliedStep[]): MessageRows => {
  const inserts = new Map<string, InsertRow>();
  const updates: UpdateRow[] = [];
  const parts: PartRow[] = [];
  // A status may come in the batch that first names the provider's id: the table does not know that id yet.
  const named = new Map<string, string>();
  for (const { row, emitted } of steps) {
    for (const fact of emitted as unknown as readonly MessageFact[]) {
      if (fact.type === 'message.recorded') {
        const key = `${row.actorId}\n${fact.id}`;
        if (!inserts.has(key)) inserts.set(key, insertRow(row.actorId, row.seq, fact));
        continue;
      }
      const update = updateRow(row.actorId, row.seq, fact);
      if (update.message_id === null) {
        update.message_id = named.get(`${row.actorId}\n${update.provider_id}`) ?? null;
      } else if (fact.type === 'message.progressed') {
        for (const id of fact.providerIds) named.set(`${row.actorId}\n${id}`, update.message_id);
        parts.push(...partRows(row.actorId, update.message_id, fact.providerIds));
      }
      const fresh = freshRow(inserts, update);
      if (fresh) applyTo(fresh, update);
      else updates.push(update);
    }
  }
  return { inserts: [...inserts.values()], updates, parts };
};

/** One id stands beside the message itself. */
const partRows = (conversationId: string, messageId: string, ids: readonly string[]): readonly PartRow[] =>
  ids.length < 2
    ? []
    : ids.map((id) => ({ conversation_id: conversationId, provider_id: id, message_id: messageId }));

const insertRow = (conversationId: string, seq: number, fact: MessageRecorded): InsertRow => ({
  conversation_id: conversationId,
  message_id: fact.id,
  provider_id: fact.providerId,
  sender: fact.from,
  author: fact.author,
  kind: fact.kind,
  text: fact.text,
  media: fact.media,
  quoted: fact.quoted,
  status: fact.status,
  status_rank: RANKS[fact.status],
  error: null,
  deleted: false,
  seq,
  changed_seq: seq,
  at: fact.at,
});

const updateRow = (
  conversationId: string,
  seq: number,
  fact: Exclude<MessageFact, MessageRecorded>,
): UpdateRow => {
  const base = {
    conversation_id: conversationId,
    provider_id: null,
    status: null,
    status_rank: 0,
    error: null,
    seq,
  };
  if (fact.type === 'message.changed') {
    return { ...base, message_id: fact.id, text: fact.text, deleted: fact.text === null };
  }
  const progress: MessageProgressed = fact;
  return {
    ...base,
    message_id: progress.id,
    provider_id: progress.providerIds[0] ?? null,
    status: progress.status,
    status_rank: RANKS[progress.status],
    error: progress.error,
    text: null,
    deleted: false,
  };
};

const freshRow = (inserts: ReadonlyMap<string, InsertRow>, update: UpdateRow): InsertRow | undefined => {
  if (update.message_id !== null) return inserts.get(`${update.conversation_id}\n${update.message_id}`);
  for (const row of inserts.values()) {
    if (row.conversation_id === update.conversation_id && row.provider_id === update.provider_id) return row;
  }
  return undefined;
};

const applyTo = (row: InsertRow, update: UpdateRow): void => {
  row.provider_id ??= update.provider_id;
  row.text = update.text ?? row.text;
  row.deleted ||= update.deleted;
  row.changed_seq = update.seq;
  if (update.status !== null && update.status_rank > row.status_rank) {
    row.status = update.status;
    row.status_rank = update.status_rank;
    row.error = update.error;
  }
};

const INSERT_COLUMNS = `conversation_id text, message_id text, provider_id text, sender text, author text, kind text,
  text text, media jsonb, quoted text, status text, status_rank smallint, error text, deleted boolean, seq bigint,
  changed_seq bigint, at bigint`;

/** Folded once for the three projections of a batch. */
const folded = new WeakMap<readonly AppliedStep[], MessageRows>();
const rowsOf = (steps: readonly AppliedStep[]): MessageRows => {
  const rows = folded.get(steps) ?? messageRows(steps);
  folded.set(steps, rows);
  return rows;
};

export const messageInserts: Projection = {
  name: 'message inserts',
  rows: (steps) => rowsOf(steps).inserts,
  sql: `insert into message (conversation_id, message_id, provider_id, sender, author, kind, text, media, quoted, status,
      status_rank, error, deleted, seq, changed_seq, at)
    select conversation_id, message_id, provider_id, sender, author, kind, text, media, quoted, status, status_rank, error,
      deleted, seq, changed_seq, at
    from jsonb_to_recordset($1::jsonb) as r(${INSERT_COLUMNS})
    order by conversation_id, message_id
    on conflict (conversation_id, message_id) do nothing`,
};

/** Several updates of one message in a batch: the last text, the highest status. */
export const messageUpdates: Projection = {
  name: 'message updates',
  rows: (steps) => rowsOf(steps).updates,
  sql: `with change as (
      select r.*, row_number() over () as ord
      from jsonb_to_recordset($1::jsonb) as r(conversation_id text, message_id text, provider_id text, status text,
        status_rank smallint, error text, text text, deleted boolean, seq bigint)
    ), known as (
      select c.*, coalesce(c.message_id, p.message_id) as own_id
      from change c
      left join message_part p on c.message_id is null and p.conversation_id = c.conversation_id
        and p.provider_id = c.provider_id
    ), target as (
      select m.conversation_id, m.message_id,
        max(c.provider_id) as provider_id,
        bool_or(c.deleted) as deleted,
        max(c.seq) as seq,
        (array_agg(c.text order by c.ord desc) filter (where c.text is not null))[1] as text,
        (array_agg(c.status order by c.status_rank desc, c.ord desc) filter (where c.status is not null))[1] as status,
        (array_agg(c.error order by c.status_rank desc, c.ord desc) filter (where c.status is not null))[1] as error,
        max(c.status_rank) as status_rank
      from known c
      join message m on m.conversation_id = c.conversation_id
        and (m.message_id = c.own_id or (c.own_id is null and m.provider_id = c.provider_id))
      group by 1, 2
    )
    update message m set
      provider_id = coalesce(m.provider_id, t.provider_id),
      text = coalesce(t.text, m.text),
      deleted = m.deleted or t.deleted,
      changed_seq = t.seq,
      status = case when t.status_rank > m.status_rank then t.status else m.status end,
      error = case when t.status_rank > m.status_rank then t.error else m.error end,
      status_rank = greatest(m.status_rank, t.status_rank)
    from target t
    where m.conversation_id = t.conversation_id and m.message_id = t.message_id`,
};

/** What a status of any part is found by. An id never changes hands. */
export const messageParts: Projection = {
  name: 'message parts',
  rows: (steps) => rowsOf(steps).parts,
  sql: `insert into message_part (conversation_id, provider_id, message_id)
    select distinct on (conversation_id, provider_id) conversation_id, provider_id, message_id
    from jsonb_to_recordset($1::jsonb) as r(conversation_id text, provider_id text, message_id text)
    order by conversation_id, provider_id
    on conflict (conversation_id, provider_id) do nothing`,
};
