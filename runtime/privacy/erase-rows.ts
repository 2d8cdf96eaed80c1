/** Deletes what the product's own tables hold about one conversation; the engine deletes its own in the same commit. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { parseConversationId } from '../../machines/conversation/events.ts';
import { LONG_TIMERS } from '../jobs/long-timers.ts';

/** `$1` is the conversation's id. In this order: a status is found by its message. */
const BY_CONVERSATION = [
  `delete from unmatched_status using channel_message
    where channel_message.conversation_id = $1 and unmatched_status.message_id = channel_message.provider_id`,
  'delete from message_part where conversation_id = $1',
  'delete from message where conversation_id = $1',
  'delete from conversation where conversation_id = $1',
  // After the conversation: its keeper holds that row while it writes this one.
  'delete from heat_trail where conversation_id = $1',
  'delete from manager_draft where conversation_id = $1',
  // Its buttons and drafts go with it.
  'delete from alert where conversation_id = $1',
  // The sums of model_spend stay: they name nobody.
  'delete from model_call where conversation_id = $1',
  'delete from quotation_file where conversation_id = $1',
  'delete from outreach_plan where conversation_id = $1',
  'delete from outreach_attempt where conversation_id = $1',
  'delete from opt_out where conversation_id = $1',
  'delete from feedback where conversation_id = $1',
  // Codes that were given go with the person; of a code that was used by them the use stays counted, without a name.
  'delete from referral_code where conversation_id = $1',
  `update referral_code set used_by_chat_id = 'erased:' || code, used_conversation = null
    where used_conversation = $1`,
  'delete from metric_progress where conversation_id = $1',
  // Nobody has judged these to be free of personal data; an approved one became an article that an administrator wrote.
  `delete from knowledge_candidate where conversation_id = $1 and state <> 'approved'`,
  `update knowledge_candidate set conversation_id = null, question = '' where conversation_id = $1`,
  // Where the job stands among conversations that fell silent at the same moment does not matter: it takes each once.
  `update summary_cursor set conversation_id = '' where conversation_id = $1`,
] as const;

/** An unreadable webhook item may be about the person as well. Seven days of them are few (domain 20.6). */
const QUARANTINED = 'delete from webhook_quarantine where strpos(payload, $1) > 0';

/** What managers did stays on record, about somebody who has no name any more. */
const AUDITED = 'update audit_entry set target = $2 where target = $1';
const AUDITED_LETTERS = `update audit_entry set target = $2 where target like $1`;

/** Numbers stay true: the rows name nobody any more. $2 stands for the conversation, $3 for the customer. */
const COUNTED = `with dialogues as (
    update metric_dialogue set conversation_id = $2, customer = $3 where conversation_id = $1)
  update metric_event set conversation_id = $2 where conversation_id = $1`;

const JOBS = `delete from pgboss.job where name = $2 and starts_with(singleton_key, $1 || ' ')`;

/** `reference` stands for the person in the audit from now on and must not tell who it was. */
export const eraseRows = async (
  client: pg.ClientBase,
  conversationId: string,
  reference: string,
): Promise<void> => {
  for (const sql of BY_CONVERSATION) await client.query(sql, [conversationId]);
  const chatId = parseConversationId(conversationId)?.chatId;
  if (chatId !== undefined) await client.query(QUARANTINED, [chatId]);
  await client.query(COUNTED, [conversationId, `erased:${randomUUID()}`, reference]);
  await client.query(AUDITED, [conversationId, reference]);
  for (const prefix of letterPrefixes(conversationId)) {
    await client.query(AUDITED_LETTERS, [`${prefix}%`, reference]);
  }
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('pgboss.job') is not null as there`,
  );
  if (rows[0]?.there) await client.query(JOBS, [conversationId, LONG_TIMERS]);
};

/** Characters of base64 that whole groups of three bytes make. */
const GROUP = 4;

/**
 * How the ids of an actor's dead letters begin (engine/dead-letters.ts: base64url of a JSON list). What lies behind the
 * actor's id decides about the last characters, so they are left out; ids of others differ before.
 */
const letterPrefixes = (actorId: string): readonly string[] =>
  ['event', 'command'].map((what) => {
    const begin = Buffer.from(`${JSON.stringify([what, actorId]).slice(0, -1)},"`, 'utf8').toString(
      'base64url',
    );
    return begin.slice(0, begin.length - (begin.length % GROUP)).replaceAll('_', '\\_');
  });
