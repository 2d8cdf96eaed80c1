/** Alerts and their buttons in the database. Recorded before anything is sent (domain 8.9). */
import type pg from 'pg';
import type { ButtonAction } from '../../adapters/telegram/telegram.ts';

/** An alert that stands in the group and that nobody has dealt with. */
export interface OpenAlert {
  readonly alertId: string;
  readonly messageId: string;
}

export interface StoredButton {
  readonly alertId: string;
  /** Null: about the shop, and never with buttons. */
  readonly conversationId: string | null;
  readonly action: ButtonAction;
  readonly messageId: string | null;
  readonly closedBy: string | null;
  readonly usedBy: string | null;
}

const RECORD_SQL = `insert into alert (alert_id, conversation_id, trigger_number, reason, summary, at)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (alert_id) do update set alert_id = excluded.alert_id
  returning sent_at, (xmax = 0) as is_new`;
const BUTTONS_SQL = `insert into alert_button (token, alert_id, action)
  select token, $1, action from unnest($2::text[], $3::text[]) as made (token, action)
  on conflict (token) do nothing`;
const SENT_SQL =
  'update alert set sent_at = $2, telegram_chat_id = $3, telegram_message_id = $4 where alert_id = $1';
// A conversation has a handful of open alerts; the limit is for the one that went wrong (G10).
const OPEN_SQL = `select alert_id, telegram_message_id from alert
  where conversation_id = $1 and telegram_message_id is not null and closed_at is null
  order by at limit 20`;
const CLOSE_SQL =
  'update alert set closed_at = $2, closed_by = $3 where alert_id = any($1) and closed_at is null returning alert_id';
const BUTTON_SQL = `select button.alert_id, button.action, button.used_by, alert.conversation_id,
    alert.telegram_message_id, alert.closed_by, alert.closed_at
  from alert_button as button join alert using (alert_id) where button.token = $1`;
const USE_SQL =
  'update alert_button set used_at = $2, used_by = $3 where token = $1 and used_at is null returning token';

export interface NewAlert {
  readonly alertId: string;
  readonly conversationId: string | null;
  readonly trigger: number | null;
  readonly reason: string;
  readonly summary: string;
}

export const makeAlertRows = (pool: pg.Pool) => ({
  /** Whether it was sent already, and whether this call was the first to record it. */
  record: async (alert: NewAlert, at: number) => {
    const { alertId, conversationId, trigger, reason, summary } = alert;
    const { rows } = await pool.query<{ sent_at: number | null; is_new: boolean }>(RECORD_SQL, [
      alertId,
      conversationId,
      trigger,
      reason,
      summary,
      at,
    ]);
    return { isSent: (rows[0]?.sent_at ?? null) !== null, isNew: rows[0]?.is_new ?? false };
  },
  keepButtons: async (alertId: string, buttons: readonly { token: string; action: string }[]) => {
    if (buttons.length === 0) return;
    const [tokens, actions] = [buttons.map(({ token }) => token), buttons.map(({ action }) => action)];
    await pool.query(BUTTONS_SQL, [alertId, tokens, actions]);
  },
  sent: async (alertId: string, at: number, chatId: string, messageId: string) => {
    await pool.query(SENT_SQL, [alertId, at, chatId, messageId]);
  },
  openOf: async (conversationId: string): Promise<readonly OpenAlert[]> => {
    const { rows } = await pool.query<{ alert_id: string; telegram_message_id: string }>(OPEN_SQL, [
      conversationId,
    ]);
    return rows.map((row) => ({ alertId: row.alert_id, messageId: row.telegram_message_id }));
  },
  /** The ids that this call closed. */
  close: async (alertIds: readonly string[], at: number, by: string | null): Promise<readonly string[]> => {
    const { rows } = await pool.query<{ alert_id: string }>(CLOSE_SQL, [alertIds, at, by]);
    return rows.map((row) => row.alert_id);
  },
  button: async (token: string): Promise<StoredButton | null> => {
    const { rows } = await pool.query(BUTTON_SQL, [token]);
    const [row] = rows;
    if (!row) return null;
    return {
      alertId: row.alert_id,
      conversationId: row.conversation_id,
      action: row.action,
      messageId: row.telegram_message_id,
      closedBy: row.closed_at === null ? null : (row.closed_by ?? 'the assistant'),
      usedBy: row.used_by,
    };
  },
  /** False: it had been used. */
  use: async (token: string, at: number, by: string): Promise<boolean> =>
    ((await pool.query(USE_SQL, [token, at, by])).rowCount ?? 0) > 0,
});

export type AlertRows = ReturnType<typeof makeAlertRows>;
