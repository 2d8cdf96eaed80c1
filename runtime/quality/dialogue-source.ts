/** Reads dialogues for their reviews: the transcript, who the customer is, and what programs recorded of it. */
import { Effect, Layer } from 'effect';
import type pg from 'pg';
import { type Database, DatabaseError, makeDatabase } from '../../actors/catalog/database.ts';
import { DialogueSource } from '../../actors/quality/dialogue-source.ts';
import { SummarySource } from '../../actors/summaries/summary-source.ts';
import { type DialogueRecord, factsOf } from '../../machines/quality/facts.ts';
import { type HandOverFacts, measureHandOver } from '../../machines/quality/manager.ts';
import type { DialogueLine } from '../../machines/quality/transcript.ts';
import type { ReviewTask } from '../../machines/review/machine.ts';
import type { ReviewFacts } from '../../machines/review/result.ts';
import type { SettingsStore } from '../api/settings-store.ts';
import { FIRST_REPLY_SQL, HAND_OVER_SQL, RECORD_SQL, TRANSCRIPT_SQL } from './dialogue-sql.ts';

/** Lines read of a dialogue at most (G10), the newest; a review shows fewer. */
const MAX_LINES = 2000;

const only = <Row>([row]: readonly Row[]) =>
  row === undefined
    ? Effect.die(new Error('a select of single values answers with one row'))
    : Effect.succeed(row);

interface HandOverRow extends Omit<HandOverFacts, 'escalatedAt'> {
  readonly manager: string | null;
}

interface FirstReplyRow {
  readonly firstReply: string | null;
  readonly wasHandedOver: boolean;
}

const factsFrom = (
  db: Database,
  settings: Pick<SettingsStore, 'get'>,
  { scope, conversationId, activityAt, until }: ReviewTask,
): Effect.Effect<ReviewFacts, DatabaseError> => {
  switch (scope) {
    case 'bot':
      return db.query<DialogueRecord>(RECORD_SQL, [conversationId, until]).pipe(
        Effect.flatMap(only),
        Effect.map((record) => ({ scope, ...factsOf(record) })),
      );
    case 'manager':
      return db.query<HandOverRow>(HAND_OVER_SQL, [conversationId, activityAt, until]).pipe(
        Effect.flatMap(only),
        Effect.map(({ manager, ...facts }) => ({
          scope,
          manager,
          measures: measureHandOver({ escalatedAt: activityAt, ...facts }),
        })),
      );
    case 'flags':
      return Effect.all([
        db.query<FirstReplyRow>(FIRST_REPLY_SQL, [conversationId, until]).pipe(Effect.flatMap(only)),
        Effect.tryPromise({ try: () => settings.get(), catch: noSettings }),
      ]).pipe(
        Effect.map(([row, { bot }]) => ({
          scope,
          ...row,
          assistantName: bot.assistantName,
          companyName: bot.companyName,
        })),
      );
  }
};

const noSettings = () =>
  new DatabaseError({
    message: 'The settings could not be read, so nothing was looked up; check the database.',
    retryable: true,
  });

export const dialogueSource = (
  pool: pg.Pool,
  settings: Pick<SettingsStore, 'get'>,
): Layer.Layer<DialogueSource, never, SummarySource> =>
  Layer.effect(
    DialogueSource,
    Effect.map(SummarySource, ({ personal }) => {
      const db = makeDatabase(pool);
      return DialogueSource.of({
        transcript: (conversationId, until) =>
          db.query<DialogueLine>(TRANSCRIPT_SQL, [conversationId, until, MAX_LINES]),
        personal,
        facts: (task) => factsFrom(db, settings, task),
      });
    }),
  );
