/** Alerts in the database: recorded once by the command's id, visible in the admin until somebody acts. */
import { Effect, Layer } from 'effect';
import type pg from 'pg';
import { AlertNotRecorded, Alerts } from '../../actors/conversation/alerts.ts';
import type { Clock, Log } from '../engine/types.ts';

const INSERT_SQL = `insert into alert (alert_id, conversation_id, trigger_number, reason, summary, at)
  values ($1, $2, $3, $4, $5, $6) on conflict (alert_id) do nothing`;

export const alertStore = (pool: pg.Pool, clock: Clock, log: Log) =>
  Layer.succeed(Alerts, {
    raise: (alertId, alert) =>
      Effect.tryPromise({
        try: async () => {
          const { conversationId, trigger, reason, summary } = alert;
          const values = [alertId, conversationId, trigger, reason, summary, clock.now()];
          const { rowCount } = await pool.query(INSERT_SQL, values);
          if (rowCount === 1) log.warn({ conversationId, trigger }, `a manager is asked for: ${reason}`);
        },
        catch: () =>
          new AlertNotRecorded({
            message: 'The alert could not be recorded; check the database.',
            retryable: true,
          }),
      }),
  });
