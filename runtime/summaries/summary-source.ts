/** Reads conversations for their summaries: the list, the transcript, and what the snapshot knows of the customer. */
import { Effect, Layer } from 'effect';
import type pg from 'pg';
import { makeDatabase } from '../../actors/catalog/database.ts';
import { type QuietConversation, SummarySource } from '../../actors/summaries/summary-source.ts';
import type { PersonalData } from '../../machines/summaries/scrub.ts';
import type { TranscriptLine } from '../../machines/summaries/summary-prompt.ts';

/** Follows index `conversation_quiet`; `last_at` only ever grows, so nothing falls silent behind the cursor. */
const QUIET_SQL = `select conversation_id, seq, last_at from conversation
  where (last_at, conversation_id) > ($1, $2) and last_at <= $3 order by last_at, conversation_id limit $4`;

const TRANSCRIPT_SQL = `select sender, text from (
    select sender, text, at, message_id from message
    where conversation_id = $1 and at > $2 and not deleted and sender in ('customer', 'bot', 'manager') and text <> ''
    order by at desc, message_id desc limit $3) as newest
  order by at, message_id`;

/** The snapshot's slots and profile name; who wrote as a manager is a person too, the assistant is none. */
const PERSONAL_SQL = `select a.snapshot::jsonb #> '{snapshot,context,slots}' as slots,
    a.snapshot::jsonb #>> '{snapshot,context,contactName}' as contact_name,
    (select array_agg(distinct m.author) from message m where m.conversation_id = $1 and m.sender = 'manager' and m.author is not null) as authors
  from actor a where a.actor_id = $1`;

interface PersonalRow {
  readonly slots: Readonly<Record<string, { readonly value?: unknown }>> | null;
  readonly contact_name: string | null;
  readonly authors: readonly string[] | null;
}

const NAME_SLOTS = ['name'];
const PHRASE_SLOTS = ['company', 'email', 'address'];

const valuesOf = (slots: PersonalRow['slots'], names: readonly string[]): readonly string[] =>
  names.flatMap((name) => {
    const value = slots?.[name]?.value;
    return typeof value === 'string' && value !== '' ? [value] : [];
  });

const personalOf = (row: PersonalRow | undefined): PersonalData => ({
  names: [
    ...valuesOf(row?.slots ?? null, NAME_SLOTS),
    ...(row?.contact_name ? [row.contact_name] : []),
    ...(row?.authors ?? []),
  ],
  phrases: valuesOf(row?.slots ?? null, PHRASE_SLOTS),
});

export const summarySource = (pool: pg.Pool): Layer.Layer<SummarySource> => {
  const db = makeDatabase(pool);
  return Layer.succeed(SummarySource, {
    quiet: (after, until, limit) =>
      db
        .query<{ conversation_id: string; seq: number | string; last_at: number | string }>(QUIET_SQL, [
          after.lastAt,
          after.conversationId,
          until,
          limit,
        ])
        .pipe(
          Effect.map((rows) =>
            rows.map(
              (row): QuietConversation => ({
                conversationId: row.conversation_id,
                seq: Number(row.seq),
                lastAt: Number(row.last_at),
              }),
            ),
          ),
        ),
    transcript: (conversationId, since, limit) =>
      db
        .query<{ sender: TranscriptLine['from']; text: string }>(TRANSCRIPT_SQL, [
          conversationId,
          since,
          limit,
        ])
        .pipe(Effect.map((rows) => rows.map(({ sender, text }) => ({ from: sender, text })))),
    personal: (conversationId) =>
      db.query<PersonalRow>(PERSONAL_SQL, [conversationId]).pipe(Effect.map(([row]) => personalOf(row))),
  });
};
