/** Reads dialogues for their reviews: the transcript, who the customer is, and what programs recorded of it. */
import { Effect, Layer } from 'effect';
import type pg from 'pg';
import { makeDatabase } from '../../actors/catalog/database.ts';
import { DialogueSource } from '../../actors/quality/dialogue-source.ts';
import { SummarySource } from '../../actors/summaries/summary-source.ts';
import { type DialogueRecord, factsOf } from '../../machines/quality/facts.ts';
import type { TranscriptLine } from '../../machines/summaries/summary-prompt.ts';

/** Lines read of a dialogue at most (G10), the newest; a review shows fewer. */
const MAX_LINES = 2000;

const TRANSCRIPT_SQL = `select sender as "from", text from (
    select sender, text, at, message_id from message
    where conversation_id = $1 and at <= $2 and not deleted and sender in ('customer', 'bot', 'manager') and text <> ''
    order by at desc, message_id desc limit $3) as newest
  order by at, message_id`;

/** Of one conversation: every part follows a key that begins with its id. */
const RECORD_SQL = `with stored as (
    select a.snapshot::jsonb #> '{snapshot,context}' as context from actor a where a.actor_id = $1)
  select
    (select min(at) from message where conversation_id = $1 and sender = 'bot' and at <= $2 and not deleted)::float8
      as "firstBotAt",
    (select min(at) from message where conversation_id = $1 and sender = 'customer' and at <= $2 and not deleted)::float8
      as "firstCustomerAt",
    coalesce((select jsonb_object_agg(key, value -> 'at') from stored, jsonb_each(context -> 'slots')
      where (value ->> 'at')::float8 <= $2), '{}') as "knownSince",
    array(select distinct name from outbox
      where actor_id = $1 and status = 'done' and created_at <= $2) as commands,
    array(select distinct call ->> 'name' from outbox, jsonb_array_elements(input -> 'calls') as call
      where actor_id = $1 and name = 'useTools' and status = 'done' and created_at <= $2) as tools,
    (select count(distinct p.category)::int from stored, jsonb_array_elements(context #> '{order,lines}') as line,
      product p where p.sku = line ->> 'sku') as "productFamilies",
    coalesce((select jsonb_array_length(context #> '{order,lines}') from stored), 0) as "orderLines",
    coalesce((select jsonb_array_length(context #> '{sale,history}')
      + case when jsonb_typeof(context #> '{sale,quote}') = 'object' then 1 else 0 end from stored), 0) as quotes,
    coalesce((select jsonb_typeof(context #> '{sale,requestedAt}') = 'number' from stored), false) as "quoteRequested",
    array(select distinct trigger_number from alert
      where conversation_id = $1 and at <= $2 and trigger_number is not null) as triggers,
    coalesce((select state_paths from conversation where conversation_id = $1), '{}') as states`;

export const dialogueSource = (pool: pg.Pool): Layer.Layer<DialogueSource, never, SummarySource> =>
  Layer.effect(
    DialogueSource,
    Effect.map(SummarySource, ({ personal }) => {
      const db = makeDatabase(pool);
      return DialogueSource.of({
        transcript: (conversationId, until) =>
          db.query<TranscriptLine>(TRANSCRIPT_SQL, [conversationId, until, MAX_LINES]),
        personal,
        facts: (conversationId, until) =>
          db
            .query<DialogueRecord>(RECORD_SQL, [conversationId, until])
            .pipe(
              Effect.flatMap(([record]) =>
                record
                  ? Effect.succeed(factsOf(record))
                  : Effect.die(new Error('a select of single values answers with one row')),
              ),
            ),
      });
    }),
  );
