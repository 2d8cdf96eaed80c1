/**
 * Answers how much of a message is known to have gone out: what echoes proved stands in the conversation's snapshot, and
 * what came back and waits in its mailbox may prove more. One statement, because both have to be of one moment.
 */
import { Effect, Layer } from 'effect';
import type pg from 'pg';
import { SentMessages } from '../../actors/conversation/sent-messages.ts';

// By `mailbox_pending`. Parked events are a person's to judge: to wait for them would be to wait for the person.
const LOOK_SQL = `select
    (select coalesce(sum(jsonb_array_length(message -> 'providerIds')), 0)::int
       from actor a, jsonb_array_elements(a.snapshot::jsonb #> '{snapshot,context,outbound}') as message
      where a.actor_id = $1 and message ->> 'localId' = $2) as parts,
    exists (select from mailbox m
      where m.actor_id = $1 and m.applied_seq is null and m.parked_at is null and m.event_id like '%:echo') as waiting`;

export const sentMessageStore = (pool: pg.Pool) =>
  Layer.succeed(SentMessages, {
    look: (conversationId, localId) =>
      Effect.tryPromise(() =>
        pool.query<{ parts: number; waiting: boolean }>(LOOK_SQL, [conversationId, localId]),
      ).pipe(
        Effect.map(({ rows }) => ({
          partsOut: rows[0]?.parts ?? 0,
          echoesWait: rows[0]?.waiting ?? false,
        })),
        // Without the database nothing else works either: the runner tries the whole command again.
        Effect.orDie,
      ),
  });
