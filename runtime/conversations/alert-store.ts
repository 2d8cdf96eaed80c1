/**
 * Alerts: recorded in the database first, then told to the managers' Telegram group when there is one (domain 8.9). The
 * alert's id makes a repeated try one alert; one that was not sent stays visible, and the command that raised it tries
 * again or is parked.
 */
import { Effect, Layer } from 'effect';
import type pg from 'pg';
import { AlertNotRecorded, AlertNotSent, Alerts, type ShopAlert } from '../../actors/conversation/alerts.ts';
import { alertHtml, Telegram, type TelegramOptions } from '../../adapters/telegram/telegram.ts';
import type { AlertParams } from '../../machines/conversation/actors.ts';
import { triggerName } from '../../machines/conversation/triggers.ts';
import type { Clock, Log } from '../engine/types.ts';

const RECORD_SQL = `insert into alert (alert_id, conversation_id, trigger_number, reason, summary, at)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (alert_id) do update set alert_id = excluded.alert_id
  returning sent_at, (xmax = 0) as is_new`;
const SENT_SQL = 'update alert set sent_at = $2 where alert_id = $1';

export interface AlertStoreOptions {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  /** Null: alerts stay in the admin (contract 2). */
  readonly telegram: TelegramOptions | null;
  /** `PUBLIC_URL`: alerts lead to the conversation. */
  readonly publicUrl: string;
}

export const alertStore = (options: AlertStoreOptions) => {
  const { telegram } = options;
  const store = (service: Telegram['Service'] | null) => makeAlerts(options, service);
  return telegram === null
    ? Layer.succeed(Alerts, store(null))
    : Layer.effect(Alerts, Effect.map(Telegram, store)).pipe(Layer.provide(Telegram.layer(telegram)));
};

const makeAlerts = (
  { pool, clock, log, publicUrl }: AlertStoreOptions,
  telegram: Telegram['Service'] | null,
): Alerts['Service'] => {
  const database = <A>(run: () => Promise<A>) =>
    Effect.tryPromise({
      try: run,
      catch: () =>
        new AlertNotRecorded({
          message: 'The alert could not be recorded; check the database.',
          retryable: true,
        }),
    });
  const record = Effect.fnUntraced(function* (alertId: string, alert: AlertParams | ShopAlert) {
    const { conversationId, trigger, reason, summary } = alert;
    const values = [alertId, conversationId, trigger, reason, summary, clock.now()];
    const { rows } = yield* database(() =>
      pool.query<{ sent_at: number | null; is_new: boolean }>(RECORD_SQL, values),
    );
    if (rows[0]?.is_new) log.warn({ conversationId, trigger }, `a manager is asked for: ${reason}`);
    return (rows[0]?.sent_at ?? null) !== null;
  });
  return {
    raise: Effect.fn('Alerts.raise')(function* (alertId, alert) {
      const isSent = yield* record(alertId, alert);
      if (isSent || telegram === null) return;
      yield* telegram.sendAlert({ alertId, html: alertHtml(contentOf(alertId, alert, publicUrl)) }).pipe(
        Effect.mapError(
          (error) =>
            new AlertNotSent({
              message: error.message,
              retryable: error.retryable,
              ...('retryAfterMs' in error ? { retryAfterMs: error.retryAfterMs } : {}),
            }),
        ),
      );
      yield* database(() => pool.query(SENT_SQL, [alertId, clock.now()]));
    }),
  };
};

const contentOf = (alertId: string, alert: AlertParams | ShopAlert, publicUrl: string) => {
  const shop = { alertId, trigger: null, reason: alert.reason, summary: alert.summary };
  if (alert.conversationId === null) return { ...shop, conversationId: 'the shop', lastLines: [] };
  return {
    ...shop,
    trigger: alert.trigger === null ? null : { number: alert.trigger, name: triggerName(alert.trigger) },
    phone: `+${alert.chatId}`,
    conversationId: alert.conversationId,
    lastLines: alert.lastLines,
    // To the list, where who waits longest is first: the conversation's own address would tell the phone.
    link: `${publicUrl}/admin/conversations`,
  };
};
