/** Answers how much of a message is known to have gone out: what echoes proved stands in the conversation's snapshot. */
import { Effect, Layer } from 'effect';
import type pg from 'pg';
import { SentMessages } from '../../actors/conversation/sent-messages.ts';

const PARTS_OUT_SQL = `select coalesce(sum(jsonb_array_length(message -> 'providerIds')), 0)::int as parts
  from actor a, jsonb_array_elements(a.snapshot::jsonb #> '{snapshot,context,outbound}') as message
  where a.actor_id = $1 and message ->> 'localId' = $2`;

export const sentMessageStore = (pool: pg.Pool) =>
  Layer.succeed(SentMessages, {
    partsOut: (conversationId, localId) =>
      Effect.tryPromise(() => pool.query<{ parts: number }>(PARTS_OUT_SQL, [conversationId, localId])).pipe(
        Effect.map(({ rows }) => rows[0]?.parts ?? 0),
        // Without the database nothing else works either: the runner tries the whole command again.
        Effect.orDie,
      ),
  });
