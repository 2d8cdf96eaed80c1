/** Replaces the facts of some conversations; the days that change by it are noted in the same commit. */
import type pg from 'pg';
import type { ConversationFacts } from '../../machines/metrics/read-conversation.ts';
import { dayOf } from './business-days.ts';

export interface ReadFacts extends ConversationFacts {
  readonly conversationId: string;
  /** The customer's number on the channel. */
  readonly customer: string;
  /** Of the conversation, when it was read. */
  readonly seq: number;
}

/** Everything that was written about these: its days, and the days of the customer's later dialogues elsewhere. */
const TOUCHED_DAYS_SQL = `select distinct day from (
    select day::text as day from metric_dialogue where conversation_id = any($1)
    union all
    select later.day::text from metric_dialogue as later where later.customer = any($2) ) as days`;
const EVENT_TIMES_SQL = 'select distinct at::float8 as at from metric_event where conversation_id = any($1)';

const DIALOGUES = `conversation_id text, number integer, customer text, day date, started_at bigint, started_by text,
  last_at bigint, language text, segment text, customer_messages integer, bot_messages integer, manager_messages integer,
  first_answer_ms bigint, first_answer_by text, bot_reply_ms bigint[], manager_reply_ms bigint[], target boolean,
  involved boolean, person boolean, ended boolean, alone boolean, durable boolean, reopened boolean`;
const COLUMNS = DIALOGUES.replaceAll(/ (?:text|integer|date|bigint\[\]|bigint|boolean)/g, '');

const PUT_DIALOGUES_SQL = `insert into metric_dialogue (${COLUMNS})
  select ${COLUMNS} from jsonb_to_recordset($1::jsonb) as r(${DIALOGUES})`;
const PUT_EVENTS_SQL = `insert into metric_event (conversation_id, position, kind, at, by, key, value, amount)
  select conversation_id, position, kind, at, by, key, value, amount from jsonb_to_recordset($1::jsonb)
    as r(conversation_id text, position integer, kind text, at bigint, by text, key text, value bigint, amount numeric)`;
const PUT_PROGRESS_SQL = `insert into metric_progress (conversation_id, seq, settles_at)
  select * from jsonb_to_recordset($1::jsonb) as r(conversation_id text, seq bigint, settles_at bigint)
  on conflict (conversation_id) do update set seq = excluded.seq, settles_at = excluded.settles_at`;
export const MARK_DAYS_SQL = `insert into metric_dirty_day (day) select unnest($1::date[]) on conflict do nothing`;

const dialogueRows = (facts: readonly ReadFacts[], timeZone: string) =>
  facts.flatMap(({ conversationId, customer, dialogues }) =>
    dialogues.map((dialogue) => ({
      conversation_id: conversationId,
      number: dialogue.number,
      customer,
      day: dayOf(dialogue.startedAt, timeZone),
      started_at: dialogue.startedAt,
      started_by: dialogue.startedBy,
      last_at: dialogue.lastAt,
      language: dialogue.language,
      segment: dialogue.segment,
      customer_messages: dialogue.customerMessages,
      bot_messages: dialogue.botMessages,
      manager_messages: dialogue.managerMessages,
      first_answer_ms: dialogue.firstAnswerMs,
      first_answer_by: dialogue.firstAnswerBy,
      bot_reply_ms: dialogue.botReplyMs,
      manager_reply_ms: dialogue.managerReplyMs,
      target: dialogue.target,
      involved: dialogue.involved,
      person: dialogue.person,
      ended: dialogue.ended,
      alone: dialogue.alone,
      durable: dialogue.durable,
      reopened: dialogue.reopened,
    })),
  );

const eventRows = (facts: readonly ReadFacts[]) =>
  facts.flatMap(({ conversationId, happenings }) =>
    happenings.map((happening, position) => ({ conversation_id: conversationId, position, ...happening })),
  );

/** Inside the caller's transaction. */
export const writeFacts = async (
  db: pg.ClientBase,
  facts: readonly ReadFacts[],
  timeZone: string,
): Promise<void> => {
  const ids = facts.map(({ conversationId }) => conversationId);
  const customers = [...new Set(facts.map(({ customer }) => customer))];
  const before = await db.query<{ day: string }>(TOUCHED_DAYS_SQL, [ids, customers]);
  const times = await db.query<{ at: number }>(EVENT_TIMES_SQL, [ids]);
  const [dialogues, events] = [dialogueRows(facts, timeZone), eventRows(facts)];
  const days = new Set([
    ...before.rows.map(({ day }) => day),
    ...times.rows.map(({ at }) => dayOf(at, timeZone)),
    ...dialogues.map(({ day }) => day),
    ...events.map(({ at }) => dayOf(at, timeZone)),
  ]);
  await db.query('delete from metric_dialogue where conversation_id = any($1)', [ids]);
  await db.query('delete from metric_event where conversation_id = any($1)', [ids]);
  await db.query(PUT_DIALOGUES_SQL, [JSON.stringify(dialogues)]);
  await db.query(PUT_EVENTS_SQL, [JSON.stringify(events)]);
  const progress = facts.map(({ conversationId, seq, settlesAt }) => ({
    conversation_id: conversationId,
    seq,
    settles_at: settlesAt,
  }));
  await db.query(PUT_PROGRESS_SQL, [JSON.stringify(progress)]);
  await db.query(MARK_DAYS_SQL, [[...days].sort()]);
};
