/** Answers whether a message is known to have gone out, from the transcript that echoes and statuses keep current. */
import { Effect, Layer } from 'effect';
import type pg from 'pg';
import { SentMessages } from '../../actors/conversation/sent-messages.ts';

const WENT_OUT_SQL = `select 1 from message
  where conversation_id = $1 and message_id = $2 and status in ('sent', 'delivered', 'read')`;

export const sentMessageStore = (pool: pg.Pool) =>
  Layer.succeed(SentMessages, {
    wentOut: (conversationId, localId) =>
      Effect.tryPromise(() => pool.query(WENT_OUT_SQL, [conversationId, localId])).pipe(
        Effect.map((result) => result.rowCount === 1),
        // Without the database nothing else works either: the runner tries the whole command again.
        Effect.orDie,
      ),
  });
