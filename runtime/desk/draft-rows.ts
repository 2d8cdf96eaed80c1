/** Answers that managers were asked to type (domain 8.7). They live for 24 hours, whatever restarts (lesson F-28). */
import type pg from 'pg';

/** Domain 8.7: ten minutes lost replies. */
export const DRAFT_LIVES_MS = 24 * 3_600_000;

export interface Draft {
  readonly alertId: string;
  readonly personId: string;
  readonly conversationId: string;
  readonly learn: boolean;
  readonly openedAt: number;
  readonly usedAt: number | null;
}

// Pressing again opens it anew: the newest press decides what is learnt and how long it lives.
const OPEN_SQL = `insert into manager_draft
    (alert_id, person_id, conversation_id, learn, opened_at) values ($1, $2, $3, $4, $5)
  on conflict (alert_id, person_id) do update set learn = excluded.learn, opened_at = excluded.opened_at
    where manager_draft.used_at is null
  returning prompt_message_id`;
const PROMPTED_SQL = 'update manager_draft set prompt_message_id = $3 where alert_id = $1 and person_id = $2';
const BY_PROMPT_SQL = `select alert_id, person_id, conversation_id, learn, opened_at, used_at from manager_draft
  where prompt_message_id = $1 limit 1`;
const USE_SQL = 'update manager_draft set used_at = $3 where alert_id = $1 and person_id = $2';

const draftOf = (row: Record<string, unknown> | undefined): Draft | null =>
  row === undefined
    ? null
    : {
        alertId: String(row.alert_id),
        personId: String(row.person_id),
        conversationId: String(row.conversation_id),
        learn: row.learn === true,
        openedAt: Number(row.opened_at),
        usedAt: row.used_at === null ? null : Number(row.used_at),
      };

export const makeDraftRows = (pool: pg.Pool) => ({
  /** False: this person's answer to this alert was sent already. */
  open: async (draft: Omit<Draft, 'usedAt'>): Promise<boolean> => {
    const { alertId, personId, conversationId, learn, openedAt } = draft;
    const { rowCount } = await pool.query(OPEN_SQL, [alertId, personId, conversationId, learn, openedAt]);
    return (rowCount ?? 0) > 0;
  },
  prompted: async (alertId: string, personId: string, messageId: string): Promise<void> => {
    await pool.query(PROMPTED_SQL, [alertId, personId, messageId]);
  },
  byPrompt: async (messageId: string): Promise<Draft | null> =>
    draftOf((await pool.query(BY_PROMPT_SQL, [messageId])).rows[0]),
  use: async (alertId: string, personId: string, at: number): Promise<void> => {
    await pool.query(USE_SQL, [alertId, personId, at]);
  },
});

export type DraftRows = ReturnType<typeof makeDraftRows>;
